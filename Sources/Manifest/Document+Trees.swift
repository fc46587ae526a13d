/// The parts of a document that are one record's own text, in order.
struct OwnText: Sendable {
  struct Part: Sendable { var range: Range<Int>, ownStart: Int }
  struct Gap: Sendable { var type: UInt8, range: Range<Int>, leafStart: Int }
  var parts: [Part] = []
  /// What stands between the parts: `gaps[i]` follows `parts[i]`.
  var gaps: [Gap] = []

  var count: Int { parts.last.map { $0.ownStart + $0.range.count } ?? 0 }

  /// The last part that begins at or before an own-text offset.
  func part(own offset: Int) -> Int { lastPart { $0.ownStart <= offset } }
  func part(document offset: Int) -> Int { lastPart { $0.range.lowerBound <= offset } }

  /// Offsets of the own text as offsets of the document.
  func absolute(_ range: Range<Int>) -> Range<Int> {
    let lower = place(range.lowerBound, atEnd: range.isEmpty)
    return lower..<max(lower, place(range.upperBound, atEnd: true))
  }

  private func place(_ offset: Int, atEnd: Bool) -> Int {
    var index = part(own: offset)
    // The end of a part, rather than the start of the next.
    while atEnd, index > 0, parts[index].ownStart == offset { index -= 1 }
    let part = parts[index]
    return part.range.lowerBound + min(max(0, offset - part.ownStart), part.range.count)
  }

  /// An offset of the document as one of the own text; `nil` if it stands outside of it.
  func relative(_ offset: Int) -> Int? {
    let part = parts[part(document: offset)]
    guard part.range.lowerBound <= offset, offset <= part.range.upperBound else { return nil }
    return part.ownStart + offset - part.range.lowerBound
  }

  private func lastPart(where test: (Part) -> Bool) -> Int {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      if test(parts[middle]) { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}

extension Document {
  /// `nil` if the record is gone. Cost: O(log n) for each container of inner records.
  func ownParts(of id: RecordID) -> OwnText? {
    if id == .document { return ownParts(nil, 0..<byteCount) }
    guard let place = place(of: id) else { return nil }
    return ownParts(place, place.offset..<max(place.offset, end(of: place)))
  }

  /// The same; see `place(of:near:)`.
  func ownParts(of id: RecordID, near leaf: inout LeafPlace?) -> OwnText? {
    if id == .document { return ownParts(nil, 0..<byteCount) }
    guard let place = place(of: id, near: &leaf) else { return nil }
    return ownParts(place, place.offset..<max(place.offset, end(of: place)))
  }

  /// `record` is `nil` for the document.
  private func ownParts(_ record: MarkPlace?, _ range: Range<Int>) -> OwnText {
    var own = OwnText()
    var start = range.lowerBound
    var ownStart = 0
    func add(_ end: Int) {
      own.parts.append(OwnText.Part(range: start..<max(start, end), ownStart: ownStart))
      ownStart += max(start, end) - start
    }
    var last = record
    let isWhole = record.map { holdsNoRecords($0) } ?? false
    while !isWhole, let open = nextMark(.open, types: .max, after: last),
      isInside(open, record, end: range.upperBound)
    {
      let close = nextMark(.close, types: 1 << UInt32(open.mark.type & 31), after: open)
      add(open.offset)
      start = min(max(open.offset, close?.offset ?? range.upperBound), range.upperBound)
      own.gaps.append(
        OwnText.Gap(type: open.mark.type, range: open.offset..<start, leafStart: close?.leaf.start ?? start))
      guard let close else { break }
      last = close
    }
    add(range.upperBound)
    return own
  }

  /// Whether it is plain from the record's mark alone that none stands in it.
  private func holdsNoRecords(_ place: MarkPlace) -> Bool {
    program.inner[Int(place.mark.type)] == 0 || place.leaf.node.leaf.holdsWhole(place.index)
  }

  /// Whether a mark behind a record's own stands inside the record.
  private func isInside(_ mark: MarkPlace, _ record: MarkPlace?, end: Int) -> Bool {
    guard let record else { return true }
    guard mark.offset == end else { return mark.offset < end }
    // At the very end: it is inside unless another record of this type began before it.
    return mark.recordsBefore(record.mark.type) == record.recordsBefore(record.mark.type) + 1
  }

  /// The record's bytes without the records in it; `nil` if it is gone.
  package func ownText(of id: RecordID) -> [UInt8]? { ownParts(of: id).map(bytes) }

  private func bytes(_ own: OwnText) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(own.count)
    for part in own.parts { forEachChunk(in: part.range) { out.append(contentsOf: $0) } }
    return out
  }

  /// Own-text offsets as offsets in the document; `nil` if the record is gone. A range over inner records contains them.
  package func absolute(_ range: Range<Int>, in id: RecordID) -> Range<Int>? {
    guard syntax.isTable, id != .document else { return plainAbsolute(range, in: id) }
    return row(id).flatMap { plainAbsolute($0.map.cells(of: range), in: id) }
  }

  /// The same for offsets in the text as it stands, also of a table's row.
  func plainAbsolute(_ range: Range<Int>, in id: RecordID) -> Range<Int>? {
    ownParts(of: id).map { $0.absolute(range) }
  }

  /// A document offset as an offset in the record's own text; `nil` if it is gone or the offset stands outside its own text.
  package func relative(_ offset: Int, in id: RecordID) -> Int? {
    guard let plain = ownParts(of: id)?.relative(offset) else { return nil }
    return syntax.isTable && id != .document ? row(id)?.map.own(of: plain) : plain
  }

  /// The tree of the record's own text; `nil` if it is gone. Cost: its own text, and a leaf for each large gap in it.
  package func tree(of id: RecordID) -> RecordTree? {
    syntax.isTable && id != .document ? row(id)?.tree : plainTree(of: id)
  }

  /// The tree of the text as it stands; of a table's row, cells without names.
  func plainTree(of id: RecordID) -> RecordTree? {
    ownParts(of: id).flatMap { plainTree(of: id, $0) }
  }

  /// The same of a record whose parts are known.
  func plainTree(of id: RecordID, _ own: OwnText) -> RecordTree? {
    let tree = strictTree(of: id, own) ?? recoveredTree(of: id, own)
    // Of a text that is no longer what was looked at, nothing can be told.
    return file?.hasChanged == true ? nil : tree
  }

  /// The tree of a record in whose text nothing was found to be wrong: read without looking for what might be.
  private func strictTree(of id: RecordID, _ own: OwnText) -> RecordTree? {
    guard !syntax.isTable, !(syntax.isList && id == .document), own.parts.allSatisfy({ isFaultless($0.range) }) else {
      return nil
    }
    let gaps = zip(own.gaps, own.parts.dropFirst()).map { gap, part in (part.ownStart, recordCount(in: gap)) }
    return StrictTree.tree(bytes(own), gaps: gaps, isLine: syntax.isList)
  }

  /// Whether the parser found nothing to say of the leaves of a range, which is no large one where it did elsewhere.
  private func isFaultless(_ range: Range<Int>) -> Bool {
    if problemCount == 0 { return true }
    guard range.count <= 64 * Limits.leaf else { return false }
    var isFaultless = true
    forEachLeaf(from: range.lowerBound) { leaf, start in
      guard start < range.upperBound else { return false }
      isFaultless = leaf.summary.problems == 0
      return isFaultless
    }
    return isFaultless
  }

  /// The tree that the parser itself makes of the text, whatever is wrong with it.
  func recoveredTree(of id: RecordID, _ own: OwnText) -> RecordTree? {
    var builder = TreeBuilder(document: self, own: own)
    if id != .document {
      guard let place = place(of: id) else { return nil }
      builder.sink.wanted = (place.mark.type, place.offset)
    } else {
      builder.sink.isActive = true
      if syntax.isList { builder.sink.beginLines() }
    }
    builder.run(isDocument: id == .document)
    if id == .document && syntax.isList { builder.sink.endLines(at: own.count) }
    return builder.sink.tree(bytes(own))
  }

  func recordCount(in gap: OwnText.Gap) -> Int {
    recordCount(of: gap.type, before: gap.range.upperBound) - recordCount(of: gap.type, before: gap.range.lowerBound)
  }

  func recordCount(of type: UInt8, before offset: Int) -> Int {
    let place = leaf(at: offset)
    var count = Int(place.before.records[Int(type & 31)])
    for mark in place.node.leaf.marks
    where mark.kind == .record && mark.type == type && place.start + Int(mark.offset) < offset {
      count += 1
    }
    return count
  }
}

/// Runs the parser over a record's own text, from the leaves that hold it, and over small gaps rather than around them.
private struct TreeBuilder {
  let document: Document
  let own: OwnText
  var sink = TreeSink()
  private static let smallGap = 4096

