import Facts
import Files
import Findings
import Manifest
import PluginHost
import Schema

/// Everything known of one open document. A class, because the workspace's actor is its one owner and changes it in place.
final class DocumentState {
  let id: DocumentID
  /// As the client or the command line names it.
  let uri: String
  let path: String?
  let languageID: String
  let configuration: DatasetConfiguration?
  let recognition: Recognition
  let checker: DocumentChecker?
  /// `nil` if the document is no vocabulary.
  let vocabulary: VocabularyReader?
  /// Keeps its memory from record to record.
  let evaluator: SchemaEvaluator?
  /// Where its facts meet those of others.
  let space: FactSpace

  /// The text and its records. Of a file nobody has open it may be let go; asked for, it is read again.
  ///
  /// The same bytes have the same records, so that places in it stay right.
  var document: Document {
    get { text ?? readAgain() }
    _modify {
      var current = text ?? readAgain()
      defer { text = current }
      yield &current
    }
  }
  private var text: Document?
  let syntax: Syntax
  let shape: RecordShape
  /// Of a file nobody has open: which bytes it had when it was looked at.
  var stamp: FileStamp?
  /// The text was read again and is another than the one that was looked at.
  private var isOutdated = false
  var version: Int
  /// The how manieth that was opened.
  var opening = 0
  /// Where the last edit was, in bytes.
  var focus = 0

  /// When the last edits came.
  var edits = TypingPace()

  /// The first walk over all records, until it is done.
  var scan: OpeningScan? { didSet { noteWork() } }
  /// Counts edits.
  var revision = 0
  /// Records the host has still to look at, and records each plugin has.
  var hostQueue = WorkQueue() { didSet { noteWork() } }
  /// Records that are as they were, and claim something else since what they look up is different.
  var claimQueue = WorkQueue() { didSet { noteWork() } }
  var checkQueues: [CallNumber: WorkQueue] = [:] { didSet { noteWork() } }
  var context: AncestorContext
  /// The ids it defines, for those who type a reference.
  var identifiers = IdentifierIndex()
  /// What is found in it: by its records themselves, and by what they have in common with others.
  private(set) var found: FindingTable
  /// How its dataset has findings shown.
  let levels: DocumentLevels
  var budget = AnswerBudget()
  /// What its records claim that somebody compares.
  var claims = DocumentClaims()
  /// What paths out of records read in a record around others, by that record.
  var outerValues: [RecordID: [[UInt8]]] = [:]
  /// Entries of lists in which nothing may stand twice.
  var equals = EqualEntries()
  /// Records around others, as long as nothing is edited.
  private var outerTrees: (revision: Int, trees: [RecordID: RecordTree]) = (0, [:])
  /// The terms records name, and what is wrong with them.
  var termUses = TermUses()
  /// What its findings are told apart by.
  let labels = LabelCache()
  /// A vocabulary, or the configuration that it is, was changed and is not taken up yet.
  var awaitsTakeUp = false { didSet { noteWork() } }
  /// Lists it needs are being read for the first time: which are missing is not known yet.
  var awaitsLists = false
  /// How often each check of its records ran, and of which rules something could not be run.
  var callCounts: [CallNumber: Int] = [:]
  /// Calls this document sent, for its own records or for what its space had to do.
  var callsInFlight = 0 { didSet { noteWork() } }
  /// What each rule looked at; kept only where somebody asks for a report.
  var ruleCounts: RuleCounts?
  /// How many records the host has looked at.
  var recordsRead = 0
  var faults: [String] = []

  /// What is known of the files it names beside it (`HostFacts.media`); `nil` for those that nothing can be said of.
  var mediaHeaders: [MediaFile: [UInt8]?] = [:]
  /// Those still to be looked at, with the records that name them.
  var mediaQueue: [MediaFile: [RecordID]] = [:] { didSet { noteWork() } }
  /// Looks for them, and remembers what folders hold until some file changes.
  var mediaFinder: MediaFinder?
  /// Where nothing lies of what it names (`MediaFinder.silent`): hundreds of thousands of names need not be kept for that.
  var silentMedia: Set<MediaPlace> = []
  /// Paths that changed while files were being looked at.
  var mediaChanged: Set<String> = []
  var readsMedia = false { didSet { noteWork() } }
  /// Definitions that a half-typed record seems to have lost; they count until it parses again or typing rests.
  var held: Set<RecordID> = [] { didSet { noteWork() } }
  var holdGeneration: UInt64 = 0

