/// A path as the keywords write it: `a/b`, `../a`, `path -> member`, alternatives after `??`, changes after `|`.
package struct ClaimPath: Sendable, Hashable {
  package enum Change: Sendable, Hashable {
    /// A file's name without what stands behind its last dot.
    case stem
    case lower
    /// The part of that number, from the end where it is negative.
    case split(separator: String, part: Int)
    /// What the pattern's first group holds.
    case regex(ClaimPattern)
  }

  package struct Alternative: Sendable, Hashable {
    /// How many records up it begins.
    package var up = 0
    package var steps: [String] = []
    /// Members to read of what the value refers to, one after the other.
    package var follows: [String] = []
    package var changes: [Change] = []
  }

  /// As it is written.
  package let text: String
  package let alternatives: [Alternative]

  /// Why a path can't be used, for who maintains the schema.
  package struct Failure: Error {
    package var message: String
  }

  package init(_ text: String) throws(Failure) {
    self.text = text
    var found: [Alternative] = []
    for part in Self.pieces(of: text, at: "??") { found.append(try Self.alternative(part)) }
    alternatives = found
  }

  /// The name that somebody probably meant; `nil` if none is close.
  package static func nearest(_ name: String, among names: [String]) -> String? {
    Suggestion.nearest(name, among: names)
  }

  private static func alternative(_ text: String) throws(Failure) -> Alternative {
    var alternative = Alternative()
    var pieces = pieces(of: text, at: "|")[...]
    var members = Self.pieces(of: pieces.removeFirst(), at: "->")[...]
    var steps = members.removeFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)[...]
    while steps.first == ".." {
      steps.removeFirst()
      alternative.up += 1
    }
    guard !steps.isEmpty, steps.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
      throw Failure(message: "The path `\(text)` has a part without a name.")
    }
    alternative.steps = Array(steps)
    guard members.allSatisfy({ !$0.isEmpty && !$0.utf8Contains("/") }) else {
      throw Failure(message: "In the path `\(text)`, behind `->` belongs the name of one member.")
    }
    alternative.follows = Array(members)
    for piece in pieces { alternative.changes.append(try change(piece)) }
    return alternative
  }

  private static let changeNames = ["stem", "lower", "split", "regex"]

  private static func change(_ text: String) throws(Failure) -> Change {
    let name = String(text.prefix { $0 != "(" })
    let arguments = try arguments(String(text.dropFirst(name.count)), of: text)
    switch (name, arguments.count) {
    case ("stem", 0): return .stem
    case ("lower", 0): return .lower
    case ("split", 2):
      guard !arguments[0].isEmpty, let part = Int(arguments[1]) else { break }
      return .split(separator: arguments[0], part: part)
    case ("regex", 1):
      if let pattern = ClaimPattern(arguments[0]) { return .regex(pattern) }
      throw Failure(message: "The pattern in `\(text)` can't be used.")
    default: break
    }
    if changeNames.contains(name) {
      throw Failure(message: "`\(text)` isn't written right: `stem`, `lower`, `split(\"/\", -1)` or `regex(\"…\")`.")
    }
    let near = Suggestion.nearest(name, among: changeNames).map { " Did you mean `\($0)`?" } ?? ""
    throw Failure(message: "`\(name)` is no change a path knows.\(near)")
  }

  /// `("/", -1)`: texts without their quotes, numbers as they stand.
  private static func arguments(_ text: String, of whole: String) throws(Failure) -> [String] {
    let trimmed = trimmed(text)
    if trimmed.isEmpty { return [] }
    guard trimmed.hasPrefix("("), trimmed.hasSuffix(")"), trimmed.utf8.count >= 2 else {
      throw Failure(message: "`\(whole)` lacks a bracket.")
    }
    return pieces(of: String(trimmed.dropFirst().dropLast()), at: ",").map { piece in
      let isQuoted = piece.utf8.count >= 2 && piece.hasPrefix("\"") && piece.hasSuffix("\"")
      return isQuoted ? String(piece.dropFirst().dropLast()) : piece
    }
  }

  /// The parts between separators that stand outside quotes, without surrounding space.
  private static func pieces(of text: String, at separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let wanted = Array(separator.utf8)
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, at + wanted.count <= bytes.count, bytes[at..<(at + wanted.count)].elementsEqual(wanted) {
        parts.append([])
        at += wanted.count
      } else {
        parts[parts.count - 1].append(bytes[at])
        at += 1
      }
    }
    return parts.map { trimmed(String(decoding: $0, as: UTF8.self)) }
  }

  private static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A pattern of a path, compiled once.
package struct ClaimPattern: Sendable, Hashable {
  let pattern: Pattern

  init?(_ source: String) {
    guard let pattern = try? Pattern(source) else { return nil }
    self.pattern = pattern
  }

  package static func == (a: Self, b: Self) -> Bool { a.pattern.source.utf8.elementsEqual(b.pattern.source.utf8) }
  package func hash(into hasher: inout Hasher) { hasher.combine(pattern.source) }
}
