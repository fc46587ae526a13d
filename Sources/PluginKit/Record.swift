import CConcordPlugin

/// What a field's canonical numbers are.
public enum Geometry: UInt8, Sendable {
  case none = 0
  /// x, y of the top left corner, width, height; pixels.
  case box
  /// x, y pairs; pixels.
  case polygon
  /// Start, end; seconds.
  case interval
  case point
  case cuboid
}

/// One record: its text, its tree, and what its values are.
///
/// Lives as long as the call it was passed to; it is not `Sendable`, so that it cannot be kept.
@safe public struct Record {
  let pointer: UnsafePointer<concord_record>
  let host: UnsafePointer<concord_host>
  // Not counted: a record is handed to each rule, and tables and memos outlive the call.
  private let lentTable: Unmanaged<RuleTable>
  private let lentMemo: Unmanaged<Memo>?
  /// One item for each of the plugin's look-ups; null outside `check`.
  let found: UnsafePointer<concord_found>?
  /// Where fields stand first, by table number; null where nobody has looked.
  private let firsts: UnsafePointer<UInt32>?

  /// `memo` holds what rules of the plugin have worked out of it; `nil` where it is looked at once only.
  init(
    pointer: UnsafePointer<concord_record>, host: UnsafePointer<concord_host>, table: RuleTable,
    found: UnsafePointer<concord_found>?, memo: Memo? = nil, firsts: UnsafePointer<UInt32>? = nil
  ) {
    unsafe self.pointer = pointer
    unsafe self.host = host
    unsafe lentTable = .passUnretained(table)
    unsafe lentMemo = memo.map { unsafe .passUnretained($0) }
    unsafe self.found = found
    unsafe self.firsts = firsts
  }

  private var table: RuleTable { unsafe lentTable.takeUnretainedValue() }
  private func number(of field: Field) -> UInt32? {
    unsafe lentTable._withUnsafeGuaranteedRef { $0.number(of: field) }
  }

  /// What it is, as its format declares it.
  public var role: Role { unsafe Role(rawValue: pointer.pointee.role) ?? .none }
  /// Id of the format (`vision/coco`); empty if not recognised.
  public var dialect: String { unsafe String(pointer.pointee.dialect) ?? "" }
  /// Where such records stand (`/annotations/*`); empty for a whole document.
  public var pattern: String { unsafe String(pointer.pointee.pattern) ?? "" }

  /// The whole value. There is always one.
  public var root: Value {
    // Cannot be nil: a record has at least one node (the worker checks it).
    unsafe Value(pointer, host, 0)!
  }

  /// What hangs on a value of this record and nothing else, worked out once, whichever rules of the plugin ask: `fields` is all that
  /// `make` reads. `name` says what it is.
  @inlinable public func once<Result>(
    _ name: StaticString, of value: Value, reading fields: [Field], _ make: () -> Result
  ) -> Result {
    // A rule that may not read all of it gets what it may read, and others do not.
    guard let memo = memo(reading: fields) else { return make() }
    return memo.value(name, value.index, make)
  }

  @usableFromInline func memo(reading fields: [Field]) -> Memo? {
    for field in fields where number(of: field) == nil { return nil }
    return unsafe lentMemo?.takeUnretainedValue()
  }

  /// Every value with this part to play, in document order. Empty if the rule does not declare the field.
  public func all(_ field: Field) -> [FieldValue] { Array(each(field)) }

  /// The same, one after the other. Costs no allocation.
  public func each(_ field: Field) -> FieldValues {
    unsafe FieldValues(pointer, host, number(of: field), from: start(of: field))
  }

  /// The first value with this part to play.
  ///
  /// Costs no allocation.
  public func first(_ field: Field) -> FieldValue? {
    var values = each(field)
    return values.next()
  }

  /// No value of the field stands before it among the record's fields.
  private func start(of field: Field) -> Int {
    guard let firsts = unsafe firsts, let number = number(of: field) else { return 0 }
    return unsafe Int(firsts[Int(number)])
  }

  /// The first value's text: a string's, or a number's as it stands.
  public func text(_ field: Field) -> String? { first(field)?.text }

  /// The first value's canonical number, or the number it is.
  public func number(_ field: Field) -> Double? { first(field)?.number }

  /// The first value's canonical numbers; `nil` if there is none, or it is not of the form declared for it.
  public func numbers(_ field: Field) -> [Double]? {
    guard let numbers = first(field)?.numbers, !numbers.isEmpty else { return nil }
    return numbers
  }

  /// The first value as a box in pixels.
  public func box(_ field: Field = .box) -> Box? { first(field)?.box }

  /// What one of the rule's declared look-ups found; empty if it found nothing or is not declared.
  public func facts(_ lookup: Lookup) -> Facts {
    guard let found = unsafe found, let index = table.index(of: lookup) else { return unsafe Facts(nil, 0, 0, host) }
    let item = unsafe found[index]
    return unsafe Facts(item.facts, item.fact_count, item.total, host)
  }

  /// The definition that a field refers to: `facts(.definition(of: field)).first`.
  public func definition(of field: Field) -> Fact? {
    guard let found = unsafe found,
      let index = unsafe lentTable._withUnsafeGuaranteedRef({ $0.index(ofDefinitionBy: field) })
    else { return nil }
    let item = unsafe found[index]
    guard let fact = unsafe item.facts, unsafe item.fact_count > 0 else { return nil }
    return unsafe Fact(pointer: fact, host: host)
  }

  /// A member of the enclosing records, nearest first; `nil` if absent or not declared.
  public func context(_ name: String) -> JSON? {
    guard let index = unsafe lentTable._withUnsafeGuaranteedRef({ $0.contexts[name] }) else { return nil }
    return unsafe String(host.pointee.context(host, pointer, index)).flatMap { JSON(parsing: $0) }
  }
}
