package import Findings
import Manifest
import Schema

extension DocumentSnapshot {
  /// What there is to say at an offset, in Markdown: the findings there, each with its rule's page; what a value means, and what the format says of it.
  ///
  /// Cost: the findings of the document if there are some near, and some evaluations of the record.
  package func hover(at offset: Int, in workspace: Workspace) async -> (range: Range<Int>, markdown: String)? {
    var parts: [String] = []
    var range: Range<Int>?
    let found = findings(at: offset)
    for finding in found.prefix(Self.hoveredLimit) {
      range = range ?? finding.range
      let page = library.page(of: finding.rule, language)
      parts.append(finding.message + (page.map { "\n\n" + $0.markdown } ?? ""))
    }
    if found.count > Self.hoveredLimit {
      parts.append(
        words(
          "{count} more {count#finding is|findings are} not shown here. `concord check` lists them all.",
          .init("count", String(found.count - Self.hoveredLimit))))
    }
    if offset == 0, let counts = await workspace.isSettled(uri) ? counts(in: workspace) : nil {
      range = range ?? 0..<0
      parts.append(Markdown.escaped(counts))
    }
    if let (node, texts) = await value(at: offset, in: workspace) {
      range = range ?? node
      parts += texts
    }
    return range.map { ($0, parts.joined(separator: "\n\n---\n\n")) }
  }

  /// Findings that are told of one place.
  private static let hoveredLimit = 8

  private func findings(at offset: Int) -> [PresentedFinding] {
    guard hasFindings(near: offset) else { return [] }
    return shown(near: offset).findings.filter { $0.range.contains(offset) || $0.range.lowerBound == offset }
  }

  /// Whether something was found in a record around the offset. Putting all findings in order costs more than looking.
  private func hasFindings(near offset: Int) -> Bool {
    if document.problemCount > 0 { return true }
    var around: Set<RecordID> = [.document]
    var next: Record? = document.innermostRecord(at: offset)
    while let record = next, around.insert(record.id).inserted { next = record.parent.flatMap { document.record($0) } }
    around.insert(Self.wholeText)
    return around.contains { !table.findings(in: $0).isEmpty }
  }

  /// What is known of the value, key or record at an offset, and its range.
  private func value(at offset: Int, in workspace: Workspace) async -> (range: Range<Int>, texts: [String])? {
    guard let reader = RecordReader(self), let reading = reader.identifiers(at: offset)?.reading else { return nil }
    guard let own = document.relative(offset, in: reading.record.id) else {
      // The key of a record is outside of its text.
      let key = document.keyRange(of: reading.record.id)
      guard let key, key.lowerBound <= offset, offset <= key.upperBound else { return nil }
      return await card(of: reading, reader, at: key, in: workspace)
    }
    let node = reading.tree.node(at: own)
    let whole = reading.tree.nodes[0]
    if node == 0, reading.record.id != .document, own == Int(whole.start), whole.kind == .object {
      return await card(of: reading, reader, at: document.absolute(own..<own + 1, in: reading.record.id), in: workspace)
    }
    let words = await ValueWords(self, reader, reading, nodes: [node], in: workspace)
    let shown = words.geometry(at: node)?.node ?? node
    let told = await workspace.pluginTexts(of: node, in: reading, self)
    let texts = told + words.card(of: node) + [description(of: node, in: reading, reader)].compactMap(\.self)
    guard !texts.isEmpty, let range = reading.range(of: shown) else { return nil }
    return (range, texts)
  }

  private func card(
    of reading: RecordReading, _ reader: RecordReader, at range: Range<Int>?, in workspace: Workspace
  ) async -> (range: Range<Int>, texts: [String])? {
    guard let range else { return nil }
    let words = await ValueWords(self, reader, reading, in: workspace)
    let told = await workspace.pluginTexts(of: 0, in: reading, self)
    let texts = told + [description(of: 0, in: reading, reader), words.recordCard()].compactMap(\.self)
    return texts.isEmpty ? nil : (range, texts)
  }

  /// Title and description in the format.
  private func description(of node: Int, in reading: RecordReading, _ reader: RecordReader) -> String? {
    guard let found = reader.description(of: node, in: reading) else { return nil }
    let title = found.title.map { "**\(Markdown.escaped(words($0)))**" }
    let text = [title, translated(found.markdown)].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n")
    return text.isEmpty ? nil : text
  }

  /// Each paragraph in the reader's language, where it has it.
  private func translated(_ markdown: String) -> String {
    markdown.split(separator: "\n\n").map { words(String($0)) }.joined(separator: "\n\n")
  }

  /// Fixes of the findings that touch a range, with the finding each is for.
  package func fixes(in range: Range<Int>, onlyCertain: Bool) -> [(finding: PresentedFinding, fix: Fix)] {
    shown(near: range.lowerBound).findings.filter {
      $0.range.lowerBound <= range.upperBound && range.lowerBound <= $0.range.upperBound
    }
    .flatMap { finding in finding.finding.fixes.map { (finding, $0) } }
    .filter { !onlyCertain || $0.fix.isCertain && $0.finding.acceptance == nil }
  }
}
