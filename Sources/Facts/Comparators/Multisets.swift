/// Lists in which only the order makes no difference. A single value is the list of it.
struct Multisets: Comparator {
  func reading(of value: ClaimValue) -> [[UInt8]]? {
    Self.keys(of: value)?.sorted { $0.lexicographicallyPrecedes($1) }
  }

  func verdict(_ a: [[UInt8]], _ b: [[UInt8]], steps: inout Int) -> Verdict { a == b ? .agree : .differ }

  /// What the elements are known by; `nil` if one of them is no text, number or flag.
  static func keys(of value: ClaimValue) -> [[UInt8]]? {
    let elements = value.asElements
    let keys = elements.compactMap { Equal.key($0.kind, $0.text) }
    return keys.count == elements.count ? keys : nil
  }
}
