package import Findings
package import Manifest

/// What is known of a document at one moment: its text and everything found in it. Immutable; made cheaply.
package struct DocumentSnapshot: Sendable {
  package let uri: String
  package let path: String?
  package let version: Int
  package let document: Document
  package let id: DocumentID
  package let dialect: Dialect?
  package let library: Library
  /// Where the last edits were, in bytes.
  package let edits: [Int]
  package private(set) var language: String
  /// All that was found, not yet put in order or cut. Nothing where nothing is to be said of the file.
  let findings: [Finding]
  /// What of it somebody has accepted, with a reason.
  private let acceptances: Acceptances
  /// What plugins could not do here, each once, in plain sentences.
  package let faults: [String]
  let configuration: DatasetConfiguration?
  let isQuiet: Bool
  /// The dataset with whose files it is joined, if it is; and what has changed there so far.
  package let joined: (root: String, revision: Int)?
  var isJoined: Bool { joined != nil }
  /// What is said of the file instead of its findings, because it was too much to check.
  let ceiling: Finding?
  /// The lists of terms that hold for the document.
  let terms: TermBook
  /// The other documents that findings here point to.
  private let others: [DocumentID: OtherDocument]

  init(of state: DocumentState, in workspace: isolated Workspace) {
    uri = state.shownURI
    path = state.path
    version = state.version
    document = state.document
    id = state.id
    dialect = state.recognition.dialect
    library = workspace.library
    edits = [state.focus]
    language = workspace.options.language
    faults = state.faults
    configuration = state.configuration
    isQuiet = state.isQuiet
    joined = workspace.dataset(of: state).map { ($0.configuration.root, $0.space.revision) }
    terms = TermBook(workspace.lists(for: state))
    ceiling = isQuiet ? nil : state.ceilingFinding(limit: workspace.memory.limit)
    findings = isQuiet || ceiling != nil ? [] : Self.findings(of: state)
    acceptances = workspace.acceptances(of: findings, in: state)
    var others: [DocumentID: OtherDocument] = [:]
    for place in findings.lazy.flatMap(\.related).map(\.place) {
      let document = place.record.document
      if document != id, others[document] == nil {
        others[document] = state.space.documents[document].map(OtherDocument.init)
      }
    }
    self.others = others
  }

  /// Of a label that a rule has something to say of, nobody needs to hear that its list doesn't have it.
  static func findings(of state: DocumentState) -> [Finding] {
    let found =
      state.findings.values.flatMap(\.self) + state.space.findings(in: state.id) + (state.vocabulary?.lostZeros ?? [])
    guard !state.termUses.isEmpty else { return found }
    let terms = state.termUses.findings
    guard !terms.isEmpty else { return found }
    let places = Set(found.map(\.place))
    return found + terms.filter { $0.rule != TermRules.unknown.id || !places.contains($0.place) }
  }

  /// What is to be shown, in order; `limit` findings at most.
  ///
  /// Cost: O(n log n) in the number of findings, and their places in the text.
  package func shown(limit: Int? = Publication.limit) -> (findings: [PresentedFinding], omitted: Int) {
    guard !isQuiet else { return ([], 0) }
    if let ceiling { return ([present(Publication.Shown(finding: ceiling, range: 0..<0), index: 0)], 0) }
    let limit = limit ?? .max
    var all = findings
    let problems = document.problems(limit: limit == .max ? .max : limit + 1)
    all += problems.map { problem in
      SyntaxRules.finding(
        problem,
        at: Place(
          record: RecordReference(document: id, record: Self.wholeText),
          start: UInt32(clamping: problem.range.lowerBound),
          end: UInt32(clamping: problem.range.upperBound)))
    }
    // Decisions know findings by their index.
    var indices = Array(all.indices)
    let levels = configuration.map { !$0.levels.isEmpty } ?? false
    if levels {
      let leveled = zip(indices, all).compactMap { index, finding in self.leveled(finding).map { (index, $0) } }
      (indices, all) = (leveled.map(\.0), leveled.map(\.1))
    }
    for index in all.indices where acceptances.byFinding[indices[index]] != nil { all[index].severity = .hint }
    var memo = RecordMemo(document)
    let publication = Publication(
      of: all, rule: { library.rule($0) }, range: { range(of: $0, &memo) }, edits: edits, limit: limit,
      decision: { acceptances.byFinding[indices[$0]] })
    let unlisted = max(0, document.problemCount - problems.count)
    return (publication.shown.map { present($0, index: indices[$0.index]) }, publication.omitted + unlisted)
  }

  /// Stands for the text itself in places that are document offsets.
  static let wholeText = RecordID(label: .max)

  /// The bytes a place covers now; `nil` if its record is gone or in another document.
  package func range(of place: Place) -> Range<Int>? {
    var memo = RecordMemo(document)
    return range(of: place, &memo)
  }

  func range(of place: Place, _ memo: inout RecordMemo) -> Range<Int>? {
    guard place.record.document == id else { return nil }
    let own = Int(place.start)..<Int(max(place.start, place.end))
    if place.record.record == Self.wholeText { return own.clamped(to: 0..<document.byteCount) }
    return memo.absolute(own, in: place.record.record)
  }

  /// The finding at the severity the dataset gives its rule; `nil` where the dataset has switched it off.
  private func leveled(_ finding: Finding) -> Finding? {
    guard let configuration, let path, let level = configuration.level(of: finding.rule, in: path) else {
      return finding
    }
    guard let severity = level.severity else { return nil }
    var finding = finding
    finding.severity = severity
    return finding
  }

  private func present(_ shown: Publication.Shown, index: Int) -> PresentedFinding {
    let finding = shown.finding
    let isSensitive = library.rule(finding.rule)?.isSensitive ?? false
    let message = library.catalog.text(of: finding.message, rule: finding.rule, language: language)
    let decision = shown.decision.map { acceptances.decisions[$0] }
    return PresentedFinding(
      rule: finding.rule, severity: finding.severity, range: shown.range,
      message: decision.map { words.accepted(message, $0.decision) } ?? message, count: finding.count,
      related: finding.related.compactMap { related in
        let message = library.catalog.text(of: related.message, rule: finding.rule, language: language)
        let elsewhere = others[related.place.record.document]
        return (elsewhere?.range(of: related.place) ?? range(of: related.place)).map { range in
          PresentedFinding.Related(range: range, message: message, elsewhere: elsewhere)
        }
      }, isSensitive: isSensitive, finding: finding, index: index, acceptance: decision?.decision,
      decisionLine: decision?.line)
  }

  /// What shown findings are known by, in the order given.
  ///
  /// Cost: O(n log n) in the number of findings, and a reading of the entry of each that is of the same kind as one given.
  package func fingerprints(of shown: [PresentedFinding]) -> [Fingerprint] {
    let all = fellows(of: shown)
    var identities = FindingIdentities(document, id, dialect)
    var found = shown.map { Fingerprint(kind: Fingerprint.kind(of: $0.finding), label: 0) }
    identities.visit(all.map(\.finding)) { index, fingerprint, _ in
      for number in all[index].shown { found[number] = fingerprint }
    }
    return found
  }

  /// All that was found of the kinds of shown findings, and which of these each is: those that nothing tells apart are counted,
  /// so that none may be missing.
  func fellows(of shown: [PresentedFinding]) -> [(finding: Finding, shown: [Int])] {
    let kinds = Set(shown.map { Fingerprint.kind(of: $0.finding) })
    let numbers = Dictionary(grouping: shown.indices) { shown[$0].index }
    var all: [(finding: Finding, shown: [Int])] = findings.enumerated().compactMap { index, finding in
      if let numbers = numbers[index] { return (finding, numbers) }
      return kinds.contains(Fingerprint.kind(of: finding)) ? (finding, []) : nil
    }
    all += shown.indices.filter { shown[$0].index >= findings.count }.map { (shown[$0].finding, [$0]) }
    return all
  }

  /// A fix's title in the reader's language.
  package func title(of fix: Fix, rule: String) -> String {
    library.catalog.text(of: fix.title, rule: rule, language: language)
  }
}

