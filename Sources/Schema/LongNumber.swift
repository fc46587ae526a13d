/// A number with any count of digits; the slow path of `ExactNumber`.
struct LongNumber: Sendable {
  var isNegative = false
  /// 0…9 each, without zeros at either end; empty for zero.
  var digits: [UInt8] = []
  /// The value is `digits × 10^exponent`.
  var exponent = 0

  init(_ token: Range<Int>, in bytes: Span<UInt8>) {
    var at = token.lowerBound
    if at < token.upperBound, bytes[at] == UInt8(ascii: "-") {
      isNegative = true
      at += 1
    }
    var isFraction = false
    scan: while at < token.upperBound {
      switch bytes[at] {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFraction { exponent -= 1 }
        let digit = bytes[at] - UInt8(ascii: "0")
        if digit != 0 || !digits.isEmpty { digits.append(digit) }
      default:
        exponent += ExactNumber.exponent(at + 1, token.upperBound, bytes)
        break scan
      }
      at += 1
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }

  var isInteger: Bool { exponent >= 0 }

  static func compare(_ a: LongNumber, _ b: LongNumber) -> Int {
    if a.isNegative != b.isNegative { return a.isNegative ? -1 : 1 }
    let sign = a.isNegative ? -1 : 1
    if a.digits.isEmpty || b.digits.isEmpty {
      return a.digits.isEmpty ? (b.digits.isEmpty ? 0 : -sign) : sign
    }
    let aTop = a.digits.count + a.exponent
    let bTop = b.digits.count + b.exponent
    if aTop != bTop { return aTop < bTop ? -sign : sign }
    if a.digits == b.digits { return 0 }
    return a.digits.lexicographicallyPrecedes(b.digits) ? -sign : sign
  }

  /// Whether `self` is a whole multiple of `divisor`, which is above zero; `nil` if the exponents are too far apart to say in reasonable time.
  func isMultiple(of divisor: LongNumber) -> Bool? {
    if digits.isEmpty { return true }
    guard !divisor.digits.isEmpty else { return nil }
    let scale = exponent - divisor.exponent
    if scale < 0 { return false }
    guard scale <= 2048, digits.count <= 2048, divisor.digits.count <= 256 else { return nil }
    // Long division, keeping only the rest: little-endian digits, one more than the divisor has.
    let by = Array(divisor.digits.reversed())
    var rest = [UInt8](repeating: 0, count: by.count + 1)
    for index in 0..<(digits.count + scale) {
      for place in stride(from: rest.count - 1, to: 0, by: -1) { rest[place] = rest[place - 1] }
      rest[0] = index < digits.count ? digits[index] : 0
      while Self.isAtLeast(rest, by) { Self.subtract(by, from: &rest) }
    }
    return rest.allSatisfy { $0 == 0 }
  }

  private static func isAtLeast(_ rest: [UInt8], _ by: [UInt8]) -> Bool {
    if rest[by.count] != 0 { return true }
    for place in stride(from: by.count - 1, through: 0, by: -1) where rest[place] != by[place] {
      return rest[place] > by[place]
    }
    return true
  }

  private static func subtract(_ by: [UInt8], from rest: inout [UInt8]) {
    var borrow: UInt8 = 0
    for place in rest.indices {
      let take = (place < by.count ? by[place] : 0) + borrow
      borrow = rest[place] < take ? 1 : 0
      rest[place] = rest[place] + borrow * 10 - take
    }
  }
}
