package import Manifest

/// What a path came to: a value, as a comparison reads it.
package struct ClaimValueText: Sendable, Hashable {
  /// The value of this record at which the path leaves it, or that it ends at.
  package var node: UInt32
  /// Strings plain and after the path's changes; anything else as JSON writes it.
  package var text: [UInt8]
  /// Whether it is text, and not a number, a list and so on.
  package var isText: Bool
  /// Whether it is what stands at the node, unchanged, so that writing there changes it.
  package var isLiteral: Bool

  package init(node: UInt32, text: [UInt8], isText: Bool, isLiteral: Bool) {
    self.node = node
    self.text = text
    self.isText = isText
    self.isLiteral = isLiteral
  }

  /// `nil` where nothing stands, or what stands there is a record of its own.
  package init?(of node: Int, in tree: RecordTree) {
    let isText = tree.nodes[node].kind == .string
    switch tree.nodes[node].kind {
    case .missing, .null: return nil
    case .string: text = tree.plainText(of: node)
    default:
      guard !tree.nodes[node].flags.contains(.elided) else { return nil }
      text = Array(tree.text(of: node))
    }
    (self.node, self.isText, isLiteral) = (UInt32(clamping: node), isText, true)
  }
}

/// What a path asks for beyond its record.
package protocol ClaimSurroundings {
  /// The record so many up, at least one; `nil` if there is none.
  func ancestor(_ levels: Int) -> RecordTree?
  /// A member of what the value at a node of the record itself refers to; its node counts for nothing.
  func member(_ name: String, ofThingNamedAt node: Int) -> ClaimValueText?
}

extension ClaimPath {
  /// Follows the path to its end, also out of the record. Alternatives count in order; the first that leads to a value wins.
  ///
  /// `../` is the object around, then the record around. Cost: a step a name, and what the surroundings take.
  package func value(
    in tree: RecordTree, from start: Int, _ surroundings: some ClaimSurroundings
  ) -> ClaimValueText? {
    for alternative in alternatives {
      if let value = alternative.value(in: tree, from: start, surroundings) { return value }
    }
    return nil
  }
}

extension ClaimPath.Alternative {
  package var leadsOut: Bool { up > 0 || !follows.isEmpty }

  /// Within the record; `nil` where nothing stands.
  package func value(in tree: RecordTree, from start: Int) -> ClaimValueText? {
    node(in: tree, from: start).flatMap { ClaimValueText(of: $0, in: tree) }.flatMap(changed)
  }

  fileprivate func value(
    in tree: RecordTree, from start: Int, _ surroundings: some ClaimSurroundings
  ) -> ClaimValueText? {
    var start = start
    var left = up
    while left > 0, start > 0 {
      repeat { start = Int(tree.nodes[start].parent) } while start > 0 && tree.nodes[start].kind != .object
      left -= 1
    }
    guard left == 0 else {
      // What stands around the record has no references that are known here.
      guard follows.isEmpty, let outer = surroundings.ancestor(left), var value = value(in: outer, from: 0) else {
        return nil
      }
      (value.node, value.isLiteral) = (UInt32(clamping: start), false)
      return value
    }
    guard let node = node(in: tree, from: start) else { return nil }
    guard let member = follows.first else { return ClaimValueText(of: node, in: tree).flatMap(changed) }
    guard follows.count == 1, var value = surroundings.member(member, ofThingNamedAt: node).flatMap(changed) else {
      return nil
    }
    (value.node, value.isLiteral) = (UInt32(clamping: node), false)
    return value
  }

  /// The first name on its way that is not there, and the names that are; an empty one where nothing is missing.
  package func firstMissing(in tree: RecordTree, from start: Int) -> (name: String, known: Set<String>) {
    var node = start
    for step in steps {
      guard tree.nodes[node].kind == .object else { break }
      guard let next = tree.lastMember(Array(step.utf8), of: node) else {
        return (step, Set(tree.children(of: node).compactMap { tree.key(of: $0) }))
      }
      node = next
    }
    return ("", [])
  }

  func node(in tree: RecordTree, from start: Int) -> Int? {
    var node = start
    for step in steps {
      let key = Array(step.utf8)
      if tree.nodes[node].kind == .array {
        guard let ordinal = Int(step), ordinal >= 0, !tree.nodes[node].flags.contains(.elided),
          let child = tree.children(of: node).dropFirst(ordinal).first(where: { _ in true })
        else { return nil }
        node = child
      } else {
        guard let child = tree.lastMember(key, of: node) else { return nil }
        node = child
      }
    }
    return node
  }

  /// The value after the path's changes; `nil` where nothing is left.
  private func changed(_ value: ClaimValueText) -> ClaimValueText? {
    guard !changes.isEmpty else { return value }
    var text = value.text
    for change in changes {
      switch change {
      case .lower: text = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
      case .stem:
        let name = text.lastIndex(of: UInt8(ascii: "/")).map { Array(text[($0 + 1)...]) } ?? text
        text = name.lastIndex(of: UInt8(ascii: ".")).map { $0 > 0 ? Array(name[..<$0]) : name } ?? name
      case .split(let separator, let part):
        let parts = String(decoding: text, as: UTF8.self).split(separator: separator, omittingEmptySubsequences: false)
        let index = part < 0 ? parts.count + max(part, -parts.count - 1) : part
        guard parts.indices.contains(index) else { return nil }
        text = Array(parts[index].utf8)
      case .regex(let pattern):
        guard let found = PatternMatcher().captured(pattern.pattern, in: text) else { return nil }
        text = Array(found)
      }
    }
    return ClaimValueText(node: value.node, text: text, isText: true, isLiteral: false)
  }
}
