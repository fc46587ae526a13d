import Testing

@testable import Facts

/// The table of keys beside a dictionary: each key is told alone, with its one holder, or shared, whatever came and went before.
@Suite struct SketchIndexTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func asADictionaryHasIt(seed: UInt64) {
    var random = SplitMix64(seed)
    var index = SketchIndex()
    var counts: [UInt64: Int] = [:]
    // A key that was once shared counts as shared until nobody has it.
    var shared: Set<UInt64> = []
    var holders: [UInt64: UInt32] = [:]
    var held: [UInt64] = []
    // Places that lie close together, so that keys stand in each other's way.
    let keys = (0..<6_000).map { _ in (random.next() % 8_000) << 32 }
    for step in 0..<30_000 {
      let isGrowing = step / 10_000 != 1
      if !held.isEmpty, random.next() % 10 < (isGrowing ? 3 : 8) {
        let key = held.remove(at: Int(random.next() % UInt64(held.count)))
        index.remove(key)
        counts[key, default: 0] -= 1
        if counts[key] == 0 {
          counts[key] = nil
          shared.remove(key)
        }
        continue
      }
      let key = keys[Int(random.next() % UInt64(keys.count))]
      let entry = UInt32(step)
      switch index.insert(key, entry: entry, position: Int(entry) % 64) {
      case .alone: #expect(counts[key] == nil)
      case .by(let other, let position):
        #expect(counts[key] == 1 && holders[key] == other && position == Int(other) % 64 && !shared.contains(key))
      case .shared: #expect(shared.contains(key))
      }
      counts[key, default: 0] += 1
      if counts[key] == 1 { holders[key] = entry } else { shared.insert(key) }
      held.append(key)
    }
    for key in held { index.remove(key) }
    #expect(index.byteCount == SketchIndex().byteCount)
  }
}
