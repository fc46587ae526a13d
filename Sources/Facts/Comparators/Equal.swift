/// Texts by their code points, numbers by their value, lists element by element.
///
/// Beside a text, a number is read as it is written in full, as in tables all cells are texts: `3.0` and `"3"` agree.
struct Equal: Comparator {
  enum Reading: Hashable, Sendable {
    case one([UInt8])
    case list([[UInt8]])
  }

  func reading(of value: ClaimValue) -> Reading? {
    switch value.kind {
    case .nothing: return nil
    case .list:
      let elements = value.elements.compactMap { Self.key($0.kind, $0.text) }
      return elements.count == value.elements.count ? .list(elements) : nil
    case .text, .number, .flag:
      guard value.text.count <= ClaimValue.lengthLimit else { return nil }
      return Self.key(value.kind, value.text).map { .one($0 + Self.unit(of: value)) }
    }
  }

  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict { a == b ? .agree : .differ }

  /// What a value is known by: a number has one way of being written.
  static func key(_ kind: ClaimValue.Kind, _ text: [UInt8]) -> [UInt8]? {
    switch kind {
    case .nothing, .list: nil
    case .text, .flag: text
    case .number: DecimalText(text)?.canonical
    }
  }

  private static func unit(of value: ClaimValue) -> [UInt8] {
    guard let unit = value.unit, !unit.isEmpty else { return [] }
    return [0] + Array(unit.utf8)
  }
}