  var foregroundRuns = false
  /// While the foreground waits for what an edit came to to be told.
  var headStart: Task<Void, Never>?
  var backgroundRuns = false
  var isClosed = false
  /// Whether somebody waits for publications; a check reads the document itself.
  var isPublished = true
  /// It is read from disk because it belongs to a dataset.
  var isUnopened: Bool { uri.isEmpty }
  /// Nobody has it open, and all its records have been looked at.
  var isAtRest: Bool { isUnopened && isWorkedOff }
  /// Of a file nobody has open: counts what was found, over all files, so that no two states of a file have the same number.
  var newsNumber: UInt64 = 0
  /// The user named it: something is said of it whatever it is.
  var isNamed = false
  /// What it is given of the memory that all share, and how large it was when that was decided.
  var keeping = Keeping.checked
  var judgedSize = 0
  /// While what half-typed records seem to have lost is let go.
  var releasesHolds = false
  /// A version, or something learned since, that no publication has shown yet.
  var awaitsPublication = false { didSet { noteAwaited() } }
  var publishedUnsettled = false { didSet { noteAwaited() } }
  var settledWaiters: [CheckedContinuation<Void, Never>] = [] { didSet { noteAwaited() } }
  /// Wait for its own records only.
  var workedOffWaiters: [CheckedContinuation<Void, Never>] = []

  init(
    id: DocumentID, uri: String, path: String?, languageID: String, configuration: DatasetConfiguration?,
    recognition: Recognition,
    checker: DocumentChecker?, document: Document, version: Int, space: FactSpace, levels: DocumentLevels
  ) {
    self.id = id
    self.levels = levels
    found = FindingTable(id, levels)
    self.uri = uri
    self.path = path
    self.languageID = languageID
    self.configuration = configuration
    self.recognition = recognition
    self.checker = checker
    evaluator = checker.map { SchemaEvaluator($0.dialect.program) }
    text = document
    syntax = document.syntax
    shape = document.shape
    self.version = version
    self.space = space
    vocabulary = VocabularyReader(recognition.dialect, columns: recognition.columns, kinds: space.store.plan.kinds)
    context = AncestorContext(names: checker?.contextNames ?? []) { name in
      guard let path else { return nil }
      return name == AncestorContext.pathName
        ? JSONLiteral.quoted(Array(path.utf8)) : configuration?.context(name, of: path)
    }
  }

  var store: FactStore { space.store }

  /// What it is called where it is shown: as the client names it, or else by its path.
  var shownURI: String { isUnopened ? path.map { Paths.uri(ofPath: $0) } ?? "" : uri }

  // MARK: Text at rest

  /// Lets the text go; what came of it stays.
  func rest() {
    restedProblems = text?.problemCount ?? restedProblems
    text = nil
  }

  private var restedProblems = 0

  /// Whether there may be anything to say of it; known without its text.
  var mayHaveFindings: Bool {
    !found.isEmpty || termUses.hasFindings || (text?.problemCount ?? restedProblems) > 0
  }

  /// The text, if it is in memory and the one that was looked at.
  var heldText: Document? { isOutdated ? nil : text }

  /// Of a file nobody has open: whether it still has the bytes that were looked at. Cost: reading it.
  var isAsOnDisk: Bool {
    guard let path, let stamp, let (bytes, status) = try? FileSystem.statedFile(path, limit: Dataset.sizeLimit) else {
      return false
    }
    return stamp.covers(bytes, status)
  }

  /// Takes in the text that it let go and somebody has read meanwhile.
  func takeBack(_ document: Document) {
    guard text == nil, isAtRest else { return }
    text = document
    space.noteRead(self, bytes: document.byteCount)
  }

  private func readAgain() -> Document {
    let (bytes, status) = path.flatMap { try? FileSystem.statedFile($0, limit: Dataset.sizeLimit) } ?? ([], nil)
    isOutdated = stamp.map { stamp in status.map { !stamp.covers(bytes, $0) } ?? true } ?? false
    let read = Document(bytes, syntax: syntax, shape: shape)
    text = read
    space.noteRead(self, bytes: bytes.count)
    return read
  }

  // MARK: What waits

  /// Whether its space looks at it to know whether anything waits.
  var isListed = false
  var isListedAsAwaited = false

  /// Something may wait for it now that did not before.
  private func noteWork() {
    guard !isListed else { return }
    isListed = true
    space.list(self)
  }

  private func noteAwaited() {
    guard !isListedAsAwaited else { return }
    isListedAsAwaited = true
    space.listAwaited(self)
  }

  /// Nothing is waiting to be computed, here or where something found here could come from.
  var isSettled: Bool { isWorkedOff && space.isSettled }

  /// Every record has been looked at and checked; what follows from their facts is the space's.
  var isWorkedOff: Bool {
    isIndexed && callsInFlight == 0 && checkQueues.values.allSatisfy(\.isEmpty) && mediaQueue.isEmpty && !readsMedia
      && held.isEmpty && !awaitsTakeUp
  }

