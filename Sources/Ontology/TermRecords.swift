/// Terms on their way into an index, as bytes: of a list of a million no million objects are kept.
package struct TermRecords: Sendable {
  /// The records one after the other, as they came.
  private(set) var bytes: [UInt8] = []
  private var starts: [Int] = []
  /// Of a table of which every line is a row: the hash of the first one, and of each further one with its term.
  private(set) var header: UInt64?
  private(set) var lines: [Line] = []

  struct Line {
    var hash: UInt64
    /// Counted as they came.
    var term: UInt32
  }

  package init() {}

  package var count: Int { starts.count }

  package mutating func add(_ term: Term) {
    var writer = IndexWriter(bytes: bytes)
    bytes = []
    starts.append(writer.bytes.count)
    TermRecord.write(term, to: &writer)
    bytes = writer.bytes
  }

  /// Says that the term added last is all that stands in this line.
  mutating func note(line hash: UInt64) {
    guard !starts.isEmpty else { return }
    lines.append(Line(hash: hash, term: UInt32(clamping: starts.count - 1)))
  }

  /// Says that every line is a row; `header` is the hash of the first.
  mutating func note(header hash: UInt64) { header = hash }

  func range(of number: Int) -> Range<Int> {
    starts[number]..<(number + 1 < starts.count ? starts[number + 1] : bytes.count)
  }

  /// Where the id's bytes stand.
  func id(of number: Int) -> Range<Int> {
    unsafe bytes.withUnsafeBytes { memory in
      var reader = unsafe IndexReader(bytes: Bytes(memory), offset: starts[number])
      return reader.textRange() ?? 0..<0
    }
  }

  /// The numbers of the terms in order of their ids' bytes; of those with one id as they came.
  func sorted() -> [Int] {
    struct Key {
      var head: UInt64
      var id: Range<Int>
      var number: Int
    }
    var keys = starts.indices.map { number in
      let id = id(of: number)
      return Key(head: Self.head(self.bytes[id]), id: id, number: number)
    }
    let bytes = bytes
    keys.sort { a, b in
      if a.head != b.head { return a.head < b.head }
      let (first, second) = (bytes[a.id], bytes[b.id])
      return first.elementsEqual(second) ? a.number < b.number : first.lexicographicallyPrecedes(second)
    }
    return keys.map(\.number)
  }

  /// The first eight bytes as a number that is ordered as they are.
  static func head(_ text: ArraySlice<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    for byte in text.prefix(8) { head = head << 8 | UInt64(byte) }
    return text.count < 8 ? head << UInt64(8 * (8 - text.count)) : head
  }
}
