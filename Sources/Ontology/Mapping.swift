/// What one term is to another, perhaps of another vocabulary: a row of a table with three columns.
package struct Mapping: Sendable, Hashable {
  package enum Relation: String, Sendable, Hashable, CaseIterable {
    case exactMatch, closeMatch, broadMatch, narrowMatch, relatedMatch, broader, narrower, replacedBy, canonical

    /// Reads a relation as people write it: `skos:exactMatch`, `exact match`, `same as`; `nil` if it means nothing.
    package init?(_ text: String) {
      var name = Folding.compact(text)
      for prefix in ["skos", "sameas", "dct"] where name.starts(with: prefix.utf8) && name.count > prefix.utf8.count {
        name.removeFirst(prefix.utf8.count)
      }
      let known: [(Relation, [String])] = [
        (.exactMatch, ["exactmatch", "exact", "sameas", "same", "equals", "equivalent"]),
        (.closeMatch, ["closematch", "close", "similar"]),
        (.broadMatch, ["broadmatch"]), (.narrowMatch, ["narrowmatch"]), (.relatedMatch, ["relatedmatch", "related"]),
        (.broader, ["broader", "parent", "isa", "kindof", "subclassof"]), (.narrower, ["narrower", "child"]),
        (.replacedBy, ["replacedby", "isreplacedby", "successor", "supersededby", "renamedto"]),
        (.canonical, ["canonical", "variantof"]),
      ]
      guard let found = known.first(where: { $0.1.contains { $0.utf8.elementsEqual(name) } }) else { return nil }
      self = found.0
    }
  }

  package var from: String
  package var relation: Relation
  package var to: String

  package init(from: String, relation: Relation, to: String) {
    self.from = from
    self.relation = relation
    self.to = to
  }
}

/// What mappings say of the terms they name.
package struct MappedRelations: Sendable {
  private var relations: [[UInt8]: [(relation: Mapping.Relation, id: String)]] = [:]

  /// Cost: linear.
  package init(_ mappings: [Mapping]) {
    for mapping in mappings {
      relations[Array(mapping.from.utf8), default: []].append((mapping.relation, mapping.to))
      // A narrower term is one whose broader term this is.
      if mapping.relation == .narrower {
        relations[Array(mapping.to.utf8), default: []].append((.broader, mapping.from))
      }
    }
  }

  package var isEmpty: Bool { relations.isEmpty }
  /// The terms of which something is said.
  package var ids: some Collection<[UInt8]> { relations.keys }

  package func apply(to term: inout Term) {
    for (relation, id) in relations[Array(term.id.utf8)] ?? [] { term.add(relation, id) }
  }
}

extension Term {
  fileprivate mutating func add(_ relation: Mapping.Relation, _ id: String) {
    func add(to list: inout [String]) {
      if !list.contains(where: { $0.utf8.elementsEqual(id.utf8) }) { list.append(id) }
    }
    switch relation {
    case .exactMatch: add(to: &exactMatch)
    case .closeMatch: add(to: &closeMatch)
    case .broadMatch: add(to: &broadMatch)
    case .narrowMatch: add(to: &narrowMatch)
    case .broader: add(to: &broader)
    case .replacedBy: add(to: &replacedBy)
    case .canonical: canonical = id
    case .relatedMatch, .narrower: break
    }
  }
}
