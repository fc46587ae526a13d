import Synchronization

/// A text that is not kept in memory: each part is read again when somebody looks at it. Nobody edits it.
///
/// A class, because every leaf refers to it.
package final class TextFile: Sendable {
  package let byteCount: Int
  private let read: @Sendable (Range<Int>) -> [UInt8]
  private let changed = Atomic(false)

  /// `read` gives the bytes of a range within `byteCount`; of what it can't read, less. It may be called from anywhere.
  package init(byteCount: Int, read: @escaping @Sendable (Range<Int>) -> [UInt8]) {
    self.byteCount = byteCount
    self.read = read
  }

  /// Whether a part was another when it was read again: what is known of the text is not what the file says.
  package var hasChanged: Bool { changed.load(ordering: .relaxed) }

  /// As many bytes as the range has: what is not there reads as spaces.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    var found = read(range)
    if found.count < range.count {
      changed.store(true, ordering: .relaxed)
      found.append(contentsOf: repeatElement(0x20, count: range.count - found.count))
    }
    if found.count > range.count { found.removeLast(found.count - range.count) }
    return found
  }

  /// Bytes that were read before; spaces, if they are others now.
  func bytes(_ range: Range<Int>, hash: UInt64) -> [UInt8] {
    let found = bytes(range)
    if Self.hash(found.span) == hash { return found }
    changed.store(true, ordering: .relaxed)
    return [UInt8](repeating: 0x20, count: range.count)
  }

  /// Tells a text from one that somebody has changed. Cost: a step for eight bytes.
  static func hash(_ text: Span<UInt8>) -> UInt64 {
    let prime: UInt64 = 0x9e37_79b9_7f4a_7c15
    let bytes = unsafe text.bytes
    var sum = UInt64(truncatingIfNeeded: text.count)
    var index = 0
    while index + 8 <= bytes.byteCount {
      // Within the bytes: there are eight more.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      sum = (sum ^ word) &* prime
      sum ^= sum >> 32
      index += 8
    }
    while index < text.count {
      sum = (sum ^ UInt64(text[index])) &* prime
      index += 1
    }
    return sum ^ sum >> 29
  }
}

/// Where a leaf's text lies.
enum LeafText: Sendable {
  case kept([UInt8])
  /// With the hash of the leaf's bytes.
  case file(TextFile, hash: UInt64)
}
