import Facts
import Manifest

/// What an id is written as and what it names, for those who choose among them.
struct NamedIdentifier: Sendable, Hashable {
  /// Canonical; see `Definition.key`.
  var key: [UInt8]
  var name: String?
  /// Folded, for search.
  var foldedName: [UInt8]
  var record: RecordID

  init(_ key: [UInt8], name: String?, record: RecordID) {
    self.key = key
    self.name = name
    foldedName = name.map { TypedText.fold($0) } ?? []
    self.record = record
  }

  /// The id as JSON: what a reference to it says.
  var literal: [UInt8] {
    key.first == UInt8(ascii: "s") ? JSONLiteral.quoted(Array(key.dropFirst())) : Array(key.dropFirst())
  }
}

/// An id that answers what was typed.
struct IdentifierMatch: Sendable {
  var literal: [UInt8]
  var name: String?
  /// What it is an id of, in the format's words.
  var kind: String
  var record: RecordID
  var rank: MatchRank
}

/// The ids that a document defines, kept by record so that an edit replaces a record's own. Only kinds that something refers to.
struct IdentifierIndex {
  /// Where ids of a kind are known: the document, or one ancestor.
  struct Scope: Hashable {
    var kind: FactKind
    /// Label of the ancestor; 0 for the document.
    var ancestor: UInt64
  }

  /// So many are looked through for one list; beyond, an id is found by its beginning digits only while it is among them.
  static let searchLimit = 50_000

  private var lists: [Scope: [RecordID: [NamedIdentifier]]] = [:]
  /// Where a record's ids are, so that they can be taken away.
  private var scopes: [RecordID: [Scope]] = [:]

  mutating func replace(_ record: RecordID, with identifiers: [(scope: Scope, identifier: NamedIdentifier)]) {
    remove(record)
    guard !identifiers.isEmpty else { return }
    for (scope, identifier) in identifiers { lists[scope, default: [:]][record, default: []].append(identifier) }
    scopes[record] = identifiers.map(\.scope)
  }

  mutating func remove(_ record: RecordID) {
    for scope in scopes.removeValue(forKey: record) ?? [] {
      lists[scope]?[record] = nil
      if lists[scope]?.isEmpty == true { lists[scope] = nil }
    }
  }

  /// The best `limit` answers to what was typed, in document order where equally good.
  ///
  /// Cost: a comparison for each id of the scope, up to `searchLimit`.
  func matches(_ typed: TypedText, in scope: Scope, kind: String, limit: Int) -> [IdentifierMatch] {
    guard let list = lists[scope] else { return [] }
    var best: [Found] = []
    for identifiers in list.values.prefix(Self.searchLimit) {
      for identifier in identifiers {
        guard let rank = rank(of: identifier, typed) else { continue }
        if best.count == limit, let last = best.last, !Self.precedes((rank, identifier), last) { continue }
        // Most come too late to be among the few that are kept, so this place is seldom reached.
        let place = best.firstIndex { Self.precedes((rank, identifier), $0) } ?? best.count
        best.insert((rank, identifier), at: place)
        if best.count > limit { best.removeLast() }
      }
    }
    return best.map { rank, identifier in
      IdentifierMatch(
        literal: identifier.literal, name: identifier.name, kind: kind, record: identifier.record, rank: rank)
    }
  }

  private typealias Found = (rank: MatchRank, identifier: NamedIdentifier)

  private static func precedes(_ a: Found, _ b: Found) -> Bool {
    (a.rank.rawValue, a.identifier.record) < (b.rank.rawValue, b.identifier.record)
  }

  private func rank(of identifier: NamedIdentifier, _ typed: TypedText) -> MatchRank? {
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
