/// A JSON number as written: `digits × 10^exponent`, exactly. `1`, `1.0` and `1e0` are the same value.
///
/// Up to 19 significant digits stand in `mantissa` and cost no allocation; longer ones set `isLong`, and then `LongNumber` decides.
struct ExactNumber: Sendable {
  var isNegative = false
  var mantissa: UInt64 = 0
  var exponent = 0
  /// More than 19 significant digits: `mantissa` holds only the first of them.
  var isLong = false

  /// Reads a well-formed number token. Exponents beyond ±1,000,000,000 count as that.
  init(_ token: Range<Int>, in bytes: Span<UInt8>) {
    var at = token.lowerBound
    let end = token.upperBound
    if at < end, bytes[at] == UInt8(ascii: "-") {
      isNegative = true
      at += 1
    }
    var isFraction = false
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        let digit = UInt64(byte - UInt8(ascii: "0"))
        if mantissa < 1_000_000_000_000_000_000 {
          mantissa = mantissa * 10 + digit
          if isFraction { exponent -= 1 }
        } else {
          if digit != 0 { isLong = true }
          if !isFraction { exponent += 1 }
        }
      } else {
        break
      }
      at += 1
    }
    if at < end { exponent += Self.exponent(at + 1, end, bytes) }
    if mantissa == 0 {
      isNegative = false
      exponent = 0
    }
  }

  static func exponent(_ start: Int, _ end: Int, _ bytes: Span<UInt8>) -> Int {
    var at = start
    var isNegative = false
    if at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
      isNegative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    var value = 0
    while at < end, bytes[at] >= UInt8(ascii: "0"), bytes[at] <= UInt8(ascii: "9") {
      value = min(value * 10 + Int(bytes[at] - UInt8(ascii: "0")), 1_000_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }

  /// The same value without zeros at the end of the mantissa.
  var normalized: ExactNumber {
    var number = self
    while number.mantissa != 0, number.mantissa.isMultiple(of: 10) {
      number.mantissa /= 10
      number.exponent += 1
    }
    return number
  }

  /// `nil` if long: then only the whole text can tell.
  var isInteger: Bool? {
    if isLong { return nil }
    if exponent >= 0 { return true }
    return normalized.exponent >= 0
  }

  var double: Double? {
    guard !isLong, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
    let magnitude = Double(mantissa)
    let scaled =
      exponent < 0 ? magnitude / Self.powersOfTen[-exponent] : magnitude * Self.powersOfTen[exponent]
    return isNegative ? -scaled : scaled
  }

  /// Exactly representable powers: one division or product with them rounds once, as it should.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
  private static let integerPowers: [UInt64] = (0..<20).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 10 } }

  /// Negative, zero or positive as `a` is less than, equal to or greater than `b`. Neither may be long.
  static func compare(_ a: ExactNumber, _ b: ExactNumber) -> Int {
    if a.isNegative != b.isNegative { return a.isNegative ? -1 : 1 }
    let order = compareMagnitudes(a, b)
    return a.isNegative ? -order : order
  }

  private static func compareMagnitudes(_ a: ExactNumber, _ b: ExactNumber) -> Int {
    if a.mantissa == 0 || b.mantissa == 0 || a.exponent == b.exponent {
      return a.mantissa == b.mantissa ? 0 : a.mantissa < b.mantissa ? -1 : 1
    }
    let aTop = a.digitCount + a.exponent
    let bTop = b.digitCount + b.exponent
    if aTop != bTop { return aTop < bTop ? -1 : 1 }
    // Equal tops: the exponents differ by less than the digits there are, so the scale fits.
    let aScale = integerPowers[max(0, a.exponent - b.exponent)]
    let bScale = integerPowers[max(0, b.exponent - a.exponent)]
    let left = a.mantissa.multipliedFullWidth(by: aScale)
    let right = b.mantissa.multipliedFullWidth(by: bScale)
    if left.high != right.high { return left.high < right.high ? -1 : 1 }
    return left.low == right.low ? 0 : left.low < right.low ? -1 : 1
  }

  private var digitCount: Int {
    var count = 1
    while count < 19, mantissa >= Self.integerPowers[count] { count += 1 }
    return count
  }

  /// Whether `self` is a whole multiple of `divisor`. Neither may be long; `divisor` is above zero.
  func isMultiple(of divisor: ExactNumber) -> Bool {
    if mantissa == 0 { return true }
    let value = normalized
    let by = divisor.normalized
    let scale = value.exponent - by.exponent
    // Without zeros at its end, the mantissa has no factor of ten left to give.
    if scale < 0 { return false }
    var rest = value.mantissa % by.mantissa
    var power = UInt64(10) % by.mantissa
    var bits = scale
    while bits > 0, rest != 0 {
      if bits & 1 == 1 { rest = Self.product(rest, power, modulo: by.mantissa) }
      power = Self.product(power, power, modulo: by.mantissa)
      bits >>= 1
    }
    return rest == 0
  }

  private static func product(_ a: UInt64, _ b: UInt64, modulo m: UInt64) -> UInt64 {
    let wide = a.multipliedFullWidth(by: b)
    // Both factors are below `m`, so the high half is too and the division cannot overflow.
    return m.dividingFullWidth(wide).remainder
  }
}
