import Facts
import Findings
import Manifest

extension Workspace {
  /// How many records are looked at between two chances for an edit to come in.
  static let hostSlice = 256

  /// Looks at waiting records: what the schema says, what they define and name, what their fields are.
  ///
  /// Cost: per record its tree and its schema program, some microseconds.
  func runHost(_ state: DocumentState, onlyHot: Bool, limit: Int = .max) {
    var left = limit
    while left > 0, let id = state.hostQueue.take(onlyHot: onlyHot) {
      left -= 1
      runHost(state, id, isHot: onlyHot)
    }
    if state.hostQueue.isEmpty, state.links.hasWaiting {
      let updates = state.links.updateWaiting(in: state.store, isIndexed: { _, _ in true }, text: { self.text(at: $0, state) })
      keep(updates, in: state)
    }
  }

  private func runHost(_ state: DocumentState, _ id: RecordID, isHot: Bool) {
    guard let record = state.document.record(id), let tree = state.document.tree(of: id) else { return }
    state.recordsRead += 1
    let owner = Owner.host(state.reference(id))
    guard let checker = state.checker else {
      state.findings[owner] = nonEmpty(SyntaxFindings.duplicateKeys(in: tree, of: state.reference(id)))
      return
    }
    let result = checker.host.result(for: record, tree: tree, in: state.document, id: state.id)
    state.findings[owner] = nonEmpty(result.findings)
    let facts = holding(result, of: owner, in: state, id)
    let outcome = state.store.replace(owner: owner, facts: facts)
    if outcome.added < facts.count { state.store.reviewLinks(of: owner) }
    if state.context.update(tree, of: id) { recheckRecords(inside: record, of: state) }
    guard checker.isOfInterest(result) else { return }
    for call in checker.calls {
      if isHot {
        state.checkQueues[call.number, default: WorkQueue()].addHot(id)
      } else {
        state.checkQueues[call.number, default: WorkQueue()].add(CollectionOfOne(id), focus: state.document.innermostRecord(at: state.focus).id)
      }
    }
  }

  /// A record that does not parse keeps the definitions it had, until it parses again or typing rests.
  private func holding(_ result: HostResult, of owner: Owner, in state: DocumentState, _ id: RecordID) -> [StatedFact] {
    guard let checker = state.checker else { return result.facts }
    let isBroken = !result.tree.problems.isEmpty
    let known = state.store.facts(of: owner).map(\.fact).filter { checker.definitionKinds.contains($0.kind) }
    let stated = result.facts.filter { checker.definitionKinds.contains($0.kind) }
    let lost = known.filter { old in !stated.contains { $0.kind == old.kind } }
    guard isBroken, !lost.isEmpty, !state.releasesHolds else {
      state.held.remove(id)
      return result.facts
    }
    state.held.insert(id)
    state.holdGeneration += 1
    scheduleRelease(of: state)
    return result.facts + lost
  }

  /// What an ancestor's members say may matter to every record in it.
  private func recheckRecords(inside outer: Record, of state: DocumentState) {
    guard let checker = state.checker, !checker.contextNames.isEmpty else { return }
    let inner = state.document.records(in: outer.range).filter { outer.id < $0.id }.map(\.id)
    guard !inner.isEmpty else { return }
    for call in checker.calls { state.checkQueues[call.number, default: WorkQueue()].add(inner, focus: outer.id) }
  }

  /// The text at a place, as a person reads it: strings without their quotes.
  func text(at place: Place, _ state: DocumentState) -> String {
    guard let tree = state.document.tree(of: place.record.record) else { return "" }
    return tree.readableText(in: Int(place.start)..<Int(max(place.start, place.end)))
  }

  func keep(_ updates: [LinkFindings], in state: DocumentState) {
    for update in updates {
      let key = DocumentState.LinkKey(family: update.family, key: update.key)
      state.linkFindings[key] = nonEmpty(update.findings)
    }
  }

  func nonEmpty(_ findings: [Finding]) -> [Finding]? { findings.isEmpty ? nil : findings }
}
