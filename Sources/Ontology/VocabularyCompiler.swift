/// Makes the compiled form of a vocabulary.
///
/// Labels are put into the order in which they are shown, within their group: preferred before alternative before hidden, short before long, then
/// by their letters and their term's id. Nothing depends on the order of the file, so that a change laid over an index gives the same order as
/// compiling anew.
struct VocabularyCompiler {
  /// Groups there are at most: two for each language, and the ids. Labels in further languages count as in none.
  static let groupLimit = 514
  /// Bytes of records; what would go beyond is left out, as offsets have 32 bits.
  private static let recordLimit = 1 << 31

  private struct Label {
    var term: UInt32
    var place: UInt32
    var role: UInt8
    var group: UInt16
    var letters: UInt16
    /// Its folded text, in `folded`.
    var start: Int
    var count: Int
  }

  private struct GroupKey: Hashable {
    var isDeprecated: Bool
    var isID: Bool
    var language: [UInt8]

    static func precedes(_ a: GroupKey, _ b: GroupKey) -> Bool {
      if a.isDeprecated != b.isDeprecated { return b.isDeprecated }
      if a.isID != b.isID { return a.isID }
      return a.language.lexicographicallyPrecedes(b.language)
    }
  }

  private var sections: [IndexLayout.Section: [UInt8]] = [:]
  private var folded: [UInt8] = []
  private var labels: [Label] = []
  private var groupKeys: [GroupKey] = []
  private var groupNumbers: [GroupKey: UInt16] = [:]

  /// The index of the terms, the first of those with one id. Cost: sorting all labels and words.
  static func compile(_ vocabulary: Vocabulary, source: [UInt8]) -> [UInt8] {
    var compiler = VocabularyCompiler()
    var info = IndexWriter()
    info.putCount(source.count)
    info.bytes += source
    info.put(vocabulary.id)
    info.put(vocabulary.version)
    compiler.sections[.info] = info.bytes
    let terms = sorted(vocabulary.terms)
    compiler.addRecords(terms)
    compiler.addParents(terms)
    compiler.addLabels(terms)
    compiler.sortLabels()
    compiler.addWords()
    return IndexLayout.join(compiler.sections)
  }

  private static func sorted(_ terms: [Term]) -> [Term] {
    let ids = terms.map { Array($0.id.utf8) }
    var order = Array(terms.indices)
    order.sort { ids[$0] == ids[$1] ? $0 < $1 : ids[$0].lexicographicallyPrecedes(ids[$1]) }
    var out: [Term] = []
    out.reserveCapacity(terms.count)
    var before: [UInt8]?
    for index in order where before != ids[index] {
      out.append(terms[index])
      before = ids[index]
    }
    return out
  }

  private mutating func addRecords(_ terms: [Term]) {
    var records = IndexWriter()
    var offsets = IndexWriter()
    for term in terms {
      offsets.put(records.bytes.count)
      if records.bytes.count < Self.recordLimit { TermRecord.write(term, to: &records) }
    }
    sections[.records] = records.bytes
    sections[.terms] = offsets.bytes
  }

  private mutating func addParents(_ terms: [Term]) {
    var pairs: [(parent: [UInt8], child: UInt32)] = []
    for (index, term) in terms.enumerated() {
      for id in term.broader { pairs.append((Array(id.utf8), UInt32(clamping: index))) }
    }
    pairs.sort { $0.parent == $1.parent ? $0.child < $1.child : $0.parent.lexicographicallyPrecedes($1.parent) }
    var (ends, text, childEnds, children) = (IndexWriter(), [UInt8](), IndexWriter(), [UInt32]())
    var numbers: [[UInt8]: UInt32] = [:]
    var last: [UInt8]?
    ends.put(0)
    for (index, pair) in pairs.enumerated() {
      if pair.parent != last {
        childEnds.put(children.count)
        numbers[pair.parent] = UInt32(clamping: numbers.count)
        text += pair.parent
        ends.put(text.count)
        last = pair.parent
      } else if pairs[index - 1].child == pair.child {
        continue
      }
      children.append(pair.child)
    }
    childEnds.put(children.count)
    var parentOfTerm = IndexWriter()
    for term in terms { parentOfTerm.put(numbers[Array(term.id.utf8)] ?? .max) }
    sections[.parentEnds] = ends.bytes
    sections[.parentText] = text
    sections[.childEnds] = childEnds.bytes
    sections[.children] = Self.bytes(children)
    sections[.parentOfTerm] = parentOfTerm.bytes
  }

  // MARK: Labels

  private mutating func addLabels(_ terms: [Term]) {
    for (index, term) in terms.enumerated() {
      let id = GroupKey(isDeprecated: term.isDeprecated, isID: true, language: [])
      add(Folding.fold(term.id).filter { $0 != " " }, term: index, place: 0, role: CompiledVocabulary.idRole, id)
      for (role, label) in TermIndex.searchedLabels(of: term) {
        let key = GroupKey(isDeprecated: term.isDeprecated, isID: false, language: Array(label.label.language.utf8))
        add(Folding.fold(label.label.text), term: index, place: label.place, role: role, key)
      }
    }
  }

