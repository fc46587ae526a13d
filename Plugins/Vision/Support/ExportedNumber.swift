import PluginKit

/// Reads one number out of the small JSON object that a definition exports, without building the rest of it: every box of a
/// file asks for its picture's size.
package enum ExportedNumber {
  /// The last member of that name at the top of the object; `nil` if there is none, or it is no number. Never fails on other bytes.
  package static func named(_ name: StaticString, in json: Span<UInt8>) -> Double? { named(name, name, in: json).0 }

  /// The same of two names, in one walk.
  package static func named(_ one: StaticString, _ other: StaticString, in json: Span<UInt8>) -> (Double?, Double?) {
    var found: (Double?, Double?) = (nil, nil)
    var depth = 0
    var offset = 0
    var isKey = false
    while offset < json.count {
      switch json[offset] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isKey = json[offset] == UInt8(ascii: "{")
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): isKey = depth == 1
      case UInt8(ascii: "\""):
        let end = endOfText(from: offset, in: json)
        if isKey, depth == 1 {
          if isText(one, from: offset, to: end, in: json) { found.0 = number(after: end, in: json) }
          if isText(other, from: offset, to: end, in: json) { found.1 = number(after: end, in: json) }
        }
        isKey = false
        offset = end
        continue
      default: break
      }
      offset += 1
    }
    return found
  }

  /// Whether what stands between two quotes is that name.
  private static func isText(_ name: StaticString, from start: Int, to end: Int, in json: Span<UInt8>) -> Bool {
    let count = name.utf8CodeUnitCount
    guard end - start == count + 2 else { return false }
    return name.withUTF8Buffer { name in
      for index in 0..<count where unsafe name[index] != json[start + 1 + index] { return false }
      return true
    }
  }

  /// Just past the closing quote, or the end.
  private static func endOfText(from start: Int, in json: Span<UInt8>) -> Int {
    var offset = start + 1
    while offset < json.count {
      if json[offset] == UInt8(ascii: "\"") { return offset + 1 }
      offset += json[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return json.count
  }

  /// The number behind the colon.
  private static func number(after end: Int, in json: Span<UInt8>) -> Double? {
    var offset = end
    while offset < json.count, json[offset] == UInt8(ascii: ":") || json[offset] == UInt8(ascii: " ") { offset += 1 }
    return NumberReader.next(in: json, at: &offset)
  }
}
