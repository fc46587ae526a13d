import Facts
import Files
import Findings
import Manifest

extension Workspace {
  // MARK: What counts

  /// What was decided in a document's dataset, read at the first use; `nil` outside of one.
  func decisions(for state: DocumentState) -> DecisionBook? {
    guard let configuration = state.configuration else { return nil }
    let path = configuration.decisionsPath
    if let known = decisions[configuration.root], known.path.utf8.elementsEqual(path.utf8) { return known }
    let book = readDecisions(path, root: configuration.root)
    decisions[configuration.root] = book
    return book
  }

  /// The decisions as they are open, else as they are on disk; without a file there are none.
  private func readDecisions(_ path: String, root: String) -> DecisionBook {
    let open = documents.values.first { state in
      state.isDecisions && state.keeping != .dropped && state.path?.utf8.elementsEqual(path.utf8) == true
    }
    if let open { return DecisionBook(path: path, root: root, of: open.document) }
    guard let real = try? FileSystem.resolved(path), let folder = try? FileSystem.resolved(root),
      Paths.relative(real, to: folder) != nil,
      let bytes = try? FileSystem.regularFile(real, limit: DecisionBook.sizeLimit)
    else { return DecisionBook(path: path, root: root) }
    return DecisionBook(path: path, root: root, of: Document(bytes, syntax: .jsonl, shape: Self.linesShape))
  }

  static let linesShape = RecordShape([RecordShape.Pattern("/*")].compactMap(\.self))

  /// What of a document's findings is accepted. Cost: see `DecisionBook`.
  func acceptances(of findings: [Finding], in state: DocumentState) -> Acceptances {
    guard !findings.isEmpty, !state.isDecisions, let book = decisions(for: state), !book.isEmpty else {
      return Acceptances()
    }
    return book.acceptances(of: findings, in: state.path) { FindingIdentities(state) }
  }

  /// The same of everything found in a document. Cost: a look at the rules, where nobody has decided on any of them.
  func acceptances(in state: DocumentState) -> Acceptances {
    guard !state.isDecisions, let book = decisions(for: state), !book.isEmpty else { return Acceptances() }
    let found = state.foundNow
    guard found.foundRules.contains(where: book.isDecided) else { return Acceptances() }
    return acceptances(of: found.all, in: state)
  }

  /// How many things of each kind of disagreement are accepted.
  func acceptedThings(in space: FactSpace) -> [UInt64: Int] {
    var things: [UInt64: Set<FactKey>] = [:]
    for state in space.documents.values {
      let all = space.disagreements(in: state.id)
      for index in acceptances(of: all.map(\.finding), in: state).byFinding.keys {
        guard let about = all[index].finding.about else { continue }
        things[about.kind, default: []].insert(all[index].key)
      }
    }
    return things.mapValues(\.count)
  }

  // MARK: What changes

  /// Takes up a file of decisions that was opened or closed: what is open goes before the file.
  func noteDecisions(in state: DocumentState) {
    guard state.isDecisions, let root = state.configuration?.root else { return }
    forgetDecisions(of: root)
  }

  /// Has what was decided read again, when it is asked for.
  private func forgetDecisions(of root: String) {
    decisions[root] = nil
    showAnew(root)
  }

  /// Takes up edited lines. Nothing is checked again: decisions act when findings are shown.
  func noteDecisions(_ changes: RecordChanges, in state: DocumentState) {
    guard state.isDecisions, state.keeping != .dropped, let configuration = state.configuration,
      var book = decisions[configuration.root]
    else { return }
    decisions[configuration.root] = nil
    var kinds: Set<DecisionBook.Kind> = []
    for line in changes.removed + changes.inserted + changes.changed {
      kinds.formUnion(book.take(line, of: state.document))
    }
    decisions[configuration.root] = book
    if !kinds.isEmpty { showAnew(configuration.root, kinds) }
  }

  /// Takes up decisions that changed on disk, and that files they name have come or gone.
  func noteDecisions(changed paths: [String]) {
    for (root, book) in decisions {
      if paths.contains(where: { $0.utf8.elementsEqual(book.path.utf8) }) {
        forgetDecisions(of: root)
      } else if !book.isEmpty, paths.contains(where: { Paths.relative($0, to: root) != nil }) {
        var book = book
        if book.noteFiles() {
          decisions[root] = book
          showAnew(root)
        }
      }
    }
  }

  /// Has what is found in a dataset's files shown once more: where there is anything of some kinds, or all of it.
  ///
  /// Cost: every finding of the dataset is looked at.
  private func showAnew(_ root: String, _ kinds: Set<DecisionBook.Kind>? = nil) {
    let rules = kinds.map { Set($0.map(\.rule)) }
    func isTouched(_ state: DocumentState) -> Bool {
      guard let kinds, let rules else { return true }
      return state.foundNow.all.contains { finding in
        rules.contains(finding.rule)
          && kinds.contains(DecisionBook.Kind(rule: finding.rule, kind: Fingerprint.kind(of: finding)))
      }
    }
    for state in documents.values where state.configuration?.root == root && !state.isDecisions && isTouched(state) {
      state.awaitsPublication = true
      drive(state)
    }
    guard let dataset = datasets[root] else { return }
    for state in dataset.onDisk.values where state.mayHaveFindings && isTouched(state) { state.noteNews() }
    if dataset.space.isSettled, dataset.space.documents.values.contains(where: \.isUnopened) {
      noteSettled(dataset.space)
    }
  }

  // MARK: What they are about

  /// Says which lines accept nothing that is found, once every file of the dataset is read, and only where somebody looks at them.
  ///
  /// Whoever may not see all that is found is not told that something is not. Cost: all findings of rules that are decided on.
  func reportUnmetDecisions(of dataset: Dataset) {
    let space = dataset.space
    guard let own = documents.values.first(where: { $0.space === space && $0.isDecisions }) else { return }
    guard !space.lacksFiles, let book = decisions(for: own) else { return space.put([], from: .decisions) }
    var met: Set<RecordID> = []
    for state in space.documents.values where !state.isDecisions {
      for entry in acceptances(in: state).decisions { met.insert(entry.line) }
    }
    let hidden = reader?.role == .annotator ? Set(space.book.agreements.flatMap(\.rules)) : []
    let unmet = book.lines.filter { line, decision in
      decision.isReasoned && !met.contains(line) && !hidden.contains(decision.rule)
    }.keys.sorted()
    let findings = unmet.compactMap { line in
      own.document.tree(of: line).flatMap { DecisionRules.unmet($0, of: own.reference(line)) }
    }
    space.put(findings, from: .decisions)
  }
}

extension DocumentState {
  /// Whether it is a dataset's decisions.
  var isDecisions: Bool { recognition.dialect?.id == DecisionFormat.id }
}
