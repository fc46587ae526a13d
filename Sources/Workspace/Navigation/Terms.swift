import Manifest
import Ontology
import Schema

extension DocumentSnapshot {
  /// The term that a node names; `nil` if it names none, or none that is known.
  func term(of node: Int, in reading: RecordReading) -> (term: Term, vocabulary: LoadedVocabulary)? {
    guard let use = reading.evaluation.terms.first(where: { Int($0.node) == node }), !reading.isPrivate(node) else {
      return nil
    }
    let declarations = reading.dialect.program.declarations.terms
    guard declarations.indices.contains(use.declaration) else { return nil }
    let declared = declarations[use.declaration]
    guard let vocabulary = library.vocabularies.first(where: { $0.id.utf8.elementsEqual(declared.ontology.utf8) })
    else { return nil }
    return vocabulary.term(use.text, form: declared.form).map { ($0, vocabulary) }
  }

  /// What the term at a node is called in the reader's language.
  func termLabel(of node: Int, in reading: RecordReading) -> String? {
    term(of: node, in: reading)?.term.label(in: [language])
  }
}
