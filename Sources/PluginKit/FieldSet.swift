import CConcordPlugin

/// Which fields there are, by table number: a bit each, so that asking for any of many costs a few steps.
struct FieldSet: Sendable {
  private var bits: [UInt64] = []

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
    if word >= bits.count { bits += [UInt64](repeating: 0, count: word + 1 - bits.count) }
    bits[word] |= 1 << UInt64(number % 64)
  }

  /// Whether both have a field.
  func meets(_ other: FieldSet) -> Bool {
    zip(bits, other.bits).contains { $0 & $1 != 0 }
  }
}
