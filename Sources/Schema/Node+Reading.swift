import Manifest

// What is asked of every node, some thousand times a record. Said here by the node's own bytes, because a getter, an option's name or a
// comparison of another module is a call each, and the last two go by way of tables. The bits are those of `concord_plugin.h`.

extension Node {
  @inline(__always) var isEscaped: Bool { flags.rawValue & 1 != 0 }
  @inline(__always) var isKeyEscaped: Bool { flags.rawValue & 2 != 0 }
  @inline(__always) var isMalformed: Bool { flags.rawValue & 4 != 0 }
  /// Its children are records of their own.
  @inline(__always) var isElided: Bool { flags.rawValue & 16 != 0 }
  @inline(__always) var isMember: Bool { keyEnd > keyStart }
  @inline(__always) var token: Range<Int> { Int(start)..<Int(max(start, end)) }
  @inline(__always) var keyToken: Range<Int> { Int(keyStart)..<Int(max(keyStart, keyEnd)) }
}

@inline(__always) func == (a: Node.Kind, b: Node.Kind) -> Bool {
  // A case is a byte and nothing else.
  unsafe unsafeBitCast(a, to: UInt8.self) == unsafeBitCast(b, to: UInt8.self)
}

@inline(__always) func != (a: Node.Kind, b: Node.Kind) -> Bool { !(a == b) }
