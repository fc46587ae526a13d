import Manifest
import Testing

@testable import Ontology

/// Looking up by what is written, and changes that are told by comparing: all must be as in a list read afresh.
@Suite struct LookupPropertyTests {
  /// Looks a text up in a list read from end to end.
  private struct Linear: TermSource {
    let terms: [Term]

    init(_ terms: [Term]) {
      self.terms = LinearSearch(terms).terms.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    func term(_ id: String) -> Term? { terms.first { $0.id.utf8.elementsEqual(id.utf8) } }

    func find(_ text: String) -> String {
      func has(_ labels: some Sequence<Term.Label>) -> Bool {
        labels.contains { $0.text.utf8.elementsEqual(text.utf8) }
      }
      if let found = term(text) { return describe(found, 1) }
      if let found = terms.first(where: { has($0.prefLabels.prefix(1)) }) { return describe(found, 2) }
      return terms.first { has($0.prefLabels + $0.altLabels) }.map { describe($0, 3) } ?? "nothing"
    }

    private func describe(_ term: Term, _ match: Int) -> String {
      let parts = [term.id, term.label, canonical(of: term), term.replacedBy.first ?? ""] + broader(of: term)
      return parts.joined(separator: "|") + (term.isDeprecated ? " old" : "") + " \(match)"
    }

    func named(_ text: String, onlyPreferred: Bool) -> Term? {
      func isNamed(_ labels: some Sequence<Term.Label>) -> Bool {
        labels.contains { $0.text.utf8.elementsEqual(text.utf8) }
      }
      let found = terms.filter { isNamed($0.prefLabels + (onlyPreferred ? [] : $0.altLabels)) }
      let first = found.filter { isNamed($0.prefLabels.prefix(1)) }
      let ordered = first + found.filter { !isNamed($0.prefLabels.prefix(1)) }
      return ordered.first { !$0.isDeprecated } ?? ordered.first
    }
  }

  private func describe(_ lookup: TermLookup, _ text: String) -> String {
    withExtendedLifetime(lookup) {
      guard let found = lookup.find(Array(text.utf8)) else { return "nothing" }
      func words(_ memory: UnsafeRawBufferPointer) -> String { unsafe String(decoding: memory, as: UTF8.self) }
      var parts = unsafe [words(found.id), words(found.label), words(found.canonical), words(found.replacedBy)]
      unsafe found.broader.forEach { id in unsafe parts.append(words(id)) }
      return parts.joined(separator: "|") + (found.isDeprecated ? " old" : "") + " \(found.match)"
    }
  }

  private func texts(of terms: [Term], _ random: inout RandomVocabulary) -> [String] {
    let all = terms.flatMap { [$0.id] + ($0.prefLabels + $0.altLabels).map(\.text) }
    return all + (0..<20).map { _ in random.query(terms) }
  }

  private func change(_ terms: [Term], _ random: inout RandomVocabulary) -> [Term] {
    var terms = terms
    for _ in 0...random.next(5) {
      switch random.next(3) {
      case 0: terms.append(random.term(of: 60))
      case 1: if terms.count > 1 { terms.remove(at: random.next(terms.count)) }
      default: if !terms.isEmpty { terms[random.next(terms.count)] = random.term(of: 60) }
      }
    }
    return LinearSearch(terms).terms
  }

  @Test(arguments: 1...12) func aChangedListReadOverItsIndexAnswersAsReadAfresh(seed: UInt64) throws {
    var random = RandomVocabulary(seed: seed &+ 500)
    var terms = LinearSearch(random.terms(60)).terms
    let base = TermIndex(Vocabulary(id: "v", version: "1", terms: terms))
    for round in 0..<5 {
      terms = change(terms, &random)
      var difference = TermDifference(from: base.base, limit: 1000)
      for term in terms {
        let isLittle = difference.add(term)
        #expect(isLittle)
      }
      let index = base.applying(try #require(difference.change(version: "\(round)")))
      let linear = Linear(terms)
      #expect(index.count == linear.terms.count)
      let lookup =
        index.change.map { TermLookup(base: index.base, change: $0.compiled, hidden: $0.hidden) } ?? index.lookup
      for text in texts(of: terms + LinearSearch(random.terms(5)).terms, &random) {
        #expect(describe(lookup, text) == linear.find(text), "\(text)")
        for onlyPreferred in [false, true] {
          #expect(
            index.term(named: Array(text.utf8), onlyPreferred: onlyPreferred)
              == linear.named(text, onlyPreferred: onlyPreferred), "\(text)")
        }
        let branch = "t\(random.next(60))"
        let isUnder = linear.term(text).map { linear.ancestors(of: $0).contains(branch) } ?? false
        #expect(index.isUnder(text, branch: branch) == isUnder)
        #expect(index.term(text) == linear.term(text))
      }
    }
  }

