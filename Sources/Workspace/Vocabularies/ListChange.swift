package import Ontology

/// What a new list says otherwise than the old one, term by term.
package struct ListChange: Sendable {
  /// A term as it is told.
  package struct Named: Sendable, Hashable {
    package var id: String
    package var label: String

    init(_ term: Term) { (id, label) = (term.id, term.label) }
  }

  package struct Pair: Sendable, Hashable {
    package var term: Named
    /// What it was before, or what belongs to it now: a name, names of kinds, ids of successors.
    package var before: String
    package var after: String
  }

  package private(set) var countBefore: Int
  package private(set) var countAfter: Int
  package private(set) var added: [Named] = []
  /// Gone without a word: nobody is told what to use instead. `after` is what took its place, if that can be told.
  package private(set) var removed: [Pair] = []
  /// Still there, and no longer to be used; `after` are the successors.
  package private(set) var retired: [Pair] = []
  package private(set) var broughtBack: [Named] = []
  package private(set) var renamed: [Pair] = []
  /// Of another kind than before.
  package private(set) var moved: [Pair] = []

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && retired.isEmpty && broughtBack.isEmpty && renamed.isEmpty && moved.isEmpty
  }

  /// In the order of the lists. Cost: linear.
  package init(from old: [Term], to new: [Term]) {
    (countBefore, countAfter) = (old.count, new.count)
    let before = Self.byID(old)
    let after = Self.byID(new)
    let heirs = Self.heirs(new.filter { before[Array($0.id.utf8)] == nil })
    for term in new where before[Array(term.id.utf8)] == nil { added.append(Named(term)) }
    for term in old {
      guard let now = after[Array(term.id.utf8)] else {
        let heir = heirs[Array(term.id.utf8)] ?? heirs[Array(term.label.utf8)]
        removed.append(Pair(term: Named(term), before: "", after: heir.map { "\($0.id) (\($0.label))" } ?? ""))
        continue
      }
      note(term, now, after, before)
    }
  }

  private mutating func note(_ term: Term, _ now: Term, _ after: [[UInt8]: Term], _ before: [[UInt8]: Term]) {
    if now.isDeprecated, !term.isDeprecated {
      retired.append(Pair(term: Named(now), before: "", after: Self.names(now.replacedBy, after)))
    } else if term.isDeprecated, !now.isDeprecated {
      broughtBack.append(Named(now))
    }
    let names = (Self.names(term), Self.names(now))
    if !names.0.utf8.elementsEqual(names.1.utf8) {
      renamed.append(Pair(term: Named(now), before: names.0, after: names.1))
    }
    if Set(term.broader.map { Array($0.utf8) }) != Set(now.broader.map { Array($0.utf8) }) {
      moved.append(
        Pair(term: Named(now), before: Self.names(term.broader, before), after: Self.names(now.broader, after)))
    }
  }

  private static func names(_ term: Term) -> String { term.prefLabels.map(\.text).joined(separator: " / ") }

  private static func names(_ ids: [String], _ terms: [[UInt8]: Term]) -> String {
    ids.map { id in terms[Array(id.utf8)].map { "\(id) (\($0.label))" } ?? id }.joined(separator: ", ")
  }

  private static func byID(_ terms: [Term]) -> [[UInt8]: Term] {
    Dictionary(terms.map { (Array($0.id.utf8), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// New terms by what they may have been called before: a name, another name, an old code. What two share leads nowhere.
  private static func heirs(_ terms: [Term]) -> [[UInt8]: Named] {
    var heirs: [[UInt8]: Named?] = [:]
    for term in terms where !term.isDeprecated {
      let texts = (term.prefLabels + term.altLabels + term.hiddenLabels).map { Array($0.text.utf8) }
      for text in Set(texts) { heirs[text] = heirs[text] == nil ? .some(Named(term)) : .some(nil) }
    }
    return heirs.compactMapValues(\.self)
  }
}
