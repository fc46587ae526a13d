import Findings

/// How much one message about findings may weigh: editors take each apart with every key typed.
enum ReplyBudget {
  /// Of a publication or an answer with findings, as it is written.
  static let bytes = 512 << 10
  /// Notes of one finding; a line says how many more there are.
  static let related = 32
  /// Characters of a message, which may quote what stands in the file.
  static let message = 4096

  /// What frames a list of findings: names of members, an address, the line that says how many are left out.
  private static let frame = 16 << 10

  /// As many of the findings as fit, those nearest to the edits first; in the order given.
  static func fitting(_ findings: [ShownFinding], near edits: [Int]) -> [ShownFinding] {
    let sizes = findings.map(\.writtenSize)
    guard sizes.reduce(0, +) > bytes - frame else { return findings }
    let distances = findings.map { finding in
      edits.map { max(0, finding.range.lowerBound - $0, $0 - finding.range.upperBound) }.min() ?? 0
    }
    var left = bytes - frame
    var kept: [Int] = []
    for index in findings.indices.sorted(by: { (distances[$0], $0) < (distances[$1], $1) }) {
      left -= sizes[index]
      if left < 0 { break }
      kept.append(index)
    }
    return kept.sorted().map { findings[$0] }
  }

  /// The same text, or as much of it as may be sent.
  static func cut(_ text: String) -> String {
    guard text.utf8.count > message else { return text }
    let head = text.unicodeScalars.prefix(message)
    return head.endIndex == text.unicodeScalars.endIndex ? text : String(head) + "…"
  }
}

extension ShownFinding {
  /// No fewer bytes than it takes in a message.
  var writtenSize: Int {
    let texts = Self.writtenSize(of: rule) + Self.writtenSize(of: message) + Self.writtenSize(of: rulePage ?? "")
    return related.reduce(384 + texts) {
      $0 + 256 + Self.writtenSize(of: $1.uri) + Self.writtenSize(of: $1.message)
    }
  }

  private static func writtenSize(of text: String) -> Int {
    let bytes = text.utf8Span.span
    var (start, size) = (0, bytes.count)
    while start < bytes.count {
      // So many that what they add fits into a byte: the compiler then looks at sixteen at a time.
      let end = min(start + 48, bytes.count)
      var extra: UInt8 = 0
      for index in start..<end {
        let byte = unsafe bytes[unchecked: index]
        extra &+= byte < 0x20 || byte == 0x7F ? 5 : 0
        extra &+= byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/") ? 1 : 0
      }
      size += Int(extra)
      start = end
    }
    return size
  }
}
