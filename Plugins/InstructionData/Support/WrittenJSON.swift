import PluginKit

/// Where the parts of JSON stand that is written in a text. Ranges are bytes of the text; what is no JSON gives parts too, or none.
struct WrittenJSON {
  struct Member {
    let name: String
    /// Its quotes included.
    let key: Range<Int>
    let value: Range<Int>
  }

  /// From the whole text to a part of it.
  enum Step: Hashable {
    case member(String)
    case element(Int)
  }

  /// Members and elements beyond these are not looked at.
  private static let limit = 1024

  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The outermost value.
  var root: Range<Int> {
    let start = skip(0)
    return start..<end(from: start)
  }

  /// Members of the object that begins at a range's start; of anything else none. Cost: one step a byte.
  func members(of range: Range<Int>) -> [Member] {
    parts(of: range, opening: UInt8(ascii: "{")) { at in
      guard byte(at) == UInt8(ascii: "\"") else { return nil }
      let key = at..<end(from: at)
      let colon = skip(key.upperBound)
      guard byte(colon) == UInt8(ascii: ":") else { return nil }
      let start = skip(colon + 1)
      let name = JSON(parsing: String(decoding: bytes[key], as: UTF8.self))?.text ?? ""
      return (Member(name: name, key: key, value: start..<end(from: start)), end(from: start))
    }
  }

  /// Elements of the array that begins at a range's start; of anything else none. Cost: one step a byte.
  func elements(of range: Range<Int>) -> [Range<Int>] {
    parts(of: range, opening: UInt8(ascii: "[")) { at in
      let end = end(from: at)
      return end > at ? (at..<end, end) : nil
    }
  }

  /// The part that steps lead to, its name rather than its value if asked for; `nil` if there is none.
  func range(at path: [Step], from start: Range<Int>, key: Bool) -> Range<Int>? {
    var range = start
    for (index, step) in path.enumerated() {
      switch step {
      case .member(let name):
        // Of equal names the last one counts.
        guard let member = members(of: range).last(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        range = key && index + 1 == path.count ? member.key : member.value
      case .element(let position):
        let elements = elements(of: range)
        guard elements.indices.contains(position) else { return nil }
        range = elements[position]
      }
    }
    return range
  }

  // MARK: Reading

  private func byte(_ at: Int) -> UInt8? { bytes.indices.contains(at) ? bytes[at] : nil }

  private func skip(_ start: Int) -> Int {
    var at = start
    while let byte = byte(at), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    return at
  }

  private func parts<Part>(of range: Range<Int>, opening: UInt8, _ read: (Int) -> (Part, end: Int)?) -> [Part] {
    var out: [Part] = []
    guard byte(range.lowerBound) == opening else { return out }
    var at = skip(range.lowerBound + 1)
    while at < range.upperBound, out.count < Self.limit, let (part, end) = read(at) {
      out.append(part)
      at = skip(end)
      guard byte(at) == UInt8(ascii: ",") else { break }
      at = skip(at + 1)
    }
    return out
  }

  /// Just past the value that begins at a place.
  private func end(from start: Int) -> Int {
    var at = start
    var depth = 0
    while let byte = byte(at) {
      switch byte {
      case UInt8(ascii: "\""):
        at = endOfString(from: at)
        if depth == 0 { return at }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return at }
        depth -= 1
        if depth == 0 { return at + 1 }
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D:
        if depth == 0 { return at }
      default: break
      }
      at += 1
    }
    return at
  }

  private func endOfString(from start: Int) -> Int {
    var at = start + 1
    while let byte = byte(at), byte != UInt8(ascii: "\"") { at += byte == UInt8(ascii: "\\") ? 2 : 1 }
    return min(at + 1, bytes.count)
  }
}
