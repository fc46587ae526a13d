import Findings
import Manifest

extension FindingTable {
  /// What is shown, as far as it may be among the `limit` nearest to an offset; each fold once, with all its cases. A finding's
  /// index is its number among all.
  ///
  /// Cost: O(log n) and what is given, but for records of which only hidden rules have something to say.
  func nearest(to offset: Int, limit: Int, without hidden: Set<Int>, in document: Document) -> [Publication.Shown] {
    var walk = NearestWalk(self, document, hidden: hidden, offset: offset)
    while !walk.isEnough(limit) { walk.goOn() }
    return walk.found
  }

  /// Numbers of the rules that are in `names`.
  func numbers(of names: Set<String>) -> Set<Int> { Set(names.compactMap { rules.number(of: $0) }) }
}

/// A walk from an offset to both sides, a chunk at a time.
private struct NearestWalk {
  private let table: FindingTable
  private let document: Document
  private let hidden: Set<Int>
  private let offset: Int
  private var memo: RecordMemo
  private(set) var found: [Publication.Shown] = []
  private var distances: [Int] = []
  /// The number of each chunk's first finding.
  private let numbers: [Int]
  /// From the first to the last record that was walked over.
  private var walked: ClosedRange<RecordID>?
  /// Records that were looked at out of turn: around others, or the text itself.
  private var early: Set<RecordID> = []
  /// What comes next on either side, and how near that can be at best; `nil`: nothing.
  private var left: (chunk: Int, row: Int, distance: Int)?
  private var right: (chunk: Int, row: Int, distance: Int)?

  init(_ table: FindingTable, _ document: Document, hidden: Set<Int>, offset: Int) {
    self.table = table
    self.document = document
    self.hidden = hidden
    self.offset = offset
    memo = RecordMemo(document)
    var sum = 0
    numbers = table.chunks.map { chunk in
      defer { sum += chunk.count }
      return sum
    }
    // Records that begin behind the offset are on the right.
    let last = document.lastRecordID(upTo: offset)
    let middle = table.chunks.place(of: RecordID(label: last.label &+ 1))
    right = (middle.chunk, middle.row, 0)
    left = (middle.chunk, middle.row - 1, 0)
    // Places in the text itself may be anywhere.
    let text = table.chunks.place(of: DocumentSnapshot.wholeText)
    if text.isThere { addEarly(text.chunk, text.row) }
  }

  /// Whether no finding that was not met can be among the `limit` nearest.
  func isEnough(_ limit: Int) -> Bool {
    guard let reach = [left?.distance, right?.distance].compactMap(\.self).min() else { return true }
    return distances.count >= limit && (limit == 0 || distances.sorted()[limit - 1] < reach)
  }

  /// Looks at what is left of a chunk, on the side that may be nearer.
  mutating func goOn() {
    if let right, right.distance <= left?.distance ?? .max {
      goRight(right.chunk, right.row)
    } else if let left {
      goLeft(left.chunk, left.row)
    }
  }

  /// Records that begin behind the offset: what stands in one is no nearer than its start.
  private mutating func goRight(_ chunk: Int, _ row: Int) {
    if chunk < table.chunks.count { add(chunk, row, table.chunks[chunk].rows.count - 1) }
    var next = chunk + 1
    while next < table.chunks.count, !isShown(table.chunks[next]) { next += 1 }
    guard next < table.chunks.count else {
      right = nil
      return
    }
    right = (next, 0, max(0, (firstRecord(in: next)?.range.lowerBound ?? offset) - offset))
  }

  /// Records that begin before it: what is further left ends before them, but for the records around them.
  private mutating func goLeft(_ chunk: Int, _ row: Int) {
    if chunk < table.chunks.count { add(chunk, 0, row) }
    var next = chunk - 1
    while next >= 0, !isShown(table.chunks[next]) { next -= 1 }
    guard next >= 0 else {
      left = nil
      return
    }
    let first = firstRecord(in: next + 1)
    left = (next, table.chunks[next].rows.count - 1, max(0, offset - (first?.range.lowerBound ?? offset)))
    var around = first?.parent
    while let record = around {
      let place = table.chunks.place(of: record)
      if place.isThere { addEarly(place.chunk, place.row) }
      around = document.lineage(of: record)?.parent
    }
  }

  /// A record that is gone by now says nothing of those behind it.
  private func firstRecord(in chunk: Int) -> Record? {
    for row in table.chunks[chunk].rows {
      if let record = document.record(row.record) { return record }
    }
    return nil
  }

  private func isShown(_ chunk: FindingChunk) -> Bool { chunk.shown.contains { !hidden.contains($0.rule) } }

  private mutating func add(_ chunk: Int, _ first: Int, _ last: Int) {
    guard first <= last, isShown(table.chunks[chunk]) else { return }
    let rows = table.chunks[chunk].rows
    var number = number(of: first, in: chunk)
    for row in rows[first...last] {
      if early.isEmpty || !early.contains(row.record) { add(row, number) }
      number += row.findings.count
    }
    let (low, high) = (rows[first].record, rows[last].record)
    walked = walked.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
  }

  private mutating func addEarly(_ chunk: Int, _ row: Int) {
    let found = table.chunks[chunk].rows[row]
    guard isShown(table.chunks[chunk]), walked?.contains(found.record) != true, early.insert(found.record).inserted
    else { return }
    add(found, number(of: row, in: chunk))
  }

  /// The number of a row's first finding.
  private func number(of row: Int, in chunk: Int) -> Int {
    numbers[chunk] + table.chunks[chunk].rows[..<row].reduce(0) { $0 + $1.findings.count }
  }

  private mutating func add(_ row: FindingRow, _ number: Int) {
    for item in row.items where item.isShown && !hidden.contains(item.rule) {
      var finding = row.findings[item.index]
      finding.severity = item.severity
      let own = Int(finding.place.start)..<Int(max(finding.place.start, finding.place.end))
      let isText = row.record == DocumentSnapshot.wholeText
      guard let range = isText ? own.clamped(to: 0..<document.byteCount) : memo.absolute(own, in: row.record) else {
        continue
      }
      var shown = Publication.Shown(finding: finding, range: range, index: number + item.index)
      if item.isFolded {
        let (cases, isShared) = table.folds.count(of: row.foldKey(item))
        if isShared { shown = shown.standing(for: cases) } else { shown = shown.standing(for: finding.count) }
      }
      found.append(shown)
      distances.append(max(0, range.lowerBound - offset, offset - range.upperBound))
    }
  }
}
