/// How a compiled vocabulary lies in its bytes: a mark, the version, the whole length, then the sections' places, then the sections.
///
/// All numbers are little-endian. Anything that does not fit is refused as a whole; a reader of another version compiles anew.
enum IndexLayout {
  static let mark = Array("CONCVOC\u{1}".utf8)
  static let version: UInt32 = 2
  /// Groups there are at most: two for each language, and the ids. Labels in further languages count as in none.
  static let groupLimit = 514
  /// What marks a label that is not a term's first, in `names`.
  static let isFurtherName: UInt32 = 1 << 31

  enum Section: Int, CaseIterable {
    /// What it was compiled from: a key of the caller's, the list's id and version, the hash of a table's header.
    case info
    /// Seven numbers each; see `Group`.
    case groups
    /// Offsets of the records of the terms, in order of their ids' bytes.
    case terms
    case records
    /// Four numbers each: term, place of the label in it, role, place of its text among the sorted. In the order in which they are shown, group by group.
    case entries
    /// The folded labels, sorted within each group: ends of their texts, the texts, their entries.
    case labelEnds, labelText, labelEntries, labelMinima
    /// The words of the folded labels, sorted within each group: ends, texts, letters shared with the word before, their entries.
    case wordEnds, wordText, wordShared, postingEnds, postings, postingMinima
    /// The ids that terms name as broader, sorted; and who names them.
    case parentEnds, parentText, childEnds, children
    /// By term: its place among the parents.
    case parentOfTerm
    /// Two numbers each, in order of the labels' bytes: where the label stands in the records, and its term.
    case names
    /// The ids that terms are variants of or were replaced by, sorted; and who names them.
    case leaderEnds, leaderText, followerEnds, followers
    /// Three numbers each, in order of the hashes: the hash of a line of the table, and its term.
    case lines
  }

  static let headerCount = 8 + 4 + 4 + 8 + 16 * Section.allCases.count

  /// The sections one after the other behind their header. They are given up on the way: an index is large.
  static func join(_ sections: inout [Section: [UInt8]]) -> [UInt8] {
    var out = IndexWriter()
    let total = sections.values.reduce(headerCount) { $0 + $1.count }
    out.bytes.reserveCapacity(total)
    out.bytes += mark
    out.put(version)
    out.put(Section.allCases.count)
    out.putWide(total)
    var offset = headerCount
    for section in Section.allCases {
      let count = sections[section]?.count ?? 0
      out.putWide(offset)
      out.putWide(count)
      offset += count
    }
    for section in Section.allCases { out.bytes += sections.removeValue(forKey: section) ?? [] }
    return out.bytes
  }

  /// Where the sections lie; `nil` if the bytes are no index of this version, or not all of one.
  static func sections(of memory: UnsafeRawBufferPointer) -> [Range<Int>]? {
    guard memory.count >= headerCount, unsafe memory.prefix(8).elementsEqual(mark) else { return nil }
    func number(_ offset: Int) -> UInt32 {
      unsafe UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    func wide(_ offset: Int) -> Int? {
      Int(exactly: unsafe UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    guard number(8) == version, Int(number(12)) == Section.allCases.count, wide(16) == memory.count else { return nil }
    var sections: [Range<Int>] = []
    for index in Section.allCases.indices {
      guard let start = wide(24 + 16 * index), let count = wide(32 + 16 * index), start >= headerCount,
        start <= memory.count, count <= memory.count - start
      else { return nil }
      sections.append(start..<(start + count))
    }
    return sections
  }
}

/// Puts numbers and texts behind each other.
struct IndexWriter {
  var bytes: [UInt8] = []

  mutating func put(_ value: UInt32) {
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    bytes.append(UInt8(truncatingIfNeeded: value >> 16))
    bytes.append(UInt8(truncatingIfNeeded: value >> 24))
  }

  mutating func put(_ value: Int) { put(UInt32(clamping: value)) }

  mutating func putWide(_ value: Int) { putWide(UInt64(clamping: value)) }

  mutating func putWide(_ value: UInt64) {
    put(UInt32(truncatingIfNeeded: value))
    put(UInt32(truncatingIfNeeded: value >> 32))
  }

  /// Seven bits a byte: most counts are small.
  mutating func putCount(_ value: Int) {
    var rest = UInt64(clamping: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func put(_ bytes: [UInt8]) {
    putCount(bytes.count)
    self.bytes += bytes
  }

  mutating func put(_ text: String) {
    putCount(text.utf8.count)
    bytes += text.utf8
  }
}

/// Reads what an `IndexWriter` wrote, and nothing beyond its end.
struct IndexReader {
  let bytes: Bytes
  var offset: Int

  /// `nil` at the end, and for a number no writer writes.
  mutating func number() -> Int? {
    var value = 0
    for shift in 0..<5 {
      guard offset >= 0, offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      value |= Int(byte & 0x7F) << (7 * shift)
      if byte < 0x80 { return value }
    }
    return nil
  }

  /// What `putWide` wrote.
  mutating func wide() -> UInt64? {
    guard offset >= 0, bytes.count - offset >= 8 else { return nil }
    defer { offset += 8 }
    return (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  mutating func textRange() -> Range<Int>? {
    guard let count = number(), count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return offset..<(offset + count)
  }

  mutating func text() -> String? { textRange().map { String(decoding: bytes.array($0), as: UTF8.self) } }
}
