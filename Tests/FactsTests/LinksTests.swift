import Findings
import Manifest
import Testing

@testable import Facts

@Suite struct LinksTests {
  private let store: FactStore
  private var links: Links
  private let definition: FactKind
  private let reference: FactKind
  private let other: FactKind

  init() throws {
    let plan = try RulePlan(
      [],
      links: [
        LinkDeclaration(
          role: .definition, family: "category", kind: "define/category", rule: "link/duplicate-id", severity: .error,
          scope: .dataset),
        LinkDeclaration(
          role: .reference, family: "category", kind: "refer/category", rule: "link/dangling", severity: .error,
          scope: .dataset),
        LinkDeclaration(
          role: .reference, family: "category", kind: "refer/parent", rule: "v/parent", severity: .warning,
          messageKey: "lost", scope: .dataset),
      ])
    store = FactStore(plan: plan)
    links = Links(plan: plan)
    definition = try plan.kind("define/category")
    reference = try plan.kind("refer/category")
    other = try plan.kind("refer/parent")
  }

  private func state(_ record: RecordReference, _ facts: (FactKind, UInt64)...) {
    store.replace(
      owner: .host(record),
      facts: facts.enumerated().map { fact($1.0, $1.1, place(record, UInt32($0) * 10)) })
  }

  private mutating func findings(isIndexed: Bool = true) -> [LinkFindings] {
    store.takeWork(0).links.flatMap { family, keys in
      links.update(family: family, keys: keys, in: store, isIndexed: { _, _ in isIndexed }, text: { _ in "car" })
    }
  }

  @Test mutating func aDanglingReferenceIsReportedOncePerDocumentAndDeclaration() {
    state(record(1, 20), (reference, 7), (reference, 7))
    state(record(1, 10), (reference, 7), (other, 7))
    state(record(2, 5), (reference, 7))
    let answers = findings()
    #expect(answers.map(\.key) == [FactKey(7)])
    let found = answers.flatMap(\.findings)
    #expect(found.map(\.rule) == ["link/dangling", "link/dangling", "v/parent"])
    #expect(found.map(\.count) == [3, 1, 1])
    #expect(found.map(\.place) == [place(record(1, 10)), place(record(2, 5)), place(record(1, 10), 10)])
    #expect(found.map(\.message.key) == ["many", "", "lost"])
    let catalog = MessageCatalog(LinkRules.all)
    #expect(
      catalog.text(of: found[0].message, rule: found[0].rule)
        == "Nothing here has the id car, and it is used in 3 places. Check the spelling, or add the missing entry.")
  }

  @Test mutating func aDefinitionTakesTheFindingBack() {
    state(record(1, 20), (reference, 7))
    #expect(findings().flatMap(\.findings).count == 1)
    state(record(3, 1), (definition, 7))
    #expect(findings() == [LinkFindings(family: 0, key: FactKey(7), findings: [])])
    state(record(1, 30), (reference, 7))
    #expect(findings().isEmpty)
    store.removeDocument(DocumentID(3))
    #expect(findings().flatMap(\.findings).map(\.count) == [2])
  }

  @Test mutating func furtherDefinitionsPointToTheFirst() {
    for label in 0..<12 as Range<UInt64> { state(record(1, label), (definition, 7)) }
    let found = findings().flatMap(\.findings)
    #expect(found.map(\.place) == (1...8 as ClosedRange<UInt64>).map { place(record(1, $0)) })
    #expect(found.allSatisfy { $0.related.map(\.place) == [place(record(1, 0))] })
    #expect(found.map(\.count) == [1, 1, 1, 1, 1, 1, 1, 4])
    store.removeRecords([record(1, 0)])
    #expect(findings().flatMap(\.findings).first?.place == place(record(1, 2)))
  }

  @Test mutating func anAbsenceWaitsUntilItIsKnown() {
    state(record(1, 20), (reference, 7))
    #expect(findings(isIndexed: false).isEmpty)
    #expect(links.hasWaiting)
    let answers = links.updateWaiting(in: store, isIndexed: { _, _ in true }, text: { _ in "car" })
    #expect(answers.flatMap(\.findings).count == 1)
    #expect(!links.hasWaiting)
  }

  /// A key with so many references that it has orders of its own counts them by document all the same.
  @Test mutating func manyReferencesAreCountedByDocument() {
    for document in 1...3 as ClosedRange<UInt32> {
      for label in 0..<UInt64(document) * 200 { state(record(document, label), (reference, 7)) }
    }
    #expect(findings().flatMap(\.findings).map(\.count) == [200, 400, 600])
  }

  @Test func messagesAreInPlainWords() { #expect(PlainWords.violations(in: LinkRules.all).isEmpty) }

  @Test func anIDThatMayBeRepeatedIsNoDuplicate() throws {
    let plan = try RulePlan(
      [],
      links: [
        LinkDeclaration(
          role: .definition, family: "label", kind: "define/label", rule: "link/duplicate-id", severity: .error,
          scope: .document, repetition: .anywhere),
        LinkDeclaration(
          role: .reference, family: "label", kind: "refer/label", rule: "link/dangling", severity: .error,
          scope: .document),
      ])
    let store = FactStore(plan: plan)
    var links = Links(plan: plan)
    let (definition, reference) = (try plan.kind("define/label"), try plan.kind("refer/label"))
    let places = (1...4).map { place(record(1, $0 * 10)) }
    for (index, stated) in [(definition, 7), (definition, 7), (reference, 7), (reference, 8)].enumerated() {
      store.replace(owner: .host(places[index].record), facts: [fact(stated.0, UInt64(stated.1), places[index])])
    }
    let found = store.takeWork(0).links.flatMap { family, keys in
      links.update(family: family, keys: keys, in: store, isIndexed: { _, _ in true }, text: { _ in "cup" })
    }
    .flatMap(\.findings)
    #expect(found.map(\.rule) == ["link/dangling"])
    #expect(found.map(\.place) == [places[3]])
  }

  /// Two files may define one id, and one file may not do it twice; what refers to nothing may be meant.
  @Test func anIDOfAnotherFileIsNoDuplicate() throws {
    let plan = try RulePlan(
      [],
      links: [
        LinkDeclaration(
          role: .definition, family: "question", kind: "define/question", rule: "link/duplicate-id", severity: .error,
          scope: .dataset, repetition: .elsewhere),
        LinkDeclaration(
          role: .reference, family: "question", kind: "refer/question", rule: "link/dangling", severity: .error,
          scope: .dataset, isOptional: true),
      ])
    let store = FactStore(plan: plan)
    var links = Links(plan: plan)
    let (definition, reference) = (try plan.kind("define/question"), try plan.kind("refer/question"))
    func found() -> [LinkFindings] {
      store.takeWork(0).links.flatMap { family, keys in
        links.update(family: family, keys: keys, in: store, isIndexed: { _, _ in true }, text: { _ in "7" })
      }
    }
    func state(_ kind: FactKind, _ key: UInt64, at place: Place) {
      store.replace(owner: .host(place.record), facts: [fact(kind, key, place)])
    }
    state(definition, 7, at: place(record(1, 10)))
    state(definition, 7, at: place(record(2, 10)))
    state(reference, 8, at: place(record(2, 20)))
    #expect(found().flatMap(\.findings).isEmpty)
    let again = place(record(2, 30))
    state(definition, 7, at: again)
    let findings = found().flatMap(\.findings)
    #expect(findings.map(\.place) == [again])
    #expect(findings.flatMap(\.related).map(\.place) == [place(record(2, 10))])
    store.removeRecords([again.record])
    #expect(found().map(\.findings) == [[]])
  }
}
