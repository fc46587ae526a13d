extension TermIndex {
  /// Terms that are equally near at most: more of them say nothing.
  private static let crowd = 5

  /// What someone who wrote a text that is no label and no id may have meant, best first; mostly nothing, as a wrong guess is worse than none.
  ///
  /// A label or an id that differs in accents, case, width and punctuation alone; else those with the fewest slips: one in a text of three to five
  /// letters, two in a longer one, none in a number, but for one digit in a code of eight or more. None if more than five terms are as near.
  package func suggestions(
    for text: String, languages: [String] = [], under branch: TermBranch? = nil, limit: Int = 3
  ) -> [TermMatch] {
    let query = SearchQuery(text)
    guard limit > 0, !query.letters.isEmpty else { return [] }
    let searches = self.searches(languages, branch, limit: Self.crowd + 1)
    let same = merge(searches) {
      $0.whole(query)
    } search: {
      $0
    }
    if !same.isEmpty { return Array(same.prefix(limit)) }
    let matches = nearest(searches, searches.map { $0.near(query) })
    return matches.count > Self.crowd ? [] : Array(matches.prefix(limit))
  }
}

extension LayerSearch {
  /// Ids and labels that are the query but for accents, case, width and punctuation.
  fileprivate func whole(_ query: SearchQuery) -> [Hit] {
    var found = Collected(limit: limit)
    for deprecated in [false, true] {
      for (kind, text, groups) in [
        (TermMatch.Kind.id, query.idBytes, idGroups(deprecated: deprecated)),
        (.label, query.bytes, labelGroups(deprecated: deprecated)),
      ] {
        collect(kind, groups, text, isWhole: true, &found)
      }
    }
    return found.hits
  }

  /// Ids and labels that are the query but for slips, each with how many.
  fileprivate func near(_ query: SearchQuery) -> [WordSearch.Candidate] {
    let ids = idGroups(deprecated: false) + idGroups(deprecated: true)
    let labels = labelGroups(deprecated: false) + labelGroups(deprecated: true)
    let id = query.letters.filter { $0 != " " }
    let idSlips = Self.allowedTypos(inID: id)
    let slips = query.letters.count < 3 ? 0 : query.letters.count <= 5 ? 1 : 2
    return nearIDs(Array(id), groups: ids, slips: idSlips)
      + verified(
        WordSearch(self, groups: labels).matches(query.words, slips: slips, wholeWords: true), query.letters,
        slips: slips)
  }

  private static func allowedTypos(inID id: [Unicode.Scalar]) -> Int {
    guard id.contains(where: { $0.properties.numericType != nil }) else { return Words.allowedTypos(in: id) }
    return id.count >= 8 ? 1 : 0
  }

  private func nearIDs(_ id: [Unicode.Scalar], groups: [Int], slips: Int) -> [WordSearch.Candidate] {
    guard slips > 0 else { return [] }
    var scan = TypoScan(Array(id.prefix(Folding.wordLimit)), limit: slips, wholeOnly: true)
    var found: [WordSearch.Candidate] = []
    for group in groups {
      for word in scan.find(in: index, words: index.groups[group].words).joined() {
        found += postings(ofWords: word..<(word + 1)).map {
          WordSearch.Candidate(entry: index.postings[$0], group: group, typos: 0)
        }
      }
    }
    return verified(found, id, slips: slips)
  }

  /// The candidates whose whole text has no more slips; each word may have had some.
  private func verified(
    _ candidates: [WordSearch.Candidate], _ letters: [Unicode.Scalar], slips: Int
  ) -> [WordSearch.Candidate] {
    let bytes = Folding.utf8(letters).count
    return candidates.compactMap { candidate in
      guard accepted(candidate.entry) != nil, let entry = index.entry(Int(candidate.entry)) else { return nil }
      let range = index.labelEnds.range(at: entry.sorted, within: index.labelText.count)
      // A letter has four bytes at most.
      guard abs(range.count - bytes) <= 4 * slips else { return nil }
      let text = Array(String(decoding: index.labelText.array(range), as: UTF8.self).unicodeScalars)
      // Below three letters anything is near.
      guard text.count > 2 else { return nil }
      let distance = TypoScan.distance(letters, text, limit: slips)
      guard distance <= slips else { return nil }
      return WordSearch.Candidate(entry: candidate.entry, group: candidate.group, typos: UInt8(distance))
    }
  }
}
