/// What is searched for, folded.
struct SearchQuery {
  var letters: [Unicode.Scalar]
  var bytes: [UInt8]
  /// Without spaces, as ids are compared.
  var idBytes: [UInt8]
  var words: [[Unicode.Scalar]]

  init(_ text: String) {
    letters = Folding.fold(text)
    bytes = Folding.utf8(letters)
    idBytes = Folding.utf8(letters.filter { $0 != " " })
    words = Words.ofQuery(letters)
  }
}

/// Searches one index. Hits come in the order in which they are shown.
struct LayerSearch {
  let index: CompiledVocabulary
  /// Terms that another layer replaces.
  let hidden: Bitmap?
  /// Entries to search among.
  let branch: Bitmap?
  /// The same in order, where they are so few that each is looked at.
  let few: [UInt32]?
  let languages: [String]
  let limit: Int
  /// Numbers that are looked at one by one before all are.
  let patience: Int

  struct Hit {
    var term: Int
    var entry: Int
    var group: Int
    var kind: TermMatch.Kind
    var typos: Int
  }

  /// The term of an entry, if it is one to be found.
  func accepted(_ entry: UInt32) -> Int? {
    guard branch?.contains(Int(entry)) != false else { return nil }
    let term = index.termOfEntry(entry)
    return term < index.count && hidden?.contains(term) != true ? term : nil
  }

  /// Groups of labels, those in the reader's languages first.
  func labelGroups(deprecated: Bool) -> [Int] {
    index.groups.indices.filter { !index.groups[$0].isID && index.groups[$0].isDeprecated == deprecated }
      .map { (TermIndex.place(of: index.groups[$0].language, in: languages), $0) }
      .sorted { $0 < $1 }.map(\.1)
  }

  func idGroups(deprecated: Bool) -> [Int] {
    index.groups.indices.filter { index.groups[$0].isID && index.groups[$0].isDeprecated == deprecated }
  }

  /// What matches without a slip.
  func exact(_ query: SearchQuery) -> [Hit] {
    var found = Collected(limit: limit)
    for deprecated in [false, true] {
      let ids = query.idBytes.isEmpty ? [] : idGroups(deprecated: deprecated)
      let labels = labelGroups(deprecated: deprecated)
      collect(.id, ids, query.idBytes, isWhole: true, &found)
      collect(.label, labels, query.bytes, isWhole: true, &found)
      collect(.idPrefix, ids, query.idBytes, isWhole: false, &found)
      collect(.labelPrefix, labels, query.bytes, isWhole: false, &found)
      guard !found.isFull, let first = query.words.first else { continue }
      if query.words.count > 1 || few != nil {
        var patience = self.patience
        for group in labels { collectAll(query.words, group, &patience, &found) }
      } else if let pyramid = MinPyramid(index.postings, minima: index.postingMinima) {
        for group in labels {
          collect(.wordPrefix, group, postings(ofWords: words(first, in: group)), pyramid, &found)
        }
      }
    }
    return found.hits
  }

  // MARK: Ranges

  func collect(
    _ kind: TermMatch.Kind, _ groups: [Int], _ text: [UInt8], isWhole: Bool, _ found: inout Collected
  ) {
    guard !found.isFull, let pyramid = MinPyramid(index.labelEntries, minima: index.labelMinima) else { return }
    for group in groups { collect(kind, group, labels(text, in: group, isWhole: isWhole), pyramid, &found) }
  }

  /// Where the labels lie that begin with the text, or are it.
  func labels(_ text: [UInt8], in group: Int, isWhole: Bool) -> Range<Int> {
    let length = isWhole ? Int.max : text.count
    return range(index.groups[group].entries) {
      index.labelText.compare(index.labelEnds.range(at: $0, within: index.labelText.count), with: text, length: length)
    }
  }

  /// The words that begin with the word.
  func words(_ word: [Unicode.Scalar], in group: Int, isWhole: Bool = false) -> Range<Int> {
    let text = Folding.utf8(word)
    let length = isWhole ? Int.max : text.count
    return range(index.groups[group].words) {
      index.wordText.compare(index.wordEnds.range(at: $0, within: index.wordText.count), with: text, length: length)
    }
  }

  func postings(ofWords words: Range<Int>) -> Range<Int> {
    guard !words.isEmpty else { return 0..<0 }
    let (start, end) = (Int(index.postingEnds[words.lowerBound]), Int(index.postingEnds[words.upperBound]))
    return start <= end && end <= index.postings.count ? start..<end : 0..<0
  }

