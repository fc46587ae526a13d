import Facts
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
  let store: FactStore

  var document: Document
  var version: Int
  /// Where the last edit was, in bytes.
  var focus = 0

  /// The first walk over all records, until it is done.
  var scan: OpeningScan?
  /// Counts edits.
  var revision = 0
  /// Records the host has still to look at, and records each plugin has.
  var hostQueue = WorkQueue()
  var checkQueues: [CallNumber: WorkQueue] = [:]
  /// References and ids; absence waits until every record has said what it defines.
  var links: Links

  var context: AncestorContext
  /// The ids it defines, for those who type a reference.
  var identifiers = IdentifierIndex()
  var findings: [Owner: [Finding]] = [:]
  var linkFindings: [LinkKey: [Finding]] = [:]
  var budget = AnswerBudget()
  /// The terms records name, and what is wrong with them.
  var termUses = TermUses()
  /// What each call looked up in vocabularies, also in vain.
  var termReads: [Owner: Set<FactKey>] = [:]
  /// A vocabulary was changed and is not taken up yet.
  var awaitsTerms = false
  /// Lists it needs are being read for the first time: which are missing is not known yet.
  var awaitsLists = false
  /// How often each call ran, and of which rules something could not be run.
  var callCounts: [CallNumber: Int] = [:]
  /// What each rule looked at; kept only where somebody asks for a report.
  var ruleCounts: RuleCounts?
  /// How many records the host has looked at.
  var recordsRead = 0
  var faults: [String] = []

  /// The newest thing sent for each owner; an older answer is dropped.
  private(set) var sent: [Owner: UInt64] = [:]
  private var sequence: UInt64 = 0
  var callsInFlight = 0
  /// What the headers of media files say, by path as written; `nil` for files that could not be read.
  var mediaHeaders: [String: [UInt8]?] = [:]
  /// Media paths still to be read, with the records that name them.
  var mediaQueue: [String: [RecordID]] = [:]
  var readsMedia = false
  /// Definitions that a half-typed record seems to have lost; they count until it parses again or typing rests.
  var held: Set<RecordID> = []
  var holdGeneration: UInt64 = 0

  var foregroundRuns = false
  var backgroundRuns = false
  var isClosed = false
  /// Whether somebody waits for publications; a check reads the document itself.
  var isPublished = true
  /// The user named it: something is said of it whatever it is.
  var isNamed = false
  /// What it is given of the memory that all share, and how large it was when that was decided.
  var keeping = Keeping.checked
  var judgedSize = 0
  /// While what half-typed records seem to have lost is let go.
  var releasesHolds = false
  /// A version, or something learned since, that no publication has shown yet.
  var awaitsPublication = false
  var publishedUnsettled = false
  var settledWaiters: [CheckedContinuation<Void, Never>] = []

  struct LinkKey: Hashable {
    var family: Int
    var key: FactKey
  }

  init(
    id: DocumentID, uri: String, path: String?, languageID: String, configuration: DatasetConfiguration?,
    recognition: Recognition,
    checker: DocumentChecker?, document: Document, version: Int, plan: RulePlan
  ) {
    self.id = id
    self.uri = uri
    self.path = path
    self.languageID = languageID
    self.configuration = configuration
    self.recognition = recognition
    self.checker = checker
    evaluator = checker.map { SchemaEvaluator($0.dialect.program) }
    self.document = document
    self.version = version
    vocabulary = VocabularyReader(
      recognition.dialect, columns: recognition.columns, kinds: plan.kinds)
    store = FactStore(plan: plan)
    links = Links(plan: plan)
    context = AncestorContext(names: checker?.contextNames ?? [])
  }

  /// Nothing is waiting to be computed.
  var isSettled: Bool {
    isIndexed && checkQueues.values.allSatisfy(\.isEmpty) && store.isSettled && !links.hasWaiting
      && callsInFlight == 0 && mediaQueue.isEmpty && !readsMedia && held.isEmpty && !awaitsTerms
  }

  /// Every record has said what it defines and names.
  var isIndexed: Bool { scan == nil && hostQueue.isEmpty }

  /// Something an edit touched waits to be checked.
  var hasHotWork: Bool { checkQueues.values.contains(where: \.hasHot) }

  /// Findings are shown only for what a plugin knows, what belongs to a dataset, and what the user named.
  ///
  /// A table that nobody names may be anything.
  var isQuiet: Bool {
    guard recognition.dialect == nil, !isNamed, keeping != .dropped else { return false }
    return document.syntax.isTable || configuration.map { !$0.covers(path ?? "") } ?? true
  }

  func reference(_ record: RecordID) -> RecordReference { RecordReference(document: id, record: record) }

  // MARK: Answers on their way

  /// Notes that an owner's work is sent; its answer counts only while nothing newer was sent.
  func noteSent(_ owner: Owner) -> UInt64 {
    sequence += 1
    sent[owner] = sequence
    return sequence
  }

  /// Makes every answer on its way for this owner worthless.
  func invalidate(_ owner: Owner) {
    if sent[owner] != nil { _ = noteSent(owner) }
  }

  /// Whether an answer is the newest; it counts once.
  func accept(_ owner: Owner, _ number: UInt64) -> Bool {
    guard sent[owner] == number else { return false }
    sent[owner] = nil
    return true
  }

  // MARK: Records

  /// Takes up what an edit did to the records.
  func take(_ changes: RecordChanges) {
    revision += 1
    guard keeping == .checked else { return }
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
    held.remove(record)
    context.remove(record)
    identifiers.remove(record)
    findings[.host(reference(record))] = nil
    termUses.set([], of: record)
    vocabulary?.forget(record)
    for call in checker?.calls ?? [] {
      let owner = Owner.check(reference(record), call.number)
      checkQueues[call.number]?.remove(record)
      findings[owner] = nil
      termReads[owner] = nil
      invalidate(owner)
    }
  }

  /// Calls whose answers are still on their way.
  var owners: [Owner] { Array(sent.keys) }

  private func invalidateChecks(of record: RecordID) {
    for call in checker?.calls ?? [] { invalidate(.check(reference(record), call.number)) }
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
