import Facts
import Findings
import Manifest
import Schema

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

/// The ids that a document defines, kept by record so that an edit replaces a record's own. Only kinds that something refers to.
struct IdentifierIndex {
  /// Where ids of a kind are known: the document, or one ancestor.
  struct Scope: Sendable, Hashable {
    var kind: FactKind
    /// Label of the ancestor; 0 for the document.
    var ancestor: UInt64
    /// Known in every file of the dataset.
    var isShared = false
  }

  private(set) var lists: [Scope: [RecordID: [NamedIdentifier]]] = [:]
  /// Where a record's ids are, so that they can be taken away.
  private var scopes: [RecordID: [Scope]] = [:]

  struct Change {
    /// Kinds of shared ids came or went altogether.
    var ofSharedKinds: Bool
    /// Ids came or went, or are called otherwise.
    var ofNames: Bool
  }

  mutating func replace(
    _ record: RecordID, with identifiers: [(scope: Scope, identifier: NamedIdentifier)]
  ) -> Change {
    guard !identifiers.isEmpty || scopes[record] != nil else { return Change(ofSharedKinds: false, ofNames: false) }
    let known = Set(scopes[record] ?? []).flatMap { lists[$0]?[record] ?? [] }
    let removed = take(record)
    var added: Set<Scope> = []
    for (scope, identifier) in identifiers {
      if scope.isShared, lists[scope] == nil { added.insert(scope) }
      lists[scope, default: [:]][record, default: []].append(identifier)
    }
    if !identifiers.isEmpty { scopes[record] = identifiers.map(\.scope) }
    let names = identifiers.map(\.identifier)
    return Change(ofSharedKinds: added != removed, ofNames: known != names && Set(known) != Set(names))
  }

  /// Says whether kinds of shared ids went altogether.
  mutating func remove(_ record: RecordID) -> Bool { !take(record).isEmpty }

  /// The scopes of shared ids that went with it.
  private mutating func take(_ record: RecordID) -> Set<Scope> {
    var gone: Set<Scope> = []
    for scope in scopes.removeValue(forKey: record) ?? [] {
      lists[scope]?[record] = nil
      guard lists[scope]?.isEmpty == true else { continue }
      lists[scope] = nil
      if scope.isShared { gone.insert(scope) }
    }
    return gone
  }

  /// The kinds of ids that are known in every file of the dataset.
  var sharedKinds: Set<FactKind> { Set(lists.keys.lazy.filter(\.isShared).map(\.kind)) }
}

extension IdentifierIndex.Scope {
  /// What the facts about an id of this scope are joined on.
  func key(of id: [UInt8], _ declared: DeclaredScope, in document: DocumentID) -> FactKey {
    switch declared {
    case .dataset: FactKey(text: id)
    case .document: FactKey(text: id, in: document)
    case .ancestor: FactKey(text: id, in: document).scoped(to: ancestor, 1)
    }
  }
}
