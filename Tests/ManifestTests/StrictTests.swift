import Testing

@testable import Manifest

/// Text without fault is read by shorter ways; they must lead where the parser's own does.
@Suite struct StrictTests {
  /// Random values of few names, so that siblings resemble each other, some with a bracket or quote too many or too few.
  @Test(arguments: [Syntax.json, .jsonl, .jsonc]) func shortWaysLeadToTheSame(_ syntax: Syntax) throws {
    var random = SplitMix64(seed: 5)
    let shapes: [RecordShape] = [.whole, .rows, Layout.keyed.shape, Layout.oneLine.shape, Self.shape("/a/*/b/*")]
    for round in 0..<max(400, EditTests.edits / 3) {
      var text: [UInt8] = []
      for _ in 0..<(syntax == .jsonl ? 4 : 1) {
        var values = RandomValues(random: random)
        text += values.value(depth: 0, isTop: true) + [.lineFeed]
        random = values.random
      }
      if round % 3 == 0 {
        let at = Int(random.next() % UInt64(text.count))
        let piece = Array("{}[]\",:x1 ".utf8)[Int(random.next() % 10)]
        text.replaceSubrange(at..<min(text.count, at + Int(random.next() % 2)), with: [piece])
      }
      let shape = shapes[round % shapes.count]
      let difference = Self.difference(text, syntax, shape)
      try #require(difference == nil, "\(difference ?? "") in \(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test(arguments: Layout.allCases) func documentsAsPeopleHaveThem(_ layout: Layout) throws {
    guard !layout.syntax.isTable else { return }
    var generator = Generator(seed: 9)
    for round in 0..<40 {
      var document = Document(
        generator.document(layout, records: 1 + round * 3), syntax: layout.syntax, shape: layout.shape)
      for _ in 0..<round % 4 { _ = document.apply(generator.edit(document)) }
      let difference = Self.difference(document.allBytes(), layout.syntax, layout.shape)
      try #require(difference == nil, "round \(round): \(difference ?? "")")
    }
  }

  private static func shape(_ path: String) -> RecordShape { RecordShape([RecordShape.Pattern(path)].compactMap(\.self)) }

  static func difference(_ text: [UInt8], _ syntax: Syntax, _ shape: RecordShape) -> String? {
    let document = Document(text, syntax: syntax, shape: shape)
    for record in document.records() {
      guard let own = document.ownParts(of: record.id) else { return "no text of \(record)" }
      if document.plainTree(of: record.id) != document.recoveredTree(of: record.id, own) { return "tree of \(record)" }
    }
    if !syntax.isList, RecordTree(parsing: text) != RecordTree(recovering: text, syntax: .json) { return "tree of all" }
    return skippingDifference(text, document)
  }

  private static func skippingDifference(_ text: [UInt8], _ document: Document) -> String? {
    var (short, long) = (builder(document), builder(document))
    long.skipsContent = false
    short.run(text.span, until: text.count)
    short.finish(text.span)
    var parser = long.parser
    for leaf in short.leaves {
      parser.run(text.span, until: leaf.range.lowerBound)
      if parser.position != leaf.range.lowerBound { return "the parser stops at \(parser.position)" }
      if !(parser.state() == leaf.entry) { return "state at \(leaf.range.lowerBound)" }
    }
    long.run(text.span, until: text.count)
    long.finish(text.span)
    if marks(short.leaves) != marks(long.leaves) { return "marks" }
    let (a, b) = (short.leaves.map(\.problems).reduce(0, +), long.leaves.map(\.problems).reduce(0, +))
    return a == b ? nil : "\(a) problems instead of \(b)"
  }

  private static func builder(_ document: Document) -> LeafBuilder {
    LeafBuilder(
      from: Parser<LeafSink>.initial(shape: document.program, syntax: document.syntax), shape: document.program,
      syntax: document.syntax)
  }

  /// Where records and containers begin and end, wherever leaves are cut.
  private static func marks(_ leaves: [DraftLeaf]) -> [String] {
    leaves.flatMap { leaf in
      leaf.marks.flatMap { mark -> [(Int, String)] in
        let at = leaf.range.lowerBound + Int(mark.offset)
        let begin = (at, "\(at) \(mark.kind) \(mark.type) \(mark.parentType) \(mark.keyHash)")
        guard mark.kind == .record, mark.length != Mark.openEnded else { return [begin] }
        let end = at + Int(mark.length)
        return [begin, (end, "\(end) \(Mark.Kind.recordEnd) \(mark.type) 0 0")]
      }
    }.map(\.1).sorted()
  }
}

/// JSON of any shape with few names and values.
private struct RandomValues {
  var random: SplitMix64
  private static let names = ["a", "b", "c", "d", "é\\n", "long name"]
  private static let scalars = ["1", "-2.5e3", "\"\"", "\"x, y\"", "\"\\\"\"", "\"ü\"", "true", "null"]

  mutating func value(depth: Int, isTop: Bool = false) -> [UInt8] {
    let choice = isTop ? 6 + random.next() % 4 : random.next() % (depth > 5 ? 5 : 10)
    let gap = ["", " ", "", "  "][Int(random.next() % 4)]
    switch choice {
    case 0..<5: return Array(Self.scalars[Int(random.next() % UInt64(Self.scalars.count))].utf8)
    case 5..<8:
      let many = random.next() % 16 == 0
      let members = (0..<Int(random.next() % (many ? 40 : 5))).map { index -> [UInt8] in
        let name = many ? "k\(index)" : Self.names[Int(random.next() % UInt64(Self.names.count))]
        return Array("\"\(name)\":\(gap)".utf8) + value(depth: depth + 1)
      }
      return [.openBrace] + Array(members.joined(separator: Array(("," + gap).utf8))) + [.closeBrace]
    default:
      let items = (0..<Int(random.next() % 5)).map { _ in value(depth: depth + 1) }
      return [.openBracket] + Array(items.joined(separator: Array((gap + ",").utf8))) + [.closeBracket]
    }
  }
}
