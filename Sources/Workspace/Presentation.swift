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
  let table: FindingTable
  var findings: [Finding] { table.all }
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
    let isShown = !isQuiet && ceiling == nil
    if isShown, state.isUnopened, workspace.withholds {
      table = state.foundNow.keeping { !workspace.isWithheld(state.reference($0), in: state.space) }
      acceptances = workspace.acceptances(of: table.all, in: state)
    } else {
      table = isShown ? state.foundNow : FindingTable(id, state.levels)
      acceptances = isShown ? workspace.acceptances(in: state) : Acceptances()
    }
    var others: [DocumentID: OtherDocument] = [:]
    for other in table.others.keys { others[other] = state.space.documents[other].map(OtherDocument.init) }
    self.others = others
  }

  /// What is to be shown, in order; `limit` findings at most, those nearest to the last edit, or to `offset`.
  ///
  /// Cost: O(k log k + log n) for k findings of n that are shown. Without a limit, or where somebody has accepted some of them,
  /// all are put in order: O(n log n), and their places in the text.
  package func shown(limit: Int? = Publication.limit, near offset: Int? = nil) -> (
    findings: [PresentedFinding], omitted: Int
  ) {
    guard !isQuiet else { return ([], 0) }
    if let ceiling {
      var notes = NoteMemo(document)
      return ([present(Publication.Shown(finding: ceiling, range: 0..<0), in: LanguageTags(language), &notes)], 0)
    }
    let limit = limit ?? .max
    let problems = document.problems(limit: limit == .max ? .max : limit + 1)
    let syntax = leveled(problems.map(syntaxFinding))
    let edits = offset.map { [$0] } ?? edits
    let isPart = table.count > limit && acceptances.byFinding.isEmpty && !edits.isEmpty
    let publication = isPart ? part(syntax, edits: edits, limit: limit) : whole(syntax, edits: edits, limit: limit)
    let unlisted = max(0, document.problemCount - problems.count)
    let language = LanguageTags(language)
    var notes = NoteMemo(document)
    return (publication.shown.map { present($0, in: language, &notes) }, publication.omitted + unlisted)
  }

  /// Everything put in order, then cut.
  private func whole(_ syntax: [Finding], edits: [Int], limit: Int) -> Publication {
    let all = table.all
    // Decisions know findings by their index.
    var indices: [Int] = []
    var open: [Finding] = []
    for index in all.indices {
      guard var finding = leveled([all[index]]).first else { continue }
      if acceptances.byFinding[index] != nil { finding.severity = .hint }
      indices.append(index)
      open.append(finding)
    }
    indices += all.count..<all.count + syntax.count
    var memo = RecordMemo(document)
    return Publication(
      of: open + syntax, rule: { library.rule($0) }, range: { range(of: $0, &memo) }, edits: edits, limit: limit,
      decision: { acceptances.byFinding[indices[$0]] }
    ).numbered { indices[$0] }
  }

  /// The same of many findings of which few are shown, without looking at the others.
  private func part(_ syntax: [Finding], edits: [Int], limit: Int) -> Publication {
    let rules = Set(table.standingRules + syntax.map(\.rule))
    let hidden = Publication.hidden(among: rules, standing: rules, rule: { library.rule($0) })
    let numbers = table.numbers(of: hidden)
    var memo = RecordMemo(document)
    let problems = Publication(
      of: syntax.filter { !hidden.contains($0.rule) }, rule: { library.rule($0) }, range: { range(of: $0, &memo) },
      limit: .max
    ).numbered { table.count + $0 }.shown
    var candidates: [Publication.Shown] = []
    var met: Set<Int> = []
    for edit in edits {
      let near = table.nearest(to: edit, limit: limit, without: numbers, in: document)
      // Mostly there is one.
      candidates += edits.count == 1 ? near : near.filter { met.insert($0.index).inserted }
    }
    return Publication(
      candidates: candidates + problems, total: table.shownCount(without: numbers) + problems.count, edits: edits,
      limit: limit)
  }

  private func syntaxFinding(_ problem: SyntaxProblem) -> Finding {
    SyntaxRules.finding(
      problem,
      at: Place(
        record: RecordReference(document: id, record: Self.wholeText),
        start: UInt32(clamping: problem.range.lowerBound),
        end: UInt32(clamping: problem.range.upperBound)))
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

  /// The findings at the severity the dataset gives their rules, without those it has switched off.
  private func leveled(_ findings: [Finding]) -> [Finding] {
    guard let configuration, let path, !configuration.levels.isEmpty else { return findings }
    return findings.compactMap { finding in
      guard let level = configuration.level(of: finding.rule, in: path) else { return finding }
      guard let severity = level.severity else { return nil }
      var finding = finding
      finding.severity = severity
      return finding
    }
  }

  private func present(
    _ shown: Publication.Shown, in language: LanguageTags, _ notes: inout NoteMemo
  ) -> PresentedFinding {
    let finding = shown.finding
    let isSensitive = library.rule(finding.rule)?.isSensitive ?? false
    let message = library.catalog.text(of: finding.message, rule: finding.rule, in: language)
    let decision = shown.decision.map { acceptances.decisions[$0] }
    return PresentedFinding(
      rule: finding.rule, severity: finding.severity, range: shown.range,
      message: decision.map { words.accepted(message, $0.decision) } ?? message, count: finding.count,
      related: finding.related.compactMap { present($0, of: finding.rule, in: language, &notes) },
      isSensitive: isSensitive, finding: finding, index: shown.index, acceptance: decision?.decision,
      decisionLine: decision?.line)
  }

  private func present(
    _ note: Finding.Related, of rule: String, in language: LanguageTags, _ notes: inout NoteMemo
  ) -> PresentedFinding.Related? {
    if let last = notes.last, last.rule == rule, last.note == note { return last.shown }
    let elsewhere = others[note.place.record.document]
    let range = elsewhere?.range(of: note.place) ?? range(of: note.place, &notes.records)
    let shown = range.map {
      PresentedFinding.Related(
        range: $0, message: library.catalog.text(of: note.message, rule: rule, in: language), elsewhere: elsewhere)
    }
    notes.last = (rule, note, shown)
    return shown
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
    let findings = findings
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

/// The note that was presented last, and where notes stand: many findings point to one place, such as the header that all boxes
/// lie on.
private struct NoteMemo {
  var records: RecordMemo
  var last: (rule: String, note: Finding.Related, shown: PresentedFinding.Related?)?

  init(_ document: Document) { records = RecordMemo(document) }
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
