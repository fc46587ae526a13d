import CLeastHashes

/// A few numbers that stand for a set of runs: two sets agree in as many of them as they share runs.
///
/// Banded: sets whose overlap is `s` agree in some band with the probability 1 − (1 − s^9)^14, which is 0.87 at 0.8 and 0.999 at 0.9.
package enum MinHash {
  static let bands = 14
  static let rows = 9
  /// Of the hashes the bands take 126.
  private static let hashes = Int(CONCORD_LEAST_HASHES)

  /// One multiplier and one summand for each hash.
  private static let multipliers = numbers(seed: 0x5EED_0001).map { $0 | 1 }
  private static let summands = numbers(seed: 0x5EED_0002)

  private static func numbers(seed: UInt64) -> [UInt32] {
    var state = seed
    return (0..<hashes).map { _ in
      state = Shingles.mixed(state &+ 0x9E37_79B9_7F4A_7C15)
      return UInt32(truncatingIfNeeded: state >> 32)
    }
  }

  /// A number for each band. Runs may stand there in any order and more than once. Cost: 128 multiplications a run, eight at a time.
  package static func bands(of runs: [UInt64]) -> [UInt32] {
    let values = runs.map { UInt32(truncatingIfNeeded: $0 >> 32) }
    var least = [UInt32](repeating: .max, count: hashes)
    // Reads all values and as many numbers as there are hashes, and writes as many.
    unsafe concord_least_hashes(values, values.count, multipliers, summands, &least)
    return (0..<bands).map { band in
      var hash = UInt64(band)
      for row in (band * rows)..<((band + 1) * rows) { hash = Shingles.mixed(hash ^ UInt64(least[row])) }
      return UInt32(truncatingIfNeeded: hash)
    }
  }
}
