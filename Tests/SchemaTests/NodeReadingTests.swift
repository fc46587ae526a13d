import Manifest
import Testing

@testable import Schema

/// What evaluation reads of nodes by their bits is what the tree says by names.
@Suite struct NodeReadingTests {
  private func node(_ flags: Node.Flags, _ kind: Node.Kind = .string) -> Node {
    Node(kind: kind, flags: flags, start: 3, end: 7, parent: Node.none, subtreeEnd: 1, keyStart: 1, keyEnd: 2)
  }

  @Test func flags() {
    let all: [Node.Flags] = [.escaped, .keyEscaped, .malformed, .unclosed, .elided, .duplicateKey]
    for flag in all {
      let node = node(flag)
      #expect(node.isEscaped == (flag == .escaped))
      #expect(node.isKeyEscaped == (flag == .keyEscaped))
      #expect(node.isMalformed == (flag == .malformed))
      #expect(node.isElided == (flag == .elided))
    }
  }

  @Test func ranges() {
    var node = node([])
    #expect(node.token == node.range && node.keyToken == node.keyRange && node.isMember == node.hasKey)
    (node.start, node.end, node.keyStart, node.keyEnd) = (7, 3, 0, 0)
    #expect(node.token == node.range && node.keyToken == node.keyRange && node.isMember == node.hasKey)
  }

  @Test func kinds() {
    let all = (0...7 as ClosedRange<UInt8>).compactMap { Node.Kind(rawValue: $0) }
    #expect(all.count == 8)
    for a in all {
      for b in all { #expect((a == b) == (a.rawValue == b.rawValue) && (a != b) == (a.rawValue != b.rawValue)) }
    }
  }
}
