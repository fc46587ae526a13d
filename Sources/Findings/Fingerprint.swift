/// Names a finding by what it is about, so that a decision on it outlives every edit that leaves the judged values alone.
package enum Fingerprint {
  /// Thirty-two hexadecimal digits from the rule, the subject or key, and the judged values; never from a position.
  ///
  /// Stable across runs, machines and versions. Each part counts with its length, so `["ab", "c"]` and `["a", "bc"]` differ.
  package static func text(rule: String, key: String = "", values: [String]) -> String {
    var hash = StableHash()
    hash.add(rule)
    hash.add(key)
    hash.add(word: UInt64(values.count))
    for value in values { hash.add(value) }
    return hash.hexadecimal
  }

  /// The fingerprint of a finding as it stands: its rule, message key and arguments, sorted by name.
  package static func text(of finding: Finding, key: String = "") -> String {
    // By bytes: Swift's order of strings takes different spellings of one letter for equal.
    let values = finding.message.arguments.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return text(rule: finding.rule, key: key, values: [finding.message.key] + values.flatMap { [$0.name, $0.value] })
  }
}

/// 128 bits of FNV-1a, finished by mixing. No secret and no seed: the same bytes give the same digits everywhere.
package struct StableHash: Sendable {
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  package init() {}

  package mutating func add(byte: UInt8) {
    state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }

  package mutating func add(word: UInt64) {
    for shift in 0..<8 as Range<UInt64> { add(byte: UInt8(truncatingIfNeeded: word &>> (8 * shift))) }
  }

  /// Adds a text, its length first.
  package mutating func add(_ text: String) {
    add(word: UInt64(text.utf8.count))
    for byte in text.utf8 { add(byte: byte) }
  }

  package var value: UInt128 {
    var x = state
    x = (x ^ (x &>> 64)) &* 0xd6e8_feb8_6659_fd93_a0b4_28db_9b6f_7c55
    return x ^ (x &>> 64)
  }

  package var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}
