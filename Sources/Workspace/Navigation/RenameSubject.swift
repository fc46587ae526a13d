import Manifest
import Schema

/// An id that can be renamed, as it stands at the cursor.
struct RenameSubject {
  var reader: RecordReader
  /// The record at the cursor.
  var reading: RecordReading
  var identifier: Identifier

  private var isNumber: Bool {
    identifier.source == .value && reading.tree.nodes[identifier.node].kind == .number
  }

  /// The id as a person reads it; `nil` if it must not be shown.
  func shownText(in document: Document) -> String? {
    reading.isPrivate(identifier.node) ? nil : String(decoding: text(in: document), as: UTF8.self)
  }

  /// The id unescaped.
  private func text(in document: Document) -> [UInt8] {
    switch identifier.source {
    case .key:
      identifier.isRecordKey ? document.key(of: reading.record.id) ?? [] : reading.tree.keyBytes(of: identifier.node)
    case .value, .index, .scope: reading.tree.scalarText(of: identifier.node)
    }
  }

  /// What the person typed, as a value of the id's type. Quotes around a text are taken for JSON's.
  func value(
    of name: String, refusing refusal: (String, [(String, String)]) -> RenameRefusal
  ) throws(RenameRefusal) -> RenameValue {
    let typed = Array(name.utf8)
    guard typed.contains(where: { $0 > 0x20 }) else { throw refusal("empty-name", []) }
    let tree = RecordTree(parsing: typed)
    let isWhole = tree.problems.isEmpty && tree.nodes.count == 1
    if isNumber {
      guard isWhole, let number = tree.numberText(of: 0) else { throw refusal("needs-number", []) }
      return RenameValue(text: Array(number), json: Array(number))
    }
    let isQuoted = isWhole && typed.first == UInt8(ascii: "\"") && typed.count > 1
    let text = (isQuoted ? tree.stringBytes(of: 0) : nil) ?? typed
    guard !text.isEmpty else { throw refusal("empty-name", []) }
    return RenameValue(text: text, json: JSONString.encode(text))
  }
}

/// A new id: unescaped, and as JSON writes it.
struct RenameValue: Sendable {
  var text: [UInt8]
  var json: [UInt8]
}

extension Renaming {
  /// What a person is asked before so much is changed.
  package struct Words: Sendable, Hashable {
    package var title: String
    package var question: String
    package var confirm: String
    package var cancel: String
    package var cancelled: String
  }

  package func words(in language: String) -> Words {
    let arguments = [
      ("id", id.map { "`\($0)`" } ?? Phrases.text("this-id", in: language)),
      ("files", Phrases.count(files.count, in: language)), ("places", Phrases.count(placeCount, in: language)),
    ]
    return Words(
      title: Phrases.text("rename-many", arguments, in: language),
      question: Phrases.text("rename-really", arguments, in: language),
      confirm: Phrases.text("rename", in: language), cancel: Phrases.text("cancel", in: language),
      cancelled: Phrases.text("not-renamed", in: language))
  }
}
