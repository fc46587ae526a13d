/// A vocabulary compiled to bytes that are searched as they stand, so that any process can share them.
///
/// Layout, little endian: magic, version and counts; a table of 16-byte entries (hash of a text, term, what it is) sorted by
/// hash; a table of term offsets; the terms. Reading believes nothing: an index that does not add up finds nothing.
package struct VocabularyIndex: Sendable {
  package enum Match: UInt8, Sendable { case id = 1, preferred, other }

  /// A term as it was found.
  package struct Entry: Sendable, Hashable {
    package var id: String
    package var label: String
    /// Itself, unless it is a variant or was replaced by one term.
    package var canonical: String
    package var replacedBy: String?
    /// All the way up, nearest first.
    package var broader: [String]
    package var isDeprecated: Bool
    package var matched: Match
  }

  package let bytes: [UInt8]
  private let entryCount: Int
  private let termCount: Int

  private static let magic: UInt32 = 0x3149_5643
  private static let headerSize = 16
  private static let entrySize = 16

  /// `nil` if the bytes are no index.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.headerSize, Self.word(bytes, 0) == UInt64(Self.magic) else { return nil }
    entryCount = Int(Self.word(bytes, 4))
    termCount = Int(Self.word(bytes, 8))
    guard Self.headerSize + entryCount * Self.entrySize + termCount * 4 <= bytes.count else { return nil }
    self.bytes = bytes
  }

  package var count: Int { termCount }

  /// Looks a text up among the ids, then the preferred labels, then the other labels; case is folded in labels.
  ///
  /// Cost: a binary search.
  package func find(_ text: String) -> Entry? {
    var best: (term: Int, match: Match)?
    func look(_ text: String, _ accept: (Match) -> Bool) {
      let wanted = Self.hash(text)
      var index = firstEntry(wanted)
      while index < entryCount, hash(at: index) == wanted {
        let offset = Self.headerSize + index * Self.entrySize
        let term = Int(Self.word(bytes, offset + 8))
        if let match = Match(rawValue: bytes[offset + 12]), accept(match), stands(text, at: term, as: match),
          best.map({ match.rawValue < $0.match.rawValue }) ?? true
        {
          best = (term, match)
        }
        index += 1
      }
    }
    look(text) { $0 == .id }
    if best == nil { look(Self.folded(text)) { $0 != .id } }
    guard let best, var reader = reader(ofTerm: best.term), let term = reader.term() else { return nil }
    return Entry(
      id: term.id, label: term.label, canonical: term.canonical, replacedBy: term.replacedBy, broader: term.broader,
      isDeprecated: term.isDeprecated, matched: best.match)
  }

  private func firstEntry(_ wanted: UInt64) -> Int {
    var low = 0
    var high = entryCount
    while low < high {
      let middle = (low + high) / 2
      if hash(at: middle) < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func hash(at index: Int) -> UInt64 {
    let offset = Self.headerSize + index * Self.entrySize
    return Self.word(bytes, offset) | Self.word(bytes, offset + 4) << 32
  }

  /// Guards against two texts with one hash.
  private func stands(_ text: String, at term: Int, as match: Match) -> Bool {
    guard var reader = reader(ofTerm: term), let found = reader.term() else { return false }
    switch match {
    case .id: return Self.same(found.id, text)
    case .preferred: return found.preferred.contains { Self.same(Self.folded($0), text) }
    case .other: return found.others.contains { Self.same(Self.folded($0), text) }
    }
  }

  private func reader(ofTerm term: Int) -> IndexReader? {
    guard term < termCount else { return nil }
    let start = Int(Self.word(bytes, Self.headerSize + entryCount * Self.entrySize + term * 4))
    return start <= bytes.count ? IndexReader(bytes: bytes, offset: start) : nil
  }

  private static func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  /// Four bytes; the caller has checked that they are there.
  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<4 { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return word
  }

  static func folded(_ text: String) -> String { text.lowercased() }

  /// FNV-1a, 64 bits: the same on every machine.
  static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }

  // MARK: Building

  /// Compiles a vocabulary. Cycles among `broader` and `replacedBy` are cut.
  package init(_ vocabulary: Vocabulary) {
    let resolver = TermResolver(vocabulary.terms)
    var entries: [(hash: UInt64, term: UInt32, match: Match)] = []
    var offsets: [UInt32] = []
    var body = IndexWriter()
    for (number, term) in vocabulary.terms.enumerated() {
      offsets.append(UInt32(clamping: body.bytes.count))
      body.put(term, resolver)
      let index = UInt32(clamping: number)
      entries.append((Self.hash(term.id), index, .id))
      for label in term.prefLabels { entries.append((Self.hash(Self.folded(label.text)), index, .preferred)) }
      for label in term.altLabels { entries.append((Self.hash(Self.folded(label.text)), index, .other)) }
    }
    entries.sort { ($0.hash, $0.term, $0.match.rawValue) < ($1.hash, $1.term, $1.match.rawValue) }
    let bodyStart = Self.headerSize + entries.count * Self.entrySize + offsets.count * 4
    var out = IndexWriter()
    for word in [Self.magic, UInt32(clamping: entries.count), UInt32(clamping: offsets.count), 0] { out.put(word) }
    for entry in entries {
      out.put(UInt32(truncatingIfNeeded: entry.hash))
      out.put(UInt32(truncatingIfNeeded: entry.hash >> 32))
      out.put(entry.term)
      out.put(UInt32(entry.match.rawValue))
    }
    for offset in offsets { out.put(UInt32(clamping: bodyStart) + offset) }
    bytes = out.bytes + body.bytes
    entryCount = entries.count
    termCount = offsets.count
  }
}
