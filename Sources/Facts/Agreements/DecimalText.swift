/// A number as it is written, read exactly: `digits × 10^exponent`.
struct DecimalText: Sendable, Hashable {
  var isNegative = false
  /// `0`…`9`, without zeros at either end; empty for zero.
  var digits: [UInt8] = []
  var exponent = 0

  /// Reads a number as JSON writes it, and nothing else. `nil` also where the exponent is beyond ±100,000,000.
  init?(_ text: some Collection<UInt8>) {
    var rest = ArraySlice(text)
    isNegative = Self.take("-", from: &rest)
    let whole = Self.takeDigits(from: &rest)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
    var fraction: [UInt8] = []
    if Self.take(".", from: &rest) {
      fraction = Self.takeDigits(from: &rest)
      guard !fraction.isEmpty else { return nil }
    }
    if Self.take("e", from: &rest) || Self.take("E", from: &rest) {
      let isBelowOne = Self.take("-", from: &rest)
      if !isBelowOne { _ = Self.take("+", from: &rest) }
      let written = Self.takeDigits(from: &rest)
      guard let value = Self.exponent(written) else { return nil }
      exponent = isBelowOne ? -value : value
    }
    guard rest.isEmpty else { return nil }
    exponent -= fraction.count
    normalize(whole + fraction)
  }

  private mutating func normalize(_ all: [UInt8]) {
    let zeros = all.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    digits = Array(all.dropLast(zeros).drop { $0 == UInt8(ascii: "0") })
    exponent = digits.isEmpty ? 0 : exponent + zeros
    if digits.isEmpty { isNegative = false }
  }

  private static func take(_ sign: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first, first == UInt8(ascii: sign) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private static func takeDigits(from rest: inout ArraySlice<UInt8>) -> [UInt8] {
    let found = Array(rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    rest = rest.dropFirst(found.count)
    return found
  }

  private static func exponent(_ digits: [UInt8]) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
      guard value <= 100_000_000 else { return nil }
    }
    return value
  }

  /// One way of writing for each value: `12.5`, `1200`; very large and very small ones with an exponent.
  var canonical: [UInt8] {
    if digits.isEmpty { return [UInt8(ascii: "0")] }
    var out: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    let top = digits.count + exponent
    func zeros(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "0"), count: count) }
    if exponent >= 0, exponent <= 20 {
      out += digits + zeros(exponent)
    } else if exponent < 0, top > 0 {
      out += digits.prefix(top) + [UInt8(ascii: ".")] + digits.dropFirst(top)
    } else if exponent < 0, top > -20 {
      out += Array("0.".utf8) + zeros(-top) + digits
    } else {
      out += digits + Array("e\(exponent)".utf8)
    }
    return out
  }

  /// The nearest double; `nil` beyond its range.
  var double: Double? {
    let sign = isNegative ? "-" : ""
    let text = digits.isEmpty ? "0" : sign + String(decoding: digits, as: UTF8.self) + "e\(exponent)"
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The exact sum; `nil` if it takes more than about 36 digits.
  static func sum(_ numbers: [DecimalText]) -> DecimalText? {
    let numbers = numbers.filter { !$0.digits.isEmpty }
    guard let least = numbers.map(\.exponent).min() else { return DecimalText("0".utf8) }
    var sum: Int128 = 0
    for number in numbers {
      let zeros = number.exponent - least
      guard number.digits.count + zeros <= 36 else { return nil }
      var value: Int128 = 0
      for digit in number.digits { value = value * 10 + Int128(digit - UInt8(ascii: "0")) }
      for _ in 0..<zeros { value *= 10 }
      let (next, overflow) = sum.addingReportingOverflow(number.isNegative ? -value : value)
      guard !overflow else { return nil }
      sum = next
    }
    return DecimalText("\(sum)e\(least)".utf8)
  }
}