  init(document: Document, own: OwnText) {
    self.document = document
    self.own = own
    sink.elidedCounts = own.gaps.map(document.recordCount)[...]
  }

  mutating func run(isDocument: Bool) {
    var first = 0
    while first < own.parts.count {
      var last = first
      while last + 1 < own.parts.count, own.gaps[last].range.count <= TreeBuilder.smallGap { last += 1 }
      run(first, last, isDocument: isDocument)
      first = last + 1
    }
  }

  private mutating func run(_ first: Int, _ last: Int, isDocument: Bool) {
    let start = own.parts[first].range.lowerBound
    let end = own.parts[last].range.upperBound
    let isFinal = last + 1 == own.parts.count
    let place = document.leaf(at: first == 0 ? start : own.gaps[first - 1].leafStart)
    guard let entry = place.node.leaf.entry else { return }
    if first == 0 {
      sink.setShift(windowStart: place.start, ownStart: own.parts[0].ownStart, documentStart: start)
      if let wanted = sink.wanted { sink.wanted = (wanted.type, wanted.start - place.start) }
    } else {
      if let wanted = sink.wanted { sink.wanted = (wanted.type, -1) }
      sink.wantedClose = start - place.start
    }
    let window = document.window(from: place.start, through: end + 1)
    var parser = Parser(entry, shape: document.program, syntax: document.syntax, sink: sink)
    parser.begin(window.span)
    parser.run(window.span, until: end - place.start)
    // An opener that is missing is known only from what follows its place.
    while !isFinal, parser.sink.elidedSoFar <= last, parser.position < window.count {
      parser.run(window.span, until: parser.position + 1)
    }
    if isFinal {
      while !parser.sink.isDone, parser.position < window.count { parser.run(window.span, until: parser.position + 1) }
      if isDocument || !parser.sink.isDone { parser.finish(window.span) }
    }
    sink = parser.sink
  }
}

extension TreeSink {
  mutating func setShift(windowStart: Int, ownStart: Int, documentStart: Int) {
    shift = ownStart - documentStart + windowStart
  }
}
