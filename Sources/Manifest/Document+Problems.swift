extension Document {
  /// How many problems `problems(in:)` gives for the whole text. Cost: none.
  package var problemCount: Int { root.summary.problems }

  /// What is not well formed, in order of place, with offsets in the document; with a range those that touch it.
  ///
  /// Everything but duplicate keys, which only a record's tree knows. Cost: a leaf for each leaf with problems.
  package func problems(in range: Range<Int>? = nil, limit: Int = .max) -> [SyntaxProblem] {
    var found: [SyntaxProblem] = []
    // A problem stands at most one token and its look-ahead before the leaf that reports it ends.
    var from = max(0, (range?.lowerBound ?? 0) - Limits.reach)
    while found.count < limit, let place = nextLeafWithProblems(from: from) {
      if let range, place.start > range.upperBound + Limits.reach { break }
      let all = problems(in: place)
      let touching = range.map { range in
        all.filter { $0.range.lowerBound <= range.upperBound && $0.range.upperBound >= range.lowerBound }
      }
      found += touching ?? all
      guard place.end > from || place.end < byteCount else { break }
      from = place.end
      if place.end >= byteCount { break }
    }
    return Array(found.prefix(max(0, limit)))
  }

  private func nextLeafWithProblems(from offset: Int) -> LeafPlace? {
    let first = leaf(at: offset)
    if first.node.summary.problems > 0 { return first }
    return nextLeaf(from: first.end) { $0.problems > 0 }
  }

  private func problems(in place: LeafPlace) -> [SyntaxProblem] {
    guard let entry = place.node.leaf.entry else { return [] }
    let window = window(from: place.start, through: place.end)
    var parser = Parser(entry, shape: program, syntax: syntax, sink: ProblemSink(start: place.start))
    parser.run(window.span, until: place.node.leaf.count)
    if place.end == byteCount { parser.finish(window.span) }
    return parser.sink.problems(in: window)
  }

  /// The bytes from `start` to `end` and as many more as the parser looks ahead.
  func window(from start: Int, through end: Int) -> [UInt8] {
    let behind = end.addingReportingOverflow(Limits.reach)
    return bytes(in: start..<max(start, min(behind.overflow ? Int.max : behind.partialValue, byteCount)))
  }
}

struct ProblemSink: ParseSink {
  let start: Int
  private var found: [SyntaxProblem] = []
  private var quoted: [Int] = []

  init(start: Int) { self.start = start }

  mutating func problem(_ code: SyntaxProblem.Code, _ from: Int, _ to: Int, _ repair: Repair) {
    if repair == .quoted { quoted.append(found.count) }
    found.append(
      SyntaxProblem(code, start + from..<start + max(from, to), replacement: repair.replacement))
  }

  func problems(in window: [UInt8]) -> [SyntaxProblem] {
    var problems = found
    for index in quoted {
      let range = (problems[index].range.lowerBound - start)..<(problems[index].range.upperBound - start)
      problems[index].replacement = Repair.quoted(window[range.clamped(to: window.indices)])
    }
    return problems
  }
}

extension Repair {
  /// A word, or a text in apostrophes, as a string.
  static func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let isSingle = text.count > 1 && text.first == .apostrophe && text.last == .apostrophe
    var out: [UInt8] = [.quote]
    for byte in isSingle ? text.dropFirst().dropLast() : text {
      if byte == .quote { out.append(.backslash) }
      out.append(byte)
    }
    return out + [.quote]
  }

  /// Without the text that is to be quoted.
  var replacement: [UInt8]? {
    switch self {
    case .unknown, .quoted: nil
    case .remove: []
    case .insert(let byte): [byte]
    }
  }
}
