/// A shape prepared for the parser. All patterns that lead to a container stand at the same depth,
/// so a set of patterns is one word.
struct ShapeProgram: Sendable {
  private var every: [UInt32] = []
  private var keys: [[(key: [UInt8], bit: UInt32)]] = []
  private var final: [UInt32] = []
  let all: UInt32
  /// Whether the document's brackets balance; `nil` if nobody counted. Those of valid text do.
  var balance: Balance?
  /// Of a table: what its first row says.
  var table = TableLayout()
  /// By type: bit `t` for each type `t` whose records may stand in records of this one.
  let inner: [UInt32]

  init(_ shape: RecordShape) {
    var all: UInt32 = 0
    for (index, pattern) in shape.patterns.enumerated() {
      let bit = UInt32(1) << UInt32(index)
      all |= bit
      while every.count < pattern.steps.count {
        every.append(0)
        keys.append([])
        final.append(0)
      }
      for (depth, step) in pattern.steps.enumerated() {
        switch step {
        case .every: every[depth] |= bit
        case .key(let key): keys[depth].append((Array(key.utf8), bit))
        }
      }
      final[pattern.steps.count - 1] |= bit
    }
    self.all = all
    inner =
      [0]
      + shape.patterns.map { outer in
        shape.patterns.indices.reduce(0) { $0 | (shape.patterns[$1].mayStand(in: outer) ? 1 << UInt32($1 + 1) : 0) }
      }
  }

  /// The type of a container's children, 0 if they are no records.
  func childType(_ patterns: UInt32, depth: UInt32) -> UInt8 {
    guard patterns != 0, depth < final.count else { return 0 }
    let ending = patterns & final[Int(depth)]
    return ending == 0 ? 0 : UInt8(ending.trailingZeroBitCount + 1)
  }

  /// Whether records may stand somewhere in a container that these patterns lead to.
  func leadsOn(_ patterns: UInt32, depth: UInt32) -> Bool {
    guard patterns != 0, depth < every.count else { return false }
    return patterns & every[Int(depth)] != 0 || keys[Int(depth)].contains { patterns & $0.bit != 0 }
  }

  func elements(_ patterns: UInt32, depth: UInt32) -> UInt32 {
    guard patterns != 0, depth < every.count else { return 0 }
    return patterns & every[Int(depth)]
  }

  /// `key` is the text between the quotes.
  func member(_ patterns: UInt32, depth: UInt32, key: Span<UInt8>) -> UInt32 {
    guard patterns != 0, depth < every.count else { return 0 }
    var found = patterns & every[Int(depth)]
    for (name, bit) in keys[Int(depth)] where patterns & bit != 0 && JSONString.equals(key, name) { found |= bit }
    return found
  }
}

extension RecordShape.Pattern {
  /// Whether some record of this pattern may stand in one of the other.
  fileprivate func mayStand(in outer: RecordShape.Pattern) -> Bool {
    outer.steps.count < steps.count && zip(outer.steps, steps).allSatisfy { $0 == .every || $1 == .every || $0 == $1 }
  }
}
