extension TermIndex {
  /// Matches that are given at most, whatever is asked for.
  private static let matchLimit = 1000

  /// The terms that a query could mean, best first, each once.
  ///
  /// A query is an id or its beginning, a label or its beginning, or words that begin words of a label in any order; only if nothing matches so,
  /// words with slips: one in three to five letters, two in longer ones, and of those matches the ones with fewest. Accents, case and width make
  /// no difference (`duong trang` finds `Đường trắng`). Deprecated terms come last, labels in `languages` (best first) before others,
  /// preferred labels before alternative ones, short before long. An empty query gives all.
  package func search(_ query: String, languages: [String] = [], under branch: TermBranch? = nil, limit: Int = 50)
    -> [TermMatch]
  {
    let words = SearchQuery(query)
    let isBlank = query.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    guard limit > 0, isBlank || !words.letters.isEmpty else { return [] }
    let searches = self.searches(languages, branch, limit: min(limit, Self.matchLimit))
    let exact = merge(searches) { $0.exact(words) }
    if !exact.isEmpty { return exact }
    let single = nearest(searches, words.words, slips: 1)
    if let first = single.first, first.typos == 1 { return single }
    // Two slips in one word are as good as one in each of two.
    let double = nearest(searches, words.words, slips: 2)
    return double.isEmpty ? single : double
  }

  func searches(_ languages: [String], _ branch: TermBranch?, limit: Int) -> [LayerSearch] {
    layers.enumerated().map { number, layer in
      LayerSearch(
        index: layer.index, hidden: layer.hidden, branch: branch.map { $0.bitmap(ofLayer: number) },
        few: branch.flatMap { $0.few(ofLayer: number) },
        languages: languages, limit: limit, patience: patience)
    }
  }

  private func nearest(_ searches: [LayerSearch], _ words: [[Unicode.Scalar]], slips: Int) -> [TermMatch] {
    guard words.contains(where: { Words.allowedTypos(in: $0) >= slips }) else { return [] }
    let found = searches.map { search -> [WordSearch.Candidate] in
      if search.few?.isEmpty == true { return [] }
      let groups = search.labelGroups(deprecated: false) + search.labelGroups(deprecated: true)
      return WordSearch(search, groups: groups).matches(words, slips: slips, wholeWords: false)
    }
    return nearest(searches, found)
  }

  /// Those of each layer's candidates that have the fewest slips of all.
  func nearest(_ searches: [LayerSearch], _ found: [[WordSearch.Candidate]]) -> [TermMatch] {
    var least = UInt8.max
    for (search, candidates) in zip(searches, found) {
      for candidate in candidates where candidate.typos < least && search.accepted(candidate.entry) != nil {
        least = candidate.typos
      }
    }
    return merge(Array(zip(searches, found))) { search, candidates in
      search.best(
        candidates.filter { $0.typos == least }, kind: .typo, not: LayerSearch.Collected(limit: search.limit))
    } search: {
      $0.0
    }
  }

  private func merge(_ searches: [LayerSearch], _ hits: (LayerSearch) -> [LayerSearch.Hit]) -> [TermMatch] {
    merge(searches, hits, search: { $0 })
  }

  /// The layers' hits as one list. One layer's come in order already; those of two are put in it by what the order says.
  func merge<Item>(
    _ items: [Item], _ hits: (Item) -> [LayerSearch.Hit], search: (Item) -> LayerSearch
  ) -> [TermMatch] {
    var ranked: [(rank: Rank, match: TermMatch)] = []
    for item in items {
      let search = search(item)
      for hit in hits(item) {
        guard let entry = search.index.entry(hit.entry), let term = search.index.term(at: hit.term),
          let label = Self.label(entry, of: term)
        else { continue }
        let match = TermMatch(term: term, label: label, kind: hit.kind, typos: hit.typos)
        ranked.append((Rank(match, role: entry.role, languages: search.languages), match))
      }
    }
    if items.count > 1 { ranked.sort { $0.rank < $1.rank } }
    return ranked.prefix(search(items[0]).limit).map(\.match)
  }

  /// Where a match stands in a list; says the same as the order of labels in an index.
  struct Rank: Comparable {
    private let numbers: [Int]
    private let language: [UInt8]
    private let role: Int
    private let letters: Int
    private let text: [UInt8]
    private let id: [UInt8]

    init(_ match: TermMatch, role: Int, languages: [String]) {
      let isID = role == CompiledVocabulary.idRole
      let folded = Folding.fold(match.label.text).filter { !isID || $0 != " " }
      numbers = [
        match.term.isDeprecated ? 1 : 0, match.kind.rawValue, match.typos,
        isID ? -1 : TermIndex.place(of: match.label.language, in: languages),
      ]
      language = Array(match.label.language.utf8)
      self.role = role
      letters = folded.count
      text = Folding.utf8(folded)
      id = Array(match.term.id.utf8)
    }

    static func < (a: Rank, b: Rank) -> Bool {
      if a.numbers != b.numbers { return a.numbers.lexicographicallyPrecedes(b.numbers) }
      if a.language != b.language { return a.language.lexicographicallyPrecedes(b.language) }
      if a.role != b.role { return a.role < b.role }
      if a.letters != b.letters { return a.letters < b.letters }
      if a.text != b.text { return a.text.lexicographicallyPrecedes(b.text) }
      return a.id.lexicographicallyPrecedes(b.id)
    }
  }
}
