/// Finds the labels that hold all words of a query, in any order.
struct WordSearch {
  private let layer: LayerSearch
  private let groups: [Int]

  struct Candidate {
    var entry: UInt32
    var group: Int
    var typos: UInt8
  }

  init(_ layer: LayerSearch, groups: [Int]) {
    self.layer = layer
    self.groups = groups
  }

  /// The labels in which each word begins a word (or is one), with at most `slips` in each and as many as its length allows.
  ///
  /// Cost: the labels of all words that match, a nanosecond or two each.
  func matches(_ words: [[Unicode.Scalar]], slips: Int, wholeWords: Bool) -> [Candidate] {
    var sets = words.map { postings(of: $0, slips: min(slips, Words.allowedTypos(in: $0)), wholeWords: wholeWords) }
    sets.sort { $0.count < $1.count }
    guard let smallest = sets.first, smallest.count > 0 else { return [] }
    return sets.dropFirst().reduce(candidates(in: smallest)) { holding($1, of: $0, slips: slips) }
  }

  /// The labels that hold one word.
  private func candidates(in set: Postings) -> [Candidate] {
    var met = Bitmap(count: layer.index.labelEntries.count)
    let column = layer.index.postings
    var candidates: [Candidate] = []
    // Fewer slips come first, so that each label counts its least.
    for part in set.parts {
      for place in part.range where met.insert(Int(column[place])) {
        candidates.append(Candidate(entry: column[place], group: part.group, typos: UInt8(part.slips)))
      }
    }
    return candidates
  }

  /// Those of the candidates that hold another word as well, with its slips.
  private func holding(_ set: Postings, of candidates: [Candidate], slips: Int) -> [Candidate] {
    var held = Array(repeating: Bitmap(count: layer.index.labelEntries.count), count: slips + 1)
    let column = layer.index.postings
    for part in set.parts {
      for place in part.range { held[part.slips].insert(Int(column[place])) }
    }
    return candidates.compactMap { candidate in
      guard let least = held.firstIndex(where: { $0.contains(Int(candidate.entry)) }) else { return nil }
      var candidate = candidate
      candidate.typos += UInt8(least)
      return candidate
    }
  }

  private struct Postings {
    var parts: [(range: Range<Int>, group: Int, slips: Int)] = []
    var count = 0

    mutating func add(_ range: Range<Int>, _ group: Int, _ slips: Int) {
      guard !range.isEmpty else { return }
      parts.append((range, group, slips))
      count += range.count
    }
  }

  private func postings(of word: [Unicode.Scalar], slips: Int, wholeWords: Bool) -> Postings {
    var out = Postings()
    for group in groups {
      out.add(layer.postings(ofWords: layer.words(word, in: group, isWhole: wholeWords)), group, 0)
    }
    guard slips > 0 else { return out }
    var near = Array(repeating: [(word: Int, group: Int)](), count: slips + 1)
    var scan = TypoScan(word, limit: slips, wholeOnly: wholeWords)
    for group in groups {
      let found = scan.find(in: layer.index, words: layer.index.groups[group].words)
      for (slips, words) in found.enumerated() { near[slips] += words.map { ($0, group) } }
    }
    for slips in 1...slips {
      for (word, group) in near[slips] { out.add(layer.postings(ofWords: word..<(word + 1)), group, slips) }
    }
    return out
  }
}
