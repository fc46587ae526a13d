/// Kinds of ships that labels and ships' own messages both name.
enum ShipKind: String {
  case fishing, passenger, cargo, tanker

  /// `nil` of a label that names none of them, or several.
  init?(label: String) {
    let words = Set(label.lowercased().split { !$0.isLetter }.map(String.init))
    let found = [
      ("fishing", Self.fishing), ("trawler", .fishing), ("ferry", .passenger), ("passenger", .passenger),
      ("cargo", .cargo), ("container", .cargo), ("tanker", .tanker),
    ].filter { words.contains($0.0) }.map(\.1)
    guard Set(found).count == 1, let kind = found.first else { return nil }
    self = kind
  }

  /// By the number in the message.
  init?(number: Double) {
    switch number {
    case 30: self = .fishing
    case 60...69: self = .passenger
    case 70...79: self = .cargo
    case 80...89: self = .tanker
    default: return nil
    }
  }
}
