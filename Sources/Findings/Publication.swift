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

    /// The same, standing for `count` cases in all, which its message says too.
    ///
    /// A `count` that is not how many cases there were, such as the digits of a barcode, is a rule's own and stays.
    package func standing(for count: Int) -> Shown {
      var shown = self
      shown.finding.count = count
      guard count > 1 else { return shown }
      if let stated = finding.message.arguments.firstIndex(where: { $0.name == "count" }) {
        guard finding.count > 1, finding.message.arguments[stated].value == String(finding.count) else { return shown }
        shown.finding.message.arguments.remove(at: stated)
      }
      shown.finding.message.arguments.append(.init("count", String(count)))
      return shown
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
    let hidden = Self.hidden(among: rules, standing: standing, rule: rule)
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

  /// Puts together what to show of a part of all findings that holds whatever is nearest to `edits`.
  ///
  /// `candidates` have passed gates and folds; with those that are left out there are `total`. Cost: O(k log k) for k candidates.
  package init(candidates: [Shown], total: Int, edits: [Int], limit: Int) {
    let ordered = Self.sorted(candidates)
    shown = ordered.count <= limit ? ordered : Self.nearest(ordered, to: Array(edits.prefix(8)), limit: max(0, limit))
    omitted = max(0, total - shown.count)
    silenced = 0
  }

  /// The same, with other numbers for the findings.
  package func numbered(_ number: (Int) -> Int) -> Publication {
    var other = self
    for index in other.shown.indices { other.shown[index].index = number(other.shown[index].index) }
    return other
  }

  /// Rules that another one's findings explain. Only findings of `standing` rules explain others.
  package static func hidden(among rules: Set<String>, standing: Set<String>, rule: (String) -> RuleInfo?) -> Set<
    String
  > {
    Gates(rules: rules, standing: standing, info: rule).hidden
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
      return a.2 == b.2 ? wordsPrecede(all[a.3].finding, all[b.3].finding) : a.2 < b.2
    }
    return order.map { all[$0.3] }
  }

  /// An order of findings that stand at one place.
  package static func wordsPrecede(_ a: Finding, _ b: Finding) -> Bool {
    if a.rule != b.rule { return a.rule.utf8.lexicographicallyPrecedes(b.rule.utf8) }
    if a.message.key != b.message.key { return a.message.key.utf8.lexicographicallyPrecedes(b.message.key.utf8) }
    // What is folded counts as one more word: of those that say the same always the same one is kept.
    let words = a.message.arguments.map { Array($0.value.utf8) } + [Array((a.fold ?? "").utf8)]
    let others = b.message.arguments.map { Array($0.value.utf8) } + [Array((b.fold ?? "").utf8)]
    if words == others { return a.count < b.count }
    return words.lexicographicallyPrecedes(others) { $0.lexicographicallyPrecedes($1) }
  }

  /// Findings of equal identity are told once.
  package struct Identity: Hashable {
    private let rule: String
    private let place: Place
    private let related: [Place]
    private let message: Message?

    /// Rules of schemas and of the host, which are declared, may say several things of one place (two members are missing):
    /// there the message counts too.
    package init(_ finding: Finding, isDeclared: Bool) {
      rule = finding.rule
      place = finding.place
      related = finding.related.map(\.place)
      message = isDeclared ? finding.message : nil
    }
  }

  /// The first, and so the gravest, of those with equal rule and places.
  private static func distinct(_ sorted: [Shown], _ declared: Set<String>) -> [Shown] {
    var seen: Set<Identity> = []
    return sorted.filter { each in
      seen.insert(Identity(each.finding, isDeclared: declared.contains(each.finding.rule))).inserted
    }
  }

  private struct FoldKey: Hashable {
    var rule: [UInt8]
    var value: [UInt8]
    var decision: Int?
  }

  /// One for all of equal rule and fold value: the gravest, of those the first by record and place in it, with the sum of their
  /// counts.
  private static func folded(_ sorted: [Shown]) -> [Shown] {
    var groups: [FoldKey: (first: Int, count: Int)] = [:]
    for (index, each) in sorted.enumerated() {
      guard let value = each.finding.fold else { continue }
      // By bytes: Swift's equality takes different spellings of one letter for equal.
      let key = FoldKey(
        rule: Array(each.finding.rule.utf8), value: Array(value.utf8), decision: each.decision)
      guard let known = groups[key] else {
        groups[key] = (index, each.finding.count)
        continue
      }
      let (sum, overflow) = known.count.addingReportingOverflow(max(1, each.finding.count))
      let isFirst = stands(each.finding, before: sorted[known.first].finding)
      groups[key] = (isFirst ? index : known.first, overflow ? .max : sum)
    }
    guard !groups.isEmpty else { return sorted }
    let firsts = Dictionary(groups.values.map { ($0.first, $0.count) }, uniquingKeysWith: { first, _ in first })
    return sorted.enumerated().compactMap { index, each in
      guard each.finding.fold != nil else { return each }
      return firsts[index].map { each.standing(for: $0) }
    }
  }

  private static func stands(_ a: Finding, before b: Finding) -> Bool {
    if a.severity != b.severity { return a.severity > b.severity }
    if a.place.record != b.place.record { return a.place.record < b.place.record }
    return (a.place.start, a.place.end) < (b.place.start, b.place.end)
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
