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
  /// One plain sentence, for who maintains the schema.
  package var message: String
}
