import Facts
import Findings
import Manifest
import PluginHost

extension Workspace {
  /// How many records are looked at again, or taken up, between two chances for an edit to come in: a few milliseconds.
  static let hostSlice = 64

  /// Looks at waiting records: what the schema says, what they define and name, what their fields are.
  ///
  /// Cost: per record its tree and its schema program, some microseconds.
  func runHost(_ state: DocumentState, onlyHot: Bool, limit: Int = .max) {
    // Its place may be another's by now: the same file, opened anew.
    guard !state.isClosed else { return }
    var left = limit
    while left > 0, let id = onlyHot ? state.hostQueue.takeHot() : state.hostQueue.takeCold() {
      left -= 1
      state.scan?.noteDone(id)
      guard let record = state.document.record(id), runHost(state, record) != nil else { continue }
      for call in state.checker?.calls ?? [] {
        if onlyHot {
          state.checkQueues[call.number, default: WorkQueue()].addHot(id)
        } else {
          state.checkQueues[call.number, default: WorkQueue()].add(CollectionOfOne(id), focus: focusRecord(of: state))
        }
      }
    }
    while !onlyHot, left > 0, let id = state.claimQueue.takeCold() {
      left -= 1
      readClaimsAgain(of: id, in: state)
    }
    finishIndexing(state)
  }

  /// Looks at a record again for what the host itself has to say of it.
  func lookAtAgain(_ record: Record, in state: DocumentState) { _ = runHost(state, record) }

  /// Takes up what records of the first walk came to, and says what is to be sent to the plugins for them.
  func takeUp(_ slice: ReadSlice, in state: DocumentState) async -> [PendingCall] {
    var calls: [PendingCall] = []
    for (index, read) in slice.records.enumerated() {
      if index > 0, index.isMultiple(of: Self.hostSlice) {
        await Task.yield()
        if state.isClosed { return [] }
      }
      if state.checker?.isOfInterest(read.result.roles) == true { state.ruleCounts?.note(read.result.roles) }
      guard state.scan?.isDone(read.record.id) == false else { continue }
      if state.revision == slice.revision {
        if takeUp(read.result, of: read.record, in: state) {
          calls += firstCalls(for: read.record, read.result.meaning, in: state)
        }
      } else if let record = state.document.record(read.record.id), let result = runHost(state, record) {
        // It may be another by now, or stand elsewhere.
        calls += firstCalls(for: record, result.meaning, in: state)
      }
    }
    return calls
  }

  private func firstCalls(for record: Record, _ meaning: RecordMeaning, in state: DocumentState) -> [PendingCall] {
    guard let checker = state.checker else { return [] }
    let wanted = checker.calls.filter { $0.filter.wants(meaning.roles) }
    guard !wanted.isEmpty else { return [] }
    let input = recordInput(record, meaning, in: state, checker)
    return wanted.map { checkCall(record.id, $0, input, meaning, in: state) }
  }

  /// Every record has been looked at once.
  func finishScan(of state: DocumentState) {
    guard !state.isClosed else { return }
    state.scan = nil
    finishIndexing(state, isFirst: true)
  }

  /// What claims an absence has waited until every record was looked at.
  private func finishIndexing(_ state: DocumentState, isFirst: Bool = false) {
    guard state.isIndexed, isFirst || !state.space.lacksFiles else { return }
    judgeWaitingLinks(in: state.space)
  }

  /// Judges ids again that nobody had defined when they were met.
  func judgeWaitingLinks(in space: FactSpace) {
    if !space.lacksFiles { judgeWaitingClaims(in: space) }
    guard space.links.hasWaiting else { return }
    let updates = space.links.updateWaiting(
      in: space.store, isIndexed: { space.isIndexed(for: $0, in: $1) }, text: { self.text(at: $0, in: space) })
    keep(updates, in: space)
  }

  func focusRecord(of state: DocumentState) -> RecordID { state.document.innermostRecord(at: state.focus).id }

  /// What came of one record, if plugins have anything to look at in it.
  private func runHost(_ state: DocumentState, _ record: Record) -> HostResult? {
    guard let tree = state.document.tree(of: record.id) else { return nil }
    guard let checker = state.checker, let evaluator = state.evaluator else {
      _ = takeUp(HostResult(plain: tree, of: state.reference(record.id)), of: record, in: state)
      return nil
    }
    let result = checker.host.result(
      for: record, tree: tree, in: state.document, id: state.id, evaluator: evaluator, exports: state.claims.exports)
    return takeUp(result, of: record, in: state) ? result : nil
  }

  /// Puts what came of a record in place of what came of it before. Whether plugins have anything to look at in it.
  private func takeUp(_ found: HostResult, of record: Record, in state: DocumentState) -> Bool {
    state.recordsRead += 1
    guard let checker = state.checker else {
      takeUpPlain(found, of: record, in: state)
      return false
    }
    // Only what has more to say is copied: this is done for every record of a first walk.
    let isConcords = checker.dialect.id == DecisionFormat.id || checker.dialect.id == DatasetFormat.id
    guard state.vocabulary != nil || isConcords else { return takeUp(found, of: record, in: state, checker) }
    var result = found
    let reference = state.reference(record.id)
    state.vocabulary?.read(record, at: PlaceMaker(record: reference, tree: found.tree), into: &result)
    switch checker.dialect.id {
    case DecisionFormat.id: result.findings += DecisionRules.findings(in: result.tree, of: reference)
    case DatasetFormat.id: result.findings += DatasetRules.findings(in: result.tree, of: reference, library)
    default: break
    }
    return takeUp(result, of: record, in: state, checker)
  }

