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
    for (record, identifiers) in list {
      for index in identifiers.indices {
        guard left > 0 else { return }
        left -= 1
        guard let rank = rank(of: identifiers[index], atMost: worst(behind: record, of: document)) else { continue }
        add(IdentifierMatch(identifier: identifiers[index], document: document, scope: scope, rank: rank))
      }
    }
  }

  /// The least good rank with which an id of a record is among the best yet.
  ///
  /// Nearly all of many ids come too late, and are not worth a closer look.
  private func worst(behind record: RecordID, of document: DocumentID) -> MatchRank? {
    guard best.count == limit, let last = best.last else { return .slip }
    let isLater = document == last.document ? last.identifier.record < record : isBefore(last.document, document)
    return isLater ? MatchRank(rawValue: last.rank.rawValue - 1) : last.rank
  }

  private static let documentCost = 8

  private mutating func add(_ match: IdentifierMatch) {
    if best.count == limit, let last = best.last, !precedes(match, last) { return }
    // Most come too late to be among the few that are kept, so what follows is seldom reached.
    if match.scope.isShared, let known = best.firstIndex(where: { isSame($0, match) }) {
      guard precedes(match, best[known]) else { return }
      best.remove(at: known)
    }
    best.insert(match, at: place(of: match))
    if best.count > limit { best.removeLast() }
  }

  private func place(of match: IdentifierMatch) -> Int {
    var (low, high) = (0, best.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(match, best[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// One id that several files give is offered once.
  private func isSame(_ a: IdentifierMatch, _ b: IdentifierMatch) -> Bool {
    a.document != b.document && a.scope.isShared && b.scope.isShared && a.identifier.key == b.identifier.key
  }

  private func precedes(_ a: IdentifierMatch, _ b: IdentifierMatch) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    guard a.document == b.document else { return isBefore(a.document, b.document) }
    if a.identifier.record != b.identifier.record { return a.identifier.record < b.identifier.record }
    if a.scope.kind != b.scope.kind { return a.scope.kind < b.scope.kind }
    return a.identifier.key.lexicographicallyPrecedes(b.identifier.key)
  }

  private func isBefore(_ a: DocumentID, _ b: DocumentID) -> Bool { a == own || b != own && a < b }

  /// `nil` also where it would be worse than `worst`.
  private func rank(of identifier: NamedIdentifier, atMost worst: MatchRank?) -> MatchRank? {
    guard let worst else { return nil }
    let rank = rank(of: identifier)
    return rank.flatMap { $0 <= worst ? $0 : nil }
  }

  private func rank(of identifier: NamedIdentifier) -> MatchRank? {
    if typed.isEmpty { return .exact }
    if let rank = Self.rank(ofKey: identifier.key.span, beginning: typed.text.span) { return rank }
    let byName =
      identifier.foldedName.isEmpty ? nil : typed.rank(ofFolded: identifier.foldedName, allowsScattered: false)
    guard identifier.key.first == UInt8(ascii: "s") else { return byName }
    let byID = typed.rank(of: String(decoding: identifier.key.dropFirst(), as: UTF8.self))
    switch (byName, byID) {
    case (let name?, let id?): return min(name, id)
    default: return byName ?? byID
    }
  }

  /// Whether an id, which stands behind the first byte of its key, is what was typed or begins with it.
  private static func rank(ofKey key: Span<UInt8>, beginning text: Span<UInt8>) -> MatchRank? {
    guard key.count > text.count else { return nil }
    for index in text.indices where key[index + 1] != text[index] { return nil }
    return key.count == text.count + 1 ? .exact : .prefix
  }
}
