import Testing

@testable import Manifest

/// A memo says of every place what counting from the text's start says, in whatever order it is asked.
struct PositionMemoTests {
  @Test(arguments: [PositionEncoding.utf8, .utf16, .utf32])
  func aMemoCountsLikeSomeoneWhoBeginsAtTheStart(_ encoding: PositionEncoding) {
    var random = SplitMix64(seed: 21)
    for round in 0..<40 {
      let text = Self.text(&random)
      let document = Document(text, syntax: round.isMultiple(of: 2) ? .jsonl : .json, shape: .rows)
      let expected = Self.positions(in: text, encoding)
      var memo = PositionMemo(document, in: encoding)
      let jumps = (0..<200).map { _ in Int.random(in: 0...text.count, using: &random) }
      for offset in jumps + Array(stride(from: 0, through: text.count, by: 7)) {
        #expect(memo.position(at: offset) == expected[offset], "at \(offset) of \(text)")
      }
    }
  }

  /// Of every offset, counted character by character.
  private static func positions(in text: [UInt8], _ encoding: PositionEncoding) -> [LinePosition] {
    var places: [LinePosition] = []
    var here = LinePosition(line: 0, character: 0)
    var index = 0
    while index < text.count {
      let isLineEnd = text[index] == 10 || text[index] == 13
      let length = isLineEnd ? 1 : UTF8Unit(text.span, at: index).length
      let isPair = text[index] == 13 && index + 1 < text.count && text[index + 1] == 10
      places += Array(repeating: here, count: isPair ? 2 : length)
      if isLineEnd {
        here = LinePosition(line: here.line + 1, character: 0)
      } else {
        here.character += UTF8Unit(text.span, at: index).units(encoding)
      }
      index += isPair ? 2 : length
    }
    return places + [here]
  }

  /// Several leaves of short and long lines, of every kind of line end, with characters of one to four bytes and broken ones.
  private static func text(_ random: inout SplitMix64) -> [UInt8] {
    let pieces: [[UInt8]] = [
      Array("{\"a\": 1}".utf8), Array("é".utf8), Array("日本".utf8), Array("😀".utf8), [0xE2, 0x82], [0xFF], [10], [13],
      [13, 10], [10], Array(repeating: 0x61, count: 90), Array(" ".utf8),
    ]
    var text: [UInt8] = []
    while text.count < 6000 { text += pieces.randomElement(using: &random) ?? [] }
    return text
  }
}