extension DocumentSnapshot {
  /// What is said of a file that was too much to check, in the reader's language; `nil` if it is checked.
  package var ceilingText: String? {
    ceiling.map { library.catalog.text(of: $0.message, rule: $0.rule, language: language) }
  }

  /// What the program itself says, in the reader's language.
  package var words: Phrasebook { library.words(language) }
}

/// A finding as it is shown: in words, at bytes of the document.
package struct PresentedFinding: Sendable {
  package var rule: String
  package var severity: Severity
  package var range: Range<Int>
  package var message: String
  package var count: Int
  package var related: [Related]
  package var isSensitive: Bool
  package var finding: Finding
  /// Which of all that was found it is.
  let index: Int
  /// Who has accepted it, and why; `nil`: nobody.
  package let acceptance: Decision?
  /// Where that stands.
  package let decisionLine: RecordID?

  package struct Related: Sendable {
    package var range: Range<Int>
    package var message: String
    /// The document it stands in, if that is another one.
    package var elsewhere: OtherDocument?
  }
}

/// Another document of the dataset, at the same moment.
package struct OtherDocument: Sendable {
  package let path: String?
  package let document: Document

  init(_ state: DocumentState) {
    path = state.path
    document = state.document
  }

  func range(of place: Place) -> Range<Int>? {
    document.absolute(Int(place.start)..<Int(max(place.start, place.end)), in: place.record.record)
  }
}

extension DocumentSnapshot {
  /// The same, to be put into words of another language.
  package func inLanguage(_ tag: String) -> DocumentSnapshot {
    var other = self
    other.language = tag
    return other
  }

  /// The string, number, word or key around an offset, in bytes of the document; empty where there is none.
  package func scalar(around offset: Int) -> Range<Int> {
    let record = document.innermostRecord(at: offset)
    let none = offset..<offset
    guard let own = document.relative(offset, in: record.id), let tree = document.tree(of: record.id) else {
      return none
    }
    let node = tree.nodes[tree.node(at: own)]
    if node.keyRange.contains(own) || (node.hasKey && node.keyRange.upperBound == own) {
      return document.absolute(node.keyRange, in: record.id) ?? none
    }
    guard node.kind != .array, node.kind != .object, node.range.lowerBound <= own, own <= node.range.upperBound else {
      return none
    }
    return document.absolute(node.range, in: record.id) ?? none
  }
}
