/// Turns offsets of one text into lines and characters, and remembers where it looked last: places that follow each other
/// stand in the same part of the text, and often in the same line.
package struct PositionMemo {
  private let document: Document
  private let encoding: PositionEncoding
  private var part: Part?
  /// A line, and the units of the text before it.
  private var known: (line: Int, units: Int)?

  /// A leaf with its text, and how many lines end in what was read of it.
  private struct Part {
    let place: LeafPlace
    let text: ArraySlice<UInt8>
    var read = 0
    var lineEnds = 0
  }

  package init(_ document: Document, in encoding: PositionEncoding) {
    self.document = document
    self.encoding = encoding
  }

  /// As `Document.position`. Cost: what stands between the place before and this one, if that was in the same leaf; else the
  /// leaf up to it.
  package mutating func position(at offset: Int) -> LinePosition {
    let offset = max(0, min(offset, document.byteCount))
    if part.map({ $0.place.start <= offset && offset < $0.place.end }) != true {
      let place = document.leaf(at: offset)
      // Of a leaf without line ends in which each byte is a character nothing need be read.
      part = Part(place: place, text: place.node.summary.isPlain ? [] : place.node.leaf.bytes)
    }
    guard let part, !part.place.node.summary.isPlain else { return positionInLeaf(offset) }
    let cut = cut(offset, in: part)
    let line = part.place.before.lineEnds + lineEnds(before: cut)
    let end = part.text.startIndex + cut
    guard let last = part.text[..<end].lastIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) else {
      return positionInLeaf(offset)
    }
    return LinePosition(
      line: line, character: Document.summary(part.text[(last + 1)..<end]).units(encoding))
  }

  /// Where the line begins in an earlier leaf.
  private mutating func positionInLeaf(_ offset: Int) -> LinePosition {
    guard let part else { return LinePosition(line: 0, character: 0) }
    let (line, units) = document.lineAndUnits(at: offset, in: part.place, encoding)
    let before = unitsBefore(line)
    return LinePosition(line: line, character: max(0, units - before))
  }

  /// The place in a leaf's text that an offset stands for: none is inside a character, or between `\r` and `\n`.
  private func cut(_ offset: Int, in part: Part) -> Int {
    let text = part.text
    var cut = min(max(0, offset - part.place.start), text.count)
    while cut > 0, cut < text.count, UTF8Scan.isInside(text, cut) { cut -= 1 }
    let index = text.startIndex + cut
    let isInsideLineEnd =
      cut > 0 && cut < text.count && text[index] == .lineFeed && text[index - 1] == .carriageReturn
    return isInsideLineEnd ? cut - 1 : cut
  }

  private mutating func lineEnds(before cut: Int) -> Int {
    guard var part else { return 0 }
    if cut < part.read { (part.read, part.lineEnds) = (0, 0) }
    let start = part.text.startIndex
    var previous: UInt8? = part.place.before.endsWithReturn ? .carriageReturn : nil
    if part.read > 0 { previous = part.text[start + part.read - 1] }
    for index in (start + part.read)..<(start + cut) {
      let byte = part.text[index]
      if byte == .carriageReturn || byte == .lineFeed && previous != .carriageReturn { part.lineEnds += 1 }
      previous = byte
    }
    part.read = cut
    self.part = part
    return part.lineEnds
  }

  private mutating func unitsBefore(_ line: Int) -> Int {
    if let known, known.line == line { return known.units }
    let units = document.unitsBefore(document.start(ofLine: line), encoding)
    known = (line, units)
    return units
  }
}
