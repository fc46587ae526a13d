/// Numbers and addresses in a note that tell who somebody is. Never kept, never shown.
struct PatientMarks {
  enum Kind: String { case record, email, phone, social, day, age }

  private(set) var found: [(kind: Kind, range: Range<Int>)] = []
  private let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      if let (kind, end) = mark(at: at) {
        found.append((kind, at..<end))
        at = end
      } else {
        at += 1
      }
    }
  }

  private func mark(at start: Int) -> (Kind, Int)? {
    let byte = bytes[start]
    let isWordStart = start == 0 || !isWord(bytes[start - 1])
    guard isWordStart else { return nil }
    if byte == UInt8(ascii: "M"), let end = recordNumber(start) { return (.record, end) }
    if isLetter(byte), let end = email(start) { return (.email, end) }
    guard isDigit(byte) || byte == UInt8(ascii: "(") else { return nil }
    // Behind a point or a hyphen stands the rest of a longer number.
    if start > 0, "./-+".utf8.contains(bytes[start - 1]) { return nil }
    // `(415) 303-2671`, `415-303-2671`: what stands for digits, and what for itself.
    for (kind, pattern) in Self.patterns {
      guard let end = match(pattern, start), isAllowed(kind, start, end) else { continue }
      return (kind, end)
    }
    return age(start)
  }

  private static let patterns: [(Kind, [UInt8])] = [
    (.phone, Array("(ddd) ddd-dddd".utf8)), (.phone, Array("ddd-ddd-dddd".utf8)), (.social, Array("ddd-dd-dddd".utf8)),
    (.day, Array("dd/dd/dddd".utf8)), (.day, Array("d/dd/dddd".utf8)), (.day, Array("dddd-dd-dd".utf8)),
  ]

  private func match(_ pattern: [UInt8], _ start: Int) -> Int? {
    guard start + pattern.count <= bytes.count else { return nil }
    for (offset, wanted) in pattern.enumerated() {
      let byte = bytes[start + offset]
      guard wanted == UInt8(ascii: "d") ? isDigit(byte) : byte == wanted else { return nil }
    }
    let end = start + pattern.count
    // A longer number goes on.
    guard end == bytes.count || !isWord(bytes[end]) && bytes[end] != UInt8(ascii: "-") else { return nil }
    return end
  }

  private func isAllowed(_ kind: Kind, _ start: Int, _ end: Int) -> Bool {
    let numbers = bytes[start..<end].split(whereSeparator: { !isDigit($0) })
      .map { $0.reduce(0) { $0 * 10 + Int($1) - 48 } }
    switch kind {
    case .social: return ![0, 666].contains(numbers[0]) && numbers[0] < 900 && numbers[1] > 0 && numbers[2] > 0
    // Area codes and exchanges begin with 2 to 9; 555 is kept for examples.
    case .phone: return numbers[0] >= 200 && numbers[1] >= 200 && numbers[1] != 555
    case .day where numbers[0] > 31:
      return (1900...2100).contains(numbers[0]) && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
    case .day:
      return (1...31).contains(numbers[0]) && (1...31).contains(numbers[1]) && min(numbers[0], numbers[1]) <= 12
        && (1900...2100).contains(numbers[2])
    default: return true
    }
  }

  /// `MRN: 00482913`.
  private func recordNumber(_ start: Int) -> Int? {
    guard bytes[start...].starts(with: "MRN".utf8) else { return nil }
    var at = start + 3
    while at < bytes.count, ":# .".utf8.contains(bytes[at]) { at += 1 }
    let first = at
    while at < bytes.count, isDigit(bytes[at]) { at += 1 }
    return (5...10).contains(at - first) ? at : nil
  }

  private func email(_ start: Int) -> Int? {
    var at = start
    while at < bytes.count, isWord(bytes[at]) || "._%+-".utf8.contains(bytes[at]) { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "@"), at - start <= 64 else { return nil }
    let host = at + 1
    at = host
    while at < bytes.count, isWord(bytes[at]) || "-.".utf8.contains(bytes[at]) { at += 1 }
    while at > host, "-.".utf8.contains(bytes[at - 1]) { at -= 1 }
    let name = String(decoding: bytes[host..<at], as: UTF8.self).lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), (labels.last?.count ?? 0) >= 2,
      !labels.contains("example"), !labels.contains("test")
    else { return nil }
    return at
  }

  /// `94-year-old`.
  private func age(_ start: Int) -> (Kind, Int)? {
    var at = start
    while at < bytes.count, isDigit(bytes[at]) { at += 1 }
    guard let age = Int(String(decoding: bytes[start..<at], as: UTF8.self)), (90...125).contains(age) else {
      return nil
    }
    let rest = bytes[at...]
    for words in ["-year-old", " year old", " years old", " y/o", " yo "] where rest.starts(with: words.utf8) {
      return (.age, at + words.utf8.count)
    }
    return nil
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
  private func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 95 || byte >= 128 }
}
