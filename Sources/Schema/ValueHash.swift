import Manifest

/// Hashes values so that equal ones have equal hashes: numbers by value, strings by code points, objects in any order.
enum ValueHash {
  /// Cost: the value's text, once.
  static func hash(_ tree: RecordTree, _ node: Int) -> UInt64 {
    var scratch: [UInt8] = []
    switch tree.nodes[node].kind {
    case .array, .object: return subtreeHashes(tree, node)[0]
    default: return scalar(tree, node, &scratch)
    }
  }

  /// The children of a container with their hashes.
  static func childHashes(_ tree: RecordTree, _ node: Int) -> [(node: Int, hash: UInt64)] {
    let hashes = subtreeHashes(tree, node)
    return tree.children(of: node).map { ($0, hashes[$0 - node]) }
  }

  /// Walks backwards, so that children come before the container they count towards.
  private static func subtreeHashes(_ tree: RecordTree, _ node: Int) -> [UInt64] {
    let end = Int(tree.nodes[node].subtreeEnd)
    var hashes = [UInt64](repeating: 0, count: end - node)
    var scratch: [UInt8] = []
    for index in stride(from: end - 1, through: node, by: -1) {
      let own: UInt64
      switch tree.nodes[index].kind {
      case .array: own = mix(hashes[index - node] &+ 11)
      case .object: own = mix(hashes[index - node] &+ 13)
      default: own = scalar(tree, index, &scratch)
      }
      hashes[index - node] = own
      guard index > node else { break }
      let parent = Int(tree.nodes[index].parent)
      if tree.nodes[parent].kind == .object {
        hashes[parent - node] &+= mix(key(tree, index, &scratch) ^ (own &* 3))
      } else {
        hashes[parent - node] = mix(hashes[parent - node] &* 31 &+ own)
      }
    }
    return hashes
  }

  private static func key(_ tree: RecordTree, _ node: Int, _ scratch: inout [UInt8]) -> UInt64 {
    text(tree, tree.nodes[node].keyToken, isEscaped: tree.nodes[node].isKeyEscaped, &scratch)
  }

  private static func text(
    _ tree: RecordTree, _ token: Range<Int>, isEscaped: Bool, _ scratch: inout [UInt8]
  ) -> UInt64 {
    let content = JSONText.content(of: token, in: tree.bytes.span)
    guard isEscaped else { return NameTable.hash(content, in: tree.bytes.span) }
    scratch.removeAll(keepingCapacity: true)
    JSONText.unescape(content, in: tree.bytes.span, into: &scratch)
    return NameTable.hash(0..<scratch.count, in: scratch.span)
  }

  private static func scalar(_ tree: RecordTree, _ node: Int, _ scratch: inout [UInt8]) -> UInt64 {
    switch tree.nodes[node].kind {
    case .missing, .null: return 1
    case .false: return 2
    case .true: return 3
    case .number:
      let range = tree.nodes[node].token
      let exact = ExactNumber(range, in: tree.bytes.span)
      guard exact.isLong else { return number(exact.isNegative, exact.normalized.mantissa, exact.normalized.exponent) }
      let long = LongNumber(range, in: tree.bytes.span)
      return number(long.isNegative, NameTable.hash(0..<long.digits.count, in: long.digits.span), long.exponent)
    default:
      return text(tree, tree.nodes[node].token, isEscaped: tree.nodes[node].isEscaped, &scratch)
    }
  }

  private static func number(_ isNegative: Bool, _ digits: UInt64, _ exponent: Int) -> UInt64 {
    mix(digits ^ UInt64(bitPattern: Int64(exponent)) &* 0x9E37_79B9_7F4A_7C15 ^ (isNegative ? 5 : 7))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return x ^ (x >> 31)
  }
}

/// Compares values as JSON Schema does: exactly, and objects in any order.
enum ValueEquality {
  /// Pairs still to compare wait in a list, so depth costs no native stack.
  static func areEqual(_ a: RecordTree, _ aRoot: Int, _ b: RecordTree, _ bRoot: Int) -> Bool {
    var waiting = [(aRoot, bRoot)]
    while let (left, right) = waiting.popLast() {
      let x = a.nodes[left]
      let y = b.nodes[right]
      guard x.kind == y.kind else { return false }
      switch x.kind {
      case .missing, .null, .true, .false: continue
      case .number:
        let (p, q) = (LongNumber(x.range, in: a.bytes.span), LongNumber(y.range, in: b.bytes.span))
        if LongNumber.compare(p, q) != 0 { return false }
      case .string:
        if a.plainText(of: left) != b.plainText(of: right) { return false }
      case .array:
        guard x.childCount == y.childCount else { return false }
        waiting += zip(Array(a.children(of: left)), Array(b.children(of: right)))
      case .object:
        guard let pairs = pairs(a, left, b, right) else { return false }
        waiting += pairs
      }
    }
    return true
  }

  /// Members of equal keys, the last of each; `nil` if the keys differ.
  private static func pairs(_ a: RecordTree, _ left: Int, _ b: RecordTree, _ right: Int) -> [(Int, Int)]? {
    func members(_ tree: RecordTree, _ node: Int) -> [[UInt8]: Int] {
      var found: [[UInt8]: Int] = [:]
      for child in tree.children(of: node) { found[tree.plainText(of: child, key: true)] = child }
      return found
    }
    let (ours, theirs) = (members(a, left), members(b, right))
    guard ours.count == theirs.count else { return nil }
    var pairs: [(Int, Int)] = []
    for (key, node) in ours {
      guard let other = theirs[key] else { return nil }
      pairs.append((node, other))
    }
    return pairs
  }
}
