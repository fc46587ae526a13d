import Testing

@testable import Ontology

/// What must hold for any list, query and change.
@Suite struct IndexPropertyTests {
  private static let languages = [[], ["en"], ["vi-VN", "en"], ["de", ""]]

  private func describe(_ matches: [TermMatch]) -> [String] {
    matches.map { "\($0.term.id)|\($0.label.language)|\($0.label.text)|\($0.kind)|\($0.typos)" }
  }

  @Test(arguments: 1...20) func indexFindsWhatLookingAtEveryLabelFinds(seed: UInt64) {
    var random = RandomVocabulary(seed: seed)
    let terms = random.terms(1 + random.next(120))
    var index = TermIndex(Vocabulary(id: "v", version: "1", terms: terms))
    // Large lists are searched in other ways than small ones; both must find the same.
    if seed % 2 == 0 { (index.patience, index.fewLimit) = (2, 0) }
    let linear = LinearSearch(terms)
    #expect(index.count == linear.terms.count)
    for _ in 0..<24 {
      let (query, languages, limit) = (random.query(terms), random.pick(Self.languages), 1 + random.next(30))
      #expect(
        describe(index.search(query, languages: languages, limit: limit))
          == describe(linear.search(query, languages: languages, limit: limit)), "\(query)")
      let branch = "t\(random.next(terms.count))"
      #expect(
        describe(index.search(query, languages: languages, under: index.branch(branch), limit: limit))
          == describe(linear.search(query, languages: languages, under: branch, limit: limit)),
        "\(query) under \(branch)")
    }
  }

  @Test(arguments: 1...12) func overlayAnswersAsARebuildWould(seed: UInt64) {
    var random = RandomVocabulary(seed: seed &+ 1000)
    var terms = LinearSearch(random.terms(80)).terms
    var index = TermIndex(Vocabulary(id: "v", version: "1", terms: terms))
    for round in 0..<6 {
      var change = VocabularyChange(version: "\(round)")
      for _ in 0..<random.next(5) {
        let term = random.term(of: 80)
        guard !change.changed.contains(where: { $0.id.utf8.elementsEqual(term.id.utf8) }) else { continue }
        change.changed.append(term)
        terms.removeAll { $0.id.utf8.elementsEqual(term.id.utf8) }
        terms.append(term)
      }
      for _ in 0..<random.next(4) {
        let id = random.pick(terms).id
        guard !change.changed.contains(where: { $0.id.utf8.elementsEqual(id.utf8) }) else { continue }
        change.removed.append(id)
        terms.removeAll { $0.id.utf8.elementsEqual(id.utf8) }
      }
      index = index.applying(change)
      let rebuilt = TermIndex(Vocabulary(id: "v", version: "\(round)", terms: terms))
      #expect(index.count == rebuilt.count && index.version == rebuilt.version)
      for _ in 0..<16 {
        let (query, languages) = (random.query(terms), random.pick(Self.languages))
        let branch = "t\(random.next(80))"
        #expect(
          describe(index.search(query, languages: languages)) == describe(rebuilt.search(query, languages: languages)))
        #expect(
          describe(index.search(query, under: index.branch(branch), limit: 7))
            == describe(rebuilt.search(query, under: rebuilt.branch(branch), limit: 7)))
        #expect(describe(index.suggestions(for: query)) == describe(rebuilt.suggestions(for: query)))
        #expect(index.terms(withLabel: query) == rebuilt.terms(withLabel: query))
        #expect(index.terms(withFoldedLabel: query) == rebuilt.terms(withFoldedLabel: query))
        #expect(index.term(query) == rebuilt.term(query))
        #expect(index.children(of: branch) == rebuilt.children(of: branch))
        #expect(index.branch(branch).count == rebuilt.branch(branch).count)
      }
    }
  }

  @Test func damagedBytesGivePoorAnswersAndNothingWorse() {
    var random = RandomVocabulary(seed: 7)
    let terms = random.terms(60)
    let bytes = CompiledVocabulary.compile(Vocabulary(id: "v", version: "1", terms: terms), source: [1, 2, 3])
    var opened = 0
    for round in 0..<1200 {
      var damaged = bytes
      for _ in 0...random.next(6) {
        let place = random.next(round % 3 == 0 ? 400 : damaged.count)
        damaged[place] = random.next(2) == 0 ? UInt8(random.next(256)) : random.pick([0, 1, 0x7F, 0x80, 0xFF])
      }
      if random.next(20) == 0 { damaged.removeLast(random.next(damaged.count)) }
      guard let compiled = CompiledVocabulary(damaged) else { continue }
      opened += 1
      let index = TermIndex(compiled)
      for _ in 0..<3 {
        let query = random.query(terms)
        _ = index.search(query, under: random.next(2) == 0 ? index.branch("t1") : nil)
        _ = index.suggestions(for: query)
        _ = index.terms(withLabel: query)
        _ = index.children(of: query)
        if let term = index.term(query) { _ = (index.canonical(of: term), index.broader(of: term)) }
      }
      _ = index.applying(VocabularyChange(changed: [random.pick(terms)], removed: ["t2"])).search("a")
    }
    #expect(opened > 200)
  }

  @Test func anyBytesAreOpenedOrRefused() {
    #expect(CompiledVocabulary([]) == nil)
    #expect(CompiledVocabulary(Array("CONCVOC\u{1}".utf8)) == nil)
    let bytes = CompiledVocabulary.compile(Vocabulary(id: "v", version: "2", terms: []), source: [9])
    #expect(CompiledVocabulary(bytes)?.source == [9] && CompiledVocabulary(bytes)?.version == "2")
    for count in bytes.indices { #expect(CompiledVocabulary(Array(bytes.prefix(count))) == nil) }
    #expect(CompiledVocabulary(bytes + [0]) == nil)
  }

  @Test(arguments: 1...20) func smallestOfAnyStretch(seed: UInt64) throws {
    var random = RandomVocabulary(seed: seed)
    let numbers = (0..<random.next(3000)).map { _ in UInt32(random.next(500)) }
    func withColumn(_ numbers: [UInt32], _ body: (Column) throws -> Void) rethrows {
      unsafe try numbers.withUnsafeBytes { unsafe try body(Column($0)) }
    }
    try withColumn(numbers) { column in
      try withColumn(MinPyramid.minima(of: numbers)) { minima in
        let pyramid = try #require(MinPyramid(column, minima: minima))
        for _ in 0..<50 {
          let start = random.next(numbers.count + 1)
          let range = start..<(start + random.next(numbers.count - start + 1))
          #expect(pyramid.smallest(in: range)?.value == numbers[range].min())
          var ascending: [UInt32] = []
          pyramid.forEachAscending(in: range) {
            ascending.append($0)
            return true
          }
          #expect(ascending == numbers[range].sorted())
        }
      }
    }
  }
}
