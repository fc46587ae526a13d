package import Manifest

/// Names a finding by what it is about, so that a decision on it outlives every edit that leaves the judged values alone.
///
/// Made from the rule, the subject or key, and the judged values; never from a position. The same digits in all runs, on all
/// machines, in all versions: decisions are kept in files.
package struct Fingerprint: Sendable, Hashable {
  /// The rule and the judged values, wherever they are met.
  package var kind: UInt64
  /// Which finding of that kind it is.
  package var label: UInt64

  package init(kind: UInt64, label: UInt64) {
    self.kind = kind
    self.label = label
  }

  /// Of a rule's judgement of `values` about the thing that `key` names.
  package init(rule: String, key: String = "", values: [String]) {
    kind = Self.kind(rule: rule, values: values)
    var hash = StableHash()
    hash.add(word: kind)
    hash.add(key)
    label = hash.word
  }

  /// Reads thirty-two hexadecimal digits; `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, text.utf8.allSatisfy(Self.isDigit),
      let kind = UInt64(text.prefix(16), radix: 16), let label = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(kind: kind, label: label)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

  /// Thirty-two hexadecimal digits, the kind's first.
  package var text: String { Self.digits(kind) + Self.digits(label) }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  // MARK: Kinds

  /// Each part counts with its length, so `["ab", "c"]` and `["a", "bc"]` differ.
  package static func kind(rule: String, values: [String]) -> UInt64 {
    var hash = StableHash()
    hash.add(rule)
    hash.add(word: UInt64(values.count))
    for value in values { hash.add(value) }
    return hash.word
  }

  /// What kind of finding it is: what its rule says it is about, else the rule with the message's arguments.
  package static func kind(of finding: Finding) -> UInt64 {
    if let about = finding.about { return about.kind }
    // By bytes: Swift's order of strings takes different spellings of one letter for equal.
    let values = judged(finding).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return kind(rule: finding.rule, values: [finding.message.key] + values.flatMap { [$0.name, $0.value] })
  }

  /// The arguments that say what was judged. How often a finding is met is none of it.
  package static func judged(_ finding: Finding) -> [Message.Argument] {
    finding.message.arguments.filter { $0.name != "count" || $0.value != String(finding.count) }
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
  package mutating func add(_ text: String) { add(text.utf8) }

  /// Adds bytes, their number first.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    add(word: UInt64(bytes.count))
    for byte in bytes { add(byte: byte) }
  }

  private var value: UInt128 {
    var x = state
    x = (x ^ (x &>> 64)) &* 0xd6e8_feb8_6659_fd93_a0b4_28db_9b6f_7c55
    return x ^ (x &>> 64)
  }

  /// Sixty-four of the bits.
  package var word: UInt64 { UInt64(truncatingIfNeeded: value) }
}

/// Hashes what a value says, however it is laid out: space does not count, nor the order of an object's members.
package enum ContentHash {
  /// Numbers count as they are written, strings by what they mean. What is cut out of the tree does not count.
  ///
  /// Cost: the value's text, once.
  package static func of(_ node: Int, in tree: RecordTree) -> UInt64 {
    guard tree.nodes.indices.contains(node) else { return 0 }
    let end = min(Int(tree.nodes[node].subtreeEnd), tree.nodes.count)
    var hashes = [UInt64](repeating: 0, count: max(1, end - node))
    // Backwards, so that what is inside comes before what is around it, however deep.
    for index in stride(from: end - 1, through: node, by: -1) {
      let own = scalar(index, in: tree, inner: hashes[index - node])
      hashes[index - node] = own
      let parent = Int(tree.nodes[index].parent)
      guard index > node, (node..<index).contains(parent) else { continue }
      if tree.nodes[parent].kind == .object {
        hashes[parent - node] &+= mixed(tree.keyBytes(of: index), own)
      } else {
        hashes[parent - node] = mixed([], own &+ hashes[parent - node] &* 31)
      }
    }
    return hashes[0]
  }

  private static func scalar(_ index: Int, in tree: RecordTree, inner: UInt64) -> UInt64 {
    switch tree.nodes[index].kind {
    case .array: mixed([0], inner)
    case .object: mixed([1], inner)
    case .string: mixed(tree.stringBytes(of: index) ?? [], 2)
    default: mixed(Array(tree.text(of: index)), 3)
    }
  }

  private static func mixed(_ bytes: [UInt8], _ word: UInt64) -> UInt64 {
    var hash = StableHash()
    hash.add(bytes)
    hash.add(word: word)
    return hash.word
  }
}
