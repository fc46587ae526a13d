/// Collects the marks of the leaf being read and counts its problems.
struct LeafSink: ParseSink {
  static let skipsContent = true
  /// Where the leaf begins in the window.
  var leafStart = 0
  var marks: [Mark] = []
  var problems = 0
  var braces = 0
  var brackets = 0
  var balanceUses = 0
  /// For each type the index in `marks` of a record that is still open.
  private var openRecords = [32 of Int32](repeating: -1)

  mutating func problem(_ code: SyntaxProblem.Code, _ start: Int, _ end: Int, _ repair: Repair) { problems += 1 }

  mutating func bracket(_ kind: Frame.Kind, _ change: Int) {
    if kind == .object { braces += change } else { brackets += change }
  }
  mutating func needsBalance() { balanceUses += 1 }

  mutating func recordBegin(_ type: UInt8, at offset: Int, keyHash: UInt32, parentType: UInt8) {
    openRecords[Int(type & 31)] = Int32(truncatingIfNeeded: marks.count)
    marks.append(mark(.record, type, offset, keyHash: keyHash, parentType: parentType))
  }

  mutating func recordEnd(_ type: UInt8, at offset: Int) {
    let index = Int(openRecords[Int(type & 31)])
    if index >= 0 {
      marks[index].length = UInt32(clamping: offset - leafStart) - marks[index].offset
      openRecords[Int(type & 31)] = -1
    } else {
      marks.append(mark(.recordEnd, type, offset))
    }
  }

  mutating func open(_ type: UInt8, at offset: Int) { marks.append(mark(.open, type, offset)) }
  mutating func close(_ type: UInt8, at offset: Int) { marks.append(mark(.close, type, offset)) }

  private func mark(
    _ kind: Mark.Kind, _ type: UInt8, _ offset: Int, keyHash: UInt32 = 0, parentType: UInt8 = 0
  ) -> Mark {
    Mark(
      offset: UInt32(clamping: max(0, offset - leafStart)), keyHash: keyHash, kind: kind, type: type,
      parentType: parentType)
  }

  /// Starts the next leaf.
  mutating func cut(at offset: Int) {
    leafStart = offset
    marks = []
    problems = 0
    braces = 0
    brackets = 0
    balanceUses = 0
    openRecords = [32 of Int32](repeating: -1)
  }
}

/// A leaf in the making: a range of the window.
struct DraftLeaf: Sendable {
  var range: Range<Int>
  var entry: ParserState
  var marks: [Mark]
  var problems: Int
  var braces: Int
  var brackets: Int
  var balanceUses: Int

  /// The leaf, of a window that is kept.
  func node(in window: [UInt8]) -> TextNode { node(of: window.span.extracting(range), .kept(window), at: 0) }

  /// The leaf, of a window of a file that begins at an offset.
  func node(in window: [UInt8], of file: TextFile, at offset: Int) -> TextNode {
    let text = window.span.extracting(range)
    return node(of: text, .file(file, hash: TextFile.hash(text)), at: offset)
  }

  private func node(of text: Span<UInt8>, _ kept: LeafText, at offset: Int) -> TextNode {
    TextNode(
      leaf: Leaf(text: kept, start: offset + range.lowerBound, count: range.count, entry: entry, marks: marks),
      text: text, problems: problems, braces: braces, brackets: brackets, balanceUses: balanceUses)
  }
}

/// Reads a window leaf by leaf.
struct LeafBuilder {
  var parser: Parser<LeafSink>
  /// Off, every byte is looked at by the parser itself, which must come to the same.
  var skipsContent = true
  /// Bytes of a leaf, and of one in which a long container is read at once.
  var size = Limits.leaf
  var widest = Limits.widestLeaf
  private(set) var leaves: [DraftLeaf] = []
  private var entry: ParserState

  init(from state: ParserState, shape: ShapeProgram, syntax: Syntax) {
    entry = state
    parser = Parser(state, shape: shape, syntax: syntax, sink: LeafSink())
  }

  /// Bytes of the leaf being read.
  var pending: Int { parser.position - parser.sink.leafStart }

  /// Reads on to `limit`. A leaf that would end shortly before it ends there, so that leaves behind an edit meet old ones.
  mutating func run(_ text: Span<UInt8>, until limit: Int) {
    while parser.position < limit {
      let end = parser.sink.leafStart + size
      parser.skipLimit = skipsContent ? min(limit, parser.sink.leafStart + widest) : 0
      parser.run(text, until: limit - end < size / 4 ? limit : end)
      if pending >= size && parser.position < text.count { cut() }
    }
  }

  mutating func cut() {
    let range = parser.sink.leafStart..<parser.position
    let sink = parser.sink
    leaves.append(
      DraftLeaf(
        range: range, entry: entry, marks: sink.marks, problems: sink.problems, braces: sink.braces,
        brackets: sink.brackets, balanceUses: sink.balanceUses))
    parser.sink.cut(at: parser.position)
    entry = parser.state()
  }

  /// At the text's end.
  mutating func finish(_ text: Span<UInt8>) {
    parser.finish(text)
    cut()
  }
}
