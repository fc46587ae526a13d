import PluginKit

/// What the numbers in ships' messages mean.
enum AISNumbers {
  static let names: [(Field, String)] = [
    (.shipLongitude, "longitude"), (.shipLatitude, "latitude"), (.shipSpeed, "speed"), (.shipCourse, "course"),
    (.shipHeading, "heading"), (.shipTurn, "turn"),
  ]

  /// Whether a number says that nobody knows the value.
  static func isUnknown(_ number: Double, _ field: Field, type: Int, isScaled: Bool) -> Bool {
    switch field {
    case .shipLongitude: return number == (isScaled ? 181 : type == 27 ? 108_600 : 108_600_000)
    case .shipLatitude: return number == (isScaled ? 91 : type == 27 ? 54_600 : 54_600_000)
    case .shipSpeed:
      switch type {
      case 9: return number == 1023
      case 27: return number == 63
      default: return number == (isScaled ? 102.3 : 1023)
      }
    case .shipCourse: return type == 27 ? number == 511 : number == (isScaled ? 360 : 3600)
    case .shipHeading: return number == 511
    case .shipTurn: return number == 128 || number == -128
    default: return false
    }
  }

  /// Knots to metres a second.
  static let knot = 1852.0 / 3600
}
