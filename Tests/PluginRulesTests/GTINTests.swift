import RetailSKURules
import Testing

@Suite struct GTINTests {
  @Test(arguments: ["96385074", "036000291452", "4006381333931", "10614141000415", "02345673", "416000336108"])
  func isValid(_ text: String) throws {
    let gtin = try #require(GTIN(text))
    #expect(gtin.isValid)
    #expect(gtin.text == text)
    #expect(gtin.padded.utf8.count == 14)
  }

  @Test(arguments: ["96385074", "036000291452", "4006381333931", "10614141000415"])
  func oneWrongDigitIsAlwaysFound(_ text: String) throws {
    let digits = Array(text.utf8)
    for position in digits.indices {
      for other in UInt8(ascii: "0")...UInt8(ascii: "9") where other != digits[position] {
        var wrong = digits
        wrong[position] = other
        #expect(try #require(GTIN(String(decoding: wrong, as: UTF8.self))).isValid == false)
      }
    }
  }

  @Test func exchangedNeighboursAreFoundUnlessFiveApart() throws {
    let digits = Array("4006381333931".utf8)
    for position in digits.indices.dropLast() where digits[position] != digits[position + 1] {
      var wrong = digits
      wrong.swapAt(position, position + 1)
      let apart = abs(Int(digits[position]) - Int(digits[position + 1]))
      #expect(try #require(GTIN(String(decoding: wrong, as: UTF8.self))).isValid == (apart == 5))
    }
  }

  /// 10 minus 0 is 10, which is no digit.
  @Test func theCheckDigitMayBeZero() throws {
    #expect(try #require(GTIN("8936000010140")).isValid)
  }

  @Test(arguments: ["", "1234567", "123456789", "12345678901", "123456789012345", "96385O74", "９６３８５０７４", " 96385074"])
  func isNone(_ text: String) {
    #expect(GTIN(text) == nil)
  }

  @Test(arguments: [
    ("02345673", "023456000073"), ("04252614", "042100005264"), ("01234133", "012300000413"),
    ("01278907", "012000007897"),
  ])
  func shortCodesStandForTwelveDigits(_ short: String, _ long: String) throws {
    let expanded = try #require(GTIN(short)).expandedShortCode
    #expect(expanded?.text == long)
  }

  @Test func otherEightDigitsAreNoShortCode() {
    #expect(GTIN("96385074")?.expandedShortCode == nil)
    #expect(GTIN("02345674")?.expandedShortCode == nil)
  }

  @Test func whatIsSoldByWeightHasItsItemInCommon() {
    #expect(GTIN("2012345067895")?.itemReference == GTIN("2012345012345")?.itemReference)
    #expect(GTIN("8936000010140")?.itemReference == nil)
    #expect(GTIN("212345678905")?.itemReference == "0212345")
  }
}
