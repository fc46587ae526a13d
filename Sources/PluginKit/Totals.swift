import CConcordPlugin

/// The totals of one key, by bin.
@safe public struct Totals: RandomAccessCollection {
  /// The key all of them share.
  public let key: FactKey
  let base: UnsafePointer<concord_total>?
  /// How many bins hold something.
  public let count: Int

  /// One total.
  public struct Total {
    /// Which of the totals it is, as numbered when tallying.
    public var bin: UInt32
    /// The sum of what was added.
    public var amount: Int64
    /// The first in document order, at most eight.
    public var places: [Place]
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The count.
  public var endIndex: Int { count }

  /// The total at a position below `count`.
  public subscript(position: Int) -> Total {
    precondition(position >= 0 && position < count, "a total that is not there")
    // Not null: then the count would be 0.
    let total = unsafe base![position]
    let places = unsafe UnsafeBufferPointer(start: total.places, count: total.places == nil ? 0 : total.place_count)
    return unsafe Total(
      bin: total.bin, amount: total.amount,
      places: places.map { Place(record: $0.record, start: $0.start, end: $0.end) })
  }

  /// Where the first of all stands, in document order; `nil` if no bin has a place.
  public var firstPlace: Place? {
    lazy.compactMap(\.places.first).min { ($0.record, $0.start) < ($1.record, $1.start) }
  }

  /// The amount of a bin; 0 if nothing was added there.
  public func amount(_ bin: UInt32) -> Int64 { first { $0.bin == bin }?.amount ?? 0 }
}
