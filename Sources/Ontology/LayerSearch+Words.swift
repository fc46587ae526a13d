extension LayerSearch {
  /// The labels of a group in which each of several words begins a word.
  ///
  /// Goes through the labels of the rarest word in order and looks at each; when that has taken too long, counts them all.
  func collectAll(_ words: [[Unicode.Scalar]], _ group: Int, _ patience: inout Int, _ found: inout Collected) {
    guard !found.isFull, let pyramid = MinPyramid(index.postings, minima: index.postingMinima) else { return }
    let sets = words.map { (word: $0, range: postings(ofWords: self.words($0, in: group))) }
      .sorted { $0.range.count < $1.range.count }
    guard let rarest = sets.first, !rarest.range.isEmpty else { return }
    if let few {
      let all = words.map { (letters: $0, bytes: Folding.utf8($0)) }
      for entry in entries(among: few, group) where !found.isFull && holds(all, entry) {
        if let term = accepted(entry) {
          found.add([Hit(term: term, entry: Int(entry), group: group, kind: .wordPrefix, typos: 0)])
        }
      }
      return
    }
    let others = sets.dropFirst().map { (letters: $0.word, bytes: Folding.utf8($0.word)) }
    if patience > 0 {
      pyramid.forEachAscending(in: rarest.range) { entry in
        patience -= 1
        if let term = accepted(entry), !found.terms.contains(term), holds(others, entry) {
          found.add([Hit(term: term, entry: Int(entry), group: group, kind: .wordPrefix, typos: 0)])
        }
        return !found.isFull && patience > 0
      }
      // What was found comes first in any case; what was looked at in vain is looked at again.
      if patience > 0 { return }
    }
    for entry in common(sets.map(\.range), index.groups[group].entries) where !found.isFull {
      if let term = accepted(entry) {
        found.add([Hit(term: term, entry: Int(entry), group: group, kind: .wordPrefix, typos: 0)])
      }
    }
  }

  /// The entries that stand in every set, in order. Cost: a nanosecond or two for each number in them.
  private func common(_ sets: [Range<Int>], _ entries: Range<Int>) -> some Sequence<UInt32> {
    var all: Bitmap?
    let postings = index.postings
    for set in sets {
      var next = Bitmap(count: entries.count)
      for place in set {
        let entry = Int(postings[place]) - entries.lowerBound
        if all?.contains(entry) != false { next.insert(entry) }
      }
      all = next
    }
    var found: [UInt32] = []
    all?.forEach {
      found.append(UInt32(clamping: $0 + entries.lowerBound))
      return true
    }
    return found
  }

  /// Whether each of the words begins a word of an entry's label.
  private func holds(_ words: [(letters: [Unicode.Scalar], bytes: [UInt8])], _ entry: UInt32) -> Bool {
    guard let entry = index.entry(Int(entry)) else { return false }
    let range = index.labelEnds.range(at: entry.sorted, within: index.labelText.count)
    let text = index.labelText
    guard range.allSatisfy({ text[$0] < 0x80 }) else {
      let starts = Words.starts(in: Array(String(decoding: text.array(range), as: UTF8.self).unicodeScalars))
      return words.allSatisfy { word in starts.contains { $0.starts(with: word.letters) } }
    }
    // Plain letters, as most folded text is, are compared where they lie.
    return words.allSatisfy { word in
      var start = range.lowerBound
      for _ in 0..<Folding.wordsLimit {
        if text.compare(start..<range.upperBound, with: word.bytes, length: word.bytes.count) == 0 { return true }
        while start < range.upperBound, text[start] != 0x20 { start += 1 }
        guard start < range.upperBound else { return false }
        start += 1
      }
      return false
    }
  }
}
