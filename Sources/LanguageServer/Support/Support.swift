/// That a row of the protocol is served, as the feature that serves it says.
///
/// A feature names its rows itself (`static let support`), so that a new one is told of in its own file.
struct Support: Sendable {
  var row: SupportRow
  /// What it is good for in label files: one sentence without its full stop.
  var use: String
  /// `Suite/test` in `Tests/ServerTests`: asks the built server over its standard input and output, and looks at the answer.
  var test: String

  init(_ row: SupportRow, _ use: String, test: String) {
    self.row = row
    self.use = use
    self.test = test
  }
}

/// The table of `Docs/PROTOCOL.md`.
package enum SupportTable {
  /// A row with what serves it, in the order of the features.
  struct Entry {
    var row: SupportRow
    var parts: [(method: String, support: Support)]
  }

  static var entries: [Entry] {
    let parts =
      allFeatures.flatMap { feature in feature.support.map { (feature.method, $0) } } + sessionSupport.map { ("", $0) }
    return SupportRow.allCases.map { row in Entry(row: row, parts: parts.filter { $0.1.row == row }) }
  }

  /// `Suite/test` of every row that is served.
  package static var tests: [String] { entries.flatMap { $0.parts.map(\.support.test) } }

  /// What does not fit together: rows that nobody speaks of, or that are both served and left out.
  package static var contradictions: [String] {
    entries.compactMap { entry in
      let isLeftOut = leftOut.contains { $0.row == entry.row && $0.part == nil }
      if entry.parts.isEmpty == isLeftOut { return nil }
      return isLeftOut ? "\(entry.row.rawValue): served and left out" : "\(entry.row.rawValue): nobody speaks of it"
    }
  }

  /// How many rows are served.
  package static var servedCount: Int { entries.count { !$0.parts.isEmpty } }

  /// In Markdown: what is served, and by which test that is known; then what is not, and why.
  package static var markdown: String {
    let served = entries.filter { !$0.parts.isEmpty }
    var out = "\(served.count) of \(entries.count) rows are served.\n\n"
    out += "| row | methods | what it is good for | test |\n| --- | --- | --- | --- |\n"
    for entry in served {
      let methods = unique(entry.parts.map(\.method).filter { !$0.isEmpty }).map { "`\($0)`" }
      let uses = unique(entry.parts.map(\.support.use))
      let tests = unique(entry.parts.map(\.support.test)).map { "`\($0)`" }
      out += "| \(entry.row.rawValue) | \(methods.joined(separator: ", ")) | \(uses.joined(separator: "; ")) "
      out += "| \(tests.joined(separator: ", ")) |\n"
    }
    out += "\nLeft out:\n\n| row | why |\n| --- | --- |\n"
    for row in SupportRow.allCases {
      for left in leftOut where left.row == row {
        out += "| \(row.rawValue)\(left.part.map { ": " + $0 } ?? "") | \(left.reason) |\n"
      }
    }
    return out
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    return texts.filter { seen.insert(Array($0.utf8)).inserted }
  }
}
