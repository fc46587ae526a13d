/// The number a station is called by at sea.
enum MMSI: Equatable {
  case right
  /// How many digits there are instead of nine; 0 if there are other characters.
  case length(Int)
  case placeholder
  /// Digits that no country has.
  case country(String)

  private static let placeholders: Set = [
    "000000000", "111111111", "123456789", "222222222", "333333333", "444444444", "555555555", "666666666",
    "777777777", "888888888", "987654321", "999999999", "012345678",
  ]

  static func judge(_ text: String) -> MMSI {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return .length(0) }
    guard text.utf8.count == 9 else { return .length(text.utf8.count) }
    if placeholders.contains(text) { return .placeholder }
    // Distress beacons count by maker.
    if ["970", "972", "974"].contains(where: text.hasPrefix) { return .right }
    let before = ["111", "00", "98", "99", "0", "8"].first { text.hasPrefix($0) } ?? ""
    let country = String(text.dropFirst(before.utf8.count).prefix(3))
    guard let number = Int(country), (201...775).contains(number) else { return .country(country) }
    return .right
  }

  /// Whether it is of a thing that is no ship: a coast station or an aid to navigation.
  static func isFixed(_ text: String) -> Bool { text.utf8.count == 9 && (text.hasPrefix("00") || text.hasPrefix("99")) }
}
