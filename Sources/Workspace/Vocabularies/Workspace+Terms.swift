import Facts
import Files
import Findings
import Manifest
import Ontology
import PluginHost
import Schema

extension Workspace {
  // MARK: Which lists count

  /// The vocabularies a document is judged by: its dataset's, on top of the plugins'.
  func lists(for state: DocumentState) -> [String: TermList] {
    guard let configuration = state.configuration, !configuration.vocabularies.isEmpty else { return library.lists }
    // What was closed may have another configuration than counts now; it must not have the lists read by that one.
    guard !state.isClosed else { return termDesks[configuration.root]?.lists ?? library.lists }
    return desk(of: configuration).lists
  }

  /// Says which lists a document needs and nobody has, so that nothing in them is checked. Lists that are being read are not missing.
  func noteMissingLists(for state: DocumentState) {
    var awaited: Set<String> = []
    if let configuration = state.configuration, !configuration.vocabularies.isEmpty {
      let desk = desk(of: configuration)
      awaited = desk.awaited
      if desk.isPending || desk.isReading || !awaited.isEmpty { state.awaitsTakeUp = true }
      for named in configuration.vocabularies where desk.parts[named.file] == nil && !awaited.contains(named.id) {
        state.faults.append("`\(named.file)`, which `concord.json` names as a list of labels, can't be read")
      }
    }
    state.awaitsLists = !awaited.isEmpty
    guard awaited.isEmpty else { return }
    let lists = lists(for: state)
    var missing: Set<String> = []
    for declaration in state.recognition.dialect?.program.declarations.terms ?? []
    where !declaration.isOptional && lists[declaration.ontology] == nil && missing.insert(declaration.ontology).inserted
    {
      state.faults.append("no list `\(declaration.ontology)` is known here, so labels from it are not checked")
    }
  }

  /// The lists of the dataset a document belongs to, as reports name them.
  func ownLists(for state: DocumentState) -> [TermList] {
    lists(for: state).values.filter { library.lists[$0.id] !== $0 }.sorted { $0.id < $1.id }
  }

  /// What is known of a dataset's vocabularies, read at the first use. Large lists that have to be compiled first come by and by.
  private func desk(of configuration: DatasetConfiguration) -> TermDesk {
    let known = termDesks[configuration.root]
    if let known, known.configuration.hash == configuration.hash { return known }
    // What waits to be taken up still waits.
    let texts = texts(of: configuration)
    let quick = texts.filter(vocabularyLoader.isQuick)
    let read = Set(quick.map(\.named.file))
    let awaited = Set(texts.filter { !read.contains($0.named.file) }.map(\.named.id))
    var desk = TermDesk(configuration, generation: known?.generation ?? 0)
      .reading(quick, vocabularyLoader, over: library.lists, awaiting: awaited)
    desk.isReading = known?.isReading ?? false
    termDesks[configuration.root] = desk
    if texts.count > quick.count { noteVocabularies(of: configuration.root, rest: .zero) }
    renewIndexes(of: desk, quick)
    return termDesks[configuration.root] ?? desk
  }

  private var vocabularyLoader: VocabularyLoader { VocabularyLoader(cache: library.cache) }

  /// The texts of a dataset's vocabularies: an open document goes before its file. A half-typed list counts as it is read.
  private func texts(of configuration: DatasetConfiguration) -> [VocabularyText] {
    configuration.vocabularies.compactMap { text(of: $0, in: configuration) }
  }

  private func text(of named: NamedVocabulary, in configuration: DatasetConfiguration) -> VocabularyText? {
    let open = documents.values.first { state in
      state.keeping != .dropped && state.path.flatMap { configuration.vocabulary(at: $0) }?.file == named.file
    }
    let place = open.map { VocabularyText.Place.open($0.document) } ?? TermDesk.file(named, root: configuration.root)
    return place.map { VocabularyText(named: named, place: $0) }
  }

  // MARK: What changes

  /// Has a vocabulary taken up, after a rest, if the file is one that a dataset in use names.
  ///
  /// `isEdited` spares looking whether there is anything new in it.
  func noteVocabulary(at path: String?, isEdited: Bool) {
    guard let path else { return }
    for (root, desk) in termDesks {
      guard let named = desk.configuration.vocabulary(at: path) else { continue }
      if !isEdited, !desk.isPending, isKnown(text(of: named, in: desk.configuration), desk.parts[named.file]) {
        continue
      }
      noteVocabularies(of: root, rest: options.restBeforeLoss)
    }
  }

