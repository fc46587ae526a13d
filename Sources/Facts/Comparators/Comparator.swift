package import Ontology

/// What comparing two values came to.
package enum Verdict: Sendable, Hashable {
  case agree, differ
  /// One of the two takes no part: it is invalid, of another type, no term of the list, or too long to compare.
  case unknown
}

/// Compares what was read of values.
///
/// Equal readings agree. A verdict is the same from both sides.
protocol ReadingComparator: Sendable {
  associatedtype Reading: Hashable & Sendable

  /// Readings that agree without being equal strengthen each other: two boxes that lie nearly alike count as two.
  var isTolerant: Bool { get }

  /// The same two values meet in many places, so that it is worth knowing where. Boxes, times and whole texts are all different.
  var hasRecurringValues: Bool { get }

  /// Takes what it costs from `steps`, and says unknown when there are none left.
  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict

  /// How far apart two are, as a part of the whole, where messages say so; `nil` where nobody can tell, or it takes too long.
  func distance(_ a: Reading, _ b: Reading, steps: inout Int) -> Double?
}

/// One way of comparing values: reads each value once, then compares readings.
protocol Comparator: ReadingComparator {
  /// `nil`: the value takes no part.
  func reading(of value: ClaimValue) -> Reading?

  /// The value that stands for `other` where `value` stands now; `nil` if it can't be written the way `value` is.
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue?

  /// The value as messages show it.
  func words(for value: ClaimValue) -> String
}

extension ReadingComparator {
  var isTolerant: Bool { false }
  var hasRecurringValues: Bool { true }

  func distance(_ a: Reading, _ b: Reading, steps: inout Int) -> Double? { nil }
}

extension Comparator {
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? { value.kind == other.kind ? other : nil }

  func words(for value: ClaimValue) -> String { value.words }

  /// Compares two values that are not looked at again.
  func verdict(_ a: ClaimValue, _ b: ClaimValue) -> Verdict {
    guard let a = reading(of: a), let b = reading(of: b) else { return .unknown }
    if a == b { return .agree }
    var steps = ComparisonSteps.limit
    return verdict(a, b, steps: &steps)
  }
}

/// How much comparing the claims of one key may cost.
enum ComparisonSteps {
  /// About so many inner steps of an edit distance: some hundredths of a second.
  static let limit = 16_000_000
}

extension ComparisonRule {
  /// Compares two values; the same from both sides. `terms` is the list that an `ontology` rule names.
  package func verdict(_ a: ClaimValue, _ b: ClaimValue, terms: TermIndex? = nil) -> Verdict {
    func compare(_ comparator: some Comparator) -> Verdict { comparator.verdict(a, b) }
    return compare(comparator(terms))
  }

  func comparator(_ terms: TermIndex?) -> any Comparator {
    switch self {
    case .equal: Equal()
    case .ontology(_, let mode): OntologyTerms(terms: terms, mode: mode)
    case .number(let absolute, let relative, let unit): Numbers(absolute: absolute, relative: relative, unit: unit)
    case .interval(let overlap, let contains, let start, let end):
      Intervals(overlap: overlap, contains: contains, start: start, end: end)
    case .text(let wordRate, let characterRate): Texts(wordRate: wordRate, characterRate: characterRate)
    case .box(let minimumIoU): Boxes(minimumIoU: minimumIoU)
    case .set: Sets()
    case .multiset: Multisets()
    case .turns(let maximumDER, let scope): Turns(lists: TurnLists(maximum: maximumDER, scope: scope))
    }
  }
}
