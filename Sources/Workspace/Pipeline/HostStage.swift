import Facts
import Findings
import Manifest
import Schema

/// What the host itself makes of one record: what the schema says, its roles, and the facts that roles and declarations state.
struct HostResult: Sendable {
  var meaning: RecordMeaning
  var findings: [Finding] = []
  var facts: [StatedFact] = []
  /// Values that name terms; what they are worth depends on the vocabularies.
  var terms: [TermUse] = []
  /// What it claims by its format's own declarations, not read to the end.
  var claims: [Claim] = []
  /// Values that identify a person.
  var privateNodes: [UInt32] = []
  /// Media paths in it, as written.
  var media: [MediaPath] = []
  var definesSomething = false
  /// What it says, as a hash, where its list may hold nothing twice.
  var entryHash: UInt64?
  /// The ids it defines that something may refer to.
  var identifiers: [(scope: IdentifierIndex.Scope, identifier: NamedIdentifier)] = []

  struct MediaPath: Sendable, Hashable {
    var file: MediaFile
    var place: Place
  }

  init(tree: RecordTree) { meaning = RecordMeaning(tree: tree) }

  var tree: RecordTree { meaning.tree }
  var roles: RoleTable { meaning.roles }
}

/// What a record's format makes of it: all that plugins are given of a record, and that their look-ups need.
struct RecordMeaning: Sendable {
  var tree: RecordTree
  /// Fields numbered by the dialect's `FieldNames`.
  var roles = RoleTable()
  /// What its references mean, by node.
  var references: [UInt32: (key: FactKey, kinds: [FactKind])] = [:]
}

extension HostResult {
  /// Of a record whose format nobody knows.
  init(plain tree: RecordTree, of record: RecordReference) {
    self.init(tree: tree)
    findings = SyntaxFindings.duplicateKeys(in: tree, of: record)
  }
}

struct HostStage: Sendable {
  let dialect: Dialect
  let regionKind: FactKind?
  let assetField: UInt32?
  let labelField: UInt32?
  /// Kinds of ids that some reference of this or another format may mean.
  private let referredKinds: Set<FactKind>

  init(dialect: Dialect, kinds: KindRegistry) {
    self.dialect = dialect
    regionKind = kinds[HostFacts.region]
    assetField = dialect.field("asset")
    labelField = dialect.field("label")
    referredKinds = Set(
      zip(dialect.definitionKinds, dialect.familiesOfDefinitions).compactMap { kind, family in
        family?.references.isEmpty == false ? kind : nil
      })
  }

  /// Pure: the record's own text, the schema, and its ancestors' identities. Of what it defines, members in `exports` are told
  /// besides those that the schema names.
  func result(
    for record: Record, tree: RecordTree, in document: Document, id: DocumentID, evaluator: SchemaEvaluator,
    exports: [String] = []
  ) -> HostResult {
    var result = HostResult(tree: tree)
    let reference = RecordReference(document: id, record: record.id)
    result.findings = SyntaxFindings.duplicateKeys(in: tree, of: reference)
    result.entryHash = dialect.entryHash(of: record, tree)
    guard let evaluation = evaluation(of: record, tree, in: document, evaluator) else { return result }
    let places = PlaceMaker(record: reference, tree: tree)
    result.findings += evaluation.findings.map { found in
      var finding = places.finding(found)
      // Against a schema alone each line is a file of its own, and has its own answer.
      if dialect.foldsNothing { finding.fold = nil }
      return finding
    }
    result.meaning.roles = evaluation.roles
    result.terms = evaluation.terms
    let scopes = Scopes(document: document, id: id, record: record)
    stateLinks(evaluation, exports, scopes: scopes, places: places, into: &result)
    stateRegions(scopes: scopes, places: places, into: &result)
    result.claims = evaluation.claims
    result.privateNodes = evaluation.privateNodes
    for use in evaluation.media {
      guard let node = places.node(use.node), let path = String(validating: use.path, as: UTF8.self),
        dialect.program.declarations.media.indices.contains(use.declaration)
      else { continue }
      let file = MediaFile(path: path, modality: dialect.program.declarations.media[use.declaration].modality)
      result.media.append(HostResult.MediaPath(file: file, place: places.place(of: node)))
    }
    return result
  }

  /// What plugins are given of a record that is as it was. Its findings and facts are known; they are not worked out again.
  func meaning(
    of record: Record, tree: RecordTree, in document: Document, id: DocumentID, evaluator: SchemaEvaluator
  ) -> RecordMeaning {
    var meaning = RecordMeaning(tree: tree)
    guard let evaluation = evaluation(of: record, tree, in: document, evaluator, onlyRoles: true) else {
      return meaning
    }
    meaning.roles = evaluation.roles
    for (use, _, key) in links(evaluation, Scopes(document: document, id: id, record: record)) {
      meaning.references[use.node] = (key, dialect.definitionsOfReference[use.declaration])
    }
    return meaning
  }

