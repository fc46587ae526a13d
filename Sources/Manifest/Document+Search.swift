/// A leaf with what stands before it.
struct LeafPlace {
  var node: TextNode
  /// Sums of all leaves before this one.
  var before: TextSummary
  var start: Int { before.bytes }
  var end: Int { before.bytes + node.leaf.count }
}

/// A mark with its leaf.
struct MarkPlace {
  var leaf: LeafPlace
  var index: Int
  var mark: Mark { leaf.node.leaf.marks[index] }
  var offset: Int { leaf.start + Int(mark.offset) }

  /// Records of `type` that begin before this mark.
  func recordsBefore(_ type: UInt8) -> Int {
    var count = Int(leaf.before.records[Int(type & 31)])
    for mark in leaf.node.leaf.marks[..<index] where mark.kind == .record && mark.type == type { count += 1 }
    return count
  }
}

extension TextNode {
  /// The sums of what stands before a child. Only of those that may be the one that is looked for: a summary is large.
  fileprivate func sum(_ before: TextSummary, upTo index: Int) -> TextSummary {
    var sum = before
    for child in children[..<index] { sum.append(child.summary) }
    return sum
  }
}

extension Document {
  /// The first leaf for which `reaches(sums before it, its own sums)` holds, or the last leaf. Cost: O(log n).
  func firstLeaf(where reaches: (TextSummary, TextSummary) -> Bool) -> LeafPlace {
    var node = root
    var before = TextSummary()
    while node.height > 0 {
      var chosen = node.children[node.children.count - 1]
      for child in node.children {
        if child === node.children[node.children.count - 1] || reaches(before, child.summary) {
          chosen = child
          break
        }
        before.append(child.summary)
      }
      node = chosen
    }
    return LeafPlace(node: node, before: before)
  }

  /// The leaf that contains `offset`; at the end the last one.
  func leaf(at offset: Int) -> LeafPlace { firstLeaf { $0.bytes + $1.bytes > offset } }

  /// The first leaf that begins at or behind `offset` and satisfies `test`, which holds for a node if it does for a leaf in it.
  func nextLeaf(from offset: Int, where test: (TextSummary) -> Bool) -> LeafPlace? {
    Document.next(root, before: TextSummary(), from: offset, test)
  }

  private static func next(
    _ node: TextNode, before: TextSummary, from offset: Int, _ test: (TextSummary) -> Bool
  ) -> LeafPlace? {
    guard test(node.summary) else { return nil }
    if node.height == 0 { return before.bytes >= offset ? LeafPlace(node: node, before: before) : nil }
    var start = before.bytes
    for (index, child) in node.children.enumerated() {
      let end = start + child.summary.bytes
      if end >= offset, test(child.summary),
        let found = next(child, before: node.sum(before, upTo: index), from: offset, test)
      {
        return found
      }
      start = end
    }
    return nil
  }

  /// The last leaf that begins at or before `offset` and satisfies `test`.
  func previousLeaf(upTo offset: Int, where test: (TextSummary) -> Bool) -> LeafPlace? {
    Document.previous(root, before: TextSummary(), upTo: offset, test)
  }

  private static func previous(
    _ node: TextNode, before: TextSummary, upTo offset: Int, _ test: (TextSummary) -> Bool
  ) -> LeafPlace? {
    guard before.bytes <= offset, test(node.summary) else { return nil }
    if node.height == 0 { return LeafPlace(node: node, before: before) }
    for index in node.children.indices.reversed() where test(node.children[index].summary) {
      let before = node.sum(before, upTo: index)
      if let found = previous(node.children[index], before: before, upTo: offset, test) { return found }
    }
    return nil
  }

  /// The record with this label; `nil` if it is gone.
  func place(of id: RecordID) -> MarkPlace? {
    let leaf = firstLeaf { $1.lastLabel >= id.label }
    let index = leaf.node.leaf.marks.firstIndex { $0.kind == .record && $0.label == id.label }
    return index.map { MarkPlace(leaf: leaf, index: $0) }
  }

