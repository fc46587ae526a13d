import Ontology

/// Ids and labels of a list, in any language.
///
/// A text that several terms are called by means any of them.
struct OntologyTerms: Comparator {
  struct Reading: Hashable, Sendable {
    /// The ids that it may mean, after following what the mode follows.
    var ids: Set<[UInt8]>
    /// Those above them, where that counts.
    var above: Set<[UInt8]>
  }

  /// A list that isn't there knows no terms.
  let terms: TermIndex?
  let mode: OntologyMode
  /// Terms of one name that are looked at, and further ids that are followed from them.
  private static let nameLimit = 16
  private static let followedLimit = 64
  /// Ancestors of a term, the nearest first.
  private static let ancestorLimit = 256

  func reading(of value: ClaimValue) -> Reading? {
    guard let terms, value.kind == .text || value.kind == .number else { return nil }
    let found = Self.find(value.text, in: terms)
    guard !found.isEmpty else { return nil }
    guard mode != .same else { return Reading(ids: Set(found.map { Array($0.id.utf8) }), above: []) }
    let (ids, known) = Self.followed(found, in: terms)
    guard mode == .compatible else { return Reading(ids: ids, above: []) }
    var above: Set<[UInt8]> = []
    for term in known {
      for id in terms.broader(of: term).prefix(Self.ancestorLimit) {
        above.insert(Array(id.utf8))
        guard let ancestor = terms.term(id) else { continue }
        above.insert(Array(terms.canonical(of: ancestor).utf8))
        // What means the same as one above stands above too.
        for match in ancestor.exactMatch.prefix(Self.nameLimit) { above.insert(Array(match.utf8)) }
      }
    }
    return Reading(ids: ids, above: above.subtracting(ids))
  }

  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict {
    let isOne = !a.ids.isDisjoint(with: b.ids)
    let isAncestor = !a.ids.isDisjoint(with: b.above) || !b.ids.isDisjoint(with: a.above)
    return isOne || isAncestor ? .agree : .differ
  }

  /// The terms that a text is the id of, else a label, else a label in other case or composition.
  ///
  /// Accents count: in many languages they make another word.
  static func find(_ text: [UInt8], in terms: TermIndex) -> [Term] {
    guard !text.isEmpty, text.count <= 1024 else { return [] }
    if let term = terms.term(text) { return [term] }
    let string = String(decoding: text, as: UTF8.self)
    let named = terms.terms(withLabel: string)
    if !named.isEmpty { return Array(named.prefix(nameLimit)) }
    let plain = NormalizedText(string).letters
    let near = terms.terms(withFoldedLabel: string).filter { term in
      (term.prefLabels + term.altLabels).contains { NormalizedText($0.text).letters == plain }
    }
    return Array(near.prefix(nameLimit))
  }

  /// The ids that terms come to by variants, successors and exact matches, and those of them that are terms of the list.
  ///
  /// A match is followed from the term that names it: two terms that a third one names as matches meet there only if they name it too.
  private static func followed(_ found: [Term], in terms: TermIndex) -> (ids: Set<[UInt8]>, known: [Term]) {
    var ids: Set<[UInt8]> = []
    var known: [Term] = []
    var waiting = found
    var next = 0
    while next < waiting.count {
      let term = waiting[next]
      next += 1
      let end = terms.canonical(of: term)
      let last = terms.term(end)
      guard ids.insert(Array(end.utf8)).inserted else { continue }
      if let last { known.append(last) }
      for id in term.exactMatch + (last?.exactMatch ?? []) where waiting.count < followedLimit {
        if let match = terms.term(id) { waiting.append(match) } else { ids.insert(Array(id.utf8)) }
      }
    }
    return (ids, known)
  }

  /// What stands here by its id stays an id, and what stands by a label a label, in its language if there is one in it.
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? {
    guard let terms, value.kind == other.kind else { return nil }
    let (own, its) = (Self.find(value.text, in: terms), Self.find(other.text, in: terms))
    guard own.count == 1, its.count == 1, let term = own.first, let wanted = its.first else { return other }
    if term.id.utf8.elementsEqual(value.text) { return ClaimValue(kind: value.kind, text: Array(wanted.id.utf8)) }
    let label = (term.prefLabels + term.altLabels).first { $0.text.utf8.elementsEqual(value.text) }
    let languages = label.map { $0.language.isEmpty ? [] : [$0.language] } ?? []
    return ClaimValue(kind: value.kind, text: Array(wanted.label(in: languages).utf8))
  }

  /// An id with its label behind.
  func words(for value: ClaimValue) -> String {
    guard let label = terms?.term(value.text)?.label, !label.utf8.elementsEqual(value.text) else { return value.words }
    return "\(value.words) (\(ClaimValue(label).words))"
  }
}
