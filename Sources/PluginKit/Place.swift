/// A range of bytes in one of the records of a call. The host drops places outside of what it passed in.
public struct Place: Sendable, Hashable {
  var record: UInt32
  /// Bytes from the start of the record's own text.
  public var start: UInt32
  /// Just past the last byte.
  public var end: UInt32

  /// Part of a place: `offset` and `count` are bytes from its start; cut at its end.
  public func part(offset: Int, count: Int) -> Place {
    let length = Int(end) - Int(min(start, end))
    let from = min(max(offset, 0), length)
    let to = from + min(max(count, 0), length - from)
    return Place(record: record, start: start + UInt32(from), end: start + UInt32(to))
  }

  /// From the start of this place to the end of another in the same record; this one alone if that is in another or lies before.
  public func through(_ other: Place) -> Place {
    guard other.record == record, other.end >= start else { return self }
    return Place(record: record, start: start, end: max(end, other.end))
  }
}

/// Something a finding can stand at.
public protocol Placed {
  var place: Place { get }
}

extension Place: Placed {
  /// Itself.
  public var place: Place { self }
}
extension Value: Placed {}
extension FieldValue: Placed {
  /// Where its value stands.
  public var place: Place { value.place }
}
extension Fact: Placed {}
extension Record: Placed {
  /// The whole record.
  public var place: Place { root.place }
}
