import PluginKit

/// Outlines written as text: `POLYGON ((x y, …), …)`, or `MULTIPOLYGON (((…)))`.
struct WrittenShape {
  private(set) var rings: [(positions: [Position], isHole: Bool)] = []
  /// Text before and behind each ring's list, to put something at its end.
  private(set) var ends: [Int] = []
  private(set) var starts: [Int] = []
  let bytes: [UInt8]

  /// `nil` if it is anything else, or broken.
  init?(_ text: String) {
    bytes = Array(text.utf8)
    guard bytes.count <= 1 << 20 else { return nil }
    let name = String(decoding: bytes.prefix { $0 != UInt8(ascii: "(") }, as: UTF8.self).uppercased()
      .filter { $0 != " " }
    let isMulti = name == "MULTIPOLYGON"
    guard isMulti || name == "POLYGON" else { return nil }
    var depth = 0
    var count = 0
    var start = 0
    for (at, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "(") {
        depth += 1
        if isMulti, depth == 2 { count = 0 }
        start = at + 1
      } else if byte == UInt8(ascii: ")") {
        if depth == (isMulti ? 3 : 2) {
          guard let positions = Self.positions(bytes[start..<at]) else { return nil }
          rings.append((positions, count > 0))
          starts.append(start)
          ends.append(at)
          count += 1
        }
        depth -= 1
      }
    }
    guard depth == 0, !rings.isEmpty else { return nil }
  }

  private static func positions(_ text: ArraySlice<UInt8>) -> [Position]? {
    var out: [Position] = []
    for pair in text.split(separator: UInt8(ascii: ",")) {
      let numbers = pair.split(separator: UInt8(ascii: " ")).map { Double(String(decoding: $0, as: UTF8.self)) }
      guard numbers.count >= 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite else { return nil }
      out.append(Position(x: x, y: y))
    }
    return out.isEmpty ? nil : out
  }

  /// The text with a ring's first position written at its end, too.
  func closing(_ ring: Int) -> String {
    let first = bytes[starts[ring]..<ends[ring]].prefix { $0 != UInt8(ascii: ",") }
    let head = String(decoding: bytes[..<ends[ring]], as: UTF8.self)
    let tail = String(decoding: bytes[ends[ring]...], as: UTF8.self)
    return head + ", " + String(decoding: first, as: UTF8.self).trimmed + tail
  }
}

extension String {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
