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
