extension Document {
  /// JSON pointer of a node from the document's root. In JSONL it begins with the physical line, counted from zero.
  ///
  /// `tree` is that of `id`. Cost: the own text of each record around it.
  package func pointer(of node: Int, tree: RecordTree, in id: RecordID) -> String {
    (pointer(to: id) ?? "") + tree.pointer(of: node)
  }

  /// JSON pointer of a record; empty for the document, `nil` if it is gone.
  package func pointer(to id: RecordID) -> String? {
    var known = ContainerPointers()
    return pointer(to: id, &known)
  }

  /// The same; what the records around are called is read where `known` does not have it.
  func pointer(to id: RecordID, _ known: inout ContainerPointers) -> String? {
    guard id != .document else { return "" }
    guard let place = place(of: id) else { return nil }
    let record = record(place)
    let last = key(at: place).map { JSONPointer.escape(String(decoding: $0, as: UTF8.self)) } ?? String(record.ordinal)
    return container(of: place, in: record.parent ?? .document, &known) + "/" + last
  }

  /// What leads to the list or object that a record stands in: `/annotations`.
  private func container(of place: MarkPlace, in parent: RecordID, _ known: inout ContainerPointers) -> String {
    if let pointer = known.pointer(type: place.mark.type, at: place.offset) { return pointer }
    let open = containerPlace(of: place)
    var path = pointer(to: parent, &known) ?? ""
    guard let open else { return path }
    if let tree = tree(of: parent), let own = ownParts(of: parent),
      let gap = own.gaps.firstIndex(where: { $0.range.lowerBound == open.offset && $0.type == place.mark.type })
    {
      let offset = own.parts[gap].ownStart + own.parts[gap].range.count
      path += tree.pointer(of: tree.nodes.firstIndex { $0.flags.contains(.elided) && isOpened($0, at: offset) } ?? 0)
    }
    let types = UInt32(1) << UInt32(place.mark.type & 31)
    let ends = [Mark.Kind.close, .open].compactMap { nextMark($0, types: types, after: open)?.offset }
    known.note(path, type: place.mark.type, in: open.offset..<max(open.offset, ends.min() ?? byteCount + 1))
    return path
  }

  private func isOpened(_ node: Node, at offset: Int) -> Bool {
    // The gap begins behind the container's opener, or, where that is missing, at its start.
    Int(node.start) + 1 == offset || (Int(node.start) == offset && node.range.count == 0)
      || (syntax.isList && node.start == 0)
  }

  /// The key a record stands under, unescaped; `nil` if it is gone or no member of an object. Cost: a leaf or two.
  package func key(of id: RecordID) -> [UInt8]? { place(of: id).flatMap(key) }

  /// The key with its quotes, as bytes of the document.
  package func keyRange(of id: RecordID) -> Range<Int>? { place(of: id).flatMap(keyRange) }

  private func key(at place: MarkPlace) -> [UInt8]? {
    guard let range = keyRange(of: place) else { return nil }
    let bytes = bytes(in: range)
    // As the parser takes it when it tells whether a record's key has changed: a quote too few or too many makes no other key.
    return JSONString.decodeName(bytes.span.extracting(JSONString.keyText(bytes.span, 0, bytes.count)))
  }

  private func keyRange(of place: MarkPlace) -> Range<Int>? {
    guard place.mark.keyHash != 0 else { return nil }
    var back = Limits.token
    while true {
      let start = leaf(at: max(0, place.offset - back))
      if let range = keyRange(of: place, from: start) { return range }
      guard start.start > 0 else { return nil }
      back = back.multipliedReportingOverflow(by: 8).partialValue
    }
  }

  /// Reads from a leaf on and notes the last key before the record.
  private func keyRange(of place: MarkPlace, from leaf: LeafPlace) -> Range<Int>? {
    guard let entry = leaf.node.leaf.entry else { return nil }
    let window = window(from: leaf.start, through: place.offset + 1)
    var sink = KeySink(wanted: place.offset - leaf.start, type: place.mark.type)
    if case .string = entry.mode { sink.skipsFirst = true }
    var parser = Parser(entry, shape: program, syntax: syntax, sink: sink)
    while !parser.sink.isDone, parser.position < window.count { parser.run(window.span, until: parser.position + 1) }
    return parser.sink.found.map { $0.lowerBound + leaf.start..<$0.upperBound + leaf.start }
  }
}

/// What leads to the lists and objects that hold records: of each type of record the one that was asked about last.
struct ContainerPointers {
  private var last: [UInt8: (range: Range<Int>, pointer: String)] = [:]

  /// `nil` unless the record at `offset` stands in the list or object noted last.
  func pointer(type: UInt8, at offset: Int) -> String? {
    last[type].flatMap { $0.range.contains(offset) ? $0.pointer : nil }
  }

  /// `range` is where the list or object stands in the document.
  mutating func note(_ pointer: String, type: UInt8, in range: Range<Int>) { last[type] = (range, pointer) }
}

/// Notes the key before one record.
private struct KeySink: ParseSink {
  let wanted: Int
  let type: UInt8
  /// The first key began before the window.
  var skipsFirst = false
  var isDone = false
  var found: Range<Int>?
  private var last: Range<Int>?

  init(wanted: Int, type: UInt8) {
    self.wanted = wanted
    self.type = type
  }

  mutating func key(_ start: Int, _ end: Int, malformed: Bool) {
    last = skipsFirst ? nil : start..<max(start, end)
    skipsFirst = false
  }

  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) { skipsFirst = false }

  mutating func recordBegin(_ type: UInt8, at offset: Int, keyHash: UInt32, parentType: UInt8) {
    guard type == self.type, offset == wanted else { return }
    found = last
    isDone = true
  }
}
