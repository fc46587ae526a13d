/// Makes the compiled form of a vocabulary.
///
/// Labels are put into the order in which they are shown, within their group: preferred before alternative before hidden, short before long, then
/// by their letters and their term's id. Nothing depends on the order of the file, so that a change laid over an index gives the same order as
/// compiling anew.
struct VocabularyCompiler {
  /// Bytes of records; what would go beyond is left out, as offsets have 32 bits.
  private static let recordLimit = 1 << 31

  private struct Label {
    var term: UInt32
    var place: UInt32
    var role: UInt8
    var group: UInt16
    var letters: UInt16
    /// Its folded text, in `folded`.
    var text: Range<Int>
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
  /// Where the terms begin in the records.
  private var starts: [Int] = []
  /// What became of the terms as they came.
  private var places: [UInt32] = []
  private var folded: [UInt8] = []
  private var labels: [Label] = []
  private var groupKeys: [GroupKey] = []
  private var groupNumbers: [GroupKey: UInt16] = [:]

  /// The index of the terms, the first of those with one id. Cost: sorting all labels and words.
  static func compile(_ terms: consuming TermRecords, id: String, version: String, source: [UInt8]) -> [UInt8] {
    var compiler = VocabularyCompiler()
    compiler.addRecords(terms)
    // With two terms of one id, the order of the lines counts: then they are not told apart by themselves.
    let header = terms.count == compiler.starts.count ? terms.header : nil
    if header != nil { compiler.addLines(terms.lines) }
    compiler.addInfo(id: id, version: version, source: source, header: header)
    terms = TermRecords()
    compiler.addLinks()
    compiler.addNames()
    compiler.addLabels()
    compiler.sortLabels()
    compiler.addWords()
    return IndexLayout.join(&compiler.sections)
  }

  private mutating func addInfo(id: String, version: String, source: [UInt8], header: UInt64?) {
    var info = IndexWriter()
    info.put(source)
    info.put(id)
    info.put(version)
    info.putCount(header == nil ? 0 : 1)
    if let header { info.putWide(header) }
    sections[.info] = info.bytes
  }

  /// The records in order of their ids. Of several with one id the first counts.
  private mutating func addRecords(_ terms: TermRecords) {
    var records: [UInt8] = []
    records.reserveCapacity(terms.bytes.count)
    places = Array(repeating: .max, count: terms.count)
    var before = 0..<0
    for number in terms.sorted() {
      let range = terms.range(of: number)
      let isRepeated = !starts.isEmpty && terms.bytes[terms.id(of: number)].elementsEqual(terms.bytes[before])
      before = terms.id(of: number)
      if isRepeated { continue }
      guard records.count + range.count <= Self.recordLimit else { break }
      places[number] = UInt32(clamping: starts.count)
      starts.append(records.count)
      records += terms.bytes[range]
    }
    sections[.records] = records
    sections[.terms] = Self.bytes(starts.map { UInt32(clamping: $0) })
  }

  private mutating func addLines(_ lines: [TermRecords.Line]) {
    var writer = IndexWriter()
    writer.bytes.reserveCapacity(12 * lines.count)
    for line in lines.sorted(by: { ($0.hash, $0.term) < ($1.hash, $1.term) }) {
      writer.put(UInt32(truncatingIfNeeded: line.hash))
      writer.put(UInt32(truncatingIfNeeded: line.hash >> 32))
      writer.put(places[Int(line.term)])
    }
    sections[.lines] = writer.bytes
  }

  /// Calls `body` with each term's number and record.
  private func forEachRecord(_ body: (Int, TermRecord.Glance) -> Void) {
    unsafe (sections[.records] ?? []).withUnsafeBytes { memory in
      let records = unsafe Bytes(memory)
      for (term, start) in starts.enumerated() {
        if let record = TermRecord.Glance(records, at: start) { body(term, record) }
      }
    }
  }

  /// Calls `body` with each term's number and names.
  private func forEachName(_ body: (Int, TermRecord.Name) -> Void) {
    unsafe (sections[.records] ?? []).withUnsafeBytes { memory in
      let records = unsafe Bytes(memory)
      for (term, start) in starts.enumerated() { _ = TermRecord.Glance(records, at: start) { body(term, $0) } }
    }
  }

  // MARK: Links

  private mutating func addLinks() {
    let records = sections[.records] ?? []
    var parents: [Link] = []
    var leaders: [Link] = []
    forEachRecord { term, record in
      for id in record.broader { parents.append(Link(id: id, term: UInt32(clamping: term))) }
      if let leader = record.leader { leaders.append(Link(id: leader, term: UInt32(clamping: term))) }
    }
    let numbers = addLinks(parents, of: records, to: (.parentEnds, .parentText, .childEnds, .children))
    _ = addLinks(leaders, of: records, to: (.leaderEnds, .leaderText, .followerEnds, .followers))
    var parentOfTerm: [UInt32] = []
    forEachRecord { _, record in parentOfTerm.append(numbers[Array(records[record.id])] ?? .max) }
    sections[.parentOfTerm] = Self.bytes(parentOfTerm)
  }

