import CConcordPlugin

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

/// The values of a record that have one part to play, in document order.
@safe public struct FieldValues: Sequence, IteratorProtocol {
  private let record: UnsafePointer<concord_record>
  private let host: UnsafePointer<concord_host>
  /// None for a field that the rule does not declare.
  private let number: UInt32
  private var place: Int

  init(
    _ record: UnsafePointer<concord_record>, _ host: UnsafePointer<concord_host>, _ number: UInt32?, from place: Int
  ) {
    unsafe self.record = record
    unsafe self.host = host
    self.number = number ?? CONCORD_NONE_INDEX
    self.place = number == nil ? .max : place
  }

  /// The next one; `nil` at the end.
  public mutating func next() -> FieldValue? {
    guard let fields = unsafe record.pointee.fields else { return nil }
    while unsafe place < record.pointee.field_count {
      let entry = unsafe fields + place
      place += 1
      guard unsafe entry.pointee.field == number, let value = unsafe Value(record, host, Int(entry.pointee.node))
      else { continue }
      return unsafe FieldValue(value: value, entry: entry.pointee)
    }
    return nil
  }
}
