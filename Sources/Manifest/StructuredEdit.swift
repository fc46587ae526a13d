/// A change in terms of values. The document finds the text edits for it: commas, spaces, indentation.
package enum StructuredEdit: Sendable, Hashable {
  /// Puts other text in a value's place.
  case replace(node: Int, with: [UInt8])
  /// Puts another key, given without quotes and unescaped, in a member's place.
  case rename(member: Int, to: [UInt8])
  /// Takes a member or an element out, with the comma and space that belong to it. Node 0 is the whole record.
  case remove(node: Int)
  /// Adds a member behind `after`, or behind the last one. The key is given without quotes and unescaped.
  case insertMember(object: Int, key: [UInt8], value: [UInt8], after: Int?)
  /// Adds an element before the one at `index`, or at the end.
  case insertElement(array: Int, value: [UInt8], at: Int)
}

extension Document {
  /// The edits of this text that do what `edit` says, in order of place; `nil` where that is not possible.
  ///
  /// Nothing else is touched: numbers keep their digits, keys their order. Into elided containers nothing is inserted.
  package func textEdits(for edit: StructuredEdit, in id: RecordID) -> [TextEdit]? {
    var memo = RecordMemo(self)
    return memo.textEdits(for: edit, in: id)
  }

  /// Takes a whole record out of its array, object or line.
  fileprivate func removal(of id: RecordID) -> [TextEdit]? {
    guard id != .document, let record = record(id) else { return nil }
    var start = keyRange(of: id)?.lowerBound ?? record.range.lowerBound
    var end = record.range.upperBound
    if let place = place(of: id), place.mark.type == lineType {
      start = skip(from: start, by: -1) { $0 != .lineFeed }
      end = skip(from: end, by: 1) { $0 != .lineFeed }
      if byte(at: end) == .lineFeed { end += 1 } else if start > 0 { start -= 1 }
      return [TextEdit(range: start..<end, replacement: [])]
    }
    let behind = skip(from: end, by: 1) { $0.isJSONSpace }
    let before = skip(from: start, by: -1) { $0.isJSONSpace }
    if byte(at: behind) == .comma {
      end = skip(from: behind + 1, by: 1) { $0.isJSONSpace }
      if let next = byte(at: end), next.isCloser { end = behind + 1 }
    } else if before > 0, byte(at: before - 1) == .comma {
      start = before - 1
    }
    return [TextEdit(range: start..<end, replacement: [])]
  }

  /// Moves over bytes while `test` holds, to the right (1) or to the left (-1).
  private func skip(from offset: Int, by step: Int, while test: (UInt8) -> Bool) -> Int {
    var offset = offset
    if step > 0 {
      while let byte = byte(at: offset), test(byte) { offset += 1 }
    } else {
      while let byte = byte(at: offset - 1), test(byte) { offset -= 1 }
    }
    return offset
  }
}

extension RecordMemo {
  /// As `Document.textEdits`.
  package mutating func textEdits(for edit: StructuredEdit, in id: RecordID) -> [TextEdit]? {
    if document.syntax.isTable { return document.tableEdits(for: edit, in: id) }
    guard let tree = tree(of: id) else { return nil }
    switch edit {
    case .replace(let node, let bytes):
      guard tree.nodes.indices.contains(node), let range = absolute(tree.nodes[node].range, in: id) else { return nil }
      return [TextEdit(range: range, replacement: bytes)]
    case .rename(let member, let key):
      let own: Range<Int>? =
        tree.nodes.indices.contains(member) && tree.nodes[member].hasKey ? tree.nodes[member].keyRange : nil
      let range = member == 0 ? document.keyRange(of: id) : own.flatMap { absolute($0, in: id) }
      return range.map { [TextEdit(range: $0, replacement: JSONString.encode(key))] }
    case .remove(let node):
      if node == 0 { return document.removal(of: id) }
      guard let range = tree.removal(of: node).flatMap({ absolute($0, in: id) }) else { return nil }
      return [TextEdit(range: range, replacement: [])]
    case .insertMember(let object, let key, let value, let after):
      return insertion(
        tree.insertion(into: object, kind: .object, after: after), JSONString.encode(key) + tree.colon + value, id)
    case .insertElement(let array, let value, let index):
      let after =
        index <= 0 ? nil : tree.child(min(index, Int(tree.nodes[safe: array]?.childCount ?? 0)) - 1, of: array)
      return insertion(tree.insertion(into: array, kind: .array, after: after, first: index <= 0), value, id)
    }
  }

