package import JSONCodec

// A thousand findings are sent with every key typed: they write themselves.

extension PublishDiagnosticsParams: JSONWritable {
  package func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("uri")
      writer.string(uri)
      if let version {
        writer.key("version")
        writer.integer(version)
      }
      writer.key("diagnostics")
      try diagnostics.write(to: &writer)
    }
  }
}

extension DocumentDiagnosticReport: JSONWritable {
  package func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("kind")
      writer.string(kind)
      if let resultId {
        writer.key("resultId")
        writer.string(resultId)
      }
      if let items {
        writer.key("items")
        try items.write(to: &writer)
      }
    }
  }
}

extension [Diagnostic] {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.array { writer throws(JSONCodecError) in
      for diagnostic in self { try diagnostic.write(to: &writer) }
    }
  }
}

extension Diagnostic: JSONWritable {
  package func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("range")
      try range.write(to: &writer)
      if let severity {
        writer.key("severity")
        writer.integer(severity)
      }
      if let code {
        writer.key("code")
        if case .string(let code) = code { writer.string(code) } else { try writer.value(code) }
      }
      if let codeDescription {
        writer.key("codeDescription")
        try writer.object { writer throws(JSONCodecError) in
          writer.key("href")
          writer.string(codeDescription.href)
        }
      }
      if let source {
        writer.key("source")
        writer.string(source)
      }
      writer.key("message")
      writer.string(message)
      if let tags {
        writer.key("tags")
        try writer.array { writer throws(JSONCodecError) in
          for tag in tags { writer.integer(tag) }
        }
      }
      if let relatedInformation {
        writer.key("relatedInformation")
        try writer.array { writer throws(JSONCodecError) in
          for related in relatedInformation { try related.write(to: &writer) }
        }
      }
      if let data {
        writer.key("data")
        try writer.value(data)
      }
    }
  }
}

extension DiagnosticRelatedInformation {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("location")
      try writer.object { writer throws(JSONCodecError) in
        writer.key("uri")
        writer.string(location.uri)
        writer.key("range")
        try location.range.write(to: &writer)
      }
      writer.key("message")
      writer.string(message)
    }
  }
}

extension PositionRange {
  func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("start")
      try start.write(to: &writer)
      writer.key("end")
      try end.write(to: &writer)
    }
  }
}

extension Position {
  fileprivate func write(to writer: inout JSONWriter) throws(JSONCodecError) {
    try writer.object { writer throws(JSONCodecError) in
      writer.key("line")
      writer.integer(line)
      writer.key("character")
      writer.integer(character)
    }
  }
}
