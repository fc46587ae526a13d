import Facts
import Files
import Findings
import Manifest
import Ontology
import PluginHost
import Schema
import Synchronization

extension Workspace {
  // MARK: Which lists count

  /// The vocabularies a document is judged by: its dataset's, on top of the plugins'.
  func lists(for state: DocumentState) -> [String: TermList] {
    guard let configuration = state.configuration, !configuration.vocabularies.isEmpty else { return library.lists }
    return desk(of: configuration).lists
  }

  /// Says which lists a document needs and nobody has, so that nothing in them is checked.
  func noteMissingLists(for state: DocumentState) {
    if let configuration = state.configuration, !configuration.vocabularies.isEmpty {
      let known = desk(of: configuration).sources
      for named in configuration.vocabularies where known[named.file] == nil {
        state.faults.append("`\(named.file)`, which `concord.json` names as a list of labels, can't be read")
      }
    }
    let lists = lists(for: state)
    var missing: Set<String> = []
    for declaration in state.recognition.dialect?.program.declarations.terms ?? []
    where lists[declaration.ontology] == nil && missing.insert(declaration.ontology).inserted {
      state.faults.append("no list `\(declaration.ontology)` is known here, so labels from it are not checked")
    }
  }

  /// The lists of the dataset a document belongs to, as reports name them.
  func ownLists(for state: DocumentState) -> [TermList] {
    lists(for: state).values.filter { library.lists[$0.id] !== $0 }.sorted { $0.id < $1.id }
  }

  /// What is known of a dataset's vocabularies, read at the first use.
  private func desk(of configuration: DatasetConfiguration) -> TermDesk {
    if let known = termDesks[configuration.root], known.configuration.hash == configuration.hash { return known }
    // What waits to be taken up still waits.
    let generation = termDesks[configuration.root]?.generation ?? 0
    let desk = TermDesk(configuration, generation: generation).reading(sources(of: configuration), over: library.lists)
    termDesks[configuration.root] = desk
    return desk
  }

  /// The texts of a dataset's vocabularies: an open document goes before its file. A half-typed list counts as it is read.
  private func sources(of configuration: DatasetConfiguration) -> [TermDesk.Source] {
    configuration.vocabularies.compactMap { named in
      text(of: named, in: configuration).map { TermDesk.Source(named: named, bytes: $0) }
    }
  }

  private func text(of named: NamedVocabulary, in configuration: DatasetConfiguration) -> [UInt8]? {
    let open = documents.values.first { state in
      state.keeping != .dropped && state.path.flatMap { configuration.vocabulary(at: $0) }?.file == named.file
    }
    let bytes = open.map { $0.document.allBytes() } ?? TermDesk.read(named, root: configuration.root)
    return bytes.flatMap { $0.count > VocabularyFile.limit ? nil : $0 }
  }

  // MARK: What changes

  /// Has a vocabulary taken up, after a rest, if the file is one that a dataset in use names.
  ///
  /// `isEdited` spares looking whether there is anything new in it.
  func noteVocabulary(at path: String?, isEdited: Bool) {
    guard let path else { return }
    for (root, desk) in termDesks {
      guard let named = desk.configuration.vocabulary(at: path) else { continue }
      if !isEdited, !isPending(root), text(of: named, in: desk.configuration) == desk.sources[named.file]?.bytes {
        continue
      }
      termDesks[root]?.generation += 1
      let generation = desk.generation + 1
      for state in documents.values where state.configuration?.root == root { state.awaitsTerms = true }
      let rest = options.restBeforeLoss
      Task { [weak self] in
        try? await Task.sleep(for: rest)
        await self?.takeUp(root, generation: generation)
      }
    }
  }

  private func isPending(_ root: String) -> Bool {
    documents.values.contains { $0.configuration?.root == root && $0.awaitsTerms }
  }

  /// Files changed on the disk: vocabularies among them are read again, unless they are open here.
  package func filesChanged(_ paths: [String]) { for path in paths { noteVocabulary(at: path, isEdited: false) } }

  private func takeUp(_ root: String, generation: Int) async {
    guard let desk = termDesks[root], desk.generation == generation else { return }
    let sources = self.sources(of: desk.configuration)
    let read = await Self.read(sources, into: desk, over: library.lists)
    // Something newer may have come in meanwhile; then that is taken up instead.
    guard termDesks[root]?.generation == generation else { return }
    termDesks[root] = read
    let lists = read.lists
    var changes: Set<FactKey> = []
    let changed = Set(lists.keys).union(desk.lists.keys).filter { lists[$0] !== desk.lists[$0] }
    for id in changed {
      changes.formUnion(TermList.changes(from: desk.lists[id], to: lists[id], id: id))
    }
    let appeared = Set(lists.keys).subtracting(desk.lists.keys)
    for state in documents.values where state.configuration?.root == root {
      state.awaitsTerms = false
      review(state, changes, in: changed, appeared: appeared)
    }
  }

  @concurrent private static func read(
    _ sources: [TermDesk.Source], into desk: TermDesk, over base: [String: TermList]
  ) async -> TermDesk {
    desk.reading(sources, over: base)
  }

  /// Has everything checked again that used a changed term, or missed one. Answers that are on their way are dropped.
  private func review(
    _ state: DocumentState, _ changes: Set<FactKey>, in lists: Set<String>, appeared: Set<String>
  ) {
    guard state.keeping == .checked, !changes.isEmpty || !appeared.isEmpty else {
      state.awaitsPublication = true
      return drive(state)
    }
    var records: [RecordID] = []
    if appeared.isEmpty {
      for (record, uses) in state.termUses.byRecord
      where uses.contains(where: { $0.isTouched(by: changes, lists: lists) }) {
        records.append(record)
      }
    } else {
      // Nobody knows yet who names terms of a list that was not there.
      records = [.document] + state.document.records().map(\.id)
    }
    records.sort()
    if records.count <= DocumentState.hotLimit {
      for record in records { state.hostQueue.addHot(record) }
    } else {
      state.hostQueue.add(records, focus: focusRecord(of: state))
    }
    for owner in Set(state.owners).union(state.termReads.filter { !$0.value.isDisjoint(with: changes) }.keys) {
      state.invalidate(owner)
      if case .check(let record, let call) = owner {
        state.checkQueues[call, default: WorkQueue()].add(
          CollectionOfOne(record.record), focus: focusRecord(of: state))
      } else {
        state.store.review(owner)
      }
    }
    state.awaitsPublication = true
    drive(state)
  }

  // MARK: Judging

  func judgeTerms(of result: HostResult, _ id: RecordID, in state: DocumentState) {
    guard !result.terms.isEmpty, let dialect = state.recognition.dialect else {
      return state.termUses.set([], of: id)
    }
    let judge = TermJudge(dialect: dialect, lists: lists(for: state))
    let places = PlaceMaker(record: state.reference(id), tree: result.tree)
    state.termUses.set(judge.uses(of: result, at: places), of: id)
  }

  /// Sees that plugins have the tables a document is judged by, before calls for it go out.
  func useTables(for state: DocumentState) async {
    let lists = lists(for: state)
    for plugin in library.plugins {
      guard let code = plugin.code else { continue }
      for name in code.rules.vocabularies {
        guard let list = lists[name] else { continue }
        let isNew = library.tablesInUse.withLock { inUse in
          guard (inUse[plugin.id]?[name] ?? library.lists[name]?.table) != list.table else { return false }
          inUse[plugin.id, default: [:]][name] = list.table
          return true
        }
        guard isNew else { continue }
        await code.pool.use(list.table, as: name)
      }
    }
  }
}
