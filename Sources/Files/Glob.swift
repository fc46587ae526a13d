/// A shell pattern for one name: `*`, `?`, `[a-z]`, `[!a]`, and `\` before a character that is meant as itself.
///
/// Works on bytes; a `*` does not care about `/`, so callers split paths first.
package struct Glob: Sendable, Hashable {
  private enum Token: Sendable, Hashable {
    case byte(UInt8)
    case any
    case star
    case set(ranges: [ClosedRange<UInt8>], negated: Bool)
  }

  private let tokens: [Token]

  package init(_ pattern: some Sequence<UInt8>) {
    let bytes = Array(pattern)
    var tokens: [Token] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "*"):
        if tokens.last != .star { tokens.append(.star) }
      case UInt8(ascii: "?"):
        tokens.append(.any)
      case UInt8(ascii: "["):
        if let (token, end) = Self.set(in: bytes, from: index) {
          tokens.append(token)
          index = end
        } else {
          tokens.append(.byte(byte))
        }
      case UInt8(ascii: "\\") where index < bytes.count:
        tokens.append(.byte(bytes[index]))
        index += 1
      default:
        tokens.append(.byte(byte))
      }
    }
    self.tokens = tokens
  }

  /// The set that begins after `[`, and the offset behind its `]`; `nil` if it has no end.
  private static func set(in bytes: [UInt8], from start: Int) -> (Token, Int)? {
    var index = start
    let negated = index < bytes.count && (bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^"))
    if negated { index += 1 }
    let first = index
    var ranges: [ClosedRange<UInt8>] = []
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "]"), index > first {
        return (.set(ranges: ranges, negated: negated), index + 1)
      }
      guard let low = character(in: bytes, at: &index) else { return nil }
      let isRange =
        index + 1 < bytes.count && bytes[index] == UInt8(ascii: "-") && bytes[index + 1] != UInt8(ascii: "]")
      guard isRange else {
        ranges.append(low...low)
        continue
      }
      index += 1
      guard let high = character(in: bytes, at: &index) else { return nil }
      if low <= high { ranges.append(low...high) }
    }
    return nil
  }

  private static func character(in bytes: [UInt8], at index: inout Int) -> UInt8? {
    if bytes[index] == UInt8(ascii: "\\") { index += 1 }
    guard index < bytes.count else { return nil }
    defer { index += 1 }
    return bytes[index]
  }

  /// Whether the whole name fits. Cost: at most one step per token and byte, whatever the pattern.
  package func matches(_ name: some Sequence<UInt8>) -> Bool {
    let name = Array(name)
    var token = 0
    var position = 0
    // Where to go on if the way taken after the last star fails.
    var retry: (token: Int, position: Int)?
    while true {
      if token < tokens.count, case .star = tokens[token] {
        retry = (token + 1, position)
        token += 1
      } else if token == tokens.count, position == name.count {
        return true
      } else if position < name.count, token < tokens.count, Self.fits(tokens[token], name[position]) {
        token += 1
        position += 1
      } else if let last = retry, last.position < name.count {
        retry = (last.token, last.position + 1)
        (token, position) = (last.token, last.position + 1)
      } else {
        return false
      }
    }
  }

  private static func fits(_ token: Token, _ byte: UInt8) -> Bool {
    switch token {
    case .byte(let wanted): wanted == byte
    case .any: true
    case .star: false
    case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
    }
  }
}