  /// What the schema says of a record; `nil` if it says nothing of such records.
  private func evaluation(
    of record: Record, _ tree: RecordTree, in document: Document, _ evaluator: SchemaEvaluator, onlyRoles: Bool = false
  ) -> Evaluation? {
    let key = dialect.readsKeys ? document.key(of: record.id) : nil
    guard let entry = dialect.entry(of: record, key: key) else { return nil }
    var options = EvaluationOptions(recordKey: key, recordOrdinal: record.ordinal)
    options.onlyRoles = onlyRoles
    return evaluator.evaluate(tree, at: entry, options: options)
  }

  private func stateLinks(
    _ evaluation: Evaluation, _ exports: [String], scopes: Scopes, places: PlaceMaker, into result: inout HostResult
  ) {
    let declarations = dialect.program.declarations
    let hidden = HiddenNodes(evaluation, in: result.tree)
    for definition in evaluation.definitions {
      guard definition.declaration < declarations.defines.count,
        let kind = dialect.definitionKinds[definition.declaration],
        let key = scopes.key(definition.key, in: declarations.defines[definition.declaration].scope)
      else { continue }
      result.definesSomething = true
      let scope = declarations.defines[definition.declaration].scope
      if referredKinds.contains(kind), !hidden.contains(Int(definition.node)),
        let ancestor = scopes.ancestorLabel(in: scope)
      {
        result.identifiers.append(
          (
            IdentifierIndex.Scope(kind: kind, ancestor: ancestor, isShared: scope == .dataset),
            NamedIdentifier(
              definition.key, name: isNameHidden(definition, hidden, result.tree) ? nil : definition.name,
              record: scopes.record.id)
          ))
      }
      let declared = declarations.defines[definition.declaration].exports
      var payload = HostFacts.Exports()
      for (export, value) in zip(declared, definition.exports) { payload.add(export.name, value) }
      for name in exports where !declared.contains(where: { $0.name == name }) {
        payload.add(name, places.member(name, ofThingAt: definition.node))
      }
      result.facts.append(
        StatedFact(
          kind: kind, key: key, places: [.init("", places.place(definition.range))], payload: payload.text))
    }
    for (use, kind, key) in links(evaluation, scopes) {
      result.meaning.references[use.node] = (key, dialect.definitionsOfReference[use.declaration])
      result.facts.append(StatedFact(kind: kind, key: key, places: [.init("", places.place(use.range))]))
    }
  }

  /// The references of a record that can be followed, with what they are kept by.
  private func links(_ evaluation: Evaluation, _ scopes: Scopes) -> [(use: Reference, kind: FactKind, key: FactKey)] {
    let declared = dialect.program.declarations.references
    // A text where a number belongs is said to be that, and not to lead nowhere as well.
    func isMistyped(_ node: UInt32) -> Bool {
      evaluation.findings.contains { $0.node == node && $0.rule == "schema/type" }
    }
    return evaluation.references.compactMap { use in
      guard !isMistyped(use.node), use.declaration < declared.count, let kind = dialect.referenceKinds[use.declaration],
        let key = scopes.key(use.key, in: declared[use.declaration].scope)
      else { return nil }
      return (use, kind, key)
    }
  }

  /// Whether what a definition is called must not be shown.
  private func isNameHidden(_ definition: Definition, _ hidden: HiddenNodes, _ tree: RecordTree) -> Bool {
    guard definition.name != nil, !hidden.isEmpty else { return false }
    return dialect.program.nameNode(ofDefinition: definition.declaration, in: tree).map(hidden.contains) ?? false
  }

  /// `region by asset`, with its box or interval: what rules of every format compare. Two people's labels of one picture, each
  /// in a list of its own, are not compared: a region's key is its asset among the records it stands beside.
  private func stateRegions(scopes: Scopes, places: PlaceMaker, into result: inout HostResult) {
    let roles = result.roles
    guard let regionKind, roles.role == .region || roles.role == .event,
      let asset = roles.entries.first(where: { $0.field == assetField }),
      let geometry = roles.entries.first(where: { HostFacts.extent(of: $0, in: roles) != nil }),
      let node = places.node(geometry.node), let assetNode = places.node(asset.node)
    else { return }
    let label = roles.entries.first { $0.field == labelField }.flatMap { places.node($0.node) }
    let text = label.map { result.tree.scalarText(of: $0) } ?? []
    let assetKey =
      result.meaning.references[asset.node]?.key ?? FactKey(text: result.tree.scalarText(of: assetNode), in: scopes.id)
    let parent = scopes.record.parent ?? .document
    let key = parent == .document ? assetKey : assetKey.scoped(to: parent.label, 1)
    result.facts.append(
      StatedFact(
        kind: regionKind, key: key,
        places: [.init("", places.place(of: node)), .init("record", places.place(of: 0))],
        payload: Array(text.prefix(HostFacts.payloadLimit)), extent: HostFacts.extent(of: geometry, in: roles)))
  }
}
