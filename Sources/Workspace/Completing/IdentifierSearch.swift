import Findings
import Manifest

/// An id that answers what was typed.
struct IdentifierMatch: Sendable {
  var identifier: NamedIdentifier
  /// Where its record stands.
  var document: DocumentID
  var scope: IdentifierIndex.Scope
  var rank: MatchRank
}

/// Looks for what was typed among the ids of one document after the other, and keeps the best.
struct IdentifierSearch {
  private let typed: TypedText
  /// Where equally good, ids of this document come first.
  private let own: DocumentID?
  private let limit: Int
  /// How many ids are looked at yet; beyond, one is found only by chance.
  private(set) var left: Int
  /// In order.
  private(set) var best: [IdentifierMatch] = []

  init(_ typed: TypedText, own: DocumentID?, limit: Int, searching: Int = 50_000) {
    self.typed = typed
    self.own = own
    self.limit = limit
    left = searching
  }

  /// Cost: a comparison for each id of the scope, as long as any are left.
  mutating func look(in index: IdentifierIndex, _ scope: IdentifierIndex.Scope, of document: DocumentID) {
    // To find a document costs more than to look at an id.
    left -= Self.documentCost
    guard left > 0, let list = index.lists[scope] else { return }
    for identifiers in list.values {
      for identifier in identifiers {
        guard left > 0 else { return }
        left -= 1
        guard let rank = rank(of: identifier) else { continue }
        add(IdentifierMatch(identifier: identifier, document: document, scope: scope, rank: rank))
      }
    }
  }

  private static let documentCost = 8

  private mutating func add(_ match: IdentifierMatch) {
    if best.count == limit, let last = best.last, !precedes(match, last) { return }
    // Most come too late to be among the few that are kept, so what follows is seldom reached.
    if let known = best.firstIndex(where: { isSame($0, match) }) {
      guard precedes(match, best[known]) else { return }
      best.remove(at: known)
    }
    best.insert(match, at: best.firstIndex { precedes(match, $0) } ?? best.count)
    if best.count > limit { best.removeLast() }
  }

  /// One id that several files give is offered once.
  private func isSame(_ a: IdentifierMatch, _ b: IdentifierMatch) -> Bool {
    a.document != b.document && a.scope.isShared && b.scope.isShared && a.identifier.key == b.identifier.key
  }

  private func precedes(_ a: IdentifierMatch, _ b: IdentifierMatch) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    guard a.document == b.document else {
      return a.document == own || b.document != own && a.document < b.document
    }
    if a.identifier.record != b.identifier.record { return a.identifier.record < b.identifier.record }
    if a.scope.kind != b.scope.kind { return a.scope.kind < b.scope.kind }
    return a.identifier.key.lexicographicallyPrecedes(b.identifier.key)
  }

  private func rank(of identifier: NamedIdentifier) -> MatchRank? {
    if typed.isEmpty { return .exact }
    let id = identifier.key.dropFirst()
    if id.elementsEqual(typed.text) { return .exact }
    if id.starts(with: typed.text) { return .prefix }
    let byName =
      identifier.foldedName.isEmpty ? nil : typed.rank(ofFolded: identifier.foldedName, allowsScattered: false)
    guard identifier.key.first == UInt8(ascii: "s") else { return byName }
    let byID = typed.rank(of: String(decoding: id, as: UTF8.self))
    switch (byName, byID) {
    case (let name?, let id?): return min(name, id)
    default: return byName ?? byID
    }
  }
}
