/// How the bytes of a text file are written.
package enum TextEncoding: Sendable, Hashable {
  case utf8, utf16LittleEndian, utf16BigEndian

  /// The encoding, and how many bytes its mark takes. Without a mark, UTF-16 is recognised by the zeros that plain letters leave.
  package static func recognize(_ bytes: some Collection<UInt8>) -> (encoding: TextEncoding, mark: Int) {
    let head = Array(bytes.prefix(1024))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    let pairs = head.count / 2
    let low = (0..<pairs).count { head[2 * $0] == 0 }
    let high = (0..<pairs).count { head[2 * $0 + 1] == 0 }
    // In half of the pairs, and hardly any on the other side: a text of letters and separators.
    if pairs > 1, high * 2 >= pairs, low * 10 <= pairs { return (.utf16LittleEndian, 0) }
    if pairs > 1, low * 2 >= pairs, high * 10 <= pairs { return (.utf16BigEndian, 0) }
    return (.utf8, 0)
  }

  /// The text as UTF-8 without its mark. Units that are no text read as U+FFFD; bytes of a UTF-8 text stay as they are.
  package static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let (encoding, mark) = recognize(bytes)
    guard encoding != .utf8 else { return mark == 0 ? bytes : Array(bytes.dropFirst(mark)) }
    let high = encoding == .utf16BigEndian ? 0 : 1
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = mark
    while index + 1 < bytes.count {
      units.append(UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high]))
      index += 2
    }
    var text = String(decoding: units, as: UTF16.self)
    if index < bytes.count { text.append("\u{FFFD}") }
    return Array(text.utf8)
  }
}
