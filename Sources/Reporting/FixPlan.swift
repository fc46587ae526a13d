package import Workspace

/// The certain fixes of a report that can be applied together.
///
/// Fixes are taken in order of place, each whole or not at all; one that touches an edit already taken waits for the next check.
package struct FixPlan: Sendable {
  /// In order of place, apart from each other, by path.
  package private(set) var edits: [String: [CheckedEdit]] = [:]
  /// How many fixes they make up.
  package private(set) var fixCount = 0
  private var taken: [String: TakenRanges] = [:]

  package init(_ report: CheckReport) {
    for file in report.files {
      for finding in file.findings where finding.accepted == nil {
        guard let fix = finding.fixes.first(where: { $0.isCertain && !$0.edits.isEmpty }) else { continue }
        take(fix)
      }
    }
    for path in edits.keys { edits[path]?.sort { $0.bytes.lowerBound < $1.bytes.lowerBound } }
  }

  private mutating func take(_ fix: CheckedFix) {
    let byPath = Dictionary(grouping: fix.edits, by: \.path).mapValues { edits in
      edits.map(\.bytes).sorted { $0.lowerBound < $1.lowerBound }
    }
    let fits = byPath.allSatisfy { path, ranges in
      TakenRanges.areApart(ranges) && ranges.allSatisfy((taken[path] ?? TakenRanges()).isFree)
    }
    guard fits else { return }
    for (path, ranges) in byPath { taken[path, default: TakenRanges()].take(ranges) }
    for edit in fix.edits { edits[edit.path, default: []].append(edit) }
    fixCount += 1
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
