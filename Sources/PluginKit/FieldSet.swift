import CConcordPlugin

/// Which fields there are, by table number: a bit each, so that asking for any of many costs a few steps.
struct FieldSet: Sendable, Equatable {
  /// The first fields, without an array: plugins have few more.
  private var first = SIMD4<UInt64>()
  private var others: [UInt64] = []

  init(_ numbers: some Sequence<UInt32>) {
    for number in numbers { insert(number) }
  }

  init(of record: UnsafePointer<concord_record>) {
    guard let fields = unsafe record.pointee.fields else { return }
    for index in 0..<(unsafe record.pointee.field_count) { insert(unsafe fields[index].field) }
  }

  private mutating func insert(_ number: UInt32) {
    // Beyond what any table holds.
    guard number < 1 << 16 else { return }
    let word = Int(number) / 64
    let bit: UInt64 = 1 << UInt64(number % 64)
    guard word >= 4 else { return first[word] |= bit }
    if word - 4 >= others.count { others += [UInt64](repeating: 0, count: word - 3 - others.count) }
    others[word - 4] |= bit
  }

  /// Whether both have a field.
  func meets(_ other: FieldSet) -> Bool {
    if first & other.first != SIMD4() { return true }
    return zip(others, other.others).contains { $0 & $1 != 0 }
  }
}
