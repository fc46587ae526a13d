/// One term as it lies in an index.
enum TermRecord {
  private static let labels: [any WritableKeyPath<Term, [Term.Label]> & Sendable] = [
    \.prefLabels, \.altLabels, \.hiddenLabels, \.definitions, \.scopeNotes, \.examples, \.changeNotes,
  ]
  private static let ids: [any WritableKeyPath<Term, [String]> & Sendable] = [
    \.broader, \.exactMatch, \.closeMatch, \.broadMatch, \.narrowMatch, \.replacedBy,
  ]

  /// The id stands first, so that it is compared without reading the rest.
  static func write(_ term: Term, to writer: inout IndexWriter) {
    writer.put(term.id)
    writer.putCount((term.isDeprecated ? 1 : 0) | (term.since != nil ? 2 : 0) | (term.canonical != nil ? 4 : 0))
    for path in labels {
      writer.putCount(term[keyPath: path].count)
      for label in term[keyPath: path] {
        writer.put(label.language)
        writer.put(label.text)
      }
    }
    for path in ids {
      writer.putCount(term[keyPath: path].count)
      for id in term[keyPath: path] { writer.put(id) }
    }
    if let since = term.since { writer.put(since) }
    if let canonical = term.canonical { writer.put(canonical) }
    writer.putCount(term.attributes.count)
    for attribute in term.attributes {
      writer.put(attribute.name)
      writer.put(attribute.value)
    }
  }

  /// `nil` if the bytes are damaged. Each item takes at least a byte of the index, so that a forged count ends with the bytes.
  static func read(_ bytes: Bytes, at offset: Int) -> Term? {
    var reader = IndexReader(bytes: bytes, offset: offset)
    guard let id = reader.text(), let flags = reader.number() else { return nil }
    var term = Term(id: id)
    term.isDeprecated = flags & 1 != 0
    for path in labels {
      guard let count = reader.number() else { return nil }
      for _ in 0..<count {
        guard let language = reader.text(), let text = reader.text() else { return nil }
        term[keyPath: path].append(Term.Label(language: language, text: text))
      }
    }
    for path in ids {
      guard let count = reader.number() else { return nil }
      for _ in 0..<count {
        guard let id = reader.text() else { return nil }
        term[keyPath: path].append(id)
      }
    }
    if flags & 2 != 0 { term.since = reader.text() }
    if flags & 4 != 0 { term.canonical = reader.text() }
    guard let count = reader.number() else { return nil }
    for _ in 0..<count {
      guard let name = reader.text(), let value = reader.text() else { return nil }
      term.attributes.append(Term.Attribute(name: name, value: value))
    }
    return term
  }
}

extension TermRecord {
  /// A preferred or alternative label where it stands in a record.
  struct Name {
    /// Where its length stands.
    var offset: Int
    var text: Range<Int>
    /// It is the one to show when nothing says in which language.
    var isFirst: Bool
  }

  /// What of a record is needed most, where it stands.
  struct Glance {
    var id = 0..<0
    var isDeprecated = false
    /// The label to show, or the id.
    var label = 0..<0
    var broader: [Range<Int>] = []
    var replacedBy: [Range<Int>] = []
    var canonical: Range<Int>?

    /// The term it is a variant of or was replaced by; of several that it could be, none.
    var leader: Range<Int>? { canonical ?? (replacedBy.count == 1 ? replacedBy[0] : nil) }

    /// `nil` if the bytes are damaged. Cost: as many steps as the record has texts.
    init?(_ bytes: Bytes, at offset: Int, _ name: (Name) -> Void = { _ in }) {
      var reader = IndexReader(bytes: bytes, offset: offset)
      guard let id = reader.textRange(), let flags = reader.number() else { return nil }
      self.id = id
      label = id
      isDeprecated = flags & 1 != 0
      for role in 0..<TermRecord.labels.count {
        guard let count = reader.number() else { return nil }
        for place in 0..<count {
          guard reader.textRange() != nil else { return nil }
          let start = reader.offset
          guard let text = reader.textRange() else { return nil }
          let isFirst = role == 0 && place == 0
          if isFirst { label = text }
          if role < 2 { name(Name(offset: start, text: text, isFirst: isFirst)) }
        }
      }
      for list in 0..<TermRecord.ids.count {
        guard let count = reader.number() else { return nil }
        for _ in 0..<count {
          guard let id = reader.textRange() else { return nil }
          if list == 0 { broader.append(id) }
          if list == TermRecord.ids.count - 1 { replacedBy.append(id) }
        }
      }
      if flags & 2 != 0 { _ = reader.textRange() }
      if flags & 4 != 0 { canonical = reader.textRange() }
    }
  }
}