  private mutating func add(_ text: [Unicode.Scalar], term: Int, place: Int, role: Int, _ key: GroupKey) {
    guard !text.isEmpty else { return }
    let start = folded.count
    for letter in text { folded.append(contentsOf: UTF8.encode(letter) ?? UTF8.encodedReplacementCharacter) }
    labels.append(
      Label(
        term: UInt32(clamping: term), place: UInt32(clamping: place), role: UInt8(clamping: role), group: group(key),
        letters: UInt16(clamping: text.count), start: start, count: folded.count - start))
  }

  private mutating func group(_ key: GroupKey) -> UInt16 {
    if let known = groupNumbers[key] { return known }
    // Room is kept for the two groups without a language, and those of the ids.
    if groupKeys.count >= Self.groupLimit - 4, !key.language.isEmpty {
      return group(GroupKey(isDeprecated: key.isDeprecated, isID: key.isID, language: []))
    }
    let number = UInt16(clamping: groupKeys.count)
    groupKeys.append(key)
    groupNumbers[key] = number
    return number
  }

  private mutating func sortLabels() {
    let order = groupKeys.indices.sorted { GroupKey.precedes(groupKeys[$0], groupKeys[$1]) }
    var ranks = Array(repeating: UInt16(0), count: order.count)
    for (rank, group) in order.enumerated() { ranks[group] = UInt16(clamping: rank) }
    groupKeys = order.map { groupKeys[$0] }
    for index in labels.indices { labels[index].group = ranks[Int(labels[index].group)] }
    let text = folded
    // Terms are in order of their ids already.
    labels.sort { a, b in
      if a.group != b.group { return a.group < b.group }
      if a.role != b.role { return a.role < b.role }
      if a.letters != b.letters { return a.letters < b.letters }
      let order = Self.compare(text, a, b)
      if order != 0 { return order < 0 }
      return (a.term, a.place) < (b.term, b.place)
    }
    var byText = Array(labels.indices)
    let labels = labels
    byText.sort { a, b in
      if labels[a].group != labels[b].group { return labels[a].group < labels[b].group }
      let order = Self.compare(text, labels[a], labels[b])
      return order == 0 ? a < b : order < 0
    }
    var (ends, sorted) = (IndexWriter(), [UInt8]())
    sorted.reserveCapacity(text.count)
    var places = Array(repeating: 0, count: labels.count)
    ends.put(0)
    for (place, index) in byText.enumerated() {
      places[index] = place
      sorted += text[labels[index].start..<(labels[index].start + labels[index].count)]
      ends.put(sorted.count)
    }
    var entries = IndexWriter()
    for (index, label) in labels.enumerated() {
      entries.put(label.term)
      entries.put(label.place)
      entries.put(UInt32(label.role))
      entries.put(places[index])
    }
    sections[.entries] = entries.bytes
    let numbers = byText.map { UInt32(clamping: $0) }
    sections[.labelEnds] = ends.bytes
    sections[.labelText] = sorted
    sections[.labelEntries] = Self.bytes(numbers)
    sections[.labelMinima] = Self.bytes(MinPyramid.minima(of: numbers))
  }

  private static func compare(_ text: [UInt8], _ a: Label, _ b: Label) -> Int {
    var index = 0
    let shared = min(a.count, b.count)
    while index < shared {
      let (first, second) = (text[a.start + index], text[b.start + index])
      if first != second { return first < second ? -1 : 1 }
      index += 1
    }
    return a.count - b.count
  }

  // MARK: Words

