import Facts
import Findings
import Glibc
import Manifest
import PluginHost
import Schema

extension Workspace {
  /// Findings of one place for which something is offered.
  private static let findingLimit = 8

  /// What may be done about the findings that touch a range, in the order in which it is shown; nothing outside of a dataset, or
  /// where the text is another one by now.
  ///
  /// Cost: the findings of the dataset's files, compared with those few.
  package func actions(in range: Range<Int>, of snapshot: DocumentSnapshot) -> [FindingAction] {
    guard let state = documents[snapshot.uri], state.version == snapshot.version, state.isInDataset, !state.isDecisions
    else { return [] }
    let touching = snapshot.shown(near: range.lowerBound).findings.filter {
      $0.range.lowerBound <= range.upperBound && range.lowerBound <= $0.range.upperBound && !$0.isOfSyntax
    }.prefix(Self.findingLimit)
    let words = snapshot.words
    var offers: [FindingAction] = []
    for (shown, fingerprint) in zip(touching, snapshot.fingerprints(of: Array(touching))) {
      func offer(_ act: ActionRequest.Act, _ title: String) {
        let request = ActionRequest(uri: snapshot.uri, act: act, fingerprint: fingerprint)
        offers.append(FindingAction(title: title, finding: shown, request: request))
      }
      if let decision = shown.acceptance {
        let actor = decision.actor.map { Message.Argument("actor", $0) }
        offer(
          .withdraw, actor.map { words("Accepted by {actor}: take it back", $0) } ?? words("Accepted: take it back"))
        continue
      }
      let fellows = self.fellows(of: shown.finding, in: state)
      if reader?.role == .reviewer {
        if let (other, places, files) = replacement(for: shown.finding, among: fellows), places > 1 {
          offer(
            .useEverywhere,
            words(
              "Use \"{other}\" everywhere: {count} places in {files} {files#file|files}", .init("other", other),
              .init("count", String(places)), .init("files", String(files))))
        }
        if mapping(of: shown.finding, in: state) != nil { offer(.mapTerms, words("These two mean the same here")) }
      }
      offer(.acceptLabel, words("This is right, because …"))
      let count = Self.count(of: fellows, areJoint: isJoint(shown.finding, in: state))
      if count > 1 {
        offer(.acceptKind, words("All {count} of this kind are right, because …", .init("count", String(count))))
      }
    }
    return offers
  }

  /// The edits that do what was asked for; `nil` if what it was asked for is gone.
  package func edits(of request: ActionRequest) -> [FileEdits]? {
    guard let state = documents[request.uri], let finding = finding(request.fingerprint, in: state) else { return nil }
    switch request.act {
    case .acceptLabel: return acceptance(of: finding, request.fingerprint, .label, in: state).map { [$0] }
    case .acceptKind: return acceptance(of: finding, request.fingerprint, .kind, in: state).map { [$0] }
    case .withdraw: return withdrawal(from: finding, in: state).map { [$0] }
    case .useEverywhere: return everywhere(finding, in: state)
    case .mapTerms: return mapping(of: finding, in: state).flatMap { edits(of: $0) }
    }
  }

  /// The finding that a fingerprint means now. Cost: see `FindingIdentities`.
  private func finding(_ fingerprint: Fingerprint, in state: DocumentState) -> Finding? {
    let all = state.foundNow.all.filter { Fingerprint.kind(of: $0) == fingerprint.kind }
    var identities = FindingIdentities(state)
    return zip(all, identities.fingerprints(of: all)).first { $0.1 == fingerprint }?.0
  }

  // MARK: Its kind

  /// What is found of the same kind in a document's dataset and nobody has accepted.
  struct Fellows {
    var state: DocumentState
    var findings: [Finding]
  }

  /// Cost: every finding of the dataset is looked at, those of the same rule closely.
  func fellows(of finding: Finding, in state: DocumentState) -> [Fellows] {
    let kind = Fingerprint.kind(of: finding)
    let isJoined = dataset(of: state) != nil
    let states =
      isJoined
      ? Array(state.space.documents.values)
      : documents.values.filter { other in
        other.isInDataset && other.configuration?.root == state.configuration?.root
      }
    return states.sorted { $0.id < $1.id }.compactMap { other in
      let isOff = other.path.flatMap { other.configuration?.level(of: finding.rule, in: $0) }.map { $0.severity == nil }
      guard !other.isDecisions, isOff != true else { return nil }
      let same = other.foundNow.all.filter {
        $0.rule == finding.rule && Fingerprint.kind(of: $0) == kind
      }
      guard !same.isEmpty else { return nil }
      let accepted = acceptances(of: same, in: other).byFinding
      let open = same.indices.filter { accepted[$0] == nil }.map { same[$0] }
      return open.isEmpty ? nil : Fellows(state: other, findings: open)
    }
  }

