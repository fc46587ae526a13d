extension Document {
  /// The line and character at a byte offset, which is clamped; inside a character or a `\r\n` the place before it.
  ///
  /// Lines end as in LSP. Cost: O(log n) and a part of two leaves. For many places, `PositionMemo` costs less.
  package func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition {
    var memo = PositionMemo(self, in: encoding)
    return memo.position(at: offset)
  }

  /// The line of an offset in a leaf, and the units of the whole text up to it.
  func lineAndUnits(at offset: Int, in place: LeafPlace, _ encoding: PositionEncoding) -> (line: Int, units: Int) {
    let inLeaf = min(max(0, offset - place.start), place.node.leaf.count)
    if place.node.summary.isPlain { return (place.before.lineEnds, place.before.units(encoding) + inLeaf) }
    let text = place.node.leaf.bytes
    var cut = inLeaf
    while cut > 0, cut < text.count, UTF8Scan.isInside(text, cut) { cut -= 1 }
    let isInsideLineEnd = isBetweenReturnAndLineFeed(place, cut)
    var sum = place.before
    sum.append(Document.summary(text.prefix(cut)))
    let excess = isInsideLineEnd ? 1 : 0
    return (sum.lineEnds - excess, sum.units(encoding) - excess)
  }

  private func isBetweenReturnAndLineFeed(_ place: LeafPlace, _ cut: Int) -> Bool {
    let text = place.node.leaf.bytes
    guard cut < text.count, text[text.startIndex + cut] == .lineFeed else { return false }
    return cut > 0 ? text[text.startIndex + cut - 1] == .carriageReturn : place.before.endsWithReturn
  }

  static func summary(_ text: ArraySlice<UInt8>) -> TextSummary {
    var summary = TextSummary()
    summary.count(text.span)
    return summary
  }

  func unitsBefore(_ offset: Int, _ encoding: PositionEncoding) -> Int {
    let place = leaf(at: offset)
    if place.node.summary.isPlain { return place.before.units(encoding) + offset - place.start }
    return place.before.units(encoding)
      + Document.summary(place.node.leaf.bytes.prefix(offset - place.start)).units(encoding)
  }

  package var lineCount: Int { root.summary.lineEnds + 1 }

  /// The offset where a line begins; lines past the last give the text's end, negative ones its start.
  package func start(ofLine line: Int) -> Int {
    guard line > 0 else { return 0 }
    guard line <= root.summary.lineEnds else { return byteCount }
    // The first leaf with which the sums reach the wanted number of line ends.
    let place = firstLeaf { before, own in
      var sum = before.lineEnds + own.lineEnds
      if before.endsWithReturn && own.startsWithLineFeed { sum -= 1 }
      return sum >= line
    }
    let text = place.node.leaf.bytes
    var left = line - place.before.lineEnds
    var index = text.startIndex
    if place.before.endsWithReturn, text.first == .lineFeed { index += 1 }
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      guard byte == .lineFeed || byte == .carriageReturn else { continue }
      if byte == .carriageReturn, index < text.endIndex, text[index] == .lineFeed { index += 1 }
      left -= 1
      if left == 0 { break }
    }
    let offset = place.start + index - text.startIndex
    let endsInReturn = index == text.endIndex && text.last == .carriageReturn
    return endsInReturn && byte(at: offset) == .lineFeed ? offset + 1 : offset
  }

  /// The offset behind a line's last character, before what ends the line.
  package func end(ofLine line: Int) -> Int {
    guard line >= 0 else { return 0 }
    // Before adding to it: a line may be any number.
    guard line < root.summary.lineEnds else { return byteCount }
    let start = start(ofLine: line)
    let next = self.start(ofLine: line + 1)
    guard next > start else { return next }
    let last = byte(at: next - 1)
    if last == .lineFeed, next - 1 > start, byte(at: next - 2) == .carriageReturn { return next - 2 }
    return next - 1
  }

  /// `nil` outside the text.
  package func byte(at offset: Int) -> UInt8? {
    guard offset >= 0, offset < byteCount else { return nil }
    let place = leaf(at: offset)
    return place.node.leaf.bytes(in: offset - place.start..<offset - place.start + 1).first
  }

  /// The byte offset of a position. A line past the last gives the end; a character past the line's last, the line's end;
  /// inside a character, the place before it.
  package func offset(of position: LinePosition, in encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    let lineStart = start(ofLine: position.line)
    let lineEnd = end(ofLine: position.line)
    guard position.character > 0, lineEnd > lineStart else { return min(lineStart, lineEnd) }
    let (target, overflow) = unitsBefore(lineStart, encoding).addingReportingOverflow(position.character)
    guard !overflow, target < root.summary.units(encoding) else { return lineEnd }
    let place = firstLeaf { $0.units(encoding) + $1.units(encoding) > target }
    let text = place.node.leaf.bytes
    var left = target - place.before.units(encoding)
    var index = 0
    let span = text.span
    while index < span.count {
      let unit = UTF8Unit(span, at: index)
      let units = unit.units(encoding)
      if units > left { break }
      left -= units
      index += unit.length
    }
    return min(place.start + index, lineEnd)
  }
}

enum UTF8Scan {
  /// Whether a character that began before `index` reaches over it. `index` counts from the slice's start.
  static func isInside(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    let span = text.span
    guard index > 0, index < span.count, span[index] & 0xC0 == 0x80 else { return false }
    var start = index
    while start > 0, index - start < 3, span[start] & 0xC0 == 0x80 { start -= 1 }
    // A lead byte whose unit ends behind `index`.
    return start + UTF8Unit(span, at: start).length > index
  }
}
