import Manifest

/// A path within one record: `a/b`, `a/0`, with alternatives after `??`. Cost to follow: one pass over each container on the way.
struct RecordPath: Sendable {
  private var alternatives: [[[UInt8]]]

  /// `nil` if any alternative leaves the record or transforms what it reads; the host follows those.
  init?(_ text: String) {
    alternatives = []
    for part in text.splitAlternatives() {
      guard !part.isEmpty, !part.utf8Contains("->"), !part.utf8Contains("|"), !part.utf8Contains("..") else {
        return nil
      }
      alternatives.append(part.split(separator: "/").map { Array($0.utf8) })
    }
    if alternatives.isEmpty { return nil }
  }

  /// The node the path leads to from `start`; `nil` if it leads nowhere, or to no value.
  func follow(in tree: RecordTree, from start: Int = 0) -> Int? {
    for steps in alternatives {
      var node: Int? = start
      for step in steps {
        guard let current = node else { break }
        node = Self.child(step, of: current, in: tree)
      }
      if let node, tree.nodes[node].kind != .missing, tree.nodes[node].kind != .null { return node }
    }
    return nil
  }

  private static func child(_ step: [UInt8], of node: Int, in tree: RecordTree) -> Int? {
    switch tree.nodes[node].kind {
    case .object: return tree.lastMember(step, of: node)
    case .array:
      guard let wanted = Int(String(decoding: step, as: UTF8.self)), wanted >= 0,
        !tree.nodes[node].flags.has(.elided)
      else { return nil }
      var ordinal = 0
      for child in tree.children(of: node) {
        if ordinal == wanted { return child }
        ordinal += 1
      }
      return nil
    default: return nil
    }
  }
}

extension String {
  /// The parts between `??`, without surrounding space.
  fileprivate func splitAlternatives() -> [String] {
    var parts: [[UInt8]] = [[]]
    let bytes = Array(utf8)
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "?"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "?") {
        parts.append([])
        at += 2
      } else {
        if bytes[at] != UInt8(ascii: " ") { parts[parts.count - 1].append(bytes[at]) }
        at += 1
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}

extension RecordTree {
  /// The last member whose unescaped key is exactly these bytes.
  package func lastMember(_ key: [UInt8], of node: Int) -> Int? {
    guard nodes[node].kind == .object, !nodes[node].flags.has(.elided) else { return nil }
    var found: Int?
    for child in children(of: node) where keyIs(key, at: child) { found = child }
    return found
  }

  func keyIs(_ key: [UInt8], at node: Int) -> Bool {
    let token = nodes[node].keyRange
    let span = bytes.span
    let content = JSONText.content(of: token, in: span)
    if nodes[node].flags.has(.keyEscaped) {
      var plain: [UInt8] = []
      JSONText.unescape(content, in: span, into: &plain)
      return plain == key
    }
    return content.count == key.count && bytes[content].elementsEqual(key)
  }

  /// The content of a string node, or of a member's key, unescaped.
  func plainText(of node: Int, key: Bool = false) -> [UInt8] {
    let token = key ? nodes[node].keyRange : nodes[node].range
    let span = bytes.span
    let content = JSONText.content(of: token, in: span)
    guard nodes[node].flags.contains(key ? .keyEscaped : .escaped) else { return Array(bytes[content]) }
    var plain: [UInt8] = []
    JSONText.unescape(content, in: span, into: &plain)
    return plain
  }

  func plainString(of node: Int) -> String? {
    guard nodes[node].kind == .string else { return nil }
    return String(decoding: plainText(of: node), as: UTF8.self)
  }

  /// A number's value, rounded once; `nil` if the node is no well-formed number or the value is not finite.
  func number(of node: Int) -> Double? {
    guard nodes[node].kind == .number, !nodes[node].flags.has(.malformed) else { return nil }
    let range = nodes[node].range
    if let double = ExactNumber(range, in: bytes.span).double { return double }
    guard let double = Double(String(decoding: bytes[range], as: UTF8.self)), double.isFinite else { return nil }
    return double
  }
}
