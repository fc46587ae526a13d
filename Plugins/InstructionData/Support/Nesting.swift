import PluginKit

extension [FieldValue] {
  /// For each outer value, those of these that stand in it. Both must be in document order. Cost: one step for each.
  func grouped(within outer: [some Placed]) -> [[FieldValue]] {
    var out = [[FieldValue]](repeating: [], count: outer.count)
    var index = 0
    for field in self {
      let place = field.place
      while index < outer.count, outer[index].place.end <= place.start { index += 1 }
      guard index < outer.count else { break }
      if outer[index].place.start <= place.start { out[index].append(field) }
    }
    return out
  }
}

/// Goes through the values of one field, for outer values that are asked about in document order. Costs no allocation but for those it
/// gives as a list.
struct FieldCursor {
  private var rest: FieldValues
  private var next: FieldValue?

  init(_ values: FieldValues) {
    rest = values
    next = rest.next()
  }

  /// The first of those that stand in an outer value.
  mutating func first(within outer: Place) -> FieldValue? {
    var found: FieldValue?
    while let value = take(within: outer) { found = found ?? value }
    return found
  }

  /// All of those that stand in an outer value.
  mutating func all(within outer: Place) -> [FieldValue] {
    var found: [FieldValue] = []
    while let value = take(within: outer) { found.append(value) }
    return found
  }

  private mutating func take(within outer: Place) -> FieldValue? {
    while let value = next, value.place.start < outer.end {
      next = rest.next()
      if value.place.start >= outer.start { return value }
    }
    return nil
  }
}
