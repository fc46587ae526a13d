import InstructionDataRules
import TestSupport
import Testing

/// Texts are folded by tables: as Unicode has it, letter by letter, whatever stands around.
@Suite struct FoldingTests {
  private func folded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    Text.fold(bytes.span, into: &out)
    return out
  }

  /// What the tables stand for.
  private func asUnicodeHasIt(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var isBetween = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      guard scalar.value > 0x20, !scalar.properties.isWhitespace else {
        isBetween = true
        continue
      }
      if isBetween, !out.isEmpty { out.append(0x20) }
      isBetween = false
      out += scalar.properties.lowercaseMapping.utf8
    }
    return out
  }

  @Test func eachLetter() {
    for number in 0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(number) else { continue }
      let bytes = Array(String(scalar).utf8)
      if folded(bytes) != asUnicodeHasIt(bytes) { Issue.record("U+\(String(number, radix: 16))") }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anyBytes(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func next(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    let pieces = ["a", "Đ", " ", "\t", "Ộ", "日本", "😀", "İ", "\u{A0}", "\u{3000}", "Word ", "ß", "Ⱥ"].map {
      Array($0.utf8)
    }
    for _ in 0..<500 {
      var bytes: [UInt8] = []
      for _ in 0..<next(12) { bytes += next(6) == 0 ? [UInt8(next(256))] : pieces[next(pieces.count)] }
      #expect(folded(bytes) == asUnicodeHasIt(bytes))
    }
  }
}

/// The least hashes are found by a loop that processors run in different ways; all find the same.
@Suite struct MinHashTests {
  @Test func someBands() {
    let runs = (1...40 as ClosedRange<UInt64>).map { mixed($0) }
    #expect(MinHash.bands(of: runs) == MinHash.bands(of: runs.reversed() + runs))
    // As they were before the loop was in C.
    #expect(MinHash.bands(of: runs).prefix(3) == [383_807_304, 3_002_580_952, 2_798_521_737])
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