  /// The same for records that mostly stand in one leaf with the one before, which stands in `leaf` from call to call.
  func place(of id: RecordID, near leaf: inout LeafPlace?) -> MarkPlace? {
    if let known = leaf, known.before.lastLabel < id.label, id.label <= known.node.summary.lastLabel {
      let index = known.node.leaf.marks.firstIndex { $0.kind == .record && $0.label == id.label }
      return index.map { MarkPlace(leaf: known, index: $0) }
    }
    let found = place(of: id)
    leaf = found?.leaf
    return found
  }

  /// The record number `ordinal` of its type in the document.
  func place(ofRecord ordinal: Int, type: UInt8) -> MarkPlace? {
    guard ordinal >= 0, ordinal < Int(root.summary.records[Int(type & 31)]) else { return nil }
    let leaf = firstLeaf { Int($0.records[Int(type & 31)]) + Int($1.records[Int(type & 31)]) > ordinal }
    var left = ordinal - Int(leaf.before.records[Int(type & 31)])
    for (index, mark) in leaf.node.leaf.marks.enumerated() where mark.kind == .record && mark.type == type {
      if left == 0 { return MarkPlace(leaf: leaf, index: index) }
      left -= 1
    }
    return nil
  }

  /// Where the record at `place` ends.
  func end(of place: MarkPlace) -> Int {
    let mark = place.mark
    if mark.length != Mark.openEnded { return place.offset + Int(mark.length) }
    let bit = UInt32(1) << UInt32(mark.type & 31)
    // The leaf itself has no such mark behind this one, so the search may begin behind it.
    guard let leaf = nextLeaf(from: place.leaf.end, where: { $0.ends & bit != 0 }),
      let end = leaf.node.leaf.marks.first(where: { $0.kind == .recordEnd && $0.type == mark.type })
    else { return byteCount }
    return leaf.start + Int(end.offset)
  }

  /// The record that the one at `place` stands in; `nil` for the document.
  func parentPlace(of place: MarkPlace) -> MarkPlace? {
    let type = place.mark.parentType
    return type == 0 ? nil : self.place(ofRecord: place.recordsBefore(type) - 1, type: type)
  }

  /// The last container of records of `type` that opens at or before `place`.
  func containerPlace(of place: MarkPlace) -> MarkPlace? {
    let type = place.mark.type
    if let index = place.leaf.node.leaf.marks[..<place.index].lastIndex(where: { $0.kind == .open && $0.type == type })
    {
      return MarkPlace(leaf: place.leaf, index: index)
    }
    let bit = UInt32(1) << UInt32(type & 31)
    guard place.leaf.start > 0, let leaf = previousLeaf(upTo: place.leaf.start - 1, where: { $0.opens & bit != 0 }),
      let index = leaf.node.leaf.marks.lastIndex(where: { $0.kind == .open && $0.type == type })
    else { return nil }
    return MarkPlace(leaf: leaf, index: index)
  }

  /// The first mark of `kind`, of any type in `types`, behind another mark, or of the document.
  func nextMark(_ kind: Mark.Kind, types: UInt32, after place: MarkPlace?) -> MarkPlace? {
    func matches(_ mark: Mark) -> Bool { mark.kind == kind && types & (1 << UInt32(mark.type & 31)) != 0 }
    if let place, let index = place.leaf.node.leaf.marks[(place.index + 1)...].firstIndex(where: matches) {
      return MarkPlace(leaf: place.leaf, index: index)
    }
    // Only the last leaf can be empty; nothing follows it.
    if let place, place.leaf.node.leaf.count == 0 { return nil }
    let leaf = nextLeaf(from: place?.leaf.end ?? 0) { ((kind == .open ? $0.opens : $0.closes) & types) != 0 }
    guard let leaf, let index = leaf.node.leaf.marks.firstIndex(where: matches) else { return nil }
    return MarkPlace(leaf: leaf, index: index)
  }
}
