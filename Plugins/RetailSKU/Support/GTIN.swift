/// A barcode number: 8, 12, 13 or 14 digits, the last of which is computed from the others.
package struct GTIN: Equatable {
  /// The digits' values.
  package let digits: [UInt8]

  static let lengths = [8, 12, 13, 14]

  /// `nil` unless `text` is ASCII digits only, of one of the four lengths. The check digit may be wrong.
  package init?(_ text: String) {
    let digits = Self.digits(text)
    guard let digits, Self.lengths.contains(digits.count) else { return nil }
    self.digits = digits
  }

  /// The values of the digits; `nil` if there is anything else, or nothing.
  static func digits(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    for byte in text.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      out.append(byte - UInt8(ascii: "0"))
    }
    return out.isEmpty ? nil : out
  }

  package var text: String { Self.text(of: digits) }

  static func text(of digits: [UInt8]) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// What the last digit must be.
  package var expectedCheckDigit: UInt8 { Self.checkDigit(of: digits.dropLast()) }
  package var isValid: Bool { digits.last == expectedCheckDigit }

  /// From the right, the digits count three times, once, three times …; the check digit fills up to the next ten.
  static func checkDigit(of digits: ArraySlice<UInt8>) -> UInt8 {
    var sum = 0
    var isTriple = true
    for digit in digits.reversed() {
      sum += isTriple ? 3 * Int(digit) : Int(digit)
      isTriple.toggle()
    }
    return UInt8((10 - sum % 10) % 10)
  }

  /// Filled up with zeros on the left to 14 digits: codes that name one product are equal so.
  package var padded: String { Self.text(of: Array(repeating: 0, count: max(0, 14 - digits.count)) + digits) }

  /// As it stands on a pack: 14 digits only where the first is not 0.
  package var shortest: String {
    let zeros = digits.prefix { $0 == 0 }.count
    let length = Self.lengths.first { $0 >= digits.count - zeros } ?? digits.count
    return Self.text(of: Array(digits.suffix(length)))
  }

  /// The 12 digits this code stands for if its 8 are a short American code (UPC-E), and their check digit holds.
  package var expandedShortCode: GTIN? {
    guard digits.count == 8, digits[0] <= 1 else { return nil }
    let number = Array(digits[1...6])
    let middle: [UInt8] =
      switch number[5] {
      case 0...2: [number[0], number[1], number[5], 0, 0, 0, 0, number[2], number[3], number[4]]
      case 3: [number[0], number[1], number[2], 0, 0, 0, 0, 0, number[3], number[4]]
      case 4: [number[0], number[1], number[2], number[3], 0, 0, 0, 0, 0, number[4]]
      default: [number[0], number[1], number[2], number[3], number[4], 0, 0, 0, 0, number[5]]
      }
    let expanded = GTIN(digits: [digits[0]] + middle + [digits[7]])
    return expanded.isValid ? expanded : nil
  }

  private init(digits: [UInt8]) { self.digits = digits }

  /// The kind of package that 14 digits begin with: 0 for a piece, 9 for what is weighed. `nil` for shorter codes.
  package var packaging: UInt8? { digits.count == 14 ? digits[0] : nil }

  /// Whether shops or companies give out such numbers themselves: in another shop it is another product.
  package var isOwnNumber: Bool {
    guard digits.count > 8 else { return digits[0] == 0 || digits[0] == 2 }
    let full = Array(padded.utf8.dropFirst())
    return full[0] == UInt8(ascii: "2") || full[0] == UInt8(ascii: "0") && [0x32, 0x34].contains(full[1])
  }

  /// What products sold by weight or price have in common: the digits before the weight or price. `nil` for all others.
  package var itemReference: String? {
    guard digits.count == 12 || digits.count == 13 else { return nil }
    let full = digits.count == 12 ? [0] + digits : digits
    let isVariable = full[0] == 2 || full[0] == 0 && full[1] == 2
    return isVariable ? Self.text(of: Array(full.prefix(7))) : nil
  }
}
