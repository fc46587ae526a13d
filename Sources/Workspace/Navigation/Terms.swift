import Manifest
import Ontology
import Schema

/// A vocabulary to look terms up in, and the file it comes from.
struct TermSource: Sendable {
  var id: String
  var index: TermIndex
  /// `nil` if it comes from no one file.
  var path: String?
}

/// The vocabularies that a document's terms are looked up in.
struct TermBook: Sendable {
  private let sources: [TermSource]

  init(_ sources: [TermSource]) { self.sources = sources }

  /// The term that a text names, as its declaration says terms are written here; `nil` if there is none. Of several the first in use.
  func term(_ text: [UInt8], as declared: TermDeclaration) -> (term: Term, source: TermSource)? {
    guard let source = sources.first(where: { $0.id.utf8.elementsEqual(declared.ontology.utf8) }) else { return nil }
    let text = String(decoding: text, as: UTF8.self)
    let found =
      switch declared.form {
      case .id: source.index.term(text)
      case .prefLabel:
        source.index.terms(withLabel: text).first { term in
          term.prefLabels.contains { $0.text.utf8.elementsEqual(text.utf8) }
        }
      case .label: source.index.terms(withLabel: text).first
      }
    return found.map { ($0, source) }
  }
}

extension DocumentSnapshot {
  /// The term that a node names; `nil` if it names none, or none that is known.
  func term(of node: Int, in reading: RecordReading) -> (term: Term, source: TermSource)? {
    guard let use = reading.evaluation.terms.first(where: { Int($0.node) == node }), !reading.isPrivate(node) else {
      return nil
    }
    let declarations = reading.dialect.program.declarations.terms
    guard declarations.indices.contains(use.declaration) else { return nil }
    return terms.term(use.text, as: declarations[use.declaration])
  }

  /// What the term at a node is called in the reader's language.
  func termLabel(of node: Int, in reading: RecordReading) -> String? {
    term(of: node, in: reading)?.term.label(in: [language])
  }
}
