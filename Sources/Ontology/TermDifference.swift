/// Compares a list with an index, term by term, so that a change of a large list is laid over it.
package struct TermDifference {
  private let base: CompiledVocabulary
  private let limit: Int
  /// The base's terms that are there still, changed or not.
  private var seen: Bitmap
  private var seenCount = 0
  private var changed: [Term] = []
  private var new: Set<[UInt8]> = []

  /// More changes than `limit` are none to lay over.
  package init(from base: CompiledVocabulary, limit: Int) {
    self.base = base
    self.limit = limit
    seen = Bitmap(count: base.count)
  }

  /// Takes the next term of the list; of two with one id the first counts. `false` if it makes too many. Cost: a look-up.
  package mutating func add(_ term: Term) -> Bool {
    guard changed.count <= limit, !term.id.isEmpty else { return changed.count <= limit }
    let id = Array(term.id.utf8)
    guard let place = base.index(ofID: id) else {
      if new.insert(id).inserted { changed.append(term) }
      return true
    }
    guard seen.insert(place) else { return true }
    seenCount += 1
    var record = IndexWriter()
    TermRecord.write(term, to: &record)
    if !base.records.equal(base.record(ofTerm: place), record.bytes) { changed.append(term) }
    return true
  }

  /// Takes a term of the base that is the same in the list.
  private mutating func keep(_ place: Int) {
    if seen.insert(place) { seenCount += 1 }
  }

  /// What has changed, once all terms are taken; `nil` if it is too much. Cost: a step for each 64 terms, and for each change.
  package func change(version: String) -> VocabularyChange? {
    guard changed.count + base.count - seenCount <= limit else { return nil }
    var removed: [String] = []
    if seenCount < base.count {
      for place in 0..<base.count where !seen.contains(place) {
        removed.append(String(decoding: base.idBytes(ofTerm: place), as: UTF8.self))
      }
    }
    return VocabularyChange(changed: changed, removed: removed, version: version)
  }

  /// What has changed in a table since it was compiled, where every line is a row: only lines that were not there are read.
  ///
  /// `nil` if that can't be told so, or is too much. Cost: a pass over the bytes and a look-up for each line.
  package static func ofLines(
    _ bytes: [UInt8], mapping: ColumnMapping, from base: CompiledVocabulary, limit: Int
  ) -> VocabularyChange? {
    guard let header = base.header, LineHash.isLinewise(bytes) else { return nil }
    var difference = TermDifference(from: base, limit: limit)
    var unknown: [UInt8] = []
    var count = 0
    var isFirst = true
    var isSame = true
    LineHash.forEachLine(in: bytes) { range, hash in
      if isFirst {
        isFirst = false
        isSame = hash == header
        unknown = Array(bytes[range])
      } else if let term = base.term(ofLine: hash) {
        difference.keep(term)
      } else if !range.isEmpty {
        unknown.append(0x0A)
        unknown += bytes[range]
        count += 1
      }
      return isSame && count <= limit
    }
    guard isSame, count <= limit else { return nil }
    let kept = difference.seen
    var problems: [VocabularyProblem] = []
    var isPlain = true
    TermTable.read(unknown, mapping: mapping, looksForRepeats: false, problems: &problems) { term, _ in
      // One id in two lines: which of them counts is a matter of their order.
      if let place = base.index(ofID: Array(term.id.utf8)), kept.contains(place) { isPlain = false }
      isPlain = isPlain && difference.add(term)
    }
    return isPlain ? difference.change(version: base.version) : nil
  }
}

extension CompiledVocabulary {
  /// The term of a line by its hash; `nil` if there was no such line.
  fileprivate func term(ofLine hash: UInt64) -> Int? {
    let all = 0..<(lines.count / 3)
    let found = Self.firstIndex(in: all) { lineHash($0) >= hash }
    guard found < all.upperBound, lineHash(found) == hash else { return nil }
    let term = Int(lines[3 * found + 2])
    return term < count ? term : nil
  }

  private func lineHash(_ index: Int) -> UInt64 { UInt64(lines[3 * index]) | UInt64(lines[3 * index + 1]) << 32 }
}
