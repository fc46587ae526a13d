/// A schema's text and the URI it is known by. References in it are resolved against that URI, unless it names itself.
package struct SchemaSource: Sendable, Hashable {
  package var uri: String
  package var bytes: [UInt8]

  package init(uri: String, bytes: [UInt8]) {
    self.uri = uri
    self.bytes = bytes
  }
}

/// A part of a schema that could not be taken as it is written. Everything else of the schema still counts.
package struct SchemaProblem: Sendable, Hashable {
  /// The document it stands in.
  package var uri: String
  /// JSON pointer to the value.
  package var pointer: String
  /// Bytes of that document.
  package var range: Range<Int>
  /// Where that is, both from one; columns count code points.
  package var line: Int
  package var column: Int
  /// One plain sentence, for who maintains the schema.
  package var message: String
}

extension SchemaProblem {
  init(uri: String, pointer: String, range: Range<Int>, in bytes: [UInt8], message: String) {
    let before = bytes[..<min(range.lowerBound, bytes.count)]
    let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    let column = before[start...].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    self.init(uri: uri, pointer: pointer, range: range, line: line, column: column, message: message)
  }
}
