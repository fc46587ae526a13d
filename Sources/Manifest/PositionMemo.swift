/// Turns offsets of one text into lines and characters, and remembers where it looked last: places that follow each other
/// stand in the same part of the text, and often in the same line.
package struct PositionMemo {
  private let document: Document
  private let encoding: PositionEncoding
  private var leaf: LeafPlace?
  /// A line, and the units of the text before it.
  private var known: (line: Int, units: Int)?

  package init(_ document: Document, in encoding: PositionEncoding) {
    self.document = document
    self.encoding = encoding
  }

  /// As `Document.position`. Cost: a part of a leaf, where the place before stood in the same leaf and line.
  package mutating func position(at offset: Int) -> LinePosition {
    let offset = max(0, min(offset, document.byteCount))
    let place = self.place(of: offset)
    let (line, units) = document.lineAndUnits(at: offset, in: place, encoding)
    let before = unitsBefore(line)
    return LinePosition(line: line, character: max(0, units - before))
  }

  private mutating func place(of offset: Int) -> LeafPlace {
    if let leaf, leaf.start <= offset, offset < leaf.end { return leaf }
    let place = document.leaf(at: offset)
    leaf = place
    return place
  }

  private mutating func unitsBefore(_ line: Int) -> Int {
    if let known, known.line == line { return known.units }
    let units = document.unitsBefore(document.start(ofLine: line), encoding)
    known = (line, units)
    return units
  }
}
