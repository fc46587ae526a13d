extension Document {
  /// A text of which only the records' places are kept, not the bytes. It must not be edited.
  ///
  /// Cost: one pass over the bytes, a part at a time; then some bytes for each record and each 32 KB. A table is kept as it is.
  package init(reading file: TextFile, syntax: Syntax, shape: RecordShape) {
    self.init(reading: file, syntax: syntax, shape: shape, part: 1 << 20, leaf: 1 << 15)
  }

  /// `part` bytes are read at one time, and make leaves of about `leaf` bytes.
  init(reading file: TextFile, syntax: Syntax, shape: RecordShape, part: Int, leaf: Int) {
    guard !syntax.isTable else {
      self.init(file.bytes(0..<file.byteCount), syntax: syntax, shape: shape)
      return
    }
    var program = ShapeProgram(shape)
    program.balance = syntax.isList ? nil : Balance()
    var root = Document.root(of: file, syntax, program, part, leaf)
    let balance = Balance(braces: root.summary.braces, brackets: root.summary.brackets)
    if !syntax.isList, !balance.isEven {
      program.balance = balance
      if root.summary.balanceUses > 0 { root = Document.root(of: file, syntax, program, part, leaf) }
    }
    self.init(syntax: syntax, shape: shape, program: program, root: root, file: file)
  }

  private static func root(
    of file: TextFile, _ syntax: Syntax, _ program: ShapeProgram, _ part: Int, _ leaf: Int
  ) -> TextNode {
    var labels = RecordLabels(bytes: file.byteCount, after: 0)
    var leaves: [TextNode] = []
    var state = Parser<LeafSink>.initial(shape: program, syntax: syntax)
    var start = 0
    while true {
      // As far as the parser may look beyond where it is asked to stop.
      let end = min(start + part, file.byteCount)
      let window = file.bytes(start..<min(end + Limits.reach, file.byteCount))
      var builder = LeafBuilder(from: state, shape: program, syntax: syntax)
      (builder.size, builder.widest) = (leaf, 4 * leaf)
      builder.run(window.span, until: end - start)
      let isLast = start + builder.parser.position >= file.byteCount
      if isLast { builder.finish(window.span) } else { builder.cut() }
      leaves += builder.leaves.map { labels.labeled($0).node(in: window, of: file, at: start) }
      guard !isLast else { break }
      start += builder.parser.position
      state = builder.parser.state()
    }
    return TextNode.tree(of: leaves) ?? emptyLeaf
  }
}
