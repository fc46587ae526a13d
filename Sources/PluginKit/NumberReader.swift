/// Reads JSON numbers where they stand, without making texts of them: outlines and masks hold thousands.
public enum NumberReader {
  /// Powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  /// Whole numbers up to here are exact, so that one division by a power of ten gives the nearest `Double`.
  private static let exactDigits: UInt64 = 1 << 53

  /// The number that begins at `offset`, which then stands behind it; `nil` if none begins there, or it is not finite.
  public static func next(in bytes: Span<UInt8>, at offset: inout Int) -> Double? {
    short(in: bytes, at: &offset) ?? any(in: bytes, at: &offset)
  }

  /// A whole number without sign, fraction and exponent that fits; a minus may stand before it. `nil` if there is anything else.
  static func integer(_ bytes: Span<UInt8>) -> Int? {
    let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
    var offset = isNegative ? 1 : 0
    guard offset < bytes.count else { return nil }
    // Below zero, where there is one number more.
    var number = 0
    while offset < bytes.count {
      let digit = bytes[offset] &- UInt8(ascii: "0")
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowToo) = tens.subtractingReportingOverflow(Int(digit))
      guard digit <= 9, !overflow, !overflowToo else { return nil }
      number = sum
      offset += 1
    }
    return isNegative ? number : number == .min ? nil : -number
  }

  /// Digits, perhaps with a point among them, as nearly all numbers are; `nil`, and nothing read, for any other.
  @inline(__always) private static func short(in bytes: Span<UInt8>, at offset: inout Int) -> Double? {
    var next = offset
    let isNegative = next < bytes.count && bytes[next] == UInt8(ascii: "-")
    if isNegative { next += 1 }
    let first = next
    var digits: UInt64 = 0
    var point = -1
    while next < bytes.count {
      let byte = bytes[next]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        digits = digits &* 10 &+ UInt64(digit)
      } else if byte == UInt8(ascii: "."), point < 0, next > first {
        point = next
      } else if byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-")
      {
        return nil
      } else {
        break
      }
      next += 1
    }
    // So many digits are exact, and the division rounds to the nearest.
    guard next > first, next - first <= 15 else { return nil }
    offset = next
    let magnitude = point < 0 ? Double(digits) : Double(digits) / powers[next - point - 1]
    return isNegative ? -magnitude : magnitude
  }

  private static func any(in bytes: Span<UInt8>, at offset: inout Int) -> Double? {
    let start = offset
    let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    var digits: UInt64 = 0
    var decimals = 0
    var hasPoint = false
    var hasDigit = false
    var isExact = true
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        hasDigit = true
        if digits < exactDigits / 16 {
          digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
          if hasPoint { decimals += 1 }
        } else {
          isExact = false
        }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-")
      {
        isExact = false
      } else {
        break
      }
      offset += 1
    }
    guard hasDigit else {
      offset = max(offset, start + 1)
      return nil
    }
    guard isExact, decimals < powers.count else { return rounded(bytes, start..<offset) }
    let magnitude = Double(digits) / powers[decimals]
    return isNegative ? -magnitude : magnitude
  }

  /// Long numbers and exponents, by the library's way.
  private static func rounded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    var text = ""
    text.reserveCapacity(range.count)
    for offset in range { text.unicodeScalars.append(Unicode.Scalar(bytes[offset])) }
    guard let number = Double(text), number.isFinite else { return nil }
    return number
  }
}

extension Value {
  /// Hands over each number in this value, in the order they stand; texts, names and brackets are passed over.
  ///
  /// Cost: one step a byte, no allocation.
  public func eachNumber(_ body: (Double) -> Void) {
    withBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let byte = bytes[offset]
        if byte == UInt8(ascii: "\"") {
          offset = Self.end(ofTextAt: offset, in: bytes)
        } else if byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) {
          if let number = NumberReader.next(in: bytes, at: &offset) { body(number) }
        } else {
          offset += 1
        }
      }
    }
  }

  /// Just past the closing quote, or the end.
  private static func end(ofTextAt start: Int, in bytes: Span<UInt8>) -> Int {
    var offset = start + 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(offset + 1, bytes.count)
  }
}
