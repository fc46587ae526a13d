/// Reads one number out of the small JSON object that a definition exports, without building the rest of it: every box of a
/// file asks for its picture's size.
package enum ExportedNumber {
  /// The last member of that name at the top of the object; `nil` if there is none, or it is no number. Never fails on other bytes.
  package static func named(_ name: String, in json: [UInt8]) -> Double? {
    var found: Double?
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
        if isKey, depth == 1, json[(offset + 1)..<max(offset + 1, end - 1)].elementsEqual(name.utf8) {
          found = number(after: end, in: json)
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

  /// Just past the closing quote, or the end.
  private static func endOfText(from start: Int, in json: [UInt8]) -> Int {
    var offset = start + 1
    while offset < json.count {
      if json[offset] == UInt8(ascii: "\"") { return offset + 1 }
      offset += json[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return json.count
  }

  /// The number behind the colon.
  private static func number(after end: Int, in json: [UInt8]) -> Double? {
    let value = json[end...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
    let digits = value.prefix { "+-.eE0123456789".utf8.contains($0) }
    guard !digits.isEmpty, let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
      return nil
    }
    return number
  }
}
