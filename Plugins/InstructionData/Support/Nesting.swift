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
