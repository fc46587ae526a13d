import Manifest
import Ontology

extension FuzzTarget {
  /// A list of terms, or a table of them or of mappings: read, compiled for search, and searched by what stands in it.
  static let vocabulary = FuzzTarget("vocabulary") { bytes in
    guard let choice = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    var problems: [VocabularyProblem] = []
    let read =
      choice % 2 == 0
      ? Vocabulary(json: RecordTree(parsing: text), id: "fuzz", problems: &problems)
      : Vocabulary(csv: text, id: "fuzz", problems: &problems)
    let mappings = Mapping.read(csv: text, problems: &problems) ?? []
    guard let index = TermStack([TermIndex(read)], MappedRelations(mappings))?.joined else { return }
    for term in read.terms.prefix(16) {
      precondition(!term.id.isEmpty, "a term without an id")
      precondition(index.broader(of: term).count <= 257, "a chain without an end")
      _ = index.canonical(of: term)
      precondition(index.term(term.id) != nil, "a term that is not found by its id")
      _ = index.search(String(term.label.prefix(12)))
      _ = index.branch(term.id)
    }
  }
}
