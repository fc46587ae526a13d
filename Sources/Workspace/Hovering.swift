package import Findings
import Manifest
import Schema

extension DocumentSnapshot {
  /// What there is to say at an offset, in Markdown: the findings there, each with its rule's page, and what the format says of the value.
  ///
  /// Cost: the findings of the document, and one evaluation of the record.
  package func hover(at offset: Int) -> (range: Range<Int>, markdown: String)? {
    var parts: [String] = []
    var range: Range<Int>?
    for finding in shown().findings where finding.range.contains(offset) || finding.range.lowerBound == offset {
      range = range ?? finding.range
      let page = library.page(of: finding.rule, language)
      parts.append(finding.message + (page.map { "\n\n" + $0.markdown } ?? ""))
    }
    if let (node, text) = description(at: offset) {
      range = range ?? node
      parts.append(text)
    }
    return range.map { ($0, parts.joined(separator: "\n\n---\n\n")) }
  }

  /// Each paragraph in the reader's language, where it has it.
  private func translated(_ markdown: String) -> String {
    markdown.split(separator: "\n\n").map { words(String($0)) }.joined(separator: "\n\n")
  }

  /// Title and description of the value or key at an offset, and its range.
  private func description(at offset: Int) -> (range: Range<Int>, text: String)? {
    let record = document.innermostRecord(at: offset)
    guard let dialect, let own = document.relative(offset, in: record.id), let tree = document.tree(of: record.id),
      let entry = dialect.entry(of: record, key: document.key(of: record.id))
    else { return nil }
    let node = tree.node(at: own)
    guard let found = SchemaEvaluator(dialect.program).description(of: node, in: tree, at: entry),
      let range = document.absolute(tree.nodes[node].range, in: record.id)
    else { return nil }
    let title = found.title.map { "**\(words($0))**" }
    let parts = [title, translated(found.markdown)].compactMap(\.self)
    return (range, parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  /// Fixes of the findings that touch a range, with the finding each is for.
  package func fixes(in range: Range<Int>, onlyCertain: Bool) -> [(finding: PresentedFinding, fix: Fix)] {
    shown().findings.filter { $0.range.lowerBound <= range.upperBound && range.lowerBound <= $0.range.upperBound }
      .flatMap { finding in finding.finding.fixes.map { (finding, $0) } }
      .filter { !onlyCertain || $0.fix.isCertain }
  }
}
