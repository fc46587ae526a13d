import Facts
import Findings

/// Where what records state meets: the documents of a dataset, or one document that stands alone.
///
/// A class, because the workspace's actor is its one owner and changes it in place.
final class FactSpace {
  let store: FactStore
  /// References and ids; absence waits until every record that could define an id has been looked at.
  var links: Links
  /// Who claims what here, and how it is compared.
  let book: ClaimBook
  /// What the claims are about, and what differs.
  var joins = JoinTable()
  /// Whether a report has what the claims came to already.
  var isTallied = false
  /// Things of which a counterpart may stand in a file that is not read yet.
  var claimsAwaitingFiles: Set<FactKey> = []
  /// Counts changes of what records state and of what their ids are called.
  private(set) var revision = 0
  private(set) var documents: [DocumentID: DocumentState] = [:]
  /// What links and rules on facts found, by the document it stands in.
  private var findings: [DocumentID: [Source: [Finding]]] = [:]
  private var placed: [Source: [DocumentID]] = [:]

  /// The newest thing sent for each owner; an older answer is dropped.
  private var sent: [Owner: UInt64] = [:]
  private var sequence: UInt64 = 0
  /// What each call looked up in vocabularies, also in vain.
  private var termReads: [Owner: Set<FactKey>] = [:]
  /// Facts and keys that a plugin answered for; kept only where somebody asks for a report.
  var answered: Set<Owner>?
  /// Whether there are files whose facts are not here yet.
  var lacksFiles = false
  /// Somebody does not want to wait for them: what they may say is not known, and nothing is said to be absent.
  var readingIsStopped = false

  /// What a finding came from, where that is no single record.
  enum Source: Hashable {
    case owner(Owner)
    case link(family: Int, FactKey)
    case claims(FactKey)
    /// What is wrong with the dataset's configuration.
    case configuration
    /// Decisions that accept nothing.
    case decisions
  }

  init(plan: RulePlan, book: ClaimBook) {
    self.book = book
    store = FactStore(plan: plan)
    links = Links(plan: plan)
  }

  func add(_ document: DocumentState) {
    documents[document.id] = document
    for (source, found) in findings[document.id] ?? [:] { document.put(found, from: source) }
    document.isListed = true
    list(document)
  }

  /// The documents that define ids of a kind that count in all of them, in order.
  ///
  /// Cost: nothing, or a step a document where one of them has begun or ceased to.
  func definers(of kind: FactKind) -> [DocumentState] {
    if let known = definersByKind { return known[kind] ?? [] }
    var byKind: [FactKind: [DocumentState]] = [:]
    for document in documents.values.sorted(by: { $0.id < $1.id }) {
      for kind in document.identifiers.sharedKinds { byKind[kind, default: []].append(document) }
    }
    definersByKind = byKind
    return byKind[kind] ?? []
  }

  func forgetDefiners() { definersByKind = nil }

  func noteChange() { revision &+= 1 }

  private var definersByKind: [FactKind: [DocumentState]]?

  /// Forgets a document and all it stated. Cost: what it stated.
  func remove(_ document: DocumentState) {
    documents[document.id] = nil
    forgetDefiners()
    noteChange()
    store.removeDocument(document.id)
    for owner in sent.keys where owner.record?.document == document.id { sent[owner] = nil }
    for owner in termReads.keys where owner.record?.document == document.id { termReads[owner] = nil }
    for source in findings.removeValue(forKey: document.id)?.keys.map(\.self) ?? [] {
      placed[source]?.removeAll { $0 == document.id }
    }
  }

  /// Lets go of every document: they hold on to their space, too.
  func dissolve() {
    documents = [:]
    listed = [:]
    listedAsAwaited = []
  }

  /// Whether nothing is waiting for any of the documents.
  var isSettled: Bool {
    store.isSettled && (readingIsStopped || (!links.hasWaiting && claimsAwaitingFiles.isEmpty && !lacksFiles))
      && isWorkedOff
  }

  // MARK: What waits

  /// Documents for which something may wait: of thousands of files, few. One that is not here has nothing that waits.
  private var listed: [ObjectIdentifier: DocumentState] = [:]
  /// Documents of which somebody may wait to hear.
  private var listedAsAwaited: [DocumentState] = []

