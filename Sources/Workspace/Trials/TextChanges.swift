import Manifest

/// Changes a text as typing, programs and accidents do: values become others, letters come and go.
struct TextChanges {
  private var random: SeededNumbers
  init(_ random: SeededNumbers) { self.random = random }

  private static let values =
    [
      "null", "true", "false", "0", "-1", "1", "0.5", "1e999", "-0", "99999999999999999999", "\"\"", "\" \"", "{}",
      "[]",
      "[null]", "[[]]", "{\"\": 0}", "\"\\ud800\"", "\"\\u0000\"", "\"<image>\"", "\"é\u{301}\u{200B}\"", "\"a\\nb\"",
    ].map { Array($0.utf8) }
    + [
      Array("\"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 5000) + Array("\"".utf8),
      [UInt8](repeating: UInt8(ascii: "["), count: 80) + [UInt8](repeating: UInt8(ascii: "]"), count: 80),
      [UInt8](repeating: UInt8(ascii: "9"), count: 400),
    ]
  private static let pieces =
    ["", "", "\"", "{", "}", "[", "]", ",", ":", "-", "\\", "\n", " ", "é", "0", "e"].map { Array($0.utf8) }
    + [[0xFF], [0xC3], [0]]

  /// One to three changes of a text.
  mutating func changed(_ text: [UInt8]) -> [UInt8] {
    var text = text
    for _ in 0...random.below(3) {
      if random.once(in: 2) { changeValue(&text) } else { changeBytes(&text) }
    }
    return text
  }

  /// A value becomes another, takes the place of another, or is written twice.
  private mutating func changeValue(_ text: inout [UInt8]) {
    let tree = RecordTree(parsing: text)
    let nodes = tree.nodes.indices.dropFirst()
    guard !nodes.isEmpty else { return changeBytes(&text) }
    let range = tree.nodes[nodes.startIndex + random.below(nodes.count)].range
    let other = tree.nodes[random.below(tree.nodes.count)].range
    guard range.upperBound <= text.count, other.upperBound <= text.count else { return }
    let old = Array(text[range])
    switch random.below(4) {
    case 0: text.replaceSubrange(range, with: text[other].prefix(4096))
    case 1: text.replaceSubrange(range, with: old + [UInt8(ascii: ",")] + old)
    default: text.replaceSubrange(range, with: random.element(Self.values) ?? [])
    }
  }

  private mutating func changeBytes(_ text: inout [UInt8]) {
    let start = random.below(text.count + 1)
    let end = min(text.count, start + random.below(4))
    text.replaceSubrange(start..<end, with: random.element(Self.pieces) ?? [])
  }
}
