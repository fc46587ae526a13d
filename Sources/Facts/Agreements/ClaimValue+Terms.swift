package import Ontology

extension ClaimValue {
  /// The one term of a list that the value names, by its id or any label; `nil` if it names none, or several.
  package func term(in terms: TermIndex) -> Term? {
    guard kind == .text || kind == .number else { return nil }
    let found = OntologyTerms.find(text, in: terms)
    return found.count == 1 ? found[0] : nil
  }
}