  private mutating func insertion(_ place: RecordTree.Insertion?, _ text: [UInt8], _ id: RecordID) -> [TextEdit]? {
    guard let place, let range = absolute(place.offset..<place.offset, in: id) else { return nil }
    return [TextEdit(range: range, replacement: place.before + text + place.behind)]
  }
}

extension Array {
  /// `nil` outside the array.
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension RecordTree {
  struct Insertion {
    var offset: Int
    var before: [UInt8] = []
    var behind: [UInt8] = []
  }

  /// The member or element with its key, and the comma and space that go with it.
  func removal(of node: Int) -> Range<Int>? {
    guard node > 0, nodes.indices.contains(node) else { return nil }
    var (start, end) = (fullStart(of: node), Int(nodes[node].end))
    let behind = skipSpace(from: end)
    if behind < bytes.count, bytes[behind] == .comma {
      // The comma behind goes too, and the space up to the next sibling; the last one leaves the closer where it is.
      end = skipSpace(from: behind + 1)
      if end < bytes.count, bytes[end].isCloser { end = behind + 1 }
      return start..<end
    }
    var before = start
    while before > 0, bytes[before - 1].isJSONSpace { before -= 1 }
    if before > 0, bytes[before - 1] == .comma { start = before - 1 }
    return start..<end
  }

  func child(_ ordinal: Int, of container: Int) -> Int? {
    guard nodes.indices.contains(container) else { return nil }
    for (index, child) in children(of: container).enumerated() where index == ordinal { return child }
    return nil
  }

  /// Where a new child goes and what stands around it, in the style of its siblings.
  func insertion(into container: Int, kind: Node.Kind, after: Int?, first: Bool = false) -> Insertion? {
    guard nodes.indices.contains(container), nodes[container].kind == kind,
      !nodes[container].flags.contains(.elided), !nodes[container].range.isEmpty
    else { return nil }
    let siblings = Array(children(of: container))
    guard let last = siblings.last, let head = siblings.first else {
      return Insertion(offset: Int(nodes[container].start) + 1)
    }
    if first { return Insertion(offset: fullStart(of: head), behind: [.comma] + separator(before: head, siblings)) }
    guard after == nil || siblings.contains(after ?? last) else { return nil }
    let sibling = after ?? last
    return Insertion(offset: Int(nodes[sibling].end), before: [.comma] + separator(before: sibling, siblings))
  }

  /// The space between siblings: what stands before this one, or before another if it is the first.
  private func separator(before sibling: Int, _ siblings: [Int]) -> [UInt8] {
    let model = sibling == siblings.first && siblings.count > 1 ? siblings[1] : sibling
    let end = fullStart(of: model)
    var start = end
    while start > 0, bytes[start - 1].isJSONSpace { start -= 1 }
    if siblings.count == 1, start == end, start > 0, bytes[start - 1] != .comma { return spaceAfterCommas }
    return Array(bytes[start..<end])
  }

  /// Whether people put a space behind commas here.
  private var spaceAfterCommas: [UInt8] {
    for index in bytes.indices where bytes[index] == .comma && index + 1 < bytes.count {
      return bytes[index + 1].isJSONSpace ? [.space] : []
    }
    return colon.count > 1 ? [.space] : []
  }

  /// A colon, with a space if the record's other colons have one.
  var colon: [UInt8] {
    for node in nodes where node.hasKey && Int(node.keyEnd) + 1 < bytes.count && bytes[Int(node.keyEnd)] == .colon {
      return bytes[Int(node.keyEnd) + 1].isJSONSpace ? [.colon, .space] : [.colon]
    }
    return [.colon, .space]
  }

  private func fullStart(of node: Int) -> Int {
    nodes[node].hasKey ? Int(nodes[node].keyStart) : Int(nodes[node].start)
  }

  private func skipSpace(from offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count, bytes[offset].isJSONSpace { offset += 1 }
    return offset
  }
}
