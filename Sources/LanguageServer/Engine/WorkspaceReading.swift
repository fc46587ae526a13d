import Findings
import JSONCodec
import Manifest
import Workspace

/// One document of the workspace at one version.
struct WorkspaceReading: DocumentReading {
  let snapshot: DocumentSnapshot
  let workspace: Workspace
  let encoding: PositionEncoding
  /// The most findings that are shown.
  let findingLimit: Int

  var version: Int { snapshot.version }

  func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition {
    snapshot.document.position(at: offset, in: encoding)
  }

  func positions(at offsets: [Int], in encoding: PositionEncoding) -> [LinePosition] {
    var memo = PositionMemo(snapshot.document, in: encoding)
    var found = [LinePosition](repeating: LinePosition(line: 0, character: 0), count: offsets.count)
    for index in offsets.indices.sorted(by: { offsets[$0] < offsets[$1] }) {
      found[index] = memo.position(at: offsets[index])
    }
    return found
  }

  func offset(of position: LinePosition, in encoding: PositionEncoding) -> Int {
    snapshot.document.offset(of: position, in: encoding)
  }

  func value(around offset: Int) -> Range<Int> { snapshot.scalar(around: offset) }

  func settledFindings() async throws(CancellationError) -> [ShownFinding] {
    await workspace.settle(snapshot.uri)
    if Task.isCancelled { throw CancellationError() }
    guard let settled = await workspace.snapshot(snapshot.uri), settled.version == snapshot.version else {
      return findings()
    }
    let reading = WorkspaceReading(
      snapshot: settled.inLanguage(snapshot.language), workspace: workspace, encoding: encoding,
      findingLimit: findingLimit)
    return reading.findings()
  }

  func hover(at offset: Int) async -> (range: Range<Int>, markdown: String)? {
    await snapshot.hover(at: offset, in: workspace)
  }

  func completions(at offset: Int) async -> CompletionList { await workspace.completions(at: offset, in: snapshot) }

  func fixes(in range: Range<Int>, onlyCertain: Bool) async -> [ShownFix] {
    let fixes = snapshot.fixes(in: range, onlyCertain: onlyCertain).compactMap { finding, fix -> ShownFix? in
      guard let action = action(of: fix, for: finding) else { return nil }
      return ShownFix(
        title: snapshot.title(of: fix, rule: finding.rule), isCertain: fix.isCertain && finding.acceptance == nil,
        findings: [shown(finding)], action: action)
    }
    if onlyCertain { return fixes }
    return fixes
      + (await workspace.actions(in: range, of: snapshot)).map { action in
        ShownFix(
          title: action.title, isCertain: false, findings: [shown(action.finding)],
          action: .recipe(action.request.json), goesOn: action.request.asksForReason)
      }
  }

  private func action(of fix: Fix, for finding: PresentedFinding) -> ShownFix.Action? {
    switch fix.action {
    case .edits:
      guard let edits = snapshot.textEdits(of: fix), !edits.isEmpty else { return nil }
      return .edits([documentEdits(edits)])
    case .recipe(let name, let argument, let scope):
      guard let slash = finding.rule.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      let request = RecipeRequest(
        uri: snapshot.uri, plugin: String(finding.rule[..<slash]), recipe: name, argument: argument, scope: scope,
        record: finding.finding.place.record.record)
      return .recipe(request.json)
    }
  }

  func documentEdits(_ edits: [TextEdit]) -> DocumentEdits {
    DocumentEdits(
      uri: snapshot.uri, document: self, encoding: encoding, edits: edits.map { ($0.range, $0.replacement) })
  }

  /// What is shown of the document, and a line that says how much is not.
  func findings() -> [ShownFinding] {
    let (findings, unlisted) = snapshot.shown(limit: findingLimit)
    var memo = ShowingMemo(snapshot, encoding)
    let listed = findings.map { shown($0, &memo) }
    var all = ReplyBudget.fitting(listed, near: snapshot.edits)
    let omitted = unlisted + listed.count - all.count
    if omitted > 0, let last = all.last ?? listed.last {
      all.append(
        ShownFinding(
          rule: "concord/more-findings", severity: .information, range: last.range,
          message: snapshot.words(
            "{count} more {count#finding is|findings are} not shown here. `concord check` lists them all.",
            .init("count", String(omitted)))))
    }
    return all
  }

  private func shown(_ finding: PresentedFinding) -> ShownFinding {
    var memo = ShowingMemo(snapshot, encoding)
    return shown(finding, &memo)
  }

  private func shown(_ finding: PresentedFinding, _ memo: inout ShowingMemo) -> ShownFinding {
    ShownFinding(
      rule: finding.rule, severity: finding.severity, range: finding.range,
      message: ReplyBudget.cut(finding.message), rulePage: memo.page(of: finding.rule),
      related: related(finding, &memo), tags: Self.tags(of: finding.rule),
      count: finding.count)
  }

  /// Editors strike through what is no longer in use.
  private static func tags(of rule: String) -> [ShownFinding.Tag] {
    ["schema/deprecated", "term/deprecated"].contains { $0.utf8.elementsEqual(rule.utf8) } ? [.deprecated] : []
  }

  /// The places that a finding is also about, and a line that says how many are left out.
  private func related(_ finding: PresentedFinding, _ memo: inout ShowingMemo) -> [RelatedPlace] {
    var all = finding.related.prefix(ReplyBudget.related).map { related in
      let (uri, start, end) = memo.place(of: related, encoding)
      return RelatedPlace(
        uri: uri, start: start, end: end, message: ReplyBudget.cut(related.message))
    }
    let left = finding.related.count - all.count
    if left > 0, var last = all.last {
      last.message = snapshot.words("{count} more {count#place|places}", .init("count", String(left)))
      all.append(last)
    }
    return all
  }
}

/// What findings that are shown together have in common, each worked out once.
private struct ShowingMemo {
  private let snapshot: DocumentSnapshot
  private var positions: PositionMemo
  private var pages: [String: String?] = [:]

  init(_ snapshot: DocumentSnapshot, _ encoding: PositionEncoding) {
    self.snapshot = snapshot
    positions = PositionMemo(snapshot.document, in: encoding)
  }

  mutating func page(of rule: String) -> String? {
    if let known = pages[rule] { return known }
    let page = snapshot.library.pageAddress(of: rule)
    pages[rule] = page
    return page
  }

  mutating func place(
    of related: PresentedFinding.Related, _ encoding: PositionEncoding
  ) -> (uri: String, start: LinePosition, end: LinePosition) {
    guard let elsewhere = related.elsewhere else {
      return (
        snapshot.uri, positions.position(at: related.range.lowerBound), positions.position(at: related.range.upperBound)
      )
    }
    let document = elsewhere.document
    return (
      elsewhere.path.map { Paths.uri(ofPath: $0) } ?? snapshot.uri,
      document.position(at: related.range.lowerBound, in: encoding),
      document.position(at: related.range.upperBound, in: encoding)
    )
  }
}
