import Facts
import Findings
import Manifest
import PluginHost

/// The documents of one session or one check, kept checked: edits come in, findings go out.
///
/// An actor, because documents, facts and answers of plugins meet here. Edits are applied in the order of the calls; what they
/// cause is worked out between them. Reads are answered from snapshots.
package actor Workspace {
  package nonisolated let library: Library
  package nonisolated let options: Options
  /// Every publication, in order. One reader.
  package nonisolated let publications: AsyncStream<DocumentUpdate>
  /// How far reading datasets has come. One reader, who may miss some of it.
  package nonisolated let readingProgress: AsyncStream<ReadingProgress>

  private let outlet: AsyncStream<DocumentUpdate>.Continuation
  let progressOutlet: AsyncStream<ReadingProgress>.Continuation
  /// What clients have open, or is being checked.
  var documents: [String: DocumentState] = [:]
  /// How many documents were opened so far.
  var nextOpening = 0
  /// By root.
  var datasets: [String: Dataset] = [:]
  /// What is known of datasets' own vocabularies, by root.
  var termDesks: [String: TermDesk] = [:]
  /// What was decided, by the root of the dataset.
  var decisions: [String: DecisionBook] = [:]
  var memory = MemoryBudget()
  /// Roots of datasets whose folders are watched here; `nil` where the client does it.
  var watched: Set<String>?
  /// Who reads what is found; `nil`: a check, which sees everything.
  var reader: ClaimReader?
  /// Whether what is found in files that nobody has open is shown too, and where datasets are looked for.
  var showsFiles = false
  var shownFolders: [String] = []
  /// Looks up which datasets there are; until it is done nobody knows which files there are.
  var takingUp: Task<Void, Never>?
  let fileNews = FileNews()

  package struct Options: Sendable {
    /// Take every file for this format.
    package var dialect: String?
    /// How long a half-typed record keeps the ids it seems to have lost.
    package var restBeforeLoss: Duration = .milliseconds(300)
    /// How long a publication waits for everything to be worked out.
    package var publicationDelay: Duration = .milliseconds(50)
    /// What reaches far is not begun while somebody types: it waits until there was no edit for so long.
    package var restBeforeFar: Duration = .milliseconds(100)
    /// At most this many findings of a document are published; `nil`: all.
    package var findingLimit: Int? = 1000
    package var language = "en"
    /// How long an answer for somebody who is typing waits for a plugin.
    package var pluginPatience: Duration = .milliseconds(30)
    /// This program's version, as decisions keep it; empty: they don't.
    package var version = ""
    /// Whether somebody asks for a report of how often each rule ran.
    package var countsRules = false
    /// Is told of every call of a plugin; for trials of plugins.
    var witness: CallWitness?
    /// Is told of every label that a file names; for trials of lists.
    var terms: TermWitness?
    package init() {}
  }

  package init(library: Library, options: Options = Options()) {
    self.library = library
    self.options = options
    (publications, outlet) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    (readingProgress, progressOutlet) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
  }

  deinit {
    outlet.finish()
    progressOutlet.finish()
  }

  // MARK: Edits

  func makeSpace(_ configuration: DatasetConfiguration? = nil) -> FactSpace {
    let book = ClaimBook(dialects: library.dialects, agreements: library.agreements, configuration: configuration)
    let space = FactSpace(plan: library.plan, book: book)
    if options.countsRules { space.answered = [] }
    return space
  }

  /// A document in the space it belongs to, nothing of it looked at yet.
  func makeState(
    _ uri: String, path: String?, languageID: String = "", version: Int = 0, text: [UInt8],
    _ configuration: DatasetConfiguration?, in dataset: Dataset?, _ keeping: Keeping = .checked,
    recognized: (Recognition, Document)? = nil
  ) -> DocumentState {
    let space = dataset?.space ?? makeSpace()
    var (recognition, document) =
      recognized
      ?? library.recognize(
        keeping == .dropped ? [] : text, path: path, languageID: languageID, configuration: configuration,
        forced: options.dialect)
    let root = dataset?.configuration.root
    let patterns = recognition.dialect == nil ? space.book.patterns(path: path, root: root) : []
    if !patterns.isEmpty {
      document = Document(document.allBytes(), syntax: document.syntax, shape: RecordShape(patterns))
    }
    let state = DocumentState(
      id: path.flatMap { dataset?.id(of: $0) } ?? DocumentID(1), uri: uri, path: path, languageID: languageID,
      configuration: configuration, recognition: recognition,
      checker: recognition.dialect.flatMap { library.checker(for: $0) }, document: document, version: version,
      space: space, levels: DocumentLevels(library, configuration, path: path))
    state.claims = space.book.claims(of: document, recognition.dialect, path: path, root: root)
    state.keeping = keeping
    state.judgedSize = document.byteCount
    state.space.add(state)
    if options.countsRules { state.ruleCounts = RuleCounts(state.checker) }
    noteMissingLists(for: state)
    if keeping == .checked { state.scan = OpeningScan(of: state) }
    return state
  }

  /// Applies edits in order, each in the text the one before it left.
  package func change(_ uri: String, version: Int, edits: [DocumentEdit]) {
    guard let state = documents[uri] else { return }
    state.version = version
    for edit in edits {
      if state.keeping == .dropped {
        // Where the text is not known, only a whole one means anything.
        guard case .whole(let text) = edit else { continue }
        return takeUp(
          uri, path: state.path, languageID: state.languageID, version: version, text: text, isNamed: state.isNamed)
      }
      let textEdit: TextEdit
      switch edit {
      case .whole(let text): textEdit = TextEdit(range: 0..<state.document.byteCount, replacement: text)
      case .bytes(let range, let text): textEdit = TextEdit(range: range, replacement: text)
      case .positions(let start, let end, let encoding, let text):
        let from = state.document.offset(of: start, in: encoding)
        let to = state.document.offset(of: end, in: encoding)
        textEdit = TextEdit(range: min(from, to)..<max(from, to), replacement: text)
      }
      state.focus = textEdit.range.lowerBound
      let changes = state.document.apply(textEdit)
      state.take(changes)
      noteDecisions(changes, in: state)
    }
    noteChange(of: state)
    noteVocabulary(at: state.path, isEdited: true)
    noteConfiguration(state)
    noteGrowth(of: state)
  }

  package func close(_ uri: String) {
    guard let state = documents.removeValue(forKey: uri) else { return }
    end(state)
    if state.keeping != .dropped { promote() }
    guard let path = state.path, !state.isDecisions, let dataset = dataset(of: state) else { return }
    // What is on disk takes part again.
    dataset.unread.insert(path)
    readFiles(of: dataset)
  }

  /// Takes a document and all that came of it out.
  func end(_ state: DocumentState) {
    state.isClosed = true
    let isCurrent = datasets.values.contains { $0.space === state.space }
    if !isCurrent, !documents.values.contains(where: { $0.space === state.space }) {
      // What it stated goes with its space.
      dissolve(state.space)
    } else {
      state.space.remove(state)
    }
    resumeWaiters(of: state)
    noteVocabulary(at: state.path, isEdited: false)
    noteDecisions(in: state)
  }

  /// Lets go of all datasets: nothing more will be asked.
  func letGo() {
    for dataset in datasets.values { dissolve(dataset.space) }
    datasets = [:]
  }

  /// Lets go of a space that no dataset has any more: its documents and it hold on to each other.
  private func dissolve(_ space: FactSpace) {
    for state in space.documents.values {
      state.isClosed = true
      resumeWaiters(of: state)
    }
    space.dissolve()
  }

  /// The file was saved: what depends on its whole text (its format) is decided again.
  package func saved(_ uri: String) {
    guard let state = documents[uri], state.keeping == .checked else { return }
    let text = state.document.allBytes()
    let (recognition, _) = library.recognize(
      text, path: state.path, languageID: state.languageID, configuration: state.configuration, forced: options.dialect)
    guard recognition.dialect !== state.recognition.dialect else { return }
    reopen(state)
  }

  /// Reads an open document anew, as it is.
  func reopen(_ state: DocumentState) {
    takeUp(
      state.uri, path: state.path, languageID: state.languageID, version: state.version,
      text: state.document.allBytes(), isNamed: state.isNamed)
  }

  /// Reads every open document anew, as when the dataset's configuration has changed.
  package func reopenAll() {
    for dataset in datasets.values {
      dataset.unread = []
      if showsFiles { fileNews.note(dataset.onDisk.keys) }
      if !documents.values.contains(where: { $0.space === dataset.space }) { dissolve(dataset.space) }
    }
    let roots = datasets.keys.sorted()
    datasets = [:]
    termDesks = [:]
    decisions = [:]
    for state in documents.values.sorted(by: { $0.opening < $1.opening }) where state.keeping != .dropped {
      reopen(state)
    }
    guard showsFiles else { return }
    takeUpDatasets(at: roots)
    fileNews.tell()
  }

  /// Wakes plugins that rest because they stopped too often. What is open is read anew if there was one.
  package func retryPlugins() async {
    var wokeOne = false
    for plugin in library.plugins {
      if let pool = plugin.pool, await pool.wake() { wokeOne = true }
    }
    if wokeOne { reopenAll() }
  }

  /// Starts plugins anew whose libraries have been built anew, and reads what is open anew.
  package func reloadPlugins(withLibraries paths: [String]) async {
    for plugin in library.plugins {
      guard let path = plugin.library, paths.contains(path) else { continue }
      await plugin.pool?.reload()
    }
    reopenAll()
  }

  /// What each plugin's process may take, from the next one on: bytes of memory, and time for an entry without getting on.
  package func limitPlugins(memory: Int, callTime: Duration) async {
    for plugin in library.plugins { await plugin.pool?.limit(memory: memory, callTime: callTime) }
  }

  func noteChange(of state: DocumentState) {
    runHost(state, onlyHot: true)
    state.awaitsPublication = true
    state.edits.note(.now)
    let (uri, id, version, delay) = (state.uri, state.id, state.version, options.publicationDelay)
    drive(state)
    Task { [weak self] in
      try? await Task.sleep(for: delay)
      await self?.publishIfLate(uri, id, version: version)
    }
  }

  // MARK: Answers

  /// What is known of an open document now.
  package func snapshot(_ uri: String) -> DocumentSnapshot? {
    documents[uri].map { DocumentSnapshot(of: $0, in: self) }
  }

  /// How much was done for an open document since it was opened.
  package func workDone(for uri: String) -> WorkDone {
    guard let state = documents[uri] else { return WorkDone() }
    return WorkDone(records: state.recordsRead, calls: state.callCounts.values.reduce(0, +))
  }

  /// Returns when nothing is waiting to be computed for the document, or when it is closed.
  package func settle(_ uri: String) async {
    // It may be opened anew meanwhile.
    while let state = documents[uri], !state.isSettled { await settled(state) }
  }

  /// Whether nothing is waiting to be computed for a document.
  package func isSettled(_ uri: String) -> Bool { documents[uri]?.isSettled ?? true }

  func settled(_ state: DocumentState) async {
    if state.isSettled || state.isClosed { return }
    drive(state)
    await withCheckedContinuation { state.settledWaiters.append($0) }
  }

  /// Says that a stretch of work is done: publishes when all is, and goes on when something is left.
  func noteProgress(of state: DocumentState) {
    guard !state.isClosed else { return resumeWaiters(of: state) }
    if state.isWorkedOff { resumeWaiters(of: state, \.workedOffWaiters) }
    let isIdle =
      !state.backgroundRuns && !state.foregroundRuns && state.callsInFlight == 0 && !state.readsMedia
      && state.held.isEmpty && !state.awaitsTakeUp
    if state.isSettled {
      noteSettled(state.space)
    } else if isIdle, !state.isWorkedOff || state.canGoOn {
      drive(state)
    }
  }

  /// Says that nothing is waiting for any document of a space.
  func noteSettled(_ space: FactSpace) {
    if let dataset = datasets.values.first(where: { $0.space === space }) {
      reportJoins(of: dataset)
      reportUnmetDecisions(of: dataset)
    }
    for state in space.takeAwaited() {
      publish(state, .settled)
      resumeWaiters(of: state)
    }
    fileNews.tell()
  }

  /// Says that all an edit touched directly is worked out, whatever else is still under way.
  func noteTouched(_ state: DocumentState) {
    if !state.isSettled, !state.isClosed, state.scan == nil || state.revision > 0 {
      publish(state, .touched)
    }
    noteProgress(of: state)
  }

  func resumeWaiters(of state: DocumentState) {
    resumeWaiters(of: state, \.workedOffWaiters)
    resumeWaiters(of: state, \.settledWaiters)
  }

  private func resumeWaiters(
    of state: DocumentState, _ list: ReferenceWritableKeyPath<DocumentState, [CheckedContinuation<Void, Never>]>
  ) {
    let waiters = state[keyPath: list]
    state[keyPath: list] = []
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when every record of a document has been looked at and checked, or when it is closed.
  func workedOff(_ state: DocumentState) async {
    if state.isWorkedOff || state.isClosed { return }
    drive(state)
    await withCheckedContinuation { state.workedOffWaiters.append($0) }
  }

  /// Returns when every record of an open document has been looked at and checked.
  func readThrough(_ uri: String) async {
    if let state = documents[uri] { await workedOff(state) }
  }

  private func publishIfLate(_ uri: String, _ id: DocumentID, version: Int) {
    guard let state = documents[uri], state.id == id, state.version == version, state.awaitsPublication else { return }
    publish(state, state.isSettled ? .settled : .partial)
  }

  private func publish(_ state: DocumentState, _ completeness: DocumentUpdate.Completeness) {
    guard state.awaitsPublication || state.publishedUnsettled else { return }
    state.awaitsPublication = false
    state.publishedUnsettled = completeness != .settled
    if state.isUnopened {
      if completeness == .settled { noteNews(ofFile: state) }
      return
    }
    guard state.isPublished else { return }
    outlet.yield(
      DocumentUpdate(uri: state.uri, completeness: completeness, snapshot: DocumentSnapshot(of: state, in: self)))
  }

  /// Lets go, after a rest, of what half-typed records seem to have lost.
  func scheduleRelease(of state: DocumentState) {
    let (uri, id, generation, rest) = (state.uri, state.id, state.holdGeneration, options.restBeforeLoss)
    Task { [weak self] in
      try? await Task.sleep(for: rest)
      await self?.release(uri, id, generation: generation)
    }
  }

  private func release(_ uri: String, _ id: DocumentID, generation: UInt64) {
    guard let state = documents[uri], state.id == id, state.holdGeneration == generation, !state.held.isEmpty else {
      return
    }
    let records = state.held
    state.held = []
    state.releasesHolds = true
    for record in records { state.hostQueue.addHot(record) }
    runHost(state, onlyHot: true)
    state.releasesHolds = false
    state.awaitsPublication = true
    drive(state)
  }
}
