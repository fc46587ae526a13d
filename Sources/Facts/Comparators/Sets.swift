/// Lists as sets: order and repetition make no difference. A single value is the list of it.
struct Sets: Comparator {
  func reading(of value: ClaimValue) -> Set<[UInt8]>? { Multisets.keys(of: value).map(Set.init) }

  func verdict(_ a: Set<[UInt8]>, _ b: Set<[UInt8]>, steps: inout Int) -> Verdict { a == b ? .agree : .differ }
}
