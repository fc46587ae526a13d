extension Document {
  /// The container, in the tree of `id`, whose inner records stand around an offset that belongs to none of them.
  ///
  /// `tree` is that of `id`. `nil` if the offset stands in no such container, or in the record's own text. Cost: O(log n) for
  /// each container of inner records.
  package func container(around offset: Int, of id: RecordID, tree: RecordTree) -> Int? {
    guard let own = ownParts(of: id),
      let index = own.gaps.firstIndex(where: { $0.range.lowerBound <= offset && offset <= $0.range.upperBound })
    else { return nil }
    let place = own.parts[index].ownStart + own.parts[index].range.count
    return tree.nodes.indices.first { node in
      tree.nodes[node].flags.contains(.elided) && tree.nodes[node].start < place + 1
        && place <= tree.nodes[node].end && isInnermost(node, place, tree)
    } ?? (syntax == .jsonl && tree.nodes[0].flags.contains(.elided) ? 0 : nil)
  }

  private func isInnermost(_ node: Int, _ place: Int, _ tree: RecordTree) -> Bool {
    Int(tree.nodes[node].start) + 1 == place || tree.nodes[node].range.isEmpty || (syntax == .jsonl && node == 0)
  }

  /// The first byte at or behind an offset that is no space, and where it stands; before it with `isBackward`. At most `limit` bytes are
  /// looked at.
  package func significantByte(
    from offset: Int, isBackward: Bool = false, limit: Int = 65_536
  ) -> (byte: UInt8, offset: Int)? {
    let range = isBackward ? max(0, offset - limit)..<max(0, offset) : offset..<min(byteCount, offset + limit)
    guard range.lowerBound < range.upperBound else { return nil }
    // Small pieces first: the byte nearly always stands close by.
    var size = 64
    var at = isBackward ? range.upperBound : range.lowerBound
    while isBackward ? at > range.lowerBound : at < range.upperBound {
      let piece =
        isBackward ? max(range.lowerBound, at - size)..<at : at..<min(range.upperBound, at + size)
      let bytes = bytes(in: piece)
      let found = isBackward ? bytes.lastIndex { !$0.isJSONSpace } : bytes.firstIndex { !$0.isJSONSpace }
      if let found { return (bytes[found], piece.lowerBound + found) }
      at = isBackward ? piece.lowerBound : piece.upperBound
      size *= 4
    }
    return nil
  }
}

/// Values as JSON writes them.
package enum JSONLiteral {
  /// A text with its quotes, escaped as far as it must be.
  package static func quoted(_ text: [UInt8]) -> [UInt8] { JSONString.encode(text) }
}
