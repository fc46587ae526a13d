/// What would make a problem right.
enum Repair: Sendable, Hashable {
  case unknown
  case remove
  case insert(UInt8)
  /// The text of the range in quotes.
  case quoted
}

/// Takes what the parser finds, in order of place. Offsets are those of the parser's window.
///
/// Unused callbacks cost nothing: the parser is specialized for each sink.
protocol ParseSink {
  /// Whether it is not told of what stands in containers without fault that hold no records.
  static var skipsContent: Bool { get }
  mutating func problem(_ code: SyntaxProblem.Code, _ start: Int, _ end: Int, _ repair: Repair)
  mutating func recordBegin(_ type: UInt8, at offset: Int, keyHash: UInt32, parentType: UInt8)
  mutating func recordEnd(_ type: UInt8, at offset: Int)
  /// A container whose children are records of `type`.
  mutating func open(_ type: UInt8, at offset: Int)
  mutating func close(_ type: UInt8, at offset: Int)
  mutating func beginContainer(_ kind: Node.Kind, at start: Int)
  mutating func endContainer(at end: Int, isClosed: Bool)
  mutating func key(_ start: Int, _ end: Int, malformed: Bool)
  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool)
  mutating func missing(at offset: Int)
  /// An opener (1) or a closer (-1) outside strings, whatever it was taken for.
  mutating func bracket(_ kind: Frame.Kind, _ change: Int)
  /// What was decided here depends on whether the document's brackets balance.
  mutating func needsBalance()
}

extension ParseSink {
  static var skipsContent: Bool { false }
  mutating func problem(_ code: SyntaxProblem.Code, _ start: Int, _ end: Int, _ repair: Repair) {}
  mutating func recordBegin(_ type: UInt8, at offset: Int, keyHash: UInt32, parentType: UInt8) {}
  mutating func recordEnd(_ type: UInt8, at offset: Int) {}
  mutating func open(_ type: UInt8, at offset: Int) {}
  mutating func close(_ type: UInt8, at offset: Int) {}
  mutating func beginContainer(_ kind: Node.Kind, at start: Int) {}
  mutating func endContainer(at end: Int, isClosed: Bool) {}
  mutating func key(_ start: Int, _ end: Int, malformed: Bool) {}
  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) {}
  mutating func missing(at offset: Int) {}
  mutating func bracket(_ kind: Frame.Kind, _ change: Int) {}
  mutating func needsBalance() {}
}
