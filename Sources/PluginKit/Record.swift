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
  let table: RuleTable
  /// One item for each of the plugin's look-ups; null outside `check`.
  let found: UnsafePointer<concord_found>?
  /// What rules of the plugin have worked out of it; `nil` where it is looked at once only.
  var memo: Memo? = nil

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
  public func once<Result>(
    _ name: StaticString, of value: Value, reading fields: [Field], _ make: () -> Result
  ) -> Result {
    // A rule that may not read all of it gets what it may read, and others do not.
    guard let memo, fields.allSatisfy({ table.number(of: $0) != nil }) else { return make() }
    return memo.value(name, value.index, make)
  }

  /// Every value with this part to play, in document order. Empty if the rule does not declare the field.
  public func all(_ field: Field) -> [FieldValue] {
    guard let number = table.number(of: field), let fields = unsafe pointer.pointee.fields else { return [] }
    var out: [FieldValue] = []
    for index in 0..<(unsafe pointer.pointee.field_count) {
      let entry = unsafe fields[index]
      guard entry.field == number, let value = unsafe Value(pointer, host, Int(entry.node)) else { continue }
      out.append(FieldValue(value: value, entry: entry))
    }
    return out
  }

  /// The first value with this part to play.
  ///
  /// Costs no allocation.
  public func first(_ field: Field) -> FieldValue? {
    guard let number = table.number(of: field), let fields = unsafe pointer.pointee.fields else { return nil }
    for index in 0..<(unsafe pointer.pointee.field_count) {
      let entry = unsafe fields[index]
      guard entry.field == number, let value = unsafe Value(pointer, host, Int(entry.node)) else { continue }
      return FieldValue(value: value, entry: entry)
    }
    return nil
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
  public func definition(of field: Field) -> Fact? { facts(.definition(of: field)).first }

  /// A member of the enclosing records, nearest first; `nil` if absent or not declared.
  public func context(_ name: String) -> JSON? {
    guard let index = table.contexts[name] else { return nil }
    return unsafe String(host.pointee.context(host, pointer, index)).flatMap { JSON(parsing: $0) }
  }
}

/// A value with its part to play in the record, and its canonical numbers.
public struct FieldValue {
  /// The value itself.
  public let value: Value
  let entry: concord_field

  /// What its numbers are.
  public var geometry: Geometry { Geometry(rawValue: entry.geometry) ?? .none }

  /// Empty if the value is not of the form declared for it.
  public var numbers: [Double] { unsafe Array(lentNumbers) }

  /// The host's own, valid during the call; cut to what the record has.
  private var lentNumbers: UnsafeBufferPointer<Double> {
    let total = unsafe value.record.pointee.number_count
    let start = min(Int(entry.number_start), total)
    let count = min(Int(entry.number_count), total - start)
    guard let numbers = unsafe value.record.pointee.numbers else { return unsafe .init(start: nil, count: 0) }
    return unsafe UnsafeBufferPointer(start: numbers + start, count: count)
  }

  /// A string's text, or a number's as it stands.
  public var text: String? { value.scalarText }
  /// The canonical number, or the number it is.
  public var number: Double? { unsafe entry.number_count == 1 ? lentNumbers.first : value.number }

  /// The canonical numbers as a box; `nil` if they are none.
  public var box: Box? {
    let numbers = unsafe lentNumbers
    guard geometry == .box, numbers.count == 4 else { return nil }
    return unsafe Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  /// Start and end in seconds.
  public var interval: (start: Double, end: Double)? {
    let numbers = unsafe lentNumbers
    guard geometry == .interval, numbers.count == 2 else { return nil }
    return unsafe (numbers[0], numbers[1])
  }
}

/// A box in pixels: the top left corner, width and height. As written: it may be empty, negative or outside its image.
public struct Box: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The upper edge.
  public var y: Double
  /// From left to right; may be negative.
  public var width: Double
  /// From top to bottom; may be negative.
  public var height: Double

  /// A box as given.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The lower edge.
  public var maxY: Double { y + height }
  /// Zero if it is empty or turned inside out.
  public var area: Double { max(width, 0) * max(height, 0) }

  /// What both cover; its width or height is not positive if they share nothing.
  public func intersection(_ other: Box) -> Box {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Box(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// Shared area over joint area, 0 to 1; 0 if both are empty.
  public func overlap(_ other: Box) -> Double {
    let shared = intersection(other)
    let common = shared.width > 0 && shared.height > 0 ? shared.area : 0
    let joint = area + other.area - common
    return joint > 0 ? common / joint : 0
  }
}
