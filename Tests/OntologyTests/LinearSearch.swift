@testable import Ontology

/// The same search done the long way: every label of every term is looked at. What the index must give.
struct LinearSearch {
  let terms: [Term]

  init(_ terms: [Term]) {
    var seen: Set<[UInt8]> = []
    self.terms = terms.filter { seen.insert(Array($0.id.utf8)).inserted }
  }

  func search(_ query: String, languages: [String], under branch: String? = nil, limit: Int) -> [TermMatch] {
    let letters = Folding.fold(query)
    let isBlank = query.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    guard isBlank || !letters.isEmpty else { return [] }
    var ranked: [(rank: TermIndex.Rank, match: TermMatch)] = []
    for term in terms where branch.map({ isUnder(term, $0) }) ?? true {
      var best: (rank: TermIndex.Rank, match: TermMatch)?
      var texts: [(role: Int, label: Term.Label)] = TermIndex.searchedLabels(of: term).map { ($0.role, $0.label.label) }
      texts.append((3, Term.Label(language: "", text: term.id)))
      for (role, label) in texts {
        guard let (kind, typos) = kind(letters, label, isID: role == 3) else { continue }
        let match = TermMatch(term: term, label: label, kind: kind, typos: typos)
        let rank = TermIndex.Rank(match, role: role, languages: languages)
        // Slips count before all else.
        if best.map({ (typos, rank) < ($0.match.typos, $0.rank) }) ?? true { best = (rank, match) }
      }
      if let best { ranked.append(best) }
    }
    let least = ranked.map(\.match.typos).min() ?? 0
    return ranked.filter { $0.match.typos == least }.sorted { $0.rank < $1.rank }.prefix(limit).map(\.match)
  }

  private func kind(_ query: [Unicode.Scalar], _ label: Term.Label, isID: Bool) -> (TermMatch.Kind, Int)? {
    let text = Folding.fold(label.text)
    if text.isEmpty { return nil }
    if isID {
      let (text, query) = (text.filter { $0 != " " }, query.filter { $0 != " " })
      if query.isEmpty { return nil }
      return text == query ? (.id, 0) : text.starts(with: query) ? (.idPrefix, 0) : nil
    }
    if text == query { return (.label, 0) }
    if text.starts(with: query) { return (.labelPrefix, 0) }
    let words = Words.starts(in: text)
    var sum = 0
    for word in Words.ofQuery(query) {
      let allowed = Words.allowedTypos(in: word)
      guard let slips = words.map({ slips(word, Array($0)) }).min(), slips <= allowed else { return nil }
      sum += slips
    }
    return (sum == 0 ? .wordPrefix : .typo, sum)
  }

  /// Slips between a word of a query and what it could be the beginning of.
  private func slips(_ query: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Int {
    if word.starts(with: query) { return 0 }
    var least = distance(query, word)
    for count in word.indices where count > 0 && word[count - 1] == query.last {
      least = min(least, distance(query, Array(word.prefix(count))))
    }
    return least
  }

  /// Letters changed, added, left out or swapped.
  private func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          rows[i][j] = i + j
          continue
        }
        rows[i][j] = min(rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), rows[i - 1][j] + 1, rows[i][j - 1] + 1)
        if i > 1, j > 1, a[i - 2] == b[j - 1], a[i - 1] == b[j - 2] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }

  private func isUnder(_ term: Term, _ branch: String) -> Bool {
    var seen: Set<[UInt8]> = []
    var waiting = term.broader
    while let id = waiting.popLast() {
      if id.utf8.elementsEqual(branch.utf8) { return true }
      guard seen.insert(Array(id.utf8)).inserted else { continue }
      waiting += terms.first { $0.id.utf8.elementsEqual(id.utf8) }?.broader ?? []
    }
    return false
  }
}

/// Lists of terms made at random: few letters, so that much is alike.
struct RandomVocabulary {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, bound)))
  }

  mutating func pick<Item>(_ items: [Item]) -> Item { items[next(items.count)] }

  mutating func word() -> String {
    let letters = pick([
      ["a", "b", "đ", "á", "e"], ["S", "u", "g", "a", "r"], ["牛", "奶", "鲜"], ["1", "2", "L"], ["σ", "Σ", "α"],
      ["ก", "า", "่"],
    ])
    return (0...next(8)).map { _ in pick(letters) }.joined()
  }

  mutating func label() -> String { (0...next(3)).map { _ in word() }.joined(separator: pick([" ", "-", ", "])) }

  mutating func term(of count: Int) -> Term {
    var term = Term(id: pick(["t\(next(count))", "89\(next(count))", "a_b\(next(9))", word()]))
    for _ in 0..<next(3) { term.prefLabels.append(Term.Label(language: pick(["en", "vi", "", "de"]), text: label())) }
    for _ in 0..<next(3) { term.altLabels.append(Term.Label(language: pick(["en", "vi"]), text: label())) }
    if next(6) == 0 { term.hiddenLabels.append(Term.Label(language: "", text: label())) }
    for _ in 0..<next(3) { term.broader.append("t\(next(count))") }
    term.isDeprecated = next(5) == 0
    for _ in 0..<(next(4) == 0 ? 1 + next(2) : 0) { term.replacedBy.append("t\(next(count))") }
    if next(8) == 0 { term.canonical = "t\(next(count))" }
    return term
  }

  mutating func terms(_ count: Int) -> [Term] { (0..<count).map { _ in term(of: count) } }

  /// A text to search for: new, or cut from a label, perhaps with a slip.
  mutating func query(_ terms: [Term]) -> String {
    guard next(5) > 0, !terms.isEmpty else { return pick(["", " ", word(), label(), "t", "8", "?"]) }
    let term = pick(terms)
    var text = Array(pick(([term.id] + (term.prefLabels + term.altLabels).map(\.text))).unicodeScalars)
    if next(2) == 0, text.count > 1 { text = Array(text.prefix(1 + next(text.count))) }
    for _ in 0..<next(3) where !text.isEmpty {
      let place = next(text.count)
      switch next(4) {
      case 0: text[place] = pick(["a", "g", "b"])
      case 1: text.remove(at: place)
      case 2: text.insert("u", at: place)
      default: if place > 0 { text.swapAt(place, place - 1) }
      }
    }
    var string = ""
    string.unicodeScalars.append(contentsOf: text)
    return string
  }
}
