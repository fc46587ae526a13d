import Ontology

/// How well a text answers what was typed: the smaller the better.
enum MatchRank: Int, Comparable {
  case exact = 0
  case prefix
  /// A later word begins with it.
  case word
  case inside
  /// Its letters stand there in this order.
  case scattered
  /// But for a slip or two.
  case slip

  static func < (a: MatchRank, b: MatchRank) -> Bool { a.rawValue < b.rawValue }
}

/// What was typed, ready to be looked for.
struct TypedText {
  let text: [UInt8]
  let folded: [UInt8]

  init(_ text: [UInt8]) {
    self.text = text
    folded = Self.fold(String(decoding: text, as: UTF8.self))
  }

  var isEmpty: Bool { folded.isEmpty }

  static func fold(_ text: String) -> [UInt8] {
    // Ids and keys are nearly always ASCII, and the rest is slow for what needs no thought.
    var bytes = Array(text.utf8)
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return Folding.bytes(text) }
    for index in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) {
      bytes[index] += 32
    }
    return bytes
  }

  func rank(of text: String) -> MatchRank? { rank(ofFolded: Self.fold(text)) }

  /// `nil` if the text is no answer. Cost: the text's length; for slips, up to 64 bytes, times what was typed.
  func rank(ofFolded candidate: [UInt8], allowsScattered: Bool = true) -> MatchRank? {
    if folded.isEmpty || candidate == folded { return .exact }
    if candidate.starts(with: folded) { return .prefix }
    var isScattered = 0
    var inside: MatchRank?
    for start in candidate.indices {
      if isScattered < folded.count, candidate[start] == folded[isScattered] { isScattered += 1 }
      guard candidate[start] == folded[0], inside != .word, candidate[start...].starts(with: folded) else { continue }
      inside = start == 0 || !Self.isLetter(candidate[start - 1]) ? .word : inside ?? .inside
    }
    if let inside { return inside }
    if allowsScattered, isScattered == folded.count { return .scattered }
    return isNear(candidate) ? .slip : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether the text begins with what was typed but for one slip in four letters or more, two in eight or more.
  private func isNear(_ candidate: [UInt8]) -> Bool {
    let limit = folded.count / 4
    guard limit > 0, folded.count <= 64 else { return false }
    let length = min(candidate.count, folded.count + min(limit, 2))
    guard length + limit >= folded.count else { return false }
    var beforeLast = [Int](repeating: 0, count: length + 1)
    var last = Array(0...length)
    var row = last
    for i in folded.indices {
      row[0] = i + 1
      for j in 0..<length {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (folded[i] == candidate[j] ? 0 : 1))
        if i > 0, j > 0, folded[i] == candidate[j - 1], folded[i - 1] == candidate[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row[j + 1] = cost
      }
      swap(&beforeLast, &last)
      swap(&last, &row)
    }
    return (last.min() ?? .max) <= min(limit, 2)
  }
}
