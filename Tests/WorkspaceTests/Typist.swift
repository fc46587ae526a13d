import Manifest
import TestSupport

/// Someone who changes a text at random, and takes most of it back, so that the text stays like what people have.
struct Typist {
  var texts: Texts
  private(set) var text: [UInt8]
  private let original: [UInt8]
  private var undo: [TextEdit] = []

  init(_ text: [UInt8], seed: UInt64) {
    texts = Texts(seed: seed)
    self.text = text
    original = text
  }

  /// The next change, already made in `text`: one edit, or several that come together.
  mutating func change() -> [TextEdit] {
    if !undo.isEmpty, texts.below(2) == 0 || undo.count > 8 { return [make(undo.removeLast(), remembers: false)] }
    switch texts.below(22) {
    case 0...3:
      return [make(insertion(["{", "}", "[", "]", "\"", ":", ",", "\\", "\n", "\r\n", "/", " ", "é", "0", "x", "-"]))]
    case 4...6: return [make(deletion(1))]
    case 7: return [make(deletion(40))]
    case 8: return [make(structure(removing: true))]
    case 9: return [make(structure(removing: false))]
    case 10:
      return [
        make(
          insertion([
            "\"id\": 1, ", "{\"id\": 1}, ", "[], ", "null", "{\"id\": 2, \"bbox\": [1, 2]},\n", "}, {", "\"]", ": {",
          ]))
      ]
    case 11: return move()
    case 12: return [make(paste(3000))]
    case 13: return [make(paste(200))]
    case 14...18: return [make(value())]
    case 19, 20: return [make(wide())]
    default:
      if texts.below(4) > 0 { return [make(deletion(2000))] }
      undo = []
      return [make(TextEdit(range: 0..<text.count, replacement: original), remembers: false)]
    }
  }

  private mutating func make(_ edit: TextEdit, remembers: Bool = true) -> TextEdit {
    if remembers {
      undo.append(
        TextEdit(
          range: edit.range.lowerBound..<edit.range.lowerBound + edit.replacement.count,
          replacement: Array(text[edit.range])))
    }
    text.replaceSubrange(edit.range, with: edit.replacement)
    return edit
  }

  private mutating func place() -> Int { texts.below(text.count + 1) }

  private mutating func insertion(_ pieces: [String]) -> TextEdit {
    let at = place()
    return TextEdit(range: at..<at, replacement: Array(texts.pick(pieces).utf8))
  }

  private mutating func deletion(_ most: Int) -> TextEdit {
    let at = place()
    return TextEdit(range: at..<min(text.count, at + 1 + texts.below(most)), replacement: [])
  }

  /// A quote, bracket, comma or colon that is gone or doubled.
  private mutating func structure(removing: Bool) -> TextEdit {
    let at = next(from: place()) { "{}[]\",:".utf8.contains($0) }
    guard at < text.count else { return TextEdit(range: 0..<0, replacement: []) }
    return removing ? TextEdit(range: at..<at + 1, replacement: []) : TextEdit(range: at..<at, replacement: [text[at]])
  }

  /// One number for another: an id, a side of a box, a picture's width.
  private mutating func value() -> TextEdit {
    let at = next(from: place()) { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard at < text.count else { return TextEdit(range: 0..<0, replacement: []) }
    return TextEdit(range: at..<at + 1, replacement: Array(String(texts.below(12)).utf8))
  }

  /// What many records depend on: a picture's size, an id, a list's name, the head of the file.
  private mutating func wide() -> TextEdit {
    let words = [
      "\"width\": 640", "\"height\": 480", "\"id\": ", "\"image_id\": ", "\"annotations\"", "\"samples\"", "\"images\"",
      "\"categories\"", "\"sources\"", "\"concord\": \"1.0\"", "\"source\": \"p", "\"regions\"", "\"view\": \"",
      "\"p0\"",
    ]
    let word = Array(texts.pick(words).utf8)
    let start = texts.below(3) == 0 ? 0 : place()
    guard let at = text[min(start, text.count)...].firstRange(of: word) else { return value() }
    let spot = at.lowerBound + 1 + texts.below(word.count - 1)
    return TextEdit(range: spot..<spot + 1, replacement: Array(texts.pick(["x", "1", "", "12", "\"", "p"]).utf8))
  }

  private mutating func paste(_ most: Int) -> TextEdit {
    let from = place()
    let copied = Array(text[from..<min(text.count, from + texts.below(most))])
    let at = place()
    return TextEdit(range: at..<min(text.count, at + texts.below(5)), replacement: copied)
  }

  /// A stretch from one `{` to the next is cut out and put elsewhere, in one go.
  private mutating func move() -> [TextEdit] {
    let start = next(from: place()) { $0 == UInt8(ascii: "{") }
    let end = next(from: min(start + 1, text.count)) { $0 == UInt8(ascii: "{") }
    guard start < end else { return [make(deletion(1))] }
    let moved = Array(text[start..<end])
    let cut = make(TextEdit(range: start..<end, replacement: []))
    let at = next(from: place()) { $0 == UInt8(ascii: "{") }
    return [cut, make(TextEdit(range: at..<at, replacement: moved))]
  }

  private func next(from start: Int, where test: (UInt8) -> Bool) -> Int {
    text[start...].firstIndex(where: test) ?? text.count
  }
}

extension ArraySlice<UInt8> {
  /// The first place of `part`. Cost: O(count), for texts in which its first byte is rare enough.
  func firstRange(of part: [UInt8]) -> Range<Int>? {
    guard let first = part.first else { return nil }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first) {
      guard found + part.count <= endIndex else { return nil }
      if self[found..<found + part.count].elementsEqual(part) { return found..<found + part.count }
      start = found + 1
    }
    return nil
  }
}
