/// One named check. Conform to one of the four forms below, not to this.
///
/// A rule is a value without state: the same record gives the same answer, in any order and in any process. It is made
/// once and must be `Sendable`, so what a call passes in cannot be kept.
public protocol Rule: Sendable {
  static var info: RuleInfo { get }
  static var reads: Reads { get }
  /// Kinds of the facts and amounts it states.
  static var states: [FactKind] { get }
  static var recipes: [Recipe] { get }
  init()
  /// Does one record of a recipe. Leave the edits empty to leave the record as it is.
  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits)
}

extension Rule {
  /// Reads nothing, and so is called for every record.
  public static var reads: Reads { Reads() }
  /// States nothing.
  public static var states: [FactKind] { [] }
  /// Has no recipes.
  public static var recipes: [Recipe] { [] }
  /// Does nothing.
  public func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {}
}

/// Looks at one record and what it looks up.
public protocol RecordRule: Rule {
  func check(_ record: Record, _ report: inout Report)
}

/// Looks at a fact and those of its key that it relates to.
public protocol NeighborRule: Rule {
  static var kind: FactKind { get }
  static var relation: Relation { get }
  /// The kind of those it relates to; `nil` for the same kind.
  static var among: FactKind? { get }
  /// At most so many related facts a call.
  static var limit: Int { get }
  /// States the facts of a record, unless another rule or the host states them.
  func state(_ record: Record, _ report: inout Report)
  func relate(_ fact: Fact, to related: Facts, _ report: inout Report)
}

extension NeighborRule {
  /// Relates to facts of its own kind.
  public static var among: FactKind? { nil }
  /// The host's own limit.
  public static var limit: Int { 256 }
  /// States nothing.
  public func state(_ record: Record, _ report: inout Report) {}
}

/// Looks at all facts of one key, in document order.
public protocol GroupRule: Rule {
  static var kind: FactKind { get }
  /// Whether it wants the members' records, not their facts alone.
  static var needsRecords: Bool { get }
  /// Keys with fewer facts are left alone.
  static var fewest: Int { get }
  /// It wants no more than so many facts of a key, the first ones; `nil` for all, up to 4,096, more than which the host tells.
  static var most: Int? { get }
  /// States the facts of a record, unless another rule or the host states them.
  func state(_ record: Record, _ report: inout Report)
  func group(_ group: Group, _ report: inout Report)
}

extension GroupRule {
  /// Facts are enough.
  public static var needsRecords: Bool { false }
  /// Every key.
  public static var fewest: Int { 1 }
  /// All facts.
  public static var most: Int? { nil }
  /// States nothing.
  public func state(_ record: Record, _ report: inout Report) {}
}

/// Looks at the totals of one key.
public protocol TallyRule: Rule {
  static var kind: FactKind { get }
  /// Adds up what one record gives, unless another rule does.
  func tally(_ record: Record, _ report: inout Report)
  func totals(_ totals: Totals, _ report: inout Report)
}

extension TallyRule {
  /// Adds nothing.
  public func tally(_ record: Record, _ report: inout Report) {}
}

/// Helps while typing: what could stand at a value, and what to say about it. Has 30 ms.
public protocol Assistant: Sendable {
  static var reads: Reads { get }
  init()
  func complete(_ record: Record, at value: Value, _ offers: inout Offers)
  func hover(_ record: Record, at value: Value, _ hover: inout Hover)
}

extension Assistant {
  /// Offers nothing.
  public func complete(_ record: Record, at value: Value, _ offers: inout Offers) {}
  /// Says nothing.
  public func hover(_ record: Record, at value: Value, _ hover: inout Hover) {}
}
