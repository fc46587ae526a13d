import Findings
import Manifest

/// All that is found in one record, and what of it is worth showing.
struct FindingRow: Sendable {
  let record: RecordID
  private(set) var parts: [(source: FindingSource, findings: [Finding])] = []
  /// Everything found in the record.
  private(set) var findings: [Finding] = []
  /// What would be shown, were it not for gates: gravest first, then by place; of those with equal rule and places the first.
  private(set) var items: [Item] = []

  init(_ record: RecordID) { self.record = record }

  /// One finding that may be shown.
  struct Item: Sendable {
    /// Which of the row's findings it is.
    var index: Int
    /// Of its rule, in the table.
    var rule: Int
    var severity: Severity
    /// Whether equal ones elsewhere are shown as one with it.
    var isFolded: Bool
    /// Whether it is the one that is shown.
    var isShown: Bool
  }

  /// Puts what a source found in the record in place of what it found before.
  mutating func put(_ found: [Finding], from source: FindingSource) {
    let index = parts.firstIndex { $0.source == source }
    switch (index, found.isEmpty) {
    case (let index?, true): parts.remove(at: index)
    case (let index?, false): parts[index].findings = found
    case (nil, false): parts.append((source, found))
    case (nil, true): return
    }
    findings = parts.count == 1 ? parts[0].findings : joined()
  }

  /// Of a label that a rule has something to say of, nobody needs to hear that its list doesn't have it.
  private func joined() -> [Finding] {
    let others = parts.lazy.filter { $0.source != .terms }.flatMap(\.findings)
    let places = Set(others.map(\.place))
    return parts.flatMap { source, found in
      source == .terms ? found.filter { $0.rule != TermRules.unknown.id || !places.contains($0.place) } : found
    }
  }

  /// Works out what may be shown.
  mutating func list(_ rules: FindingRules, in document: DocumentID) {
    var all: [Item] = []
    for (index, finding) in findings.enumerated() where finding.place.record.document == document {
      guard let rule = rules.number(of: finding.rule), let severity = rules.severity(of: finding, rule) else {
        continue
      }
      all.append(
        Item(index: index, rule: rule, severity: severity, isFolded: finding.fold != nil, isShown: finding.fold == nil))
    }
    if all.count > 1 {
      all.sort { precedes($0, $1) }
      var seen: Set<Publication.Identity> = []
      all = all.filter {
        seen.insert(Publication.Identity(findings[$0.index], isDeclared: rules.isDeclared($0.rule))).inserted
      }
    }
    items = all
  }

  private func precedes(_ a: Item, _ b: Item) -> Bool {
    let (one, other) = (findings[a.index], findings[b.index])
    let (first, second) = (a.severity.rawValue, b.severity.rawValue)
    if first != second { return first < second }
    if one.place.start != other.place.start { return one.place.start < other.place.start }
    return one.place.end == other.place.end ? Publication.wordsPrecede(one, other) : one.place.end < other.place.end
  }

  /// Says which of its folded findings stand for all equal ones: those that `isFirst`, each fold once.
  mutating func show(where isFirst: (FoldKey, FoldMember) -> Bool) {
    var seen: Set<FoldKey> = []
    for index in items.indices where items[index].isFolded {
      let key = foldKey(items[index])
      items[index].isShown = isFirst(key, member(items[index])) && seen.insert(key).inserted
    }
  }

  func foldKey(_ item: Item) -> FoldKey {
    FoldKey(rule: item.rule, value: Array((findings[item.index].fold ?? "").utf8))
  }

  func member(_ item: Item) -> FoldMember {
    let place = findings[item.index].place
    return FoldMember(severity: item.severity.rawValue, record: record, start: place.start, end: place.end)
  }
}