  /// A term names this id.
  private struct Link {
    var id: Range<Int>
    var term: UInt32
  }

  /// Ids once and sorted, and who names each. The result says where each id stands.
  private mutating func addLinks(
    _ links: [Link], of records: [UInt8],
    to target: (
      ends: IndexLayout.Section, text: IndexLayout.Section, namedEnds: IndexLayout.Section, named: IndexLayout.Section
    )
  ) -> [[UInt8]: UInt32] {
    let links = links.sorted { a, b in
      let order = Self.compare(records, a.id, b.id)
      return order == 0 ? a.term < b.term : order < 0
    }
    var (ends, text, namedEnds, named) = (IndexWriter(), [UInt8](), IndexWriter(), [UInt32]())
    var numbers: [[UInt8]: UInt32] = [:]
    ends.put(0)
    for (index, link) in links.enumerated() {
      if index == 0 || Self.compare(records, links[index - 1].id, link.id) != 0 {
        namedEnds.put(named.count)
        numbers[Array(records[link.id])] = UInt32(clamping: numbers.count)
        text += records[link.id]
        ends.put(text.count)
      } else if links[index - 1].term == link.term {
        continue
      }
      named.append(link.term)
    }
    namedEnds.put(named.count)
    sections[target.ends] = ends.bytes
    sections[target.text] = text
    sections[target.namedEnds] = namedEnds.bytes
    sections[target.named] = Self.bytes(named)
    return numbers
  }

  // MARK: Names

  /// Preferred and alternative labels as they are written, each where it stands.
  private mutating func addNames() {
    struct Name {
      /// The first eight bytes: most are told apart by them.
      var head: UInt64
      var text: Range<Int>
      /// Where the text's length stands.
      var offset: UInt32
      var term: UInt32
    }
    let records = sections[.records] ?? []
    var names: [Name] = []
    forEachName { term, name in
      let further = name.isFirst ? 0 : IndexLayout.isFurtherName
      names.append(
        Name(
          head: TermRecords.head(records[name.text]), text: name.text, offset: UInt32(clamping: name.offset),
          term: UInt32(clamping: term) | further))
    }
    // First names before further ones, then in order of the terms.
    names.sort { a, b in
      if a.head != b.head { return a.head < b.head }
      let order = Self.compare(records, a.text, b.text)
      return order == 0 ? a.term < b.term : order < 0
    }
    var writer = IndexWriter()
    writer.bytes.reserveCapacity(names.count * 8)
    for name in names {
      writer.put(name.offset)
      writer.put(name.term)
    }
    sections[.names] = writer.bytes
  }

  private static func compare(_ text: [UInt8], _ a: Range<Int>, _ b: Range<Int>) -> Int {
    var index = 0
    let shared = min(a.count, b.count)
    while index < shared {
      let (first, second) = (text[a.lowerBound + index], text[b.lowerBound + index])
      if first != second { return first < second ? -1 : 1 }
      index += 1
    }
    return a.count - b.count
  }

  // MARK: Labels

  private mutating func addLabels() {
    let records = sections[.records] ?? []
    for (index, start) in starts.enumerated() {
      let read = unsafe records.withUnsafeBytes { unsafe TermRecord.read(Bytes($0), at: start) }
      guard let term = read else { continue }
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
        letters: UInt16(clamping: text.count), text: start..<folded.count))
  }

  private mutating func group(_ key: GroupKey) -> UInt16 {
    if let known = groupNumbers[key] { return known }
    // Room is kept for the two groups without a language, and those of the ids.
    if groupKeys.count >= IndexLayout.groupLimit - 4, !key.language.isEmpty {
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
      let order = Self.compare(text, a.text, b.text)
      if order != 0 { return order < 0 }
      return (a.term, a.place) < (b.term, b.place)
    }
    var byText = Array(labels.indices)
    let labels = labels
    byText.sort { a, b in
      if labels[a].group != labels[b].group { return labels[a].group < labels[b].group }
      let order = Self.compare(text, labels[a].text, labels[b].text)
      return order == 0 ? a < b : order < 0
    }
    var (ends, sorted) = (IndexWriter(), [UInt8]())
    sorted.reserveCapacity(text.count)
    var places = Array(repeating: 0, count: labels.count)
    ends.put(0)
    for (place, index) in byText.enumerated() {
      places[index] = place
      sorted += text[labels[index].text]
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

  // MARK: Words

  private mutating func addWords() {
    var table = WordTable()
    var pairs: [(word: UInt32, label: UInt32)] = []
    pairs.reserveCapacity(labels.count * 3)
    for (index, label) in labels.enumerated() {
      let letters = Array(
        String(decoding: folded[label.text], as: UTF8.self).unicodeScalars)
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
    var terms = TermRecords()
    for term in vocabulary.terms { terms.add(term) }
    return VocabularyCompiler.compile(terms, id: vocabulary.id, version: vocabulary.version, source: source)
  }

  /// The same, of terms that were read one by one.
  package static func compile(
    _ terms: consuming TermRecords, id: String, version: String, source: [UInt8] = []
  ) -> [UInt8] {
    VocabularyCompiler.compile(terms, id: id, version: version, source: source)
  }
}
