import PluginKit
import Testing

struct NumberReaderTests {
  private func read(_ text: String) -> (number: Double?, end: Int) {
    var end = 0
    let bytes = Array(text.utf8)
    let number = NumberReader.next(in: bytes.span, at: &end)
    return (number, end)
  }

  @Test func numbersReadAsTheLibraryReadsThem() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let whole = String(UInt64.random(in: 0...(.max), using: &random) >> UInt64.random(in: 0..<64, using: &random))
      let part = String(UInt64.random(in: 0...(.max), using: &random) >> UInt64.random(in: 0..<64, using: &random))
      let sign = Bool.random(using: &random) ? "-" : ""
      let power = "e\(Int.random(in: -300...280, using: &random))"
      for text in [whole, whole + "." + part, whole + ".0" + part, whole + power, whole + "." + part + power] {
        let (number, end) = read(sign + text + ", 7")
        #expect(number == Double(sign + text).flatMap { $0.isFinite ? $0 : nil }, "\(text)")
        #expect(end == (sign + text).utf8.count)
      }
    }
  }

  @Test func aNumberEndsWhereItEnds() {
    #expect(read("12]") == (12, 2))
    #expect(read("-0.5]") == (-0.5, 4))
    #expect(read("1.5.5") == (1.5, 3))
    #expect(read("") == (nil, 1))
    #expect(read("-") == (nil, 1))
    #expect(read("x") == (nil, 1))
  }
}
