import Facts
import Findings
import Manifest

/// Everything found in one document, by record and so in order, kept as it comes and goes.
///
/// A value whose copies share its parts: a snapshot takes one for nothing, and an edit copies the parts it touches. What is
/// shown of a hundred thousand findings costs what is shown, and what changed.
struct FindingTable: Sendable {
  let document: DocumentID
  private let levels: DocumentLevels
  private(set) var rules = FindingRules()
  private(set) var chunks: [FindingChunk] = []
  private(set) var folds = FindingFolds()
  /// How many are shown of each rule, by its number; what is folded counts once.
  private var shownByRule: [Int] = []
  /// How many there are of each rule, equal ones too.
  private var foundByRule: [Int] = []
  private(set) var count = 0
  /// Where the findings of a source stand, unless that is the record it looked at.
  private var placed: [FindingSource: Set<RecordID>] = [:]
  /// Documents that findings here point to, with how many notes do.
  private(set) var others: [DocumentID: Int] = [:]

  init(_ document: DocumentID, _ levels: DocumentLevels) {
    self.document = document
    self.levels = levels
  }

  var isEmpty: Bool { count == 0 }

  /// All of them, in order of their records.
  var all: [Finding] {
    var all: [Finding] = []
    all.reserveCapacity(count)
    for chunk in chunks { for row in chunk.rows { all += row.findings } }
    return all
  }

  /// Rules by which something is found, also of those that are switched off.
  var foundRules: [String] { foundByRule.indices.filter { foundByRule[$0] > 0 }.map(rules.id) }
  /// Those that are not.
  var standingRules: [String] { foundByRule.indices.filter { foundByRule[$0] > 0 && !rules.isOff($0) }.map(rules.id) }

  /// How many are shown, each fold once, but for the rules of these numbers.
  func shownCount(without hidden: Set<Int>) -> Int {
    shownByRule.indices.reduce(0) { hidden.contains($1) ? $0 : $0 + shownByRule[$1] }
  }

  /// What a source said last.
  func found(by source: FindingSource) -> [Finding] {
    var records: [RecordID] = []
    if let placed = placed[source] {
      records = placed.sorted()
    } else if case .record(let owner) = source, let own = owner.record {
      records = [own.record]
    }
    return records.flatMap { record in
      let place = chunks.place(of: record)
      guard place.isThere else { return [Finding]() }
      return chunks[place.chunk].rows[place.row].parts.first { $0.source == source }?.findings ?? []
    }
  }

  /// What stands in a record.
  func findings(in record: RecordID) -> [Finding] {
    let place = chunks.place(of: record)
    return place.isThere ? chunks[place.chunk].rows[place.row].findings : []
  }

  /// What stands in some of the records. Cost: everything found.
  func keeping(_ keeps: (RecordID) -> Bool) -> FindingTable {
    var bySource: [FindingSource: [Finding]] = [:]
    for row in chunks.lazy.flatMap(\.rows) where keeps(row.record) {
      for part in row.parts { bySource[part.source, default: []] += part.findings }
    }
    var kept = FindingTable(document, levels)
    for (source, found) in bySource { kept.put(found, from: source) }
    return kept
  }

  // MARK: Changes

  /// Puts what a source found in place of what it found before. Cost: O(log n) a record, and what stands in it.
  mutating func put(_ found: [Finding], from source: FindingSource) {
    var own: RecordID?
    if case .record(let owner) = source { own = owner.record?.record }
    if let own, placed.isEmpty || placed[source] == nil, found.allSatisfy({ $0.place.record.record == own }) {
      return put(found, from: source, in: own)
    }
    let before = placed.removeValue(forKey: source) ?? own.map { [$0] } ?? []
    let byRecord = Dictionary(grouping: found, by: \.place.record.record)
    for record in before where byRecord[record] == nil { put([], from: source, in: record) }
    for (record, found) in byRecord { put(found, from: source, in: record) }
    if !byRecord.isEmpty { placed[source] = Set(byRecord.keys) }
  }

  private mutating func put(_ found: [Finding], from source: FindingSource, in record: RecordID) {
    for finding in found { rules.note(finding.rule, levels) }
    while shownByRule.count < rules.count {
      shownByRule.append(0)
      foundByRule.append(0)
    }
    let place = chunks.place(of: record)
    var row = place.isThere ? chunks[place.chunk].rows[place.row] : FindingRow(record)
    guard place.isThere || !found.isEmpty else { return }
    let before = row
    row.put(found, from: source)
    row.list(rules, in: document)
    count(before, -1)
    var touched: Set<FoldKey> = []
    var firsts: Set<RecordID> = []
    let folded = before.items.contains(where: \.isFolded) || row.items.contains(where: \.isFolded)
    if folded {
      for item in before.items where item.isFolded { touched.insert(before.foldKey(item)) }
      for item in row.items where item.isFolded { touched.insert(row.foldKey(item)) }
      firsts.formUnion(touched.compactMap { folds.first(of: $0)?.record })
      for item in before.items where item.isFolded {
        folds.remove(before.member(item), cases: before.findings[item.index].count, from: before.foldKey(item))
      }
      for item in row.items where item.isFolded {
        folds.add(row.member(item), cases: row.findings[item.index].count, to: row.foldKey(item))
      }
      firsts.formUnion(touched.compactMap { folds.first(of: $0)?.record })
      show(&row)
    }
    count(row, 1)
    chunks.replace(at: place, by: row.findings.isEmpty ? nil : row)
    // Others may stand for their equals now, or no more.
    for other in firsts where other != record { showAnew(other) }
  }

  private func show(_ row: inout FindingRow) { row.show { folds.first(of: $0) == $1 } }

  private mutating func showAnew(_ record: RecordID) {
    let place = chunks.place(of: record)
    guard place.isThere else { return }
    var row = chunks[place.chunk].rows[place.row]
    count(row, -1)
    show(&row)
    count(row, 1)
    chunks.replace(at: place, by: row)
  }

  private mutating func count(_ row: FindingRow, _ step: Int) {
    count += step * row.findings.count
    for item in row.items where item.isShown { shownByRule[item.rule] += step }
    for finding in row.findings {
      if let rule = rules.number(of: finding.rule) { foundByRule[rule] += step }
      for related in finding.related where related.place.record.document != document {
        let other = related.place.record.document
        let left = (others[other] ?? 0) + step
        others[other] = left == 0 ? nil : left
      }
    }
  }
}
