/// Builds the nodes of a record whose text has no fault.
struct StrictTree: StrictVisitor {
  private(set) var nodes: [Node] = []
  /// Where in the own text records were cut out: behind which opener, and how many.
  private let gaps: [(offset: Int, count: Int)]
  private var nextGap = 0
  private var open = Node.none
  private var keyStart: UInt32 = 0
  private var keyEnd: UInt32 = 0
  private var keyIsEscaped = false

  private init(gaps: [(offset: Int, count: Int)], capacity: Int) {
    self.gaps = gaps
    nodes.reserveCapacity(capacity)
  }

  /// The tree of a record's own text; `nil` if there is more in it than a value without fault. Cost: one pass.
  static func tree(_ bytes: [UInt8], gaps: [(offset: Int, count: Int)] = [], isLine: Bool) -> RecordTree? {
    guard bytes.count < Int(UInt32.max) else { return nil }
    var builder = StrictTree(gaps: gaps, capacity: bytes.count / 12 + 4)
    let text = bytes.span
    var start = 0
    while start < text.count, text[start].isJSONSpace { start += 1 }
    guard var end = StrictScan(isLine: isLine).end(of: text, from: start, before: text.count, &builder),
      builder.nextGap == gaps.count
    else { return nil }
    while end < text.count, text[end].isJSONSpace { end += 1 }
    guard end == text.count else { return nil }
    var tree = RecordTree(bytes: bytes, nodes: builder.nodes)
    tree.markDuplicateKeys()
    return tree
  }

  mutating func begin(_ kind: Node.Kind, at start: Int) -> Bool {
    let index = add(kind, start, start, [])
    open = UInt32(truncatingIfNeeded: index)
    if nextGap < gaps.count, gaps[nextGap].offset == start + 1 {
      nodes[index].flags.insert(.elided)
      nodes[index].childCount = UInt32(clamping: gaps[nextGap].count)
      nextGap += 1
    }
    return true
  }

  mutating func end(_ end: Int) {
    let index = Int(open)
    nodes[index].end = UInt32(truncatingIfNeeded: end)
    nodes[index].subtreeEnd = UInt32(truncatingIfNeeded: nodes.count)
    open = nodes[index].parent
  }

  mutating func key(_ start: Int, _ end: Int, isEscaped: Bool, in text: Span<UInt8>) -> Bool {
    keyStart = UInt32(truncatingIfNeeded: start)
    keyEnd = UInt32(truncatingIfNeeded: end)
    keyIsEscaped = isEscaped
    return true
  }

  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, isEscaped: Bool) {
    _ = add(kind, start, end, isEscaped ? .escaped : [])
  }

  private mutating func add(_ kind: Node.Kind, _ start: Int, _ end: Int, _ flags: Node.Flags) -> Int {
    let index = nodes.count
    var node = Node(
      kind: kind, flags: flags, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      parent: open, subtreeEnd: UInt32(truncatingIfNeeded: index + 1))
    if open != Node.none {
      nodes[Int(open)].childCount += 1
      if nodes[Int(open)].kind == .object {
        (node.keyStart, node.keyEnd) = (keyStart, keyEnd)
        if keyIsEscaped { node.flags.insert(.keyEscaped) }
      }
    }
    nodes.append(node)
    return index
  }
}
