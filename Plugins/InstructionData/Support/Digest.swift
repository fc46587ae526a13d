/// 128 bits that stand for a text: the same in every process, and never the same for two texts that somebody wrote by chance.
///
/// Two sums over eight bytes at a time. Who wants to make two texts of one digest can.
struct Digest {
  private(set) var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var second: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Cost: one step for eight bytes.
  init(_ text: [UInt8]) {
    let bytes = unsafe text.span.bytes
    var at = 0
    while at + 8 <= text.count {
      // All eight are the text's.
      add(unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
      at += 8
    }
    // How many are left stands with them, so that a zero counts.
    var rest = UInt64(text.count - at)
    while at < text.count {
      rest = rest << 8 | UInt64(text[at])
      at += 1
    }
    add(rest)
    first = Shingles.mixed(first)
    second = Shingles.mixed(second)
  }

  private mutating func add(_ word: UInt64) {
    first = (first ^ word) &* 0xd6e8_feb8_6659_fd93
    first ^= first >> 32
    second = (second &+ word) &* 0xff51_afd7_ed55_8ccd
    second ^= second >> 29
  }

  /// As text: 32 letters.
  var name: String {
    let digits = (0..<32).map { index -> UInt8 in
      let half = index < 16 ? first : second
      return UInt8(ascii: "a") + UInt8(half >> UInt64(4 * (index % 16)) & 15)
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
