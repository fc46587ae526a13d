import PluginKit

/// The size rows of Lung-RADS, from the list of them (`ontologies/lung-rads.csv`): what is not listed is not judged.
struct LungRADS {
  /// The categories that the size may have, the highest first; more than one where it is not known well enough.
  let values: [String]
  /// The rows they come from, in words.
  let row: String

  /// Of a nodule of a kind, by what it was before. Sizes are millimetres.
  ///
  /// Rows go by the mean of the two diameters. Where the one across is not known the mean lies below the longest one, and not
  /// below three quarters of it: what is narrower is no nodule. `nil` where the size does not decide.
  init?(
    version: String, type: String, status: String, long: Double, short: Double?, solid: Double?,
    _ term: (String) -> Term?
  ) {
    let rows = Self.rows("\(version)/\(type)/\(status)", term)
    let least = short.map { (long + $0) / 2 } ?? long * 0.75
    let most = short == nil ? long : least
    guard !rows.isEmpty, least <= most, let last = Self.index(in: rows, Self.tenths(most), solid.map(Self.tenths)),
      let first = Self.index(in: rows, Self.tenths(least), solid.map { Self.tenths($0 * 0.75) }), first <= last
    else { return nil }
    values = rows[first...last].reversed().map(\.category)
    row = rows[0].about + ": " + rows.map { "\($0.words) \($0.category)" }.joined(separator: ", ")
  }

  private struct Row {
    /// What the rows beside it share.
    var about: String
    var words: String
    var category: String
    /// Below so many millimetres; `nil` for all else.
    var limit: Double?
    var isOfSolidPart: Bool
  }

  private static func rows(_ name: String, _ term: (String) -> Term?) -> [Row] {
    var rows: [Row] = []
    while rows.count < 8, let found = term("\(name)/\(rows.count + 1)"), let category = found.broader.first {
      let parts = found.label.split(separator: ": ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return [] }
      let words = parts[1].split(separator: " ")
      rows.append(
        Row(
          about: parts[0], words: parts[1], category: category, limit: words.compactMap { Double($0) }.first,
          isOfSolidPart: parts[1].hasPrefix("solid part")))
    }
    return rows
  }

  /// The first row that holds; `nil` if it hangs on a solid part that nobody measured.
  private static func index(in rows: [Row], _ size: Double, _ solid: Double?) -> Int? {
    for (index, row) in rows.enumerated() {
      guard let limit = row.limit else { return index }
      guard let measured = row.isOfSolidPart ? solid : size else { return nil }
      if measured < limit { return index }
    }
    return nil
  }

  private static func tenths(_ value: Double) -> Double {
    value < 1000 ? Double(Int(max(value, 0) * 10 + 0.5)) / 10 : value
  }
}
