import Manifest

extension DocumentSnapshot {
  /// Stretches of lines that may be shown as their first line alone: lists, records and what stands in them, from the line on
  /// which they open to the one before they close. Ascending, no two from the same line, outer before inner.
  ///
  /// Records come first where there are more than `limit`, then what stands in them, from the top. Cost: what is looked at, which
  /// is at most so many records and what stands in as many.
  package func folds(limit: Int) -> [ClosedRange<Int>] {
    var folds: [Int: Int] = [:]
    func lines(_ range: Range<Int>) -> ClosedRange<Int>? {
      let first = document.position(at: range.lowerBound, in: .utf8).line
      let last = document.position(at: max(range.lowerBound, range.upperBound - 1), in: .utf8).line - 1
      return last > first ? first...last : nil
    }
    func fold(_ range: Range<Int>) {
      if let lines = lines(range) { folds[lines.lowerBound] = max(folds[lines.lowerBound] ?? 0, lines.upperBound) }
    }
    func foldAll(of record: RecordID) {
      guard let tree = document.tree(of: record) else { return }
      for node in tree.nodes where node.kind == .object || node.kind == .array {
        guard folds.count < limit else { return }
        if let range = document.absolute(node.range, in: record) { fold(range) }
      }
    }
    foldAll(of: .document)
    // What lies on few lines has nothing in it to fold either.
    let records = document.records().prefix(limit).filter { $0.id != .document && lines($0.range) != nil }
    for record in records where folds.count < limit { fold(record.range) }
    for record in records where folds.count < limit { foldAll(of: record.id) }
    return folds.map { $0.key...$0.value }.sorted { $0.lowerBound < $1.lowerBound }
  }
}
