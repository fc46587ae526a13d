/// Numbers, in units of one dimension.
///
/// A text counts where it is a number, with or without a known unit behind (`3.2 cm`). Numbers of different dimensions can't be compared.
struct Numbers: Comparator {
  struct Reading: Hashable, Sendable {
    /// In `unit`.
    var value: Double
    var unit: UnitOfMeasure
  }

  private let absolute: Double?
  private let relative: Double?
  private let unit: UnitOfMeasure?
  /// Longer ones are no measurements.
  private static let lengthLimit = 256

  init(absolute: Double?, relative: Double?, unit: String? = nil) {
    self.absolute = absolute
    self.relative = relative
    self.unit = unit.map { UnitOfMeasure($0) }
  }

  var isTolerant: Bool { absolute != nil || relative != nil }

  func reading(of value: ClaimValue) -> Reading? {
    guard let (number, unit) = Self.measured(value) else { return nil }
    return number.double.map { Reading(value: $0, unit: UnitOfMeasure(unit)) }
  }

  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict {
    guard a.unit.dimension == b.unit.dimension else { return .unknown }
    let (x, y) = (a.unit.inBase(a.value), b.unit.inBase(b.value))
    let difference = abs(x - y)
    let greater = max(abs(x), abs(y))
    guard difference.isFinite, greater.isFinite else { return .unknown }
    // What decimals and conversions lose is no difference.
    let slack = greater * 1e-12
    if difference <= slack { return .agree }
    let isClose = absolute.map { difference <= inBase($0, a, b) + slack } ?? false
    let isNear = relative.map { difference <= $0 * greater + slack } ?? false
    return isClose || isNear ? .agree : .differ
  }

  /// The tolerance in base units.
  private func inBase(_ tolerance: Double, _ a: Reading, _ b: Reading) -> Double {
    if let unit, unit.dimension == a.unit.dimension { return unit.inBase(tolerance) }
    return a.unit == b.unit ? a.unit.inBase(tolerance) : tolerance
  }

  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? {
    guard value.kind == other.kind else { return nil }
    let (unit, otherUnit) = (UnitOfMeasure(value.unit), UnitOfMeasure(other.unit))
    if unit == otherUnit || other.kind == .text, value.unit == nil, other.unit == nil { return other }
    if unit == otherUnit { return ClaimValue(kind: other.kind, text: other.text, unit: value.unit) }
    guard unit.dimension == otherUnit.dimension, let number = Self.measured(other)?.number.double else { return nil }
    let converted = unit.fromBase(otherUnit.inBase(number))
    guard converted.isFinite, let text = Self.written(converted) else { return nil }
    return ClaimValue(kind: other.kind, text: text, unit: value.unit)
  }

  /// Twelve digits: more are the conversion's own.
  static func written(_ value: Double) -> [UInt8]? {
    guard value != 0 else { return Array("0".utf8) }
    var scale = 1.0
    var magnitude = abs(value)
    guard magnitude >= 1e-9, magnitude < 1e12 else { return nil }
    while magnitude < 1e11 {
      magnitude *= 10
      scale *= 10
    }
    return DecimalText("\((value * scale).rounded() / scale)".utf8)?.canonical
  }

  /// The number that a value says, and its unit.
  static func measured(_ value: ClaimValue) -> (number: DecimalText, unit: String?)? {
    guard value.kind == .number || value.kind == .text, value.text.count <= lengthLimit else { return nil }
    if let number = DecimalText(value.text) { return (number, value.unit) }
    guard value.kind == .text, value.unit == nil else { return nil }
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") }
    let text = value.text.drop(while: isSpace)
    let signs = Array("+-.0123456789eE".utf8)
    // `3e` of `3 em` is no number; the longest beginning that is one counts.
    var end = text.prefix { signs.contains($0) }.endIndex
    while end > text.startIndex, DecimalText(text[..<end]) == nil { end -= 1 }
    guard let number = DecimalText(text[..<end]) else { return nil }
    let rest = text[end...].drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    if rest.isEmpty { return (number, nil) }
    let unit = String(decoding: Array(rest), as: UTF8.self)
    return UnitOfMeasure(unit).isKnown ? (number, unit) : nil
  }
}