  func list(_ document: DocumentState) { listed[ObjectIdentifier(document)] = document }
  func listAwaited(_ document: DocumentState) { listedAsAwaited.append(document) }

  /// Whether every record of every document has been looked at and checked. Cost: a step a document that was busy since the last time.
  private var isWorkedOff: Bool {
    while let (object, document) = listed.first {
      if documents[document.id] === document, !document.isWorkedOff { return false }
      document.isListed = false
      listed[object] = nil
    }
    return true
  }

  /// Whether every record of every document has said what it defines, names and claims.
  var areIndexed: Bool { listed.values.allSatisfy { $0.isIndexed || documents[$0.id] !== $0 } }

  /// Takes out the documents of which somebody waits to hear, in order.
  func takeAwaited() -> [DocumentState] {
    let found = listedAsAwaited
    listedAsAwaited = []
    for document in found { document.isListedAsAwaited = false }
    return found.filter { $0.isAwaited && documents[$0.id] === $0 }.sorted { $0.id < $1.id }
  }

  // MARK: Texts at rest

  /// Takes note that a file nobody has open is in memory. Of such only the last ones stay, up to a limit in bytes.
  func noteRead(_ document: DocumentState, bytes: Int) {
    read.append((document.id, bytes))
    readBytes += bytes
    while readBytes > Self.readLimit, read.count > 1 {
      let (id, bytes) = read.removeFirst()
      readBytes -= bytes
      if let document = documents[id], document.isAtRest { document.rest() }
    }
  }

  private var read: [(document: DocumentID, bytes: Int)] = []
  private var readBytes = 0
  private static let readLimit = 64 << 20

  /// Whether all definitions are known that a reference of this declaration in this document could mean.
  func isIndexed(for link: LinkDeclaration, in document: DocumentID) -> Bool {
    guard link.scope == .dataset else { return documents[document]?.isIndexed ?? true }
    return !lacksFiles && areIndexed
  }

  // MARK: Findings

  /// Puts what a source found now in place of what it found before.
  func put(_ found: [Finding], from source: Source) {
    let byDocument = Dictionary(grouping: found, by: \.place.record.document)
    for document in placed.removeValue(forKey: source) ?? [] {
      findings[document]?[source] = nil
      if byDocument[document] == nil { documents[document]?.put([], from: source) }
      documents[document]?.noteNews()
    }
    guard !found.isEmpty else { return }
    placed[source] = Array(byDocument.keys)
    for (document, found) in byDocument {
      findings[document, default: [:]][source] = found
      documents[document]?.put(found, from: source)
      documents[document]?.noteNews()
    }
  }

  /// What a finding in a document came from; `nil` if it is its record's own, or is gone. Cost: what was found in the document.
  func source(of finding: Finding) -> Source? {
    findings[finding.place.record.document]?.first { $0.value.contains(finding) }?.key
  }

  /// What differs in a document, with the thing that it is said of.
  func disagreements(in document: DocumentID) -> [(key: FactKey, finding: Finding)] {
    (findings[document] ?? [:]).flatMap { source, found -> [(key: FactKey, finding: Finding)] in
      guard case .claims(let key) = source else { return [] }
      return found.map { (key, $0) }
    }
  }

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

  /// What is gone looks nothing up any more.
  func forget(_ owner: Owner) {
    invalidate(owner)
    termReads[owner] = nil
  }

  /// Notes an answer that counts, and which terms it hangs on.
  func noteAnswer(of owner: Owner, reads: Set<FactKey>) {
    termReads[owner] = reads.isEmpty ? nil : reads
    if owner.record == nil { answered?.insert(owner) }
  }

  /// Whose answers may be others when terms change: those on their way, and those that looked one of them up.
  func owners(touchedBy terms: TermChanges) -> Set<Owner> {
    Set(sent.keys).union(termReads.lazy.filter { terms.touches($0.value) }.map(\.key))
  }

  /// Whether an answer is the newest; it counts once.
  func accept(_ owner: Owner, _ number: UInt64) -> Bool {
    guard sent[owner] == number else { return false }
    sent[owner] = nil
    return true
  }
}
