/// Intervals of time, or along a line or a text.
///
/// A list of two numbers is one too. Times are compared in seconds.
struct Intervals: Comparator {
  struct Reading: Hashable, Sendable {
    var start: Double
    var end: Double
    var dimension: UnitOfMeasure.Dimension
  }

  private let overlap: Double?
  private let contains: Bool
  private let start: Double?
  private let end: Double?

  init(overlap: Double?, contains: Bool, start: Double?, end: Double?) {
    self.overlap = overlap
    self.contains = contains
    self.start = start
    self.end = end
  }

  var isTolerant: Bool { overlap != nil || contains || start != nil || end != nil }
  var hasRecurringValues: Bool { false }

  func reading(of value: ClaimValue) -> Reading? {
    let unit = UnitOfMeasure(value.unit)
    guard let ends = Self.ends(of: value), ends.start.isFinite, ends.end.isFinite, ends.start <= ends.end else {
      return nil
    }
    // Only times have one unit that everybody counts in; others keep theirs.
    let isTime = unit.dimension == .time
    let (from, to) = isTime ? (unit.inBase(ends.start), unit.inBase(ends.end)) : ends
    return Reading(start: from, end: to, dimension: isTime ? .time : .other(Array((value.unit ?? "").utf8)))
  }

  private static func ends(of value: ClaimValue) -> (start: Double, end: Double)? {
    if let extent = value.extent { return extent.form == .interval ? (extent.minX, extent.maxX) : nil }
    guard value.kind == .list, value.elements.count == 2 else { return nil }
    let numbers = value.elements.compactMap { $0.kind == .number ? DecimalText($0.text)?.double : nil }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
  }

  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict {
    // An interval without a unit is taken to be in seconds, which is what formats write.
    guard a.dimension == b.dimension || Self.isTime(a) && Self.isTime(b) else { return .unknown }
    let slack = 1e-12 * max(abs(a.start), abs(a.end), abs(b.start), abs(b.end))
    func isWithin(_ difference: Double, _ limit: Double) -> Bool { abs(difference) <= limit + slack }
    guard isTolerant else {
      return isWithin(a.start - b.start, 0) && isWithin(a.end - b.end, 0) ? .agree : .differ
    }
    if let start, !isWithin(a.start - b.start, start) { return .differ }
    if let end, !isWithin(a.end - b.end, end) { return .differ }
    if contains, !Self.contains(a, b, slack), !Self.contains(b, a, slack) { return .differ }
    if let overlap, Self.overlap(a, b) < overlap - 1e-12 { return .differ }
    return .agree
  }

  private static func isTime(_ reading: Reading) -> Bool { [.time, .other([])].contains(reading.dimension) }

  private static func contains(_ outer: Reading, _ inner: Reading, _ slack: Double) -> Bool {
    outer.start <= inner.start + slack && inner.end <= outer.end + slack
  }

  /// What two intervals share as a part of what they cover together; of two moments 1 if they are the same.
  static func overlap(_ a: Reading, _ b: Reading) -> Double {
    let shared = min(a.end, b.end) - max(a.start, b.start)
    let covered = (a.end - a.start) + (b.end - b.start) - max(0, shared)
    guard covered > 0 else { return shared == 0 ? 1 : 0 }
    return max(0, shared) / covered
  }

  /// The numbers of another format are perhaps not this one's.
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? {
    guard value.kind == .list, other.kind == .list, value.elements.count == 2, other.elements.count == 2,
      UnitOfMeasure(value.unit) == UnitOfMeasure(other.unit)
    else { return nil }
    return other
  }
}