  private func range(_ all: Range<Int>, compare: (Int) -> Int) -> Range<Int> {
    let start = CompiledVocabulary.firstIndex(in: all) { compare($0) >= 0 }
    return start..<CompiledVocabulary.firstIndex(in: start..<all.upperBound) { compare($0) > 0 }
  }

  /// Those of a few entries, in order, that are of a group.
  func entries(among few: [UInt32], _ group: Int) -> ArraySlice<UInt32> {
    let range = index.groups[group].entries
    func place(_ bound: Int) -> Int { CompiledVocabulary.firstIndex(in: 0..<few.count) { Int(few[$0]) >= bound } }
    return few[place(range.lowerBound)..<place(range.upperBound)]
  }

  // MARK: The best of many

  /// Hits so far: each term once, by its best label.
  struct Collected {
    let limit: Int
    private(set) var hits: [Hit] = []
    private(set) var terms: Set<Int> = []
    var isFull: Bool { hits.count >= limit }

    init(limit: Int) { self.limit = limit }

    mutating func add(_ hits: [Hit]) {
      for hit in hits where !isFull && terms.insert(hit.term).inserted { self.hits.append(hit) }
    }
  }

  private func collect(
    _ kind: TermMatch.Kind, _ group: Int, _ range: Range<Int>, _ pyramid: MinPyramid, _ found: inout Collected
  ) {
    guard !found.isFull, !range.isEmpty else { return }
    if let few {
      for entry in entries(among: few, group) where !found.isFull {
        guard let sorted = index.entry(Int(entry))?.sorted, range.contains(sorted), let term = accepted(entry) else {
          continue
        }
        found.add([Hit(term: term, entry: Int(entry), group: group, kind: kind, typos: 0)])
      }
      return
    }
    var looked = 0
    pyramid.forEachAscending(in: range) { entry in
      looked += 1
      if let term = accepted(entry) {
        found.add([Hit(term: term, entry: Int(entry), group: group, kind: kind, typos: 0)])
      }
      return !found.isFull && looked < patience
    }
    guard !found.isFull, looked >= patience else { return }
    var best = Smallest(limit: limit - found.hits.count)
    for place in range {
      let entry = pyramid.column[place]
      guard best.wants(UInt64(entry)) else { continue }
      if let term = accepted(entry), !found.terms.contains(term) { best.add(UInt64(entry), term: term) }
    }
    found.add(best.items.map { Hit(term: $0.term, entry: Int($0.key), group: group, kind: kind, typos: 0) })
  }

  /// The best of candidates that stand in any order.
  func best(_ candidates: [WordSearch.Candidate], kind: TermMatch.Kind, not found: Collected) -> [Hit] {
    var best = Smallest(limit: limit - found.hits.count)
    var ranks = Array(repeating: UInt64(0), count: index.groups.count)
    for (rank, group) in (labelGroups(deprecated: false) + labelGroups(deprecated: true)).enumerated() {
      ranks[group] = UInt64(rank + 2)
    }
    for group in idGroups(deprecated: true) { ranks[group] = UInt64(index.groups.count + 2) }
    for candidate in candidates {
      let key = ranks[candidate.group] << 32 | UInt64(candidate.entry)
      guard best.wants(key) else { continue }
      if let term = accepted(candidate.entry), !found.terms.contains(term) {
        best.add(key, term: term, group: candidate.group, typos: Int(candidate.typos))
      }
    }
    return best.items.map {
      Hit(term: $0.term, entry: Int($0.key & 0xFFFF_FFFF), group: $0.group, kind: kind, typos: $0.typos)
    }
  }

  /// Keeps the terms with the smallest keys, each by its smallest.
  struct Smallest {
    let limit: Int
    private(set) var items: [(key: UInt64, term: Int, group: Int, typos: Int)] = []

    init(limit: Int) { self.limit = limit }

    func wants(_ key: UInt64) -> Bool { items.count < limit || (items.last.map { key < $0.key } ?? false) }

    mutating func add(_ key: UInt64, term: Int, group: Int = 0, typos: Int = 0) {
      guard wants(key) else { return }
      if let same = items.firstIndex(where: { $0.term == term }) {
        guard key < items[same].key else { return }
        items.remove(at: same)
      } else if items.count == limit {
        items.removeLast()
      }
      let place = CompiledVocabulary.firstIndex(in: 0..<items.count) { items[$0].key > key }
      items.insert((key, term, group, typos), at: place)
    }
  }
}