  @Test(arguments: 1...12) func comparisonNamesWhateverReadsDifferently(seed: UInt64) throws {
    var random = RandomVocabulary(seed: seed &+ 900)
    var terms = LinearSearch(random.terms(60)).terms
    let base = TermIndex(Vocabulary(id: "v", version: "1", terms: terms))
    var before = base
    for _ in 0..<5 {
      let old = terms
      terms = change(terms, &random)
      var difference = TermDifference(from: base.base, limit: 1000)
      for term in terms {
        let isLittle = difference.add(term)
        #expect(isLittle)
      }
      let index = base.applying(try #require(difference.change(version: "")))
      let comparison = index.comparison(with: before)
      #expect(!comparison.isEverything)
      for text in texts(of: old + terms, &random) where describe(before.lookup, text) != describe(index.lookup, text) {
        #expect(comparison.texts.contains(Array(text.utf8)), "\(text)")
      }
      before = index
    }
    #expect(before.comparison(with: before).texts.isEmpty)
    #expect(TermIndex(Vocabulary(id: "v", version: "1", terms: terms)).comparison(with: before).isEverything)
  }

  // MARK: Tables, line by line

  private func table(_ terms: [Term], quoting: Bool) -> [UInt8] {
    func cell(_ text: String) -> String { quoting ? "\"\(text)\"" : text }
    let rows = terms.map { term in
      [
        cell(term.id), term.label, term.altLabels.map(\.text).joined(separator: "|"),
        term.broader.joined(separator: "|"), term.isDeprecated ? "yes" : "",
      ].map { $0.replacing(",", with: " ") }.joined(separator: ",")
    }
    return Array((["id,label,synonyms,parent,deprecated"] + rows).joined(separator: "\n").utf8)
  }

  private func terms(of bytes: [UInt8]) -> [Term] {
    var problems: [VocabularyProblem] = []
    return Vocabulary(csv: bytes, id: "v", problems: &problems).terms
  }

  private func compiled(_ bytes: [UInt8]) throws -> CompiledVocabulary {
    var problems: [VocabularyProblem] = []
    let records = TermTable.records(bytes, mapping: ColumnMapping(), problems: &problems)
    return try #require(CompiledVocabulary(CompiledVocabulary.compile(records, id: "v", version: "1")))
  }

  @Test(arguments: 1...16) func linesTellWhatReadingAllTells(seed: UInt64) throws {
    var random = RandomVocabulary(seed: seed &+ 300)
    var terms = LinearSearch(random.terms(60)).terms
    let base = try compiled(table(terms, quoting: false))
    #expect(base.count == terms.count)
    for _ in 0..<6 {
      terms = change(terms, &random)
      if random.next(3) == 0 { terms.shuffle(using: &random) }
      let bytes = table(terms, quoting: false)
      let change = try #require(TermDifference.ofLines(bytes, mapping: ColumnMapping(), from: base, limit: 1000))
      var found: [Term] = []
      TermIndex(base).applying(change).forEachTerm { found.append($0) }
      #expect(Set(found) == Set(self.terms(of: bytes)) && found.count == Set(found).count)
    }
  }

  @Test func linesTellNothingWhereTheirOrderOrTheirSurroundingsCount() throws {
    var random = RandomVocabulary(seed: 4)
    let terms = LinearSearch(random.terms(20)).terms
    let plain = table(terms, quoting: false)
    let base = try compiled(plain)
    func change(_ bytes: [UInt8], _ base: CompiledVocabulary) -> VocabularyChange? {
      TermDifference.ofLines(bytes, mapping: ColumnMapping(), from: base, limit: 1000)
    }
    #expect(change(plain, base)?.changed == [] && change(plain, base)?.removed == [])
    // A second line for an id: which counts is a matter of order.
    #expect(change(plain + Array("\n\(terms[3].id),another name,,,".utf8), base) == nil)
    #expect(change(table(terms, quoting: true), base) == nil)
    #expect(change(Array("id;label\nx;y".utf8), base) == nil)
    #expect(change(plain.map { $0 == 0x0A ? 0x0D : $0 }, base) == nil)
    #expect(change(plain, try compiled(table(terms, quoting: true))) == nil)
    #expect(change(plain, try compiled(plain + Array("\n\(terms[3].id),another name,,,".utf8)))?.changed == [])
    // More than is worth laying over.
    #expect(TermDifference.ofLines(Array(plain.prefix(300)), mapping: ColumnMapping(), from: base, limit: 2) == nil)
  }

  /// A million terms in one chain must not make every look-up walk all of it.
  @Test func waysUpEndAtALimit() {
    var terms = (0..<6000).map { number in
      var term = Term(id: "t\(number)")
      term.broader = ["t\(number + 1)"]
      term.canonical = "t\(number + 1)"
      return term
    }
    terms.append(Term(id: "t6000"))
    let index = TermIndex(Vocabulary(id: "v", version: "", terms: terms))
    #expect(unsafe index.lookup.find(Array("t0".utf8))?.broader.count == TermWalk.limit)
    #expect(index.isUnder("t5000", branch: "t6000"))
  }
}

extension RandomVocabulary: RandomNumberGenerator {
  mutating func next() -> UInt64 { UInt64(next(1 << 31)) << 32 | UInt64(next(1 << 31)) }
}