  private mutating func addWords() {
    var table = WordTable()
    var pairs: [(word: UInt32, label: UInt32)] = []
    pairs.reserveCapacity(labels.count * 3)
    for (index, label) in labels.enumerated() {
      let letters = Array(
        String(decoding: folded[label.start..<(label.start + label.count)], as: UTF8.self).unicodeScalars)
      // An id is one word: it is searched for slips only as a whole.
      let words = groupKeys[Int(label.group)].isID ? [letters.prefix(Folding.wordLimit)] : Words.starts(in: letters)
      for word in words {
        pairs.append((table.number(of: Folding.utf8(word), group: label.group), UInt32(clamping: index)))
      }
    }
    let order = table.sorted()
    var ranks = Array(repeating: UInt32(0), count: order.count)
    for (rank, word) in order.enumerated() { ranks[word] = UInt32(clamping: rank) }
    // A counting sort keeps the labels of a word in their order.
    var starts = Array(repeating: 0, count: order.count + 1)
    for pair in pairs { starts[Int(ranks[Int(pair.word)]) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var placed = Array(repeating: UInt32(0), count: pairs.count)
    var next = starts
    for pair in pairs {
      let rank = Int(ranks[Int(pair.word)])
      placed[next[rank]] = pair.label
      next[rank] += 1
    }
    write(table, order, starts, placed)
  }

  private mutating func write(_ table: WordTable, _ order: [Int], _ starts: [Int], _ placed: [UInt32]) {
    var (ends, text, shared, postingEnds, postings) = (IndexWriter(), [UInt8](), [UInt8](), IndexWriter(), [UInt32]())
    postings.reserveCapacity(placed.count)
    ends.put(0)
    postingEnds.put(0)
    var ranges = Array(repeating: 0..<0, count: groupKeys.count)
    var before: (group: UInt16, letters: [Unicode.Scalar])?
    for (rank, word) in order.enumerated() {
      let (group, bytes) = (table.group(of: word), table.bytes(of: word))
      let letters = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
      let common = before.map { $0.group == group ? zip($0.letters, letters).prefix { $0 == $1 }.count : 0 } ?? 0
      before = (group, letters)
      shared.append(UInt8(clamping: common))
      text += bytes
      ends.put(text.count)
      var last: UInt32?
      for label in placed[starts[rank]..<starts[rank + 1]] where label != last {
        postings.append(label)
        last = label
      }
      postingEnds.put(postings.count)
      let range = ranges[Int(group)]
      ranges[Int(group)] = (range.isEmpty ? rank : range.lowerBound)..<(rank + 1)
    }
    sections[.wordEnds] = ends.bytes
    sections[.wordText] = text
    sections[.wordShared] = shared
    sections[.postingEnds] = postingEnds.bytes
    sections[.postings] = Self.bytes(postings)
    sections[.postingMinima] = Self.bytes(MinPyramid.minima(of: postings))
    writeGroups(ranges)
  }

  private mutating func writeGroups(_ words: [Range<Int>]) {
    var counts = Array(repeating: 0, count: groupKeys.count)
    for label in labels { counts[Int(label.group)] += 1 }
    var groups = IndexWriter()
    for (index, key) in groupKeys.enumerated() {
      groups.putCount((key.isDeprecated ? 1 : 0) | (key.isID ? 2 : 0))
      groups.putCount(key.language.count)
      groups.bytes += key.language
      groups.putCount(counts[index])
      groups.putCount(words[index].lowerBound)
      groups.putCount(words[index].upperBound)
    }
    sections[.groups] = groups.bytes
  }

  private static func bytes(_ numbers: [UInt32]) -> [UInt8] {
    var writer = IndexWriter()
    writer.bytes.reserveCapacity(numbers.count * 4)
    for number in numbers { writer.put(number) }
    return writer.bytes
  }
}

/// The different words of all labels, group by group.
private struct WordTable {
  private var text: [UInt8] = []
  private var words: [(start: Int, count: Int, group: UInt16)] = []
  /// Numbers of words by their hash, at the next free place; `.max` is free.
  private var slots = Array(repeating: UInt32.max, count: 1 << 10)

  func group(of word: Int) -> UInt16 { words[word].group }
  func bytes(of word: Int) -> ArraySlice<UInt8> { text[words[word].start..<(words[word].start + words[word].count)] }

  mutating func number(of word: [UInt8], group: UInt16) -> UInt32 {
    if (words.count + 1) * 2 > slots.count { grow() }
    var slot = place(word[...], group)
    while slots[slot] != .max {
      let known = Int(slots[slot])
      if words[known].group == group, words[known].count == word.count, bytes(of: known).elementsEqual(word) {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(clamping: words.count)
    words.append((text.count, word.count, group))
    text += word
    slots[slot] = number
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: .max, count: slots.count * 2)
    for number in words.indices {
      var slot = place(bytes(of: number), words[number].group)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(clamping: number)
    }
  }

  private func place(_ word: ArraySlice<UInt8>, _ group: UInt16) -> Int {
    var hasher = Hasher()
    hasher.combine(group)
    unsafe word.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return Int(truncatingIfNeeded: UInt(bitPattern: hasher.finalize())) & (slots.count - 1)
  }

  /// The words in order of group and bytes.
  func sorted() -> [Int] {
    words.indices.sorted { a, b in
      words[a].group == words[b].group
        ? bytes(of: a).lexicographicallyPrecedes(bytes(of: b)) : words[a].group < words[b].group
    }
  }
}

extension CompiledVocabulary {
  /// The compiled form of a vocabulary, as `init` opens it. `source` is the caller's own mark of what it was compiled from.
  ///
  /// Of two terms with one id the first counts. Cost: sorting all labels and words.
  package static func compile(_ vocabulary: Vocabulary, source: [UInt8] = []) -> [UInt8] {
    VocabularyCompiler.compile(vocabulary, source: source)
  }
}
