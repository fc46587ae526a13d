import Manifest

/// Reads numbers off the front of an input; zeros when it is used up.
private struct Choices {
  var rest: ArraySlice<UInt8>

  mutating func next() -> Int { rest.popFirst().map(Int.init) ?? 0 }

  mutating func next(below limit: Int) -> Int { limit < 1 ? 0 : (next() << 8 | next()) % limit }
}

private let shapes = [
  RecordShape.whole,
  RecordShape(["/annotations/*", "/images/*"].compactMap(RecordShape.Pattern.init)),
  RecordShape(["/samples/*", "/samples/*/annotations/*"].compactMap(RecordShape.Pattern.init)),
  RecordShape(["/*", "/*/regions/*"].compactMap(RecordShape.Pattern.init)),
]

extension FuzzTarget {
  /// A text and a chain of edits on it. After every edit the document must equal a parse from scratch: its bytes, its
  /// problems and its records.
  static let parse = FuzzTarget("parse") { bytes in
    var choices = Choices(rest: bytes[...])
    let syntax: Syntax = [.json, .jsonl, .csv][choices.next() % 3]
    let shape = shapes[choices.next() % shapes.count]
    let edits = choices.next() % 4
    let head = Choices(rest: choices.rest.prefix(edits * 6))
    choices.rest = choices.rest.dropFirst(edits * 6)
    var steps = head
    let text = Array(choices.rest)

    var document = Document(text, syntax: syntax, shape: shape)
    compare(document, text, shape)
    for _ in 0..<edits {
      let from = steps.next(below: document.byteCount + 1)
      let length = min(steps.next() % 32, document.byteCount - from)
      let source = steps.next(below: text.count + 1)
      let replacement = Array(text[source..<min(text.count, source + steps.next() % 32)])
      var expected = document.allBytes()
      expected.replaceSubrange(from..<from + length, with: replacement)
      _ = document.apply(TextEdit(range: from..<from + length, replacement: replacement))
      compare(document, expected, shape)
    }
  }
}

private func compare(_ document: Document, _ bytes: [UInt8], _ shape: RecordShape) {
  let fresh = Document(bytes, syntax: document.syntax, shape: shape)
  precondition(document.allBytes() == bytes, "bytes")
  precondition(document.problems() == fresh.problems(), "problems")
  precondition(document.problemCount == fresh.problemCount, "problem count")
  precondition(document.records().map(\.range) == fresh.records().map(\.range), "records")
  for record in document.records() {
    let tree = document.tree(of: record.id)
    if document.syntax.isTable {
      precondition(tree?.nodes == fresh.tree(of: fresh.innermostRecord(at: record.range.lowerBound).id)?.nodes, "row")
    } else {
      precondition(tree?.bytes == document.ownText(of: record.id), "own text")
    }
  }
  for encoding in [PositionEncoding.utf8, .utf16, .utf32] {
    let middle = document.byteCount / 2
    let position = document.position(at: middle, in: encoding)
    precondition(position == fresh.position(at: middle, in: encoding), "position")
    precondition(document.offset(of: position, in: encoding) <= document.byteCount, "offset")
  }
}
