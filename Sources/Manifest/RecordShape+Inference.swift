extension RecordShape {
  /// A shape for a text without a dialect: children of its large arrays and objects are records, at any depth.
  ///
  /// JSONL: its lines, and what is large in them. Cost: one pass over the text.
  package static func inferred(from bytes: [UInt8], syntax: Syntax) -> RecordShape {
    if syntax.isTable { return .rows }
    return strictShape(of: bytes.span, isLines: syntax == .jsonl) ?? recoveredShape(of: bytes, syntax: syntax)
  }

  /// Such a shape, and of a long text without fault one that has only the first entries of its lists: enough to see what it is.
  package static func sketched(from bytes: [UInt8], syntax: Syntax) -> (shape: RecordShape, sketch: [UInt8]?) {
    guard !syntax.isTable, let visitor = visited(bytes.span, isLines: syntax == .jsonl) else {
      return (inferred(from: bytes, syntax: syntax), nil)
    }
    return (visitor.sink.shape(), visitor.entries.sketch(of: bytes))
  }

  /// Of a text without fault; `nil` where the parser has to look.
  static func strictShape(of text: Span<UInt8>, isLines: Bool) -> RecordShape? {
    visited(text, isLines: isLines)?.sink.shape()
  }

  private static func visited(_ text: Span<UInt8>, isLines: Bool) -> ShapeVisitor? {
    var visitor = ShapeVisitor(isLines: isLines)
    let scan = StrictScan(isLine: isLines)
    var at = 0
    while true {
      while at < text.count, text[at].isJSONSpace { at += 1 }
      if at == text.count {
        visitor.entries.finish(text.count)
        return visitor
      }
      if at > 0, !isLines, visitor.isDone { return nil }
      guard let end = scan.end(of: text, from: at, before: text.count, &visitor) else { return nil }
      visitor.isDone = true
      at = end
    }
  }

  static func recoveredShape(of bytes: [UInt8], syntax: Syntax) -> RecordShape {
    let program = ShapeProgram(.whole)
    var parser = Parser(
      Parser<ShapeSink>.initial(shape: program, syntax: syntax), shape: program, syntax: syntax,
      sink: ShapeSink(isLines: syntax == .jsonl))
    let text = bytes.span
    // Keys are read from the text while they are at hand.
    while parser.position < text.count {
      parser.run(text, until: min(text.count, parser.position + 1))
      parser.sink.take(text)
    }
    parser.finish(text)
    parser.sink.take(text)
    return parser.sink.shape()
  }
}

/// Reads a text without fault for what stands where.
private struct ShapeVisitor: StrictVisitor {
  var sink: ShapeSink
  var entries: FirstEntries
  /// The document's value has been read.
  var isDone = false

  init(isLines: Bool) {
    sink = ShapeSink(isLines: isLines)
    entries = FirstEntries(isLines: isLines)
  }

  mutating func begin(_ kind: Node.Kind, at start: Int) -> Bool {
    sink.begin(kind, start)
    entries.begin(isList: kind == .array)
    return true
  }
  mutating func end(_ end: Int) {
    sink.end(end)
    entries.end(end)
  }
  mutating func key(_ start: Int, _ end: Int, isEscaped: Bool, in text: Span<UInt8>) -> Bool {
    // Only the names of containers matter.
    var at = end
    while at < text.count, text[at].isJSONSpace || text[at] == .colon { at += 1 }
    if at < text.count, text[at].isOpener { sink.noteKey(start..<end, text) }
    return true
  }
  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, isEscaped: Bool) {
    sink.addScalar()
    entries.endValue(end)
  }
}

/// Finds what stands behind the first entries of each list.
private struct FirstEntries {
  /// So many of a list are looked at to see what a text is.
  static let limit = 64
  /// A text is not made shorter if it is no longer than this.
  private static let long = 1 << 18

  private struct List {
    var isList: Bool
    var count = 0
    /// Behind the last entry that stays.
    var end = 0
  }

  private var lists: [List]
  private var cuts: [Range<Int>] = []
  /// How many lists around have enough entries already.
  private var full = 0

  init(isLines: Bool) { lists = isLines ? [List(isList: true)] : [] }

  mutating func begin(isList: Bool) {
    if let top = lists.last, top.isList, top.count >= Self.limit { full += 1 }
    lists.append(List(isList: isList))
  }

  mutating func end(_ end: Int) {
    guard let ended = lists.popLast() else { return }
    if ended.count > Self.limit, full == 0 { cuts.append(ended.end..<end - 1) }
    if let top = lists.last, top.isList, top.count >= Self.limit { full -= 1 }
    endValue(end)
  }

  /// A value in the innermost list ended.
  mutating func endValue(_ end: Int) {
    guard !lists.isEmpty, lists[lists.count - 1].isList else { return }
    lists[lists.count - 1].count += 1
    if lists[lists.count - 1].count <= Self.limit { lists[lists.count - 1].end = end }
  }

  /// The text ends; its lines are a list.
  mutating func finish(_ count: Int) {
    if let lines = lists.first, lines.count > Self.limit { cuts.append(lines.end..<count) }
  }

