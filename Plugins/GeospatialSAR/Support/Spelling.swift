/// How far words are from each other.
enum Spelling {
  /// Whether one letter more, less or other, or two neighbours exchanged, makes one of the other. Equal words are none.
  static func isOneOff(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left != right, abs(left.count - right.count) <= 1 else { return false }
    let same = zip(left, right).prefix { $0 == $1 }.count
    let (restLeft, restRight) = (left.dropFirst(same), right.dropFirst(same))
    if left.count != right.count {
      return left.count > right.count
        ? restLeft.dropFirst().elementsEqual(restRight) : restLeft.elementsEqual(restRight.dropFirst())
    }
    if restLeft.dropFirst().elementsEqual(restRight.dropFirst()) { return true }
    return restLeft.count >= 2 && restLeft.dropFirst(2).elementsEqual(restRight.dropFirst(2))
      && restLeft.first == restRight.dropFirst().first && restLeft.dropFirst().first == restRight.first
  }
}
