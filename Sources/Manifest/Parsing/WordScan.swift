/// What a run of other characters (numbers, literals, rubbish) has been so far.
enum WordScan: UInt8, Sendable, Hashable {
  case start, minus, zero, integer, point, fraction, exponent, exponentSign, exponentDigits
  /// Begins like a number, but is none.
  case badNumber
  case other

  var isNumber: Bool {
    switch self {
    case .zero, .integer, .fraction, .exponentDigits: true
    default: false
    }
  }

  mutating func add(_ byte: UInt8) {
    switch self {
    case .start:
      switch byte {
      case UInt8(ascii: "-"): self = .minus
      case UInt8(ascii: "0"): self = .zero
      case UInt8(ascii: "1")...UInt8(ascii: "9"): self = .integer
      case UInt8(ascii: "+"), UInt8(ascii: "."): self = .badNumber
      default: self = .other
      }
    case .minus: self = byte == UInt8(ascii: "0") ? .zero : byte.isDigit ? .integer : .badNumber
    case .zero: afterInteger(byte)
    case .integer: if !byte.isDigit { afterInteger(byte) }
    case .point: self = byte.isDigit ? .fraction : .badNumber
    case .fraction: if !byte.isDigit { self = byte | 0x20 == UInt8(ascii: "e") ? .exponent : .badNumber }
    case .exponent:
      let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      self = isSign ? .exponentSign : byte.isDigit ? .exponentDigits : .badNumber
    case .exponentSign: self = byte.isDigit ? .exponentDigits : .badNumber
    case .exponentDigits: if !byte.isDigit { self = .badNumber }
    case .badNumber, .other: break
    }
  }

  private mutating func afterInteger(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "."): self = .point
    case UInt8(ascii: "e"), UInt8(ascii: "E"): self = .exponent
    default: self = .badNumber
    }
  }
}
