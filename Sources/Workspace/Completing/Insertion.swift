import Findings
import Manifest
import Schema

/// Makes the edits that write a value or a key where the cursor stands: quotes, colon and commas as they are needed.
struct Insertion {
  let place: CursorPlace
  /// The byte before what is typed, if another comes between, and what follows it.
  private let before: (byte: UInt8, offset: Int)?
  private let after: (byte: UInt8, offset: Int)?
  /// Where the last word of what was typed begins: clients look at words only.
  private let wordStart: Int

  init(_ place: CursorPlace, in document: Document) {
    self.place = place
    let token = place.token.range
    before = document.significantByte(from: token.lowerBound, isBackward: true).flatMap {
      CursorPlace.isNewLine(document, $0.offset, token.lowerBound) ? nil : $0
    }
    after = document.significantByte(from: token.upperBound).flatMap {
      CursorPlace.isNewLine(document, token.upperBound, $0.offset) ? nil : $0
    }
    let content = place.token.content
    let typed = document.bytes(in: content.lowerBound..<min(max(place.cursor, content.lowerBound), content.upperBound))
    let head = typed.lastIndex { !Self.isWord($0) }.map { $0 + 1 } ?? 0
    wordStart = content.lowerBound + head
    word = String(decoding: typed[head...], as: UTF8.self)
  }

  /// What clients take for typed.
  let word: String

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// What a client compares with what was typed; `nil` where the label does.
  func filter(for label: String) -> String? {
    TypedText.fold(label).starts(with: TypedText.fold(word)) ? nil : word
  }

  /// A colon stands behind the key already.
  var hasColon: Bool { after?.byte == UInt8(ascii: ":") }

  func value(_ body: SnippetBody) -> CompletionEdit { edit(body) }

  /// A key with a value to fill, or the key alone where a colon stands.
  func key(_ key: [UInt8], _ frame: SnippetBody) -> CompletionEdit {
    var body = SnippetBody(JSONLiteral.quoted(key))
    guard !hasColon else { return edit(body) }
    body.add(Array(": ".utf8))
    body.add(frame)
    return edit(body)
  }

  /// Members with values to fill: `"a": 1, "b": 2`.
  func members(_ body: SnippetBody) -> CompletionEdit { edit(body) }

  private func edit(_ body: SnippetBody) -> CompletionEdit {
    var body = body
    var others: [TextEdit] = []
    let token = place.token
    let (range, content) = (token.range, token.content)
    if needsCommaBefore, let before {
      if before.offset + 1 == range.lowerBound, !token.isQuoted {
        let own = body
        body = SnippetBody(Array(", ".utf8))
        body.add(own)
      } else {
        others.append(TextEdit(range: before.offset + 1..<before.offset + 1, replacement: [UInt8(ascii: ",")]))
      }
    }
    if !token.lead.isEmpty {
      let own = body
      body = SnippetBody(token.lead)
      body.add(own)
    }
    if needsCommaAfter {
      body.add([UInt8(ascii: ",")] + (after?.offset == range.upperBound ? [UInt8(ascii: " ")] : []))
    }
    var start = token.isQuoted ? content.lowerBound : range.lowerBound
    var end = range.upperBound
    var insertEnd = end
    if token.isQuoted {
      if body.beginsWithQuote {
        // A text alone leaves the closing quote where it is, so that what stands behind the cursor can be kept.
        let leavesQuote = token.isClosed && !needsCommaAfter && body.isText
        body = body.dropping(first: 1, last: leavesQuote ? 1 : 0)
        if leavesQuote {
          end = content.upperBound
          insertEnd = place.cursor
        }
      } else {
        others.append(TextEdit(range: range.lowerBound..<start, replacement: []))
      }
    }
    if start < wordStart, wordStart <= insertEnd {
      others.append(TextEdit(range: start..<wordStart, replacement: []))
      start = wordStart
    }
    return CompletionEdit(
      insert: start..<max(start, insertEnd), replace: start..<max(start, end), body: body, others: others.merged)
  }

  private var needsCommaBefore: Bool { place.isBetweenCommas && before.map { CursorPlace.endsValue($0.byte) } ?? false }

  /// Behind a member's value too: the next member has to be told from it.
  private var needsCommaAfter: Bool {
    guard let after, place.role != .value(node: 0) || place.isBetweenCommas else { return false }
    return ![UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":")].contains(after.byte)
  }
}

extension [TextEdit] {
  /// In order, those that touch as one.
  fileprivate var merged: [TextEdit] {
    var out: [TextEdit] = []
    for edit in sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      if let last = out.last, last.range.upperBound == edit.range.lowerBound, !edit.range.isEmpty || !last.range.isEmpty
      {
        out[out.count - 1] = TextEdit(
          range: last.range.lowerBound..<edit.range.upperBound, replacement: last.replacement + edit.replacement)
      } else {
        out.append(edit)
      }
    }
    return out
  }
}

extension SnippetBody {
  fileprivate var beginsWithQuote: Bool {
    if case .text(let first) = parts.first { first.first == UInt8(ascii: "\"") } else { false }
  }

  /// It is a text and nothing else.
  fileprivate var isText: Bool {
    guard beginsWithQuote, case .text(let last) = parts.last, last.last == UInt8(ascii: "\"") else { return false }
    let tree = RecordTree(parsing: plain)
    return tree.nodes[0].kind == .string && tree.problems.isEmpty
  }
}
