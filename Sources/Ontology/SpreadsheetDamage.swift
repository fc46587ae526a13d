/// What a spreadsheet does to ids that look like numbers.
package enum SpreadsheetDamage {
  /// Whether the id was a number that a spreadsheet has rounded: `8.93E+12`, or more than 15 digits that end in zeros from the 16th on.
  ///
  /// What was lost cannot be restored from the value alone.
  package static func isRounded(_ id: String) -> Bool {
    let bytes = Array(id.utf8)
    return isPowerOfTen(bytes) || isCutAfterFifteen(bytes)
  }

  /// A digit, perhaps a fraction, `E+` and an exponent: how every spreadsheet shows a long number.
  private static func isPowerOfTen(_ bytes: [UInt8]) -> Bool {
    guard let mark = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), let first = bytes.first,
      isDigit(first), mark > 0, mark + 1 < bytes.count, bytes[mark + 1] == UInt8(ascii: "+")
    else { return false }
    let fraction = bytes[1..<mark]
    let exponent = bytes[(mark + 2)...]
    let isFraction =
      fraction.isEmpty
      || ((fraction.first == UInt8(ascii: ".") || fraction.first == UInt8(ascii: ",")) && fraction.count > 1
        && fraction.dropFirst().allSatisfy(isDigit))
    return isFraction && (1...3).contains(exponent.count) && exponent.allSatisfy(isDigit)
  }

  private static func isCutAfterFifteen(_ bytes: [UInt8]) -> Bool {
    bytes.count > 16 && bytes.count <= 40 && bytes.allSatisfy(isDigit) && bytes.first != UInt8(ascii: "0")
      && bytes[15...].allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// The barcode that the id was before its leading zeros were lost; `nil` if it is no such number.
  ///
  /// Only digits are looked at, of a length that no barcode has, and only if the last one is the check digit of the others.
  /// `length` is that of the list's other barcodes (8, 12, 13 or 14); without it the next one up is taken.
  package static func restoredZeros(_ id: String, length: Int? = nil) -> String? {
    let digits = Array(id.utf8)
    let lengths = [8, 12, 13, 14]
    guard (6...13).contains(digits.count), digits.allSatisfy(isDigit), digits.first != UInt8(ascii: "0"),
      length.map({ lengths.contains($0) }) ?? !lengths.contains(digits.count),
      hasCheckDigit(digits), let whole = length ?? lengths.first(where: { $0 > digits.count }), whole > digits.count
    else { return nil }
    return String(repeating: "0", count: whole - digits.count) + id
  }

  /// Whether the id is a barcode: 8, 12, 13 or 14 digits, the last of which is right for the others.
  package static func isBarcode(_ id: String) -> Bool {
    let digits = Array(id.utf8)
    return [8, 12, 13, 14].contains(digits.count) && digits.allSatisfy(isDigit) && hasCheckDigit(digits)
  }

  /// GS1's check digit: from the right, digits weigh 1 and 3 in turn, and the sum ends in 0. Zeros in front change nothing.
  private static func hasCheckDigit(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() { sum += Int(digit - 0x30) * (place % 2 == 0 ? 1 : 3) }
    return sum % 10 == 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
