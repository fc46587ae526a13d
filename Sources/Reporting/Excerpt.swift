/// The part of a source line around a range, no wider than asked, and where to underline it.
struct Excerpt: Sendable, Hashable {
  var line: String
  /// Columns before the underlined part.
  var indent: Int
  /// At least 1.
  var underline: Int

  /// - Parameters:
  ///   - window: bytes of the file around the range; anything behind the first line end in it, counted from the range, is left out.
  ///   - range: where the range lies, in offsets into `window`; clamped.
  ///   - width: columns to use, at least 8.
  ///   - isCutBefore: whether the line begins before `window`.
  ///   - isCutAfter: whether the file goes on behind `window`.
  init(of window: [UInt8], range: Range<Int>, width: Int, isCutBefore: Bool, isCutAfter: Bool) {
    let width = max(8, width)
    let start = min(max(0, range.lowerBound), window.count)
    let rangeEnd = min(max(start, range.upperBound), window.count)
    let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    let lineStart = window[..<start].lastIndex(where: isLineEnd).map { $0 + 1 }
    let lineEnd = window[start...].firstIndex(where: isLineEnd)
    let first = lineStart ?? Self.characterStart(in: window, from: 0)
    let last = lineEnd ?? window.count
    let end = min(rangeEnd, last)

    let before = TerminalText(String(decoding: window[min(first, start)..<start], as: UTF8.self)).cells
    let inside = TerminalText(String(decoding: window[start..<end], as: UTF8.self)).cells
    let after = TerminalText(String(decoding: window[end..<last], as: UTF8.self)).cells
    self.init(
      before: before, inside: inside, after: after, width: width,
      hasMoreBefore: lineStart == nil && isCutBefore, hasMoreAfter: lineEnd == nil && isCutAfter)
  }

  private init(
    before: [TerminalText.Cell], inside: [TerminalText.Cell], after: [TerminalText.Cell], width: Int,
    hasMoreBefore: Bool, hasMoreAfter: Bool
  ) {
    let insideWidth = inside.reduce(0) { $0 + $1.width }
    let afterWidth = after.reduce(0) { $0 + $1.width }
    // Without leading space, which says nothing in one line.
    let trimmed = hasMoreBefore ? before[...] : before.drop { $0.text == " " }
    let beforeWidth = trimmed.reduce(0) { $0 + $1.width }
    let fits = beforeWidth + insideWidth + afterWidth <= width && !hasMoreBefore && !hasMoreAfter

    var head = trimmed
    var headWidth = beforeWidth
    // What comes before gets what the rest leaves, at least a third.
    let room = fits ? beforeWidth : max(width / 3, width - 2 - insideWidth - min(afterWidth, width / 3))
    let isHeadCut = hasMoreBefore || headWidth > room
    while headWidth > (isHeadCut ? room - 1 : room), let first = head.first {
      headWidth -= first.width
      head = head.dropFirst()
    }
    // A mark that belongs to a character cut off goes with it.
    while isHeadCut, let first = head.first, first.width == 0 { head = head.dropFirst() }

    var text = isHeadCut ? "…" : ""
    for cell in head { text += cell.text }
    indent = headWidth + (isHeadCut ? 1 : 0)

    var used = indent
    var marked = 0
    let limit = width - 1
    let wholeFits = used + insideWidth + afterWidth <= width && !hasMoreAfter
    var isTailCut = false
    for (index, cell) in (inside + after).enumerated() {
      if !wholeFits, used + cell.width > limit {
        isTailCut = true
        break
      }
      text += cell.text
      used += cell.width
      if index < inside.count { marked += cell.width }
    }
    if isTailCut || (hasMoreAfter && !wholeFits) { text += "…" }
    line = text
    underline = max(1, marked)
  }

  /// Past the continuation bytes of a character that begins before the window.
  private static func characterStart(in window: [UInt8], from offset: Int) -> Int {
    var offset = offset
    while offset < min(3, window.count), window[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
