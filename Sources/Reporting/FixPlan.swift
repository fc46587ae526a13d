package import Workspace

/// The certain fixes of a report that can be applied together.
///
/// Fixes are taken in order of place, each whole or not at all; one that touches an edit already taken waits for the next check.
package struct FixPlan: Sendable {
  /// In order of place, apart from each other, by path.
  package private(set) var edits: [String: [CheckedEdit]] = [:]
  /// How many fixes they make up.
  package private(set) var fixCount = 0

  package init(_ report: CheckReport) {
    for file in report.files {
      for finding in file.findings where finding.accepted == nil {
        guard let fix = finding.fixes.first(where: { $0.isCertain && !$0.edits.isEmpty }) else { continue }
        take(fix)
      }
    }
  }

  private mutating func take(_ fix: CheckedFix) {
    var slots: [(edit: CheckedEdit, index: Int)] = []
    for edit in fix.edits {
      guard let index = slot(for: edit.bytes, in: edits[edit.path] ?? []) else { return }
      slots.append((edit, index))
    }
    let ordered = slots.sorted { ($0.edit.path, $0.edit.bytes.lowerBound) < ($1.edit.path, $1.edit.bytes.lowerBound) }
    let isApart = zip(ordered, ordered.dropFirst()).allSatisfy { first, second in
      first.edit.path != second.edit.path || first.edit.bytes.upperBound < second.edit.bytes.lowerBound
    }
    guard isApart else { return }
    // From the back, so that the slots found stay right.
    for (edit, index) in ordered.reversed() { edits[edit.path, default: []].insert(edit, at: index) }
    fixCount += 1
  }

  /// Where an edit goes in; `nil` if it touches one that is there.
  private func slot(for range: Range<Int>, in taken: [CheckedEdit]) -> Int? {
    var low = 0
    var high = taken.count
    while low < high {
      let middle = (low + high) / 2
      if taken[middle].bytes.lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    if low > 0, taken[low - 1].bytes.upperBound >= range.lowerBound { return nil }
    if low < taken.count, taken[low].bytes.lowerBound <= range.upperBound { return nil }
    return low
  }

  /// The bytes with the edits made; `nil` if one lies outside. Edits are in order and apart.
  package static func applying(_ edits: [CheckedEdit], to bytes: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var position = 0
    for edit in edits {
      guard edit.bytes.lowerBound >= position, edit.bytes.upperBound <= bytes.count else { return nil }
      out += bytes[position..<edit.bytes.lowerBound]
      out += edit.text.utf8
      position = edit.bytes.upperBound
    }
    return out + bytes[position...]
  }
}