  /// Whether facts wait that this document may see to.
  var canGoOn: Bool { isIndexed && !store.isSettled }

  /// Somebody waits to hear of it.
  var isAwaited: Bool { awaitsPublication || publishedUnsettled || !settledWaiters.isEmpty }

  /// Something elsewhere changed what is found here: to be shown once all is settled.
  func noteNews() { publishedUnsettled = true }

  /// Every record has said what it defines and names.
  var isIndexed: Bool { scan == nil && hostQueue.isEmpty && claimQueue.isEmpty }

  /// Puts what an owner found now in place of what it found before.
  func put(_ found: [Finding], from owner: Owner) {
    guard self.found.found(by: .record(owner)) != found else { return }
    self.found.put(found, from: .record(owner))
    noteNews()
  }

  /// The same of what is no single record's.
  func put(_ found: [Finding], from source: FindingSource) {
    self.found.put(found, from: source)
    noteNews()
  }

  /// Puts what is known of facts together in place of what that was before.
  func put(_ found: [Finding], from source: FactSpace.Source) { self.found.put(found, from: .space(source)) }

  /// Everything found, with what is wrong with the labels it names.
  ///
  /// Cost: nothing where the labels are as they were when somebody asked last.
  var foundNow: FindingTable {
    if let terms = termUses.takeNews() { found.put(terms, from: .terms) }
    let cells = vocabulary?.lostZeros ?? []
    if found.found(by: .cells) != cells { found.put(cells, from: .cells) }
    return found
  }

  /// Something an edit touched waits to be checked.
  var hasHotWork: Bool { checkQueues.values.contains(where: \.hasHot) }

  /// Findings are shown only for what a plugin knows, what belongs to a dataset, and what the user named.
  ///
  /// A table that nobody names may be anything.
  var isQuiet: Bool {
    guard recognition.dialect == nil, !isNamed, keeping != .dropped else { return false }
    return document.syntax.isTable || configuration.map { !$0.covers(path ?? "") } ?? true
  }

  /// The tree of a record that holds others. Cost: that of its own text, once after each edit.
  func outerTree(of id: RecordID) -> RecordTree? {
    if outerTrees.revision != revision { outerTrees = (revision, [:]) }
    if let known = outerTrees.trees[id] { return known }
    let tree = document.tree(of: id)
    outerTrees.trees[id] = tree
    return tree
  }

  func reference(_ record: RecordID) -> RecordReference { RecordReference(document: id, record: record) }

  // MARK: Records

  /// Takes up what an edit did to the records.
  func take(_ changes: RecordChanges) {
    revision += 1
    guard keeping == .checked else { return }
    labels.forget(changes) { record in document.record(record).map { document.holdsRecords($0) } ?? true }
    let isWide = changes.inserted.count + changes.changed.count > Self.hotLimit
    if !changes.removed.isEmpty {
      for record in changes.removed { forget(record) }
      store.removeRecords(changes.removed.map(reference))
    }
    for record in changes.changed { invalidateChecks(of: record) }
    let touched = changes.inserted + changes.changed
    if isWide {
      hostQueue.add(touched, focus: document.innermostRecord(at: focus).id)
    } else {
      for record in touched { hostQueue.addHot(record) }
    }
  }

  /// An edit that touches more records than this is worked off in the background.
  static let hotLimit = 64

  private func forget(_ record: RecordID) {
    hostQueue.remove(record)
    claimQueue.remove(record)
    held.remove(record)
    context.remove(record)
    if identifiers.remove(record) { space.forgetDefiners() }
    outerValues[record] = nil
    if !equals.isEmpty { noteEntry(record, nil) { _ in nil } }
    found.put([], from: .record(.host(reference(record))))
    termUses.set([], of: record)
    vocabulary?.forget(record)
    for call in checker?.calls ?? [] {
      let owner = Owner.check(reference(record), call.number)
      checkQueues[call.number]?.remove(record)
      found.put([], from: .record(owner))
      space.forget(owner)
    }
  }

  private func invalidateChecks(of record: RecordID) {
    for call in checker?.calls ?? [] { space.invalidate(.check(reference(record), call.number)) }
  }
}

extension DocumentState {
  /// Keeps what a plugin could not do, each once.
  func note(_ fault: PluginFault) {
    if fault.code != .cancelled { note(fault.message) }
  }

  /// The first hundred: a plugin that fails in a new way at every entry need not be quoted at every entry.
  private func note(_ text: String) {
    if faults.count < 100, !faults.contains(text) { faults.append(text) }
  }

  /// A key with more members than a group rule is given: said, not hidden.
  func noteTooLarge(rules: [String], count: Int) {
    let text =
      "\(rules.sorted().joined(separator: ", ")): more than \(count) belong together; only the first are compared"
    note(text)
  }
}
