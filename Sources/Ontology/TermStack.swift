/// Lists that lie over each other, and what mappings say of their terms.
package struct TermStack {
  /// The one that counts first in front.
  private let lists: [TermIndex]
  private let mappings: MappedRelations
  /// Terms that are laid over the largest list in any case.
  private static let alwaysLaidOver = 20_000

  /// There is a list at least.
  package init?(_ lists: [TermIndex], _ mappings: MappedRelations) {
    guard !lists.isEmpty else { return nil }
    self.lists = lists
    self.mappings = mappings
  }

  /// All of it as one list: what is little is laid over the largest list, which stays as it was compiled.
  ///
  /// Cost: compiling all that is not in the largest list, or all, if that is much.
  package var joined: TermIndex {
    var joined = lists.count == 1 && mappings.isEmpty ? lists[0] : laidOver
    joined.version = lists.first { !$0.version.isEmpty }?.version ?? ""
    return joined
  }

  private var laidOver: TermIndex {
    let largest = lists.indices.max { lists[$0].count < lists[$1].count } ?? 0
    let base = lists[largest]
    let rest = lists.reduce(mappings.ids.count - base.count) { $0 + $1.count }
    guard rest <= max(Self.alwaysLaidOver, base.count / 8) else { return compiled }
    var changed: [[UInt8]: Term] = [:]
    for (place, list) in lists.enumerated() where place != largest {
      list.forEachTerm { term in
        let id = Array(term.id.utf8)
        if changed[id] == nil, place < largest || base.term(id) == nil { changed[id] = term }
      }
    }
    for id in mappings.ids {
      guard var term = changed[id] ?? base.term(id) else { continue }
      mappings.apply(to: &term)
      changed[id] = term
    }
    return base.applying(VocabularyChange(changed: Array(changed.values)))
  }

  private var compiled: TermIndex {
    var records = TermRecords()
    for list in lists {
      list.forEachTerm { term in
        var term = term
        mappings.apply(to: &term)
        records.add(term)
      }
    }
    // Of several terms with one id the first counts.
    return TermIndex(records, id: lists[0].id, version: "")
  }
}
