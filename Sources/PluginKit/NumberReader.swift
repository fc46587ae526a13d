/// Reads JSON numbers where they stand, without making texts of them: outlines and masks hold thousands.
public enum NumberReader {
  /// Powers of ten that a `Double` holds exactly.
  private static let powers: [Double] = (0...22).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
  /// Whole numbers up to here are exact, so that one division by a power of ten gives the nearest `Double`.
  private static let exactDigits: UInt64 = 1 << 53

  /// The number that begins at `offset`, which then stands behind it; `nil` if none begins there, or it is not finite.
  public static func next(in bytes: Span<UInt8>, at offset: inout Int) -> Double? {
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
