import Findings
import Manifest

/// What a record's tree alone knows of its syntax; everything else the document itself reports.
enum SyntaxFindings {
  static func duplicateKeys(in tree: RecordTree, of record: RecordReference) -> [Finding] {
    tree.problems.filter { $0.code == .duplicateKey }.map { problem in
      SyntaxRules.finding(
        problem,
        at: Place(
          record: record, start: UInt32(clamping: problem.range.lowerBound),
          end: UInt32(clamping: problem.range.upperBound)))
    }
  }
}
