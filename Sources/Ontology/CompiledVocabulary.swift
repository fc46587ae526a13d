/// A vocabulary as it is searched in place: whoever has its bytes in memory can search them at once, however many terms.
///
/// The bytes may come from a file that is mapped, and from anyone: what does not hold together is refused on opening, and every number
/// in them is checked where it is used, so that damaged bytes give poor answers and nothing worse. A mapped file must not be cut while it is in use.
/// A class because its columns point into memory that it frees.
package final class CompiledVocabulary: Sendable {
  /// What a caller wrote to recognise the file by, such as the hash of what it was compiled from.
  package let source: [UInt8]
  package let id: String
  package let version: String
  let groups: [Group]
  let terms: Column
  let records: Bytes
  let entries: Column
  let labelEnds: Column
  let labelText: Bytes
  let labelEntries: Column
  let labelMinima: Column
  let wordEnds: Column
  let wordText: Bytes
  let wordShared: Bytes
  let postingEnds: Column
  let postings: Column
  let postingMinima: Column
  let parentEnds: Column
  let parentText: Bytes
  let childEnds: Column
  let children: Column
  let parentOfTerm: Column
  let names: Column
  let leaderEnds: Column
  let leaderText: Bytes
  let followerEnds: Column
  let followers: Column
  let lines: Column
  /// The hash of a table's first line, if each further line is a row that says all of its term.
  let header: UInt64?
  /// The file that was mapped, for those who are to map it too; open as long as this lives.
  package let descriptor: Int32?
  /// All of it.
  private let memory: Bytes
  private let release: @Sendable () -> Void

  /// The labels of one language, of terms in use or of deprecated ones; or the ids.
  struct Group: Sendable, Hashable {
    var isDeprecated: Bool
    var isID: Bool
    var language: String
    /// Also where its labels lie, sorted.
    var entries: Range<Int>
    var words: Range<Int>
  }

  /// One text by which a term is found.
  struct Entry {
    var term: Int
    /// Its place among the term's preferred, alternative or hidden labels.
    var place: Int
    var role: Int
    /// Where its folded text stands among the sorted ones.
    var sorted: Int
  }

  static let idRole = 3

  /// Opens compiled bytes; `nil` if they are no index of this version, so that the list has to be compiled again.
  package convenience init?(_ bytes: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    unsafe memory.copyBytes(from: bytes)
    let address = UInt(bitPattern: memory.baseAddress)
    unsafe self.init(UnsafeRawBufferPointer(rebasing: memory[..<bytes.count])) {
      unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
    }
  }

  /// Opens memory that stays as it is until `release` is called, which happens once: when the last user is gone, or at once if it is refused.
  package init?(
    _ memory: UnsafeRawBufferPointer, descriptor: Int32? = nil, release: @escaping @Sendable () -> Void
  ) {
    guard let sections = unsafe IndexLayout.sections(of: memory) else {
      release()
      return nil
    }
    func column(_ section: IndexLayout.Section) -> Column {
      unsafe Column(UnsafeRawBufferPointer(rebasing: memory[sections[section.rawValue]]))
    }
    func bytes(_ section: IndexLayout.Section) -> Bytes {
      unsafe Bytes(UnsafeRawBufferPointer(rebasing: memory[sections[section.rawValue]]))
    }
    self.release = release
    self.descriptor = descriptor
    self.memory = unsafe Bytes(memory)
    var info = IndexReader(bytes: bytes(.info), offset: 0)
    source = info.textRange().map { bytes(.info).array($0) } ?? []
    id = info.text() ?? ""
    version = info.text() ?? ""
    header = info.number() == 1 ? info.wide() : nil
    (terms, records, entries) = (column(.terms), bytes(.records), column(.entries))
    (labelEnds, labelText) = (column(.labelEnds), bytes(.labelText))
    (labelEntries, labelMinima) = (column(.labelEntries), column(.labelMinima))
    (wordEnds, wordText, wordShared) = (column(.wordEnds), bytes(.wordText), bytes(.wordShared))
    (postingEnds, postings, postingMinima) = (column(.postingEnds), column(.postings), column(.postingMinima))
    (parentEnds, parentText) = (column(.parentEnds), bytes(.parentText))
    (childEnds, children, parentOfTerm) = (column(.childEnds), column(.children), column(.parentOfTerm))
    (names, lines) = (column(.names), column(.lines))
    (leaderEnds, leaderText) = (column(.leaderEnds), bytes(.leaderText))
    (followerEnds, followers) = (column(.followerEnds), column(.followers))
    let counts = (labels: labelEntries.count, words: max(0, wordEnds.count - 1))
    groups = Self.groups(bytes(.groups), labels: counts.labels, words: counts.words)
    let fits =
      entries.count == 4 * counts.labels && labelEnds.count == counts.labels + 1 && postingEnds.count == wordEnds.count
      && wordShared.count == counts.words && followerEnds.count == leaderEnds.count && parentOfTerm.count == terms.count
      && childEnds.count == parentEnds.count
      && MinPyramid(labelEntries, minima: labelMinima) != nil && MinPyramid(postings, minima: postingMinima) != nil
      && groups.last?.entries.upperBound ?? 0 == counts.labels
    if !fits { return nil }
  }

  deinit { release() }

  /// The groups, one after the other; none if they don't follow each other.
  private static func groups(_ bytes: Bytes, labels: Int, words: Int) -> [Group] {
    var reader = IndexReader(bytes: bytes, offset: 0)
    var groups: [Group] = []
    while let flags = reader.number(), let language = reader.text(), let entries = reader.number(),
      let firstWord = reader.number(), let lastWord = reader.number(), groups.count < IndexLayout.groupLimit
    {
      let start = groups.last?.entries.upperBound ?? 0
      guard entries <= labels - start, firstWord <= lastWord, lastWord <= words else { return [] }
      groups.append(
        Group(
          isDeprecated: flags & 1 != 0, isID: flags & 2 != 0, language: language, entries: start..<(start + entries),
          words: firstWord..<lastWord))
    }
    return groups
  }

  /// Its bytes, for whoever opens them elsewhere.
  package var bytes: [UInt8] { memory.array(0..<memory.count) }

  // MARK: What stands where

  package var count: Int { terms.count }

  /// Offsets to the bytes the compiled form holds of a term's id.
  func idRange(ofTerm term: Int) -> Range<Int> {
    var reader = IndexReader(bytes: records, offset: Int(terms[term]))
    return reader.textRange() ?? 0..<0
  }

  package func idBytes(ofTerm term: Int) -> [UInt8] { records.array(idRange(ofTerm: term)) }

  /// The bytes of a term's record.
  func record(ofTerm term: Int) -> Range<Int> {
    let start = Int(terms[term])
    let end = term + 1 < terms.count ? Int(terms[term + 1]) : records.count
    return start <= end && end <= records.count ? start..<end : 0..<0
  }

  func glance(atTerm term: Int) -> TermRecord.Glance? {
    term >= 0 && term < terms.count ? TermRecord.Glance(records, at: Int(terms[term])) : nil
  }

  /// `nil` past the end, and for a damaged record.
  func term(at index: Int) -> Term? {
    guard index >= 0, index < terms.count else { return nil }
    return TermRecord.read(records, at: Int(terms[index]))
  }

  /// The term with this id. Cost: one comparison per doubling of the terms.
  func index(ofID id: [UInt8]) -> Int? {
    let found = Self.firstIndex(in: 0..<terms.count) { records.compare(idRange(ofTerm: $0), with: id) >= 0 }
    return found < terms.count && records.compare(idRange(ofTerm: found), with: id) == 0 ? found : nil
  }

  func entry(_ index: Int) -> Entry? {
    guard index >= 0, index < labelEntries.count else { return nil }
    let entry = Entry(
      term: Int(entries[4 * index]), place: Int(entries[4 * index + 1]), role: Int(entries[4 * index + 2]),
      sorted: Int(entries[4 * index + 3]))
    return entry.term < terms.count ? entry : nil
  }

  func termOfEntry(_ index: UInt32) -> Int { Int(entries[4 * Int(index)]) }

  /// The place among `parents` of an id that terms name as broader.
  func parent(_ id: [UInt8]) -> Int? { Self.place(of: id, ends: parentEnds, text: parentText) }

  /// The place of an id that terms are variants of or were replaced by.
  private func leader(_ id: [UInt8]) -> Int? { Self.place(of: id, ends: leaderEnds, text: leaderText) }

  private static func place(of id: [UInt8], ends: Column, text: Bytes) -> Int? {
    let count = max(0, ends.count - 1)
    func range(_ index: Int) -> Range<Int> { ends.range(at: index, within: text.count) }
    let found = firstIndex(in: 0..<count) { text.compare(range($0), with: id) >= 0 }
    return found < count && text.compare(range(found), with: id) == 0 ? found : nil
  }

  /// The terms that name an id as broader.
  func children(of id: [UInt8]) -> [Int] {
    guard let parent = parent(id) else { return [] }
    return children(ofParent: parent).map { Int(children[$0]) }
  }

  /// The terms that are variants of an id or were replaced by it.
  func followers(of id: [UInt8]) -> [Int] {
    guard let leader = leader(id) else { return [] }
    return followerEnds.range(at: leader, within: followers.count).map { Int(followers[$0]) }
  }

  /// Where the terms stand that name a parent as broader, in `children`.
  func children(ofParent parent: Int) -> Range<Int> { childEnds.range(at: parent, within: children.count) }

  /// The first index for which `isAtOrAfter` holds, as it then does for all that follow.
  static func firstIndex(in range: Range<Int>, where isAtOrAfter: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if isAtOrAfter(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
