package import JSONCodec

// Asked for with every key typed, and a hundred at a time: they write themselves.

extension CompletionListAnswer: JSONWritable {
  package func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("isIncomplete")
      writer.bool(isIncomplete)
      writer.key("items")
      try writer.array { writer throws(JSONCodecError) in
        for item in items { try item.write(to: &writer) }
      }
    }
  }
}

extension CompletionItemAnswer {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("label")
      writer.string(label)
      if let labelDetails {
        writer.key("labelDetails")
        try labelDetails.write(to: &writer)
      }
      writer.key("kind")
      writer.integer(kind)
      writer.text("detail", detail)
      if let tags {
        writer.key("tags")
        try writer.array { writer throws(JSONCodecError) in
          for tag in tags { writer.integer(tag) }
        }
      }
      if let deprecated {
        writer.key("deprecated")
        writer.bool(deprecated)
      }
      writer.text("sortText", sortText)
      writer.text("filterText", filterText)
      writer.key("insertTextFormat")
      writer.integer(insertTextFormat)
      writer.key("textEdit")
      try textEdit.write(to: &writer)
      if let additionalTextEdits {
        writer.key("additionalTextEdits")
        try writer.array { writer throws(JSONCodecError) in
          for edit in additionalTextEdits { try edit.write(to: &writer) }
        }
      }
      if let data {
        writer.key("data")
        try data.write(to: &writer)
      }
    }
  }
}

extension CompletionItemAnswer.LabelDetails {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.text("detail", detail)
      writer.text("description", description)
    }
  }
}

extension CompletionTextEdit {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    guard case .either(let newText, let insert, let replace) = self else {
      if case .plain(let edit) = self { try edit.write(to: &writer) }
      return
    }
    try writer.object { writer throws(JSONCodecError) in
      writer.text("newText", newText)
      writer.key("insert")
      try insert.write(to: &writer)
      writer.key("replace")
      try replace.write(to: &writer)
    }
  }
}

extension TextEdit {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    guard annotationId == nil else { return try writer.value(self) }
    try writer.object { writer throws(JSONCodecError) in
      writer.key("range")
      try range.write(to: &writer)
      writer.text("newText", newText)
    }
  }
}

extension JSONWriter {
  /// A member, where there is a text for it.
  fileprivate mutating func text(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }
}
