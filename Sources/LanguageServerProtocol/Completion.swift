package import JSONCodec

package struct CompletionListAnswer: Sendable, Encodable {
  package var isIncomplete: Bool
  package var items: [CompletionItemAnswer]
  package init(isIncomplete: Bool, items: [CompletionItemAnswer]) {
    self.isIncomplete = isIncomplete
    self.items = items
  }
}

/// Numbers of `CompletionItem.kind`.
package enum CompletionItemKind: Int, Sendable {
  case property = 10, value = 12, enumerator = 13, snippet = 15, file = 17, reference = 18, constant = 21
}

package struct CompletionItemAnswer: Sendable, Encodable {
  package var label: String
  package var labelDetails: LabelDetails?
  package var kind: Int
  package var detail: String?
  package var tags: [Int]?
  package var deprecated: Bool?
  package var sortText: String
  package var filterText: String?
  /// 1 plain, 2 snippet.
  package var insertTextFormat: Int
  package var textEdit: CompletionTextEdit
  package var additionalTextEdits: [TextEdit]?
  package var data: JSONValue?

  package struct LabelDetails: Sendable, Encodable {
    package var detail: String?
    package var description: String?
    package init(detail: String?, description: String?) {
      self.detail = detail
      self.description = description
    }
  }

  package init(
    label: String, kind: Int, sortText: String, insertTextFormat: Int, textEdit: CompletionTextEdit
  ) {
    self.label = label
    self.kind = kind
    self.sortText = sortText
    self.insertTextFormat = insertTextFormat
    self.textEdit = textEdit
  }
}

/// One range, or, where the client lets people choose, one to insert and one to replace.
package enum CompletionTextEdit: Sendable, Encodable {
  case plain(TextEdit)
  case either(newText: String, insert: PositionRange, replace: PositionRange)

  private enum CodingKeys: CodingKey { case newText, insert, replace }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .plain(let edit): try edit.encode(to: encoder)
    case .either(let newText, let insert, let replace):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(newText, forKey: .newText)
      try container.encode(insert, forKey: .insert)
      try container.encode(replace, forKey: .replace)
    }
  }
}
