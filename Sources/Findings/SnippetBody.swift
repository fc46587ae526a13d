/// Text with gaps to fill, and the same for editors that know no gaps.
package struct SnippetBody: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case text([UInt8])
    /// A gap, with what stands in it at first. Gaps are numbered in their order; those of one number are filled together.
    case gap(Int, [UInt8])
  }
  package private(set) var parts: [Part] = []
  /// Without gaps: what cannot be known is left out.
  package private(set) var plain: [UInt8] = []

  package init() {}
  package init(_ text: [UInt8]) { add(text) }

  package var hasGaps: Bool {
    parts.contains { part in
      if case .gap = part { true } else { false }
    }
  }
  package var gapCount: Int {
    parts.reduce(0) { count, part in
      if case .gap(let number, _) = part { max(count, number) } else { count }
    }
  }

  package mutating func add(_ text: [UInt8]) {
    plain += text
    if case .text(let before) = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  /// Adds a gap, which editors without gaps do not see.
  package mutating func addGap(_ number: Int, _ initial: [UInt8] = []) {
    plain += initial
    parts.append(.gap(number, initial))
  }

  /// Says what editors without gaps see instead.
  package mutating func replacePlain(_ text: [UInt8]) { plain = text }

  /// The body without so many bytes at its ends, which must be text and not gaps.
  package func dropping(first: Int, last: Int) -> SnippetBody {
    var out = self
    if case .text(let bytes) = out.parts.first { out.parts[0] = .text(Array(bytes.dropFirst(first))) }
    if case .text(let bytes) = out.parts.last { out.parts[out.parts.count - 1] = .text(Array(bytes.dropLast(last))) }
    out.plain = Array(plain.dropFirst(first).dropLast(last))
    return out
  }

  /// Adds another body, its gaps numbered on.
  package mutating func add(_ other: SnippetBody) {
    let count = gapCount
    let text = plain + other.plain
    for part in other.parts {
      switch part {
      case .text(let bytes): add(bytes)
      case .gap(let number, let initial): parts.append(.gap(number + count, initial))
      }
    }
    plain = text
  }
}
