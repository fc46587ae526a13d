import CConcordPlugin

extension Value {
  private func at(_ index: UInt32) -> Value? { unsafe Value(record, host, Int(index)) }

  /// The container; `nil` at the root.
  public var parent: Value? { node.parent == CONCORD_NONE_INDEX ? nil : at(node.parent) }

  /// Members or elements; in a container whose children are records of their own, how many those are.
  public var count: Int { Int(node.child_count) }

  /// Members or elements, in order; empty for anything else.
  public var children: Children { Children(parent: self) }

  /// The last member with this key, as loaders read duplicates; keys compare by code point.
  public subscript(key: String) -> Value? {
    guard kind == .object else { return nil }
    var found: Value?
    for child in children where child.keyEquals(key) { found = child }
    return found
  }

  /// The element at a zero-based position. Cost: one step per element before it.
  public subscript(position: Int) -> Value? {
    guard kind == .array, position >= 0 else { return nil }
    var left = position
    for child in children {
      if left == 0 { return child }
      left -= 1
    }
    return nil
  }

  /// The zero-based place of this value in its array.
  public var position: Int? {
    guard let parent, parent.kind == .array else { return nil }
    var position = 0
    for child in parent.children {
      if child.index == index { return position }
      position += 1
    }
    return nil
  }

  /// This value and everything in it, in document order.
  public var subtree: Subtree { Subtree(root: self) }

  /// Members or elements, in document order.
  public struct Children: Sequence, IteratorProtocol {
    private let parent: Value
    private var cursor: Int
    private let end: Int

    init(parent: Value) {
      self.parent = parent
      cursor = parent.index + 1
      end = unsafe Swift.min(Int(parent.node.subtree_end), parent.record.pointee.node_count)
    }

    /// The next one; `nil` at the end.
    public mutating func next() -> Value? {
      guard cursor < end, let value = unsafe Value(parent.record, parent.host, cursor) else { return nil }
      cursor = Swift.max(Int(value.node.subtree_end), cursor + 1)
      return value
    }
  }

  /// A value and everything in it, in document order.
  public struct Subtree: Sequence, IteratorProtocol {
    private let root: Value
    private var cursor: Int
    private let end: Int

    init(root: Value) {
      self.root = root
      cursor = root.index
      end = unsafe Swift.min(Swift.max(Int(root.node.subtree_end), root.index + 1), root.record.pointee.node_count)
    }

    /// The next one; `nil` at the end.
    public mutating func next() -> Value? {
      guard cursor < end else { return nil }
      defer { cursor += 1 }
      return unsafe Value(root.record, root.host, cursor)
    }
  }
}

/// `CONCORD_NONE`, which Swift does not import as a `UInt32`.
let CONCORD_NONE_INDEX = UInt32.max
