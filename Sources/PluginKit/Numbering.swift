/// Table numbers by the kit's own, for what rules ask of each record: two loads, and no reference is counted.
@safe struct Numbering: Sendable {
  /// Made with a plugin's tables, and like those never freed.
  // Sendable: the memory is written in `init` only.
  nonisolated(unsafe) private let base: UnsafePointer<UInt32>?
  private let count: Int

  init(_ numbers: [Int: UInt32]) {
    let all = (0..<((numbers.keys.max() ?? -1) + 1)).map { numbers[$0] ?? CONCORD_NONE_INDEX }
    unsafe (base, count) = unsafe Permanent.array(all)
  }

  subscript(_ number: Int) -> UInt32? {
    guard number >= 0, number < count, let base = unsafe base else { return nil }
    let found = unsafe base[number]
    return found == CONCORD_NONE_INDEX ? nil : found
  }
}
