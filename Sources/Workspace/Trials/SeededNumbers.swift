/// Numbers that look random and are always the same for one seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  /// The same for the same text and seed, wherever it is run.
  init(_ seed: UInt64, _ text: String) {
    state = text.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Below `count`, which must be above 0.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func element<Element>(_ list: [Element]) -> Element? { list.isEmpty ? nil : list[below(list.count)] }
  /// Once in `count` times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
