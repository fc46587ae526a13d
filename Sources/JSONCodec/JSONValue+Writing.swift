extension JSONValue: JSONWritable {
  /// The recursion goes as deep as the value does.
  package func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .integer(let value): writer.integer(Int(value))
    case .unsigned, .double: try writer.tree(self)
    case .string(let value): writer.string(value)
    case .array(let elements):
      try writer.array { writer throws(JSONCodecError) in
        for element in elements { try element.write(to: &writer) }
      }
    case .object(let members):
      try writer.object { writer throws(JSONCodecError) in
        for member in members {
          writer.key(text: member.key)
          try member.value.write(to: &writer)
        }
      }
    }
  }
}
