/// Finds what somebody probably meant to type.
enum Suggestion {
  /// The candidate fewest edits away, if that is few for its length; the first of equals. Case counts for half.
  ///
  /// Cost: at most 2,000 candidates of up to 64 code points are looked at.
  static func nearest(_ text: String, among candidates: [String]) -> String? {
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (distance: Int, candidate: String)?
    for candidate in candidates.prefix(2000) {
      let scalars = Array(candidate.unicodeScalars)
      guard scalars.count <= 64, scalars != wanted else { continue }
      // Distances are doubled, so that a change of case can cost one.
      let limit = min(best?.distance ?? .max, 2 * max(1, max(wanted.count, scalars.count) / 3) + 1)
      guard 2 * abs(scalars.count - wanted.count) < limit else { continue }
      let distance = isSameButCase(text, candidate) ? 1 : distance(wanted, scalars)
      if distance < limit, distance < 2 * max(wanted.count, scalars.count) { best = (distance, candidate) }
    }
    return best?.candidate
  }

  private static func isSameButCase(_ a: String, _ b: String) -> Bool {
    a.lowercased().unicodeScalars.elementsEqual(b.lowercased().unicodeScalars)
  }

  /// Insertions, deletions, replacements and swaps of neighbours, twice their count.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = (0...b.count).map { $0 * 2 }
    for i in a.indices {
      var row = [(i + 1) * 2]
      for j in b.indices {
        var cost = min(last[j + 1] + 2, row[j] + 2, last[j] + price(a[i], b[j]))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 2) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  private static func price(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Int {
    if a == b { return 0 }
    return a.properties.lowercaseMapping == b.properties.lowercaseMapping ? 1 : 2
  }
}
