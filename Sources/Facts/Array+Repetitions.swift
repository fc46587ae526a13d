extension Array where Element: Equatable {
  /// Leaves each of a sorted list once. Cost: a step each; nothing is moved before the first that is there twice.
  mutating func removeRepetitions() {
    guard var end = indices.dropFirst().first(where: { self[$0] == self[$0 - 1] }) else { return }
    for index in end..<count where self[index] != self[end - 1] {
      self[end] = self[index]
      end += 1
    }
    removeSubrange(end...)
  }
}