  /// `nil` if nothing much is left out.
  func sketch(of bytes: [UInt8]) -> [UInt8]? {
    let left = cuts.reduce(bytes.count) { $0 - $1.count }
    guard bytes.count > Self.long, left < bytes.count / 2 else { return nil }
    var sketch: [UInt8] = []
    sketch.reserveCapacity(left)
    var at = 0
    for cut in cuts {
      sketch.append(contentsOf: bytes[at..<cut.lowerBound])
      at = cut.upperBound
    }
    sketch.append(contentsOf: bytes[at...])
    return sketch
  }
}

/// Adds up how much stands in containers, by path. Objects with many children of one kind count as maps: their keys become `*`.
struct ShapeSink: ParseSink {
  private enum Event { case begin(Node.Kind, Int), end(Int), key(Range<Int>), scalar }

  /// One place in the document, all arrays' elements taken together.
  private struct Place {
    var step: RecordShape.Step?
    var parent: Int
    var keys: [[UInt8]: Int] = [:]
    var elements: Int?
    var count = 0
    var children = 0
    var objects = 0
    var bytes = 0
    var isObject = false
  }

  private var events: [Event] = []
  private var places: [Place] = []
  private var stack: [(place: Int, start: Int)] = []
  private var pendingKey: [UInt8] = []
  private let isLines: Bool

  /// A container is large if it holds this many bytes.
  private static let large = 4096
  private static let manyKeys = 64
  private static let maxDepth = 12

  init(isLines: Bool) {
    self.isLines = isLines
    places = [Place(step: nil, parent: -1)]
    if isLines { stack = [(0, 0)] }
  }

  mutating func beginContainer(_ kind: Node.Kind, at start: Int) { events.append(.begin(kind, start)) }
  mutating func endContainer(at end: Int, isClosed: Bool) { events.append(.end(end)) }
  mutating func key(_ start: Int, _ end: Int, malformed: Bool) { events.append(.key(start..<max(start, end))) }
  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) { events.append(.scalar) }

  mutating func take(_ text: Span<UInt8>) {
    for event in events {
      switch event {
      case .begin(let kind, let start): begin(kind, start)
      case .end(let end): self.end(end)
      case .key(let range): noteKey(range, text)
      case .scalar: addScalar()
      }
    }
    events.removeAll(keepingCapacity: true)
  }

  mutating func noteKey(_ range: Range<Int>, _ text: Span<UInt8>) {
    guard stack.count <= ShapeSink.maxDepth else { return }
    let inner =
      text[range.lowerBound] == .quote && range.count > 1 ? range.lowerBound + 1..<range.upperBound - 1 : range
    pendingKey = JSONString.decode(text.extracting(inner))
  }

  mutating func addScalar() {
    if let top = stack.last { places[top.place].children += 1 }
  }

  mutating func begin(_ kind: Node.Kind, _ start: Int) {
    var place = 0
    if let top = stack.last {
      places[top.place].children += 1
      if kind == .object { places[top.place].objects += 1 }
      place = stack.count > ShapeSink.maxDepth ? top.place : child(of: top.place)
    }
    places[place].isObject = kind == .object
    places[place].count += 1
    stack.append((place, start))
  }

  private mutating func child(of parent: Int) -> Int {
    let isMap = places[parent].isObject && places[parent].keys.count >= ShapeSink.manyKeys
    if !places[parent].isObject || isMap {
      if let found = places[parent].elements { return found }
      places.append(Place(step: .every, parent: parent))
      places[parent].elements = places.count - 1
      return places.count - 1
    }
    if let found = places[parent].keys[pendingKey] { return found }
    places.append(Place(step: .key(String(decoding: pendingKey, as: UTF8.self)), parent: parent))
    places[parent].keys[pendingKey] = places.count - 1
    return places.count - 1
  }

  mutating func end(_ end: Int) {
    guard let top = stack.popLast() else { return }
    places[top.place].bytes = max(places[top.place].bytes, end - top.start)
  }

  /// The paths whose children are records, outer first.
  func shape() -> RecordShape {
    var paths: [String] = isLines ? ["/*"] : []
    for index in places.indices where isCollection(places[index]) {
      guard let path = path(to: index), !paths.contains(path + "/*") else { continue }
      paths.append(path + "/*")
    }
    return RecordShape(paths.compactMap { RecordShape.Pattern($0) })
  }

  /// Large, with objects for children, for the most part. (Points of a polygon are no records.)
  private func isCollection(_ place: Place) -> Bool {
    guard place.bytes >= ShapeSink.large, place.children >= 2 * place.count, place.objects * 2 >= place.children else {
      return false
    }
    // An object is a map if it has many members; one with a few named parts is a header.
    return !place.isObject || place.keys.count >= ShapeSink.manyKeys || place.elements != nil
  }

  private func path(to index: Int) -> String? {
    var steps: [String] = []
    var current = index
    while current > 0 {
      let place = places[current]
      let parent = places[place.parent]
      let isInMap = parent.isObject && (parent.elements != nil || parent.keys.count >= ShapeSink.manyKeys)
      switch place.step {
      case .key(let key) where !isInMap: steps.append(JSONPointer.escape(key))
      default: steps.append("*")
      }
      current = place.parent
    }
    return steps.reversed().map { "/" + $0 }.joined()
  }
}
