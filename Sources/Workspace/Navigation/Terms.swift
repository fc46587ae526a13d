import Manifest
import Ontology
import Schema

/// The vocabularies that a document's terms are looked up in.
struct TermBook: Sendable {
  /// By id.
  private let lists: [String: TermList]

  init(_ lists: [String: TermList]) { self.lists = lists }

  func list(_ id: String) -> TermList? { lists[id] }

  /// The term that a text names, as its declaration says terms are written here; `nil` if there is none. Of several the first in use.
  func term(_ text: [UInt8], as declared: TermDeclaration) -> (term: Term, source: TermList)? {
    guard let source = lists[declared.ontology] else { return nil }
    let found =
      switch declared.form {
      case .id: source.term(text)
      case .prefLabel: source.term(labeled: text, onlyPreferred: true)
      case .label: source.term(labeled: text, onlyPreferred: false)
      case .any: source.term(text) ?? source.term(labeled: text, onlyPreferred: false)
      }
    return found.map { ($0, source) }
  }

  /// The term that a node names; `nil` if it names none, or none that is known.
  func term(of node: Int, in reading: RecordReading) -> (term: Term, source: TermList)? {
    guard let use = reading.evaluation.terms.first(where: { Int($0.node) == node }), !reading.isPrivate(node) else {
      return nil
    }
    let declarations = reading.dialect.program.declarations.terms
    guard declarations.indices.contains(use.declaration) else { return nil }
    return term(use.text, as: declarations[use.declaration])
  }

  /// What the term at a node is called in a language.
  func label(of node: Int, in reading: RecordReading, language: String) -> String? {
    term(of: node, in: reading)?.term.label(in: [language])
  }
}

extension DocumentSnapshot {
  /// The term that a node of this document names; `nil` if it names none, or none that is known.
  func term(of node: Int, in reading: RecordReading) -> (term: Term, source: TermList)? {
    terms.term(of: node, in: reading)
  }

  /// What the term at a node of this document is called in the reader's language.
  func termLabel(of node: Int, in reading: RecordReading) -> String? {
    terms.label(of: node, in: reading, language: language)
  }
}
