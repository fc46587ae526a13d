/// A few numbers that stand for a set of runs: two sets agree in as many of them as they share runs.
///
/// Banded: sets whose overlap is `s` agree in some band with the probability 1 − (1 − s^9)^14, which is 0.87 at 0.8 and 0.999 at 0.9.
enum MinHash {
  static let bands = 14
  static let rows = 9
  private static let lanes = 8

  /// One multiplier and one summand for each of 128 hashes, of which the bands take 126.
  private static let multipliers: [SIMD16<UInt32>] = numbers(seed: 0x5EED_0001).map { $0 | 1 }
  private static let summands: [SIMD16<UInt32>] = numbers(seed: 0x5EED_0002)

  private static func numbers(seed: UInt64) -> [SIMD16<UInt32>] {
    var state = seed
    return (0..<lanes).map { _ in
      var lane = SIMD16<UInt32>()
      for index in 0..<16 {
        state = Shingles.mixed(state &+ 0x9E37_79B9_7F4A_7C15)
        lane[index] = UInt32(truncatingIfNeeded: state >> 32)
      }
      return lane
    }
  }

  /// A number for each band. Runs may stand there in any order and more than once. Cost: 128 multiplications a run, sixteen at a time.
  static func bands(of runs: [UInt64]) -> [UInt32] {
    let values = runs.map { UInt32(truncatingIfNeeded: $0 >> 32) }
    var least: [UInt32] = []
    least.reserveCapacity(lanes * 16)
    // One lane after the other, so that its numbers stay where the processor has them at hand.
    for lane in 0..<lanes {
      let lane = self.least(of: values, multipliers[lane], summands[lane])
      for index in 0..<16 { least.append(lane[index]) }
    }
    return (0..<bands).map { band in
      least[(band * rows)..<((band + 1) * rows)].reduce(UInt64(band)) { Shingles.mixed($0 ^ UInt64($1)) }
    }.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The least of each of sixteen hashes. With the highest bit turned around, which a summand does as well, numbers without a sign
  /// compare as if they had one: that is the one comparison all processors have.
  private static func least(
    of values: [UInt32], _ multiplier: SIMD16<UInt32>, _ summand: SIMD16<UInt32>
  ) -> SIMD16<UInt32> {
    let turned = summand ^ 0x8000_0000
    var least = SIMD16<Int32>(repeating: .max)
    for value in values {
      let hash = SIMD16<Int32>(truncatingIfNeeded: multiplier &* value &+ turned)
      least.replace(with: hash, where: hash .< least)
    }
    return SIMD16<UInt32>(truncatingIfNeeded: least) ^ 0x8000_0000
  }
}