  /// The same of a record whose format nobody knows.
  private func takeUpPlain(_ result: HostResult, of record: Record, in state: DocumentState) {
    let owner = Owner.host(state.reference(record.id))
    state.put(result.findings, from: owner)
    state.store.replace(
      owner: owner, facts: holding(result, claims(of: record, result, in: state), of: owner, in: state))
    noteOuterValues(of: record, result.tree, in: state)
  }

  private func takeUp(
    _ result: HostResult, of record: Record, in state: DocumentState, _ checker: DocumentChecker
  ) -> Bool {
    let id = record.id
    let owner = Owner.host(state.reference(id))
    state.put(result.findings, from: owner)
    state.noteEntry(record, result.entryHash, result.tree)
    if result.tree.problems.isEmpty || !result.identifiers.isEmpty {
      let change = state.identifiers.replace(id, with: result.identifiers)
      if change.ofSharedKinds { state.space.forgetDefiners() }
      if change.ofNames { state.space.noteChange() }
    }
    judgeTerms(of: result, id, in: state)
    let claimed = claims(of: record, result, in: state)
    let stated = claimed.isEmpty ? result.facts : result.facts + claimed
    var facts = holding(result, stated, of: owner, in: state)
    if !result.media.isEmpty { facts += mediaFacts(of: result, id, in: state) }
    let outcome = state.store.replace(owner: owner, facts: facts)
    if !outcome.changedNothing { state.space.noteChange() }
    if outcome.added < facts.count { state.store.reviewLinks(of: owner) }
    noteCircles(result, id, in: state)
    noteOuterValues(of: record, result.tree, in: state)
    if state.context.update(result.tree, of: id) { recheckRecords(inside: record, of: state) }
    if checker.isOfInterest(result.roles) { return true }
    if state.scan == nil { forgetChecks(of: id, in: state, checker) }
    return false
  }

  /// Entries of a vocabulary that lead back to themselves. What was looked up wakes this entry when it changes.
  private func noteCircles(_ result: HostResult, _ id: RecordID, in state: DocumentState) {
    guard let vocabulary = state.vocabulary, id != .document, let name = vocabulary.id(of: result.tree) else { return }
    let owner = Owner.host(state.reference(id))
    let (findings, looked) = vocabulary.circles(of: state.reference(id), id: name, in: state.store)
    state.store.noteReads(of: owner, looked)
    state.put(result.findings + findings, from: owner)
  }

  /// What plugins said of a record in which they have nothing to look at any more.
  private func forgetChecks(of id: RecordID, in state: DocumentState, _ checker: DocumentChecker) {
    for call in checker.calls {
      let owner = Owner.check(state.reference(id), call.number)
      state.space.invalidate(owner)
      state.put([], from: owner)
      state.store.remove(owner: owner)
    }
  }

  /// A record that does not parse keeps the definitions and claims it had, until it parses again or typing rests.
  private func holding(
    _ result: HostResult, _ facts: [StatedFact], of owner: Owner, in state: DocumentState
  ) -> [StatedFact] {
    guard let id = owner.record?.record, !result.tree.problems.isEmpty, !state.releasesHolds else {
      owner.record.map { _ = state.held.remove($0.record) }
      return facts
    }
    func isHeld(_ kind: FactKind) -> Bool {
      kind == claimKind || state.checker?.definitionKinds.contains(kind) ?? false
    }
    let known = state.store.facts(of: owner).map(\.fact).filter { isHeld($0.kind) }
    let stated = facts.filter { isHeld($0.kind) }
    let lost = known.filter { old in !stated.contains { $0.kind == old.kind } }
    guard !lost.isEmpty else {
      state.held.remove(id)
      return facts
    }
    state.held.insert(id)
    state.holdGeneration += 1
    scheduleRelease(of: state)
    return facts + lost
  }

  /// What an ancestor's members say may matter to every record in it.
  private func recheckRecords(inside outer: Record, of state: DocumentState) {
    guard let checker = state.checker, !checker.contextNames.isEmpty else { return }
    let inner = state.document.records(in: outer.range).filter { outer.id < $0.id }.map(\.id)
    guard !inner.isEmpty else { return }
    for call in checker.calls { state.checkQueues[call.number, default: WorkQueue()].add(inner, focus: outer.id) }
  }

  /// The text at a place, as a person reads it: strings without their quotes.
  func text(at place: Place, in space: FactSpace) -> String {
    guard let tree = space.documents[place.record.document]?.document.tree(of: place.record.record) else { return "" }
    return tree.readableText(in: Int(place.start)..<Int(max(place.start, place.end)))
  }

  func keep(_ updates: [LinkFindings], in space: FactSpace) {
    for update in updates { space.put(update.findings, from: .link(family: update.family, update.key)) }
  }
}
