/// The texts by which something else is found in one version of a list than in another.
package struct TermComparison: Sendable {
  /// Ids and labels.
  package private(set) var texts: Set<[UInt8]> = []
  /// There would be too many to name.
  package private(set) var isEverything = false
  /// Texts that are named at most.
  private static let limit = 100_000

  package static let everything: TermComparison = {
    var all = TermComparison()
    all.isEverything = true
    return all
  }()

  fileprivate mutating func add(_ text: [UInt8]) {
    guard texts.count < Self.limit else {
      isEverything = true
      return texts.removeAll()
    }
    texts.insert(text)
  }
}

extension TermIndex {
  /// What differs for those who look terms up: labels, ways up and on, being in use.
  ///
  /// Cost: what was laid over the two, and what stands below; everything, if they were not compiled from one list.
  package func comparison(with old: TermIndex) -> TermComparison {
    guard old.base === base else { return .everything }
    var comparison = TermComparison()
    var ids: Set<[UInt8]> = []
    for overlay in [old.overlay, overlay].compactMap(\.self) {
      ids.formUnion(overlay.terms.keys)
      overlay.hidden.forEach {
        ids.insert(base.idBytes(ofTerm: $0))
        return true
      }
    }
    var moved: [[UInt8]] = []
    var led: [[UInt8]] = []
    for id in ids {
      let (before, after) = (old.term(id), term(id))
      guard !Self.reads(before, as: after) else { continue }
      comparison.add(before)
      comparison.add(after)
      if !Self.same(before?.broader ?? [], after?.broader ?? []) { moved.append(id) }
      if !Self.same(Self.leaders(of: before), Self.leaders(of: after)) { led.append(id) }
    }
    for index in [old, self] {
      index.addAll(reachedFrom: moved, to: &comparison) { $0.children(of: $1) }
      index.addAll(reachedFrom: led, to: &comparison) { $0.followers(of: $1) }
    }
    return comparison
  }

  private static func same(_ a: [String], _ b: [String]) -> Bool {
    a.elementsEqual(b) { $0.utf8.elementsEqual($1.utf8) }
  }

  private static func leaders(of term: Term?) -> [String] {
    term.map { ($0.canonical.map { [$0] } ?? []) + $0.replacedBy } ?? []
  }

  private static func reads(_ a: Term?, as b: Term?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    func names(_ term: Term) -> [String] { term.prefLabels.map(\.text) + ["\0"] + term.altLabels.map(\.text) }
    return a.isDeprecated == b.isDeprecated && same(names(a), names(b)) && same(a.broader, b.broader)
      && same(a.replacedBy, b.replacedBy) && same([a.canonical ?? "\0"], [b.canonical ?? "\0"])
  }

  /// Adds the texts of the terms that name one of these, those that name them, and so on.
  private func addAll(
    reachedFrom ids: [[UInt8]], to comparison: inout TermComparison,
    _ step: (CompiledVocabulary, [UInt8]) -> [Int]
  ) {
    var waiting = ids
    var seen = layers.map { Bitmap(count: $0.index.count) }
    while let id = waiting.popLast(), !comparison.isEverything {
      for (number, layer) in layers.enumerated() {
        for place in step(layer.index, id) where layer.has(place) && seen[number].insert(place) {
          comparison.add(layer.index.term(at: place))
          waiting.append(layer.index.idBytes(ofTerm: place))
        }
      }
    }
  }
}

extension TermComparison {
  fileprivate mutating func add(_ term: Term?) {
    guard let term, !isEverything else { return }
    for text in [term.id] + (term.prefLabels + term.altLabels).map(\.text) { add(Array(text.utf8)) }
  }
}
