/// What is shown of a document's findings: gates, folds, no doubles, in order, and not too many.
package struct Publication: Sendable, Hashable {
  package struct Shown: Sendable, Hashable {
    package var finding: Finding
    /// Bytes of the document.
    package var range: Range<Int>
    /// Which decision has accepted it; `nil`: none.
    package var decision: Int?
    /// Which of the given findings it is; of several that are shown as one, the first.
    package var index: Int
    package init(finding: Finding, range: Range<Int>, decision: Int? = nil, index: Int = 0) {
      self.finding = finding
      self.range = range
      self.decision = decision
      self.index = index
    }

    // In which order findings came makes no difference to what is shown.
    package static func == (a: Self, b: Self) -> Bool {
      a.finding == b.finding && a.range == b.range && a.decision == b.decision
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(finding)
      hasher.combine(range)
    }
  }

  /// The gravest first, then in order of place.
  package private(set) var shown: [Shown]
  /// How many were left out because there are too many.
  package private(set) var omitted: Int
  /// How many were hidden because another rule's finding explains them.
  package private(set) var silenced: Int

  /// Most findings that are sent for a file.
  package static let limit = 1000

  /// Puts together what to show.
  ///
  /// `rule` gives a rule's information, `range` where a place stands now (`nil`: it is gone, and so is the finding).
  /// `decision` numbers what has accepted the finding at an index; such a finding explains no others any more.
  /// With more than `limit`, those nearest to `edits` (byte offsets; the first eight count) are kept, without edits the gravest.
  /// Cost: O(n log n).
  package init(
    of findings: [Finding], rule: (String) -> RuleInfo?, range: (Place) -> Range<Int>?, edits: [Int] = [],
    limit: Int = Publication.limit, decision: (Int) -> Int? = { _ in nil }
  ) {
    let decisions = findings.indices.map(decision)
    let rules = Set(findings.map(\.rule))
    let isAnyAccepted = decisions.contains { $0 != nil }
    let standing = isAnyAccepted ? Set(zip(findings, decisions).lazy.filter { $0.1 == nil }.map(\.0.rule)) : rules
    let hidden = Gates(rules: rules, standing: standing, info: rule).hidden
    let declared = rules.filter { rule($0)?.form == .declared }
    let open =
      hidden.isEmpty ? Array(findings.indices) : findings.indices.filter { !hidden.contains(findings[$0].rule) }
    silenced = findings.count - open.count
    let placed = open.compactMap { index in
      range(findings[index].place).map {
        Shown(finding: findings[index], range: $0, decision: decisions[index], index: index)
      }
    }
    let ordered = Self.folded(Self.distinct(Self.sorted(placed), declared))
    let limit = max(0, limit)
    omitted = max(0, ordered.count - limit)
    shown = omitted == 0 ? ordered : Self.nearest(ordered, to: Array(edits.prefix(8)), limit: limit)
  }

  /// Gravest first, then by place, then by words: total as far as anybody can see.
  private static func sorted(_ all: [Shown]) -> [Shown] {
    // Small keys are moved about, not findings.
    let keys = all.indices.map { index in
      (all[index].finding.severity.rawValue, all[index].range.lowerBound, all[index].range.upperBound, index)
    }
    let order = keys.sorted { a, b in
      if a.0 != b.0 { return a.0 < b.0 }
      if a.1 != b.1 { return a.1 < b.1 }
      return a.2 == b.2 ? wordsPrecede(all[a.3], all[b.3]) : a.2 < b.2
    }
    return order.map { all[$0.3] }
  }

  private static func wordsPrecede(_ a: Shown, _ b: Shown) -> Bool {
    if a.finding.rule != b.finding.rule { return a.finding.rule.utf8.lexicographicallyPrecedes(b.finding.rule.utf8) }
    if a.finding.message.key != b.finding.message.key {
      return a.finding.message.key.utf8.lexicographicallyPrecedes(b.finding.message.key.utf8)
    }
    return a.finding.message.arguments.lexicographicallyPrecedes(b.finding.message.arguments) {
      $0.value.utf8.lexicographicallyPrecedes($1.value.utf8)
    }
  }

  private struct Identity: Hashable {
    var rule: String
    var place: Place
    var related: [Place]
    var message: Message?
  }

  /// The first, and so the gravest, of those with equal rule and places.
  ///
  /// Rules of schemas and of the host may say several things of one place (two members are missing): there the message counts too.
  private static func distinct(_ sorted: [Shown], _ declared: Set<String>) -> [Shown] {
    var seen: Set<Identity> = []
    return sorted.filter { each in
      let finding = each.finding
      let message = declared.contains(finding.rule) ? finding.message : nil
      let identity = Identity(
        rule: finding.rule, place: finding.place, related: finding.related.map(\.place), message: message)
      return seen.insert(identity).inserted
    }
  }

  private struct FoldKey: Hashable {
    var rule: [UInt8]
    var value: [UInt8]
    var decision: Int?
  }

  /// One for all of equal rule and fold value: the first, with the sum of their counts, also as the argument `count`.
  private static func folded(_ sorted: [Shown]) -> [Shown] {
    var firsts: [FoldKey: Int] = [:]
    var out: [Shown] = []
    for each in sorted {
      guard let value = each.finding.fold else {
        out.append(each)
        continue
      }
      // By bytes: Swift's equality takes different spellings of one letter for equal.
      let key = FoldKey(
        rule: Array(each.finding.rule.utf8), value: Array(value.utf8), decision: each.decision)
      guard let first = firsts[key] else {
        firsts[key] = out.count
        out.append(each)
        continue
      }
      let (sum, overflow) = out[first].finding.count.addingReportingOverflow(max(1, each.finding.count))
      out[first].finding.count = overflow ? .max : sum
    }
    for index in firsts.values where out[index].finding.count > 1 {
      out[index].finding.message.arguments.removeAll { $0.name == "count" }
      out[index].finding.message.arguments.append(.init("count", String(out[index].finding.count)))
    }
    return out
  }

  private static func nearest(_ ordered: [Shown], to edits: [Int], limit: Int) -> [Shown] {
    guard !edits.isEmpty else { return Array(ordered.prefix(limit)) }
    let distances = ordered.map { each in
      edits.reduce(Int.max) { min($0, distance(from: $1, to: each.range)) }
    }
    let kept = ordered.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(limit)
    return kept.sorted().map { ordered[$0] }
  }

  private static func distance(from offset: Int, to range: Range<Int>) -> Int {
    if offset < range.lowerBound { return range.lowerBound - max(0, offset) }
    return max(0, offset - range.upperBound)
  }
}