  /// Whether a text says what was read last, as far as that can be told at once.
  private func isKnown(_ text: VocabularyText?, _ part: VocabularyPart?) -> Bool {
    guard let text, let part else { return text == nil && part == nil }
    if case .file(_, let status) = text.place, part.status == status { return true }
    return vocabularyLoader.isQuick(text)
      && vocabularyLoader.part(text, before: part).map { $0.isSame(as: part) } ?? false
  }

  private func noteVocabularies(of root: String, rest: Duration) {
    guard let generation = termDesks[root].map({ $0.generation + 1 }) else { return }
    termDesks[root]?.generation = generation
    termDesks[root]?.isPending = true
    for state in members(of: root) { state.awaitsTakeUp = true }
    Task { [weak self] in
      try? await Task.sleep(for: rest)
      await self?.takeUp(root, generation: generation)
    }
  }

  /// What is known of a dataset's files, open or not.
  private func members(of root: String) -> [DocumentState] {
    documents.values.filter { $0.configuration?.root == root } + (datasets[root]?.onDisk.values.map(\.self) ?? [])
  }

  /// Reads what is new. What comes in meanwhile is read when this is done, over what was read now.
  private func takeUp(_ root: String, generation: Int) async {
    guard let desk = termDesks[root], desk.generation == generation, !desk.isReading else { return }
    termDesks[root]?.isReading = true
    let texts = texts(of: desk.configuration)
    var read = await Self.read(texts, vocabularyLoader, into: desk, over: library.lists)
    guard let now = termDesks[root] else { return }
    termDesks[root]?.isReading = false
    // Another configuration names other lists.
    guard now.configuration.hash == desk.configuration.hash else {
      return await takeUp(root, generation: now.generation)
    }
    let isNewest = now.generation == generation
    (read.generation, read.isReading, read.isPending) = (now.generation, false, !isNewest)
    termDesks[root] = read
    renewIndexes(of: read, texts)
    let lists = read.lists
    let changed = Set(lists.keys).union(now.lists.keys).filter { lists[$0] !== now.lists[$0] }
    var changes = TermChanges()
    for id in changed { changes.add(from: now.lists[id], to: lists[id], id: id) }
    for space in Set(members(of: root).map { ObjectIdentifier($0.space) }) {
      members(of: root).first { ObjectIdentifier($0.space) == space }.map { reviewClaims(in: $0.space, lists: changed) }
    }
    let appeared = Set(lists.keys).subtracting(now.lists.keys)
    for state in members(of: root) {
      state.awaitsTakeUp = !isNewest
      if state.awaitsLists { noteMissingLists(for: state) }
      review(state, changes, in: changed, appeared: appeared)
    }
    if !isNewest { await takeUp(root, generation: now.generation) }
  }

  @concurrent private static func read(
    _ texts: [VocabularyText], _ loader: VocabularyLoader, into desk: TermDesk, over base: [String: TermList]
  ) async -> TermDesk {
    desk.reading(texts, loader, over: base)
  }

  /// Has what is in the cache of older texts compiled anew, for whoever starts next.
  private func renewIndexes(of desk: TermDesk, _ texts: [VocabularyText]) {
    let loader = vocabularyLoader
    for text in texts where desk.parts[text.named.file]?.isCacheStale == true {
      termDesks[desk.configuration.root]?.noteRenewal(of: text.named.file)
      Task.detached(priority: .background) { loader.renew(text) }
    }
  }

  /// Has everything checked again that used a changed term, or missed one. Answers that are on their way are dropped.
  private func review(
    _ state: DocumentState, _ changes: TermChanges, in lists: Set<String>, appeared: Set<String>
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
    for owner in state.space.owners(touchedBy: changes) {
      if let record = owner.record, record.document != state.id { continue }
      state.space.invalidate(owner)
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
    if let witness = options.terms {
      witness.note(result.terms, of: id, in: state.path ?? state.uri, dialect.program.declarations.terms)
    }
    let judge = TermJudge(dialect: dialect, lists: lists(for: state))
    let places = PlaceMaker(record: state.reference(id), tree: result.tree)
    state.termUses.set(judge.uses(of: result, at: places), of: id)
  }

  /// The lists that a plugin's calls for a document are judged by: of those it reads.
  func lists(for rules: PluginRules, of state: DocumentState) -> [String: TermIndex] {
    guard !rules.vocabularies.isEmpty else { return [:] }
    let lists = lists(for: state)
    var found: [String: TermIndex] = [:]
    for name in rules.vocabularies { found[name] = lists[name]?.index }
    return found
  }
}
