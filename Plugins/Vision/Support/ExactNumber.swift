/// A decimal number as it is written, so that sums and differences keep their digits: `100.10 - 0.1` is `100.00`.
package struct ExactNumber: Equatable {
  /// The digits without the point.
  private let digits: Int64
  /// How many of them stand behind the point.
  private let decimals: Int

  /// Longer numbers are left to `Double`.
  private static let maxDecimals = 12

  private init?(digits: Int64?, decimals: Int) {
    guard let digits, decimals <= Self.maxDecimals else { return nil }
    self.digits = digits
    self.decimals = decimals
  }

  /// Reads a JSON number without exponent; `nil` for anything else, or more digits than fit.
  package init?(_ text: String) {
    var digits: Int64 = 0
    var decimals = 0
    var hasPoint = false
    var hasDigit = false
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where offset == 0: continue
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (tens, tooLarge) = digits.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeSum) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
        guard !tooLarge, !tooLargeSum else { return nil }
        digits = sum
        hasDigit = true
        if hasPoint { decimals += 1 }
      default: return nil
      }
    }
    guard hasDigit else { return nil }
    self.init(digits: text.utf8.first == UInt8(ascii: "-") ? -digits : digits, decimals: decimals)
  }

  package init(_ whole: Int) {
    digits = Int64(whole)
    decimals = 0
  }

  static let zero = ExactNumber(0)

  /// `nil` if the result has more digits than fit; so for all below.
  package func plus(_ other: ExactNumber) -> ExactNumber? {
    combined(other) { $0.addingReportingOverflow($1) }
  }

  package func minus(_ other: ExactNumber) -> ExactNumber? {
    combined(other) { $0.subtractingReportingOverflow($1) }
  }

  package func times(_ other: ExactNumber) -> ExactNumber? {
    let (product, isTooLarge) = digits.multipliedReportingOverflow(by: other.digits)
    guard !isTooLarge else { return nil }
    return ExactNumber(digits: product, decimals: decimals + other.decimals)
  }

  /// Takes one decimal more only where it must.
  package var half: ExactNumber? {
    if digits.isMultiple(of: 2) { return ExactNumber(digits: digits / 2, decimals: decimals) }
    let (fives, isTooLarge) = digits.multipliedReportingOverflow(by: 5)
    return isTooLarge ? nil : ExactNumber(digits: fives, decimals: decimals + 1)
  }

  var negated: ExactNumber? { ExactNumber.zero.minus(self) }

  /// Plain JSON, with the decimals the parts had.
  package var text: String {
    guard decimals > 0 else { return String(digits) }
    var plain = String(digits.magnitude)
    if plain.utf8.count <= decimals { plain = String(repeating: "0", count: decimals + 1 - plain.utf8.count) + plain }
    return (digits < 0 ? "-" : "") + plain.dropLast(decimals) + "." + plain.suffix(decimals)
  }

  private func combined(
    _ other: ExactNumber, with operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> ExactNumber? {
    let decimals = max(decimals, other.decimals)
    guard let a = scaled(to: decimals), let b = other.scaled(to: decimals) else { return nil }
    let (result, isTooLarge) = operation(a, b)
    return isTooLarge ? nil : ExactNumber(digits: result, decimals: decimals)
  }

  private func scaled(to decimals: Int) -> Int64? {
    var out = digits
    for _ in self.decimals..<max(decimals, self.decimals) {
      let (tens, isTooLarge) = out.multipliedReportingOverflow(by: 10)
      guard !isTooLarge else { return nil }
      out = tens
    }
    return out
  }
}
