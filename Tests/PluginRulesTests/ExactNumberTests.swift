import Testing
import VisionRules

@Suite struct ExactNumberTests {
  @Test(arguments: ["0", "7", "-7", "0.5", "100.10", "-0.25", "9007199254740993", "123456789.123456789"])
  func readsAndWrites(_ text: String) {
    #expect(ExactNumber(text)?.text == text)
  }

  @Test(arguments: ["", "-", ".", "1e5", "0x1", "1.2.3", "+1", "99999999999999999999", "0.1234567890123"])
  func leavesOthersAlone(_ text: String) {
    #expect(ExactNumber(text) == nil)
  }

  @Test(arguments: [("100.10", "0.1", "100.00"), ("0.3", "0.1", "0.2"), ("5", "7.25", "-2.25")])
  func subtracts(_ a: String, _ b: String, _ difference: String) throws {
    #expect(try #require(ExactNumber(a)).minus(#require(ExactNumber(b)))?.text == difference)
  }

  @Test(arguments: [("10", "5"), ("10.0", "5.0"), ("5", "2.5"), ("0.1", "0.05"), ("-3", "-1.5")])
  func halves(_ whole: String, _ half: String) throws {
    #expect(try #require(ExactNumber(whole)).half?.text == half)
  }

  @Test func neverOverflows() throws {
    let largest = try #require(ExactNumber("9223372036854775807"))
    #expect(largest.plus(largest) == nil)
    #expect(largest.times(largest) == nil)
    #expect(try largest.plus(#require(ExactNumber("0.1"))) == nil)
    #expect(largest.minus(largest)?.text == "0")
  }
}
