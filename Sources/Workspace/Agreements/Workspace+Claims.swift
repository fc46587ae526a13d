import Facts
import Findings
import Manifest
import Schema

extension Workspace {
  var claimKind: FactKind? { library.plan.kinds[HostFacts.claim] }

  /// What a record claims, as facts; notes what was looked up for it, so that a change there has it looked at again.
  func claims(of record: Record, _ result: HostResult, in state: DocumentState) -> [StatedFact] {
    guard !state.claims.isEmpty, let claimKind else { return [] }
    let reader = RecordClaims(record, result, of: state)
    let places = PlaceMaker(record: state.reference(record.id), tree: result.tree)
    let facts = reader.claims().map { claim in
      StatedFact(
        kind: claimKind, key: claim.key, places: [.init("", places.place(of: Int(claim.value.node)))],
        payload: ClaimPayload.bytes(of: claim), extent: claim.extent)
    }
    state.store.noteReads(of: .host(state.reference(record.id)), reader.lookedUp)
    return facts
  }

  /// Has the records in this one looked at again where what their claims read of it has changed.
  func noteOuterValues(of record: Record, _ tree: RecordTree, in state: DocumentState) {
    let ways = state.claims.outerWays
    guard !ways.isEmpty, state.document.holdsRecords(record) else { return }
    let values = ways.map { $0.value(in: tree, from: 0)?.text ?? [] }
    guard let known = state.outerValues.updateValue(values, forKey: record.id), known != values else { return }
    let inner = state.document.records(in: record.range).filter { record.id < $0.id }.map(\.id)
    state.claimQueue.add(inner, focus: record.id)
  }

  /// Reads the claims of a record again that is as it was. Nothing else of it can be different, so no plugin is asked.
  ///
  /// Cost: that of its tree and its schema program.
  func readClaimsAgain(of id: RecordID, in state: DocumentState) {
    guard let claimKind, let record = state.document.record(id), let tree = state.document.tree(of: id) else { return }
    // What is half typed keeps what it claimed; entries of a list have circles to look for.
    guard tree.problems.isEmpty, state.vocabulary == nil else { return lookAtAgain(record, in: state) }
    let result: HostResult
    if let checker = state.checker, let evaluator = state.evaluator {
      result = checker.host.result(
        for: record, tree: tree, in: state.document, id: state.id, evaluator: evaluator, exports: state.claims.exports)
    } else {
      result = HostResult(tree: tree)
    }
    let owner = Owner.host(state.reference(id))
    let others = state.store.facts(of: owner).map(\.fact).filter { $0.kind != claimKind }
    state.store.replace(owner: owner, facts: others + claims(of: record, result, in: state))
  }
}

extension Document {
  /// Whether records of this one's kind have others in them.
  func holdsRecords(_ record: Record) -> Bool {
    guard record.type > 0 else { return !shape.patterns.isEmpty }
    guard record.type <= shape.patterns.count else { return false }
    let own = shape.patterns[record.type - 1].steps
    return shape.patterns.contains { $0.steps.count > own.count && $0.steps.starts(with: own) }
  }
}