  /// How many there are: of what files say together, each thing once.
  private static func count(of fellows: [Fellows], areJoint: Bool) -> Int {
    let all = fellows.flatMap(\.findings)
    if areJoint { return Set(all.compactMap(\.about).map(\.label)).count }
    return all.reduce(0) { $0 + max(1, min($1.count, 1 << 32)) }
  }

  /// Whether it is several claims that a finding is about, of whichever files.
  private func isJoint(_ finding: Finding, in state: DocumentState) -> Bool {
    if case .claims = state.space.source(of: finding) { true } else { false }
  }

  // MARK: The other side's value everywhere

  /// What the fix puts in a finding's place, and in how many places and files it may.
  private func replacement(for finding: Finding, among fellows: [Fellows]) -> (other: String, places: Int, files: Int)?
  {
    guard let use = finding.use else { return nil }
    let files = fellows.map { fellow in Set(fellow.findings.filter { $0.use?.title == use.title }.map(\.place)).count }
    return (use.title.arguments.first?.value ?? "", files.reduce(0, +), files.count { $0 > 0 })
  }

  private func everywhere(_ finding: Finding, in state: DocumentState) -> [FileEdits]? {
    guard reader?.role == .reviewer, let use = finding.use else { return nil }
    let fellows = fellows(of: finding, in: state)
    // What is written belongs into the text that was looked at, and into no other.
    guard fellows.allSatisfy({ !$0.state.isUnopened || $0.state.isAsOnDisk }) else { return nil }
    return fellows.compactMap { fellow in
      let fixes = fellow.findings.compactMap(\.use).filter { $0.title == use.title }
      let edits = fixes.flatMap { fix -> [FixEdit] in
        if case .edits(let edits) = fix.action { edits } else { [] }
      }
      guard !edits.isEmpty else { return nil }
      return DocumentSnapshot(of: fellow.state, in: self).textEdits(of: edits).map { FileEdits(fellow.state, $0) }
    }
  }

  // MARK: Decisions

