package import Findings
import Manifest

/// What links report of one key. An empty list takes back what was reported before.
package struct LinkFindings: Sendable, Hashable {
  package var family: Int
  package var key: FactKey
  package var findings: [Finding]
}

/// References without a definition, and ids defined twice: a reduce over the keys that changed.
package struct Links: Sendable {
  /// How many further definitions of an id are reported one by one.
  package static let furtherDefinitions = 8
  /// Definitions of one id, in all files, among which those of the same file are looked for.
  private static let mostRepetitions = 4096

  private let families: [LinkFamily]
  /// Keys with findings, so that they can be taken back.
  private var reported: [Set<FactKey>]
  /// Keys where an absence could not be claimed yet.
  private var waiting: [Set<FactKey>]

  package init(plan: RulePlan) {
    families = plan.links
    reported = Array(repeating: [], count: families.count)
    waiting = Array(repeating: [], count: families.count)
  }

  /// Whether a key waits for its scope to be indexed.
  package var hasWaiting: Bool { waiting.contains { !$0.isEmpty } }

  /// Judges keys again.
  ///
  /// `isIndexed` says whether all definitions are known that a reference of this declaration in this document could mean;
  /// until then nothing is called dangling. `text` gives the id that stands at a place, as the user reads it.
  /// Keys that had and have no findings are left out of the answer. Cost: per key, a search per document that refers to it.
  package mutating func update(
    family number: Int, keys: [FactKey], in store: FactStore, isIndexed: (LinkDeclaration, DocumentID) -> Bool,
    text: (Place) -> String
  ) -> [LinkFindings] {
    guard families.indices.contains(number) else { return [] }
    let family = families[number]
    var answers: [LinkFindings] = []
    for key in keys {
      let definitions = self.definitions(of: key, family, store)
      var findings: [Finding] = []
      waiting[number].remove(key)
      if definitions.total == 0 {
        for link in family.references where !link.declaration.isOptional {
          for run in store.documents(link.kind, key) {
            guard let place = run.first.fact.places.first?.place else { continue }
            guard isIndexed(link.declaration, place.record.document) else {
              waiting[number].insert(key)
              continue
            }
            findings.append(dangling(link.declaration, at: place, count: run.count, text))
          }
        }
      } else if definitions.distinct > 1 {
        findings = duplicates(definitions.first, total: definitions.distinct, text)
      }
      if definitions.total > 1 { findings += duplicatesWithinFiles(of: key, family, store, text) }
      let had = findings.isEmpty ? reported[number].remove(key) != nil : !reported[number].insert(key).inserted
      if had || !findings.isEmpty { answers.append(LinkFindings(family: number, key: key, findings: findings)) }
    }
    return answers
  }

  /// Judges the keys that waited, when more has been indexed.
  package mutating func updateWaiting(
    in store: FactStore, isIndexed: (LinkDeclaration, DocumentID) -> Bool, text: (Place) -> String
  ) -> [LinkFindings] {
    families.indices.flatMap { family in
      update(family: family, keys: waiting[family].sorted(), in: store, isIndexed: isIndexed, text: text)
    }
  }

  private typealias Definition = (declaration: LinkDeclaration, place: Place)

  /// How many definitions there are, how many of them may not be repeated, and the first of these in document order.
  private func definitions(
    of key: FactKey, _ family: LinkFamily, _ store: FactStore
  ) -> (first: [Definition], total: Int, distinct: Int) {
    var first: [Definition] = []
    var total = 0
    var distinct = 0
    for link in family.definitions {
      let count = store.count(link.kind, key)
      total += count
      if link.declaration.repetition == .nowhere { distinct += count }
    }
    // Nearly every id is defined once.
    guard distinct > 1 else { return ([], total, distinct) }
    for link in family.definitions where link.declaration.repetition == .nowhere {
      let found = store.facts(link.kind, key, limit: Self.furtherDefinitions + 1)
      first += found.facts.compactMap { view in view.fact.places.first.map { (link.declaration, $0.place) } }
    }
    first.sort { Self.precedes($0.place, $1.place) }
    return (Array(first.prefix(Self.furtherDefinitions + 1)), total, distinct)
  }

  /// Those of ids that other files may define as well.
  private func duplicatesWithinFiles(
    of key: FactKey, _ family: LinkFamily, _ store: FactStore, _ text: (Place) -> String
  ) -> [Finding] {
    family.definitions.filter { $0.declaration.repetition == .elsewhere }.flatMap { link -> [Finding] in
      let repeated = store.documents(link.kind, key).filter { $0.count > 1 }
      guard !repeated.isEmpty else { return [] }
      let places = store.facts(link.kind, key, limit: Self.mostRepetitions).facts.compactMap {
        $0.fact.places.first?.place
      }
      return repeated.flatMap { run -> [Finding] in
        let document = run.first.fact.places.first?.place.record.document
        let found = places.filter { $0.record.document == document }.prefix(Self.furtherDefinitions + 1)
        return duplicates(found.map { (link.declaration, $0) }, total: run.count, text)
      }
    }
  }

  private static func precedes(_ a: Place, _ b: Place) -> Bool {
    if a.record != b.record { return a.record < b.record }
    return a.start == b.start ? a.end < b.end : a.start < b.start
  }

  private func dangling(
    _ declaration: LinkDeclaration, at place: Place, count: Int, _ text: (Place) -> String
  ) -> Finding {
    let isDefault = declaration.messageKey.isEmpty
    let id = text(place)
    // It stands at the first place alone, which another one may become.
    let about = Fingerprint(rule: declaration.rule, key: declaration.family, values: [id])
    return Finding(
      rule: declaration.rule, severity: declaration.severity, place: place,
      message: Message(
        isDefault && count > 1 ? LinkRules.many : declaration.messageKey,
        [.init("id", id), .init("count", String(count))]), count: count,
      about: declaration.scope == .ancestor ? nil : about)
  }

  /// A finding at each definition but the first; the last one stands for all that are not shown.
  private func duplicates(_ definitions: [Definition], total: Int, _ text: (Place) -> String) -> [Finding] {
    guard let first = definitions.first else { return [] }
    let id = text(first.place)
    return definitions.dropFirst().enumerated().map { index, definition in
      let isLast = index == definitions.count - 2
      return Finding(
        rule: definition.declaration.rule, severity: definition.declaration.severity, place: definition.place,
        message: Message(definition.declaration.messageKey, [.init("id", id), .init("count", String(total))]),
        related: [.init(place: first.place, message: Message(LinkRules.first, [.init("id", id)]))],
        count: isLast ? max(1, total - definitions.count + 1) : 1)
    }
  }
}
