/// A mark in a leaf: where records and their containers begin and end.
struct Mark: Sendable, Hashable {
  enum Kind: UInt8, Sendable {
    /// A record begins.
    case record
    /// A record that began in an earlier leaf ends.
    case recordEnd
    /// Just behind the opener of a container whose children are records.
    case open
    /// Just before its closer, or where one is missing.
    case close
  }
  var label: UInt64 = 0
  /// Bytes from the leaf's start.
  var offset: UInt32
  /// Of a record that ends in its leaf; `Mark.openEnded` otherwise.
  var length: UInt32 = Mark.openEnded
  var keyHash: UInt32 = 0
  var kind: Kind
  var type: UInt8
  /// The type of the record it stands in.
  var parentType: UInt8 = 0

  static let openEnded = UInt32.max
}

/// A few kilobytes of text, a slice of an immutable buffer or of a file, with the parser's state at its start.
struct Leaf: Sendable {
  var text: LeafText
  var start: Int
  var count: Int
  var entry: ParserState?
  var marks: [Mark]

  static let empty = Leaf(text: .kept([]), start: 0, count: 0, entry: nil, marks: [])

  var bytes: ArraySlice<UInt8> { bytes(in: 0..<count) }

  /// A part of it, counted from its start.
  func bytes(in range: Range<Int>) -> ArraySlice<UInt8> {
    switch text {
    case .kept(let storage): storage[start + range.lowerBound..<start + range.upperBound]
    case .file(let file, let hash): file.bytes(start..<start + count, hash: hash)[range]
    }
  }

  /// Whether the record of a mark ends in this leaf and no container of records opens in it.
  func holdsWhole(_ index: Int) -> Bool {
    let record = marks[index]
    guard record.length != Mark.openEnded else { return false }
    let end = record.offset + record.length
    for mark in marks[(index + 1)...] {
      if mark.offset > end { return true }
      if mark.kind == .open { return false }
    }
    return true
  }
}

/// A persistent B-tree of leaves with sums. A class because copies of a document share its nodes.
///
/// Everything is immutable; an edit copies one path.
final class TextNode: Sendable {
  let summary: TextSummary
  let height: Int
  let children: [TextNode]
  let leaf: Leaf

  static let fanOut = 32

  /// `text` is the leaf's.
  init(
    leaf: Leaf, text: Span<UInt8>, problems: Int, braces: Int = 0, brackets: Int = 0, balanceUses: Int = 0
  ) {
    self.leaf = leaf
    height = 0
    children = []
    var summary = TextSummary()
    summary.count(text)
    summary.problems = problems
    summary.braces = braces
    summary.brackets = brackets
    summary.balanceUses = balanceUses
    for mark in leaf.marks {
      let bit = UInt32(1) << UInt32(mark.type & 31)
      switch mark.kind {
      case .record:
        summary.records[Int(mark.type & 31)] &+= 1
        if summary.firstLabel == 0 { summary.firstLabel = mark.label }
        summary.lastLabel = mark.label
      case .recordEnd: summary.ends |= bit
      case .open: summary.opens |= bit
      case .close: summary.closes |= bit
      }
    }
    self.summary = summary
  }

  /// The same leaf with other labels.
  init(_ node: TextNode, marks: [Mark]) {
    var leaf = node.leaf
    leaf.marks = marks
    self.leaf = leaf
    height = 0
    children = []
    var summary = node.summary
    summary.firstLabel = marks.first { $0.kind == .record }?.label ?? 0
    summary.lastLabel = marks.last { $0.kind == .record }?.label ?? 0
    self.summary = summary
  }

  /// At least one child, all of one height.
  init(_ children: [TextNode]) {
    self.children = children
    height = (children.first?.height ?? 0) + 1
    leaf = .empty
    var summary = TextSummary()
    for child in children { summary.append(child.summary) }
    self.summary = summary
  }

  /// A tree over leaves, `nil` if there are none. Cost: one step a leaf.
  static func tree(of leaves: [TextNode]) -> TextNode? {
    var level = leaves
    while level.count > 1 {
      var next: [TextNode] = []
      let groups = (level.count + fanOut - 1) / fanOut
      next.reserveCapacity(groups)
      for group in 0..<groups {
        next.append(TextNode(Array(level[group * level.count / groups..<(group + 1) * level.count / groups])))
      }
      level = next
    }
    return level.first
  }

  static func joined(_ a: TextNode?, _ b: TextNode?) -> TextNode? {
    guard let a else { return b }
    guard let b else { return a }
    let parts = merge(a, b)
    return parts.count == 1 ? parts[0] : TextNode(parts)
  }

  /// One or two nodes of the greater height.
  private static func merge(_ a: TextNode, _ b: TextNode) -> [TextNode] {
    var children: [TextNode]
    if a.height == b.height {
      if a.height == 0 || min(a.children.count, b.children.count) >= fanOut / 4 { return [a, b] }
      children = a.children + b.children
    } else if a.height > b.height {
      children = Array(a.children.dropLast()) + merge(a.children[a.children.count - 1], b)
    } else {
      children = merge(a, b.children[0]) + b.children.dropFirst()
    }
    if children.count <= fanOut { return [TextNode(children)] }
    let half = children.count / 2
    return [TextNode(Array(children[..<half])), TextNode(Array(children[half...]))]
  }

  /// The leaves that begin before `offset`, and the others. Empty leaves at `offset` go right.
  func split(at offset: Int) -> (TextNode?, TextNode?) {
    if height == 0 { return offset <= 0 ? (nil, self) : (self, nil) }
    var before = 0
    for (index, child) in children.enumerated() {
      let end = before + child.summary.bytes
      if offset < end || (offset == end && index == children.count - 1) || offset <= before {
        let (left, right) = child.split(at: offset - before)
        let front = index == 0 ? nil : TextNode.unwrapped(Array(children[..<index]))
        let back = index + 1 == children.count ? nil : TextNode.unwrapped(Array(children[(index + 1)...]))
        return (TextNode.joined(front, left), TextNode.joined(right, back))
      }
      before = end
    }
    return (self, nil)
  }

  private static func unwrapped(_ nodes: [TextNode]) -> TextNode { nodes.count == 1 ? nodes[0] : TextNode(nodes) }
}