  private func acceptance(
    of finding: Finding, _ fingerprint: Fingerprint, _ scope: Decision.Scope, in state: DocumentState
  ) -> FileEdits? {
    guard let configuration = state.configuration else { return nil }
    let isJoint = isJoint(finding, in: state)
    let plugin = finding.rule.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(finding.rule[..<$0]) } ?? ""
    let line = DecisionLine(
      rule: finding.rule, values: shownValues(of: finding, in: state), actor: reader?.actor, time: time(nil),
      scope: scope,
      file: isJoint || scope == .kind ? nil : state.path.flatMap { Paths.relative($0, to: configuration.root) },
      fingerprint: fingerprint, concord: options.version,
      plugins: library.plugin(plugin).map { [($0.id, $0.descriptor.version)] } ?? [],
      vocabularies: listVersions(for: finding, isJoint: isJoint, in: state))
    guard var file = decisionsFile(of: configuration) else { return nil }
    let end = file.document.byteCount
    let isOpenLine = end > 0 && file.document.byte(at: end - 1) != UInt8(ascii: "\n")
    let text = (isOpenLine ? [UInt8(ascii: "\n")] : []) + line.text + [UInt8(ascii: "\n")]
    file.edits = [TextEdit(range: end..<end, replacement: text)]
    return file
  }

  private func withdrawal(from finding: Finding, in state: DocumentState) -> FileEdits? {
    let all = state.foundNow.all
    let found = acceptances(of: all, in: state)
    guard let configuration = state.configuration, let index = all.firstIndex(of: finding),
      let number = found.byFinding[index], var file = decisionsFile(of: configuration),
      let edits = file.document.textEdits(for: .remove(node: 0), in: found.decisions[number].line)
    else { return nil }
    file.edits = edits
    return file
  }

  /// The decisions as they are open, or on disk; an empty text where there are none yet. `nil` if they can't be read.
  private func decisionsFile(of configuration: DatasetConfiguration) -> FileEdits? {
    let path = configuration.decisionsPath
    let open = documents.values.first { state in
      state.isDecisions && state.keeping != .dropped && state.path?.utf8.elementsEqual(path.utf8) == true
    }
    if let open { return FileEdits(open, []) }
    guard let bytes = diskBytes(path, within: configuration.root) else { return nil }
    let document = Document(bytes ?? [], syntax: .jsonl, shape: Self.linesShape)
    return FileEdits(path: path, document, isNew: bytes == nil, [])
  }

  /// The values that were judged, as messages show them; none of a finding that must not be printed.
  private func shownValues(of finding: Finding, in state: DocumentState) -> [String] {
    guard library.rule(finding.rule)?.isSensitive != true, !finding.isConcealed else { return [] }
    let reader = state.recognition.dialect.map { RecordReader(state.document, state.id, $0) }
    let reading = reader?.read(finding.place.record.record)
    let tree = reading?.tree ?? state.document.tree(of: finding.place.record.record)
    let node = tree?.node(from: finding.place.start, to: finding.place.end)
    let own = Int(finding.place.start)..<Int(max(finding.place.start, finding.place.end))
    let hidden = reading?.evaluation.privateNodes.map(Int.init).filter {
      reading?.tree.nodes.indices.contains($0) ?? false
    }
    let touchesPrivate = (hidden ?? []).contains { index in
      guard let tree, let reading else { return true }
      return reading.isPrivate(node ?? index) || tree.nodes[index].range.overlaps(own)
    }
    guard !touchesPrivate else { return [] }
    let judged = Fingerprint.judged(finding).filter {
      finding.about == nil || ["value", "other", "id"].contains($0.name)
    }
    let values = judged.map(\.value).filter { !$0.isEmpty }
    if !values.isEmpty { return values }
    if finding.about != nil { return comparedValues(of: finding, in: state) }
    return node.flatMap { reading?.shownText(of: $0) }.map { [$0] } ?? []
  }

  /// Both sides of what differs, where a message has no words for them: numbers of a place.
  private func comparedValues(of finding: Finding, in state: DocumentState) -> [String] {
    guard let claimKind, case .claims(let key) = state.space.source(of: finding) else { return [] }
    let places = [finding.place] + finding.related.prefix(1).map(\.place)
    let facts = claims(claimKind, key, in: state.space).map(\.fact)
    let sides = places.compactMap { place in facts.first { $0.place == place } }
    return sides.contains(where: \.isPrivate) ? [] : sides.map(\.value.words)
  }

  /// The versions of the lists that have a say in a finding. A table has none: the beginning of its hash stands for it.
  private func listVersions(for finding: Finding, isJoint: Bool, in state: DocumentState) -> [(String, String)] {
    let property = finding.message.arguments.first { $0.name == "property" }?.value
    let agreements = isJoint ? state.space.book.agreements.filter { $0.property == property } : []
    let compared = agreements.compactMap(\.rule.list)
    let named = isJoint ? [] : state.recognition.dialect?.program.declarations.terms.map(\.ontology) ?? []
    let lists = lists(for: state)
    return Set(named + compared).sorted().compactMap { name in
      lists[name].map { list in
        (name, list.version.isEmpty ? "sha256:" + list.sha256.prefix(12) : list.version)
      }
    }
  }

  /// Where the reason of a decision is to be written: between the quotes of the last line on the finding.
  package func reasonPlace(of request: ActionRequest) -> (file: FileEdits, offset: Int)? {
    guard let configuration = documents[request.uri]?.configuration, let file = decisionsFile(of: configuration),
      !file.isNew
    else { return nil }
    let scope: Decision.Scope = request.act == .acceptKind ? .kind : .label
    let line = DecisionBook(path: file.path, root: configuration.root, of: file.document).lines
      .filter { $0.value.fingerprint == request.fingerprint && $0.value.scope == scope }.keys.max()
    guard let line, let tree = file.document.tree(of: line), let node = tree.member("reason", of: 0) else { return nil }
    let start = tree.nodes[node].range.lowerBound + 1
    return file.document.absolute(start..<start, in: line).map { (file, $0.lowerBound) }
  }
}

extension Finding {
  /// The fix that takes over the other side's value.
  fileprivate var use: Fix? { fixes.first { $0.title.key == AgreementRules.use } }

  /// It says that values differ, and must not say what they are.
  fileprivate var isConcealed: Bool {
    about != nil && [AgreementRules.concealed, AgreementRules.independentPlaces].contains(message.key)
  }
}

extension PresentedFinding {
  /// What can't be read can't be accepted.
  fileprivate var isOfSyntax: Bool { finding.place.record.record == DocumentSnapshot.wholeText }
}

extension DocumentState {
  /// Whether it belongs to a dataset.
  var isInDataset: Bool { path.flatMap { path in configuration?.covers(path) } ?? false }
}
