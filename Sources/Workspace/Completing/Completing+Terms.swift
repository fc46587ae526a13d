import Findings
import Manifest
import Ontology
import Schema

extension CompletionMaker {
  private static let termLimit = 100

  /// Terms of the vocabularies that the value is to come from, found by any of their names in any language.
  ///
  /// Cost: a search in each vocabulary's index.
  mutating func addTerms() {
    guard case .value = place.role else { return }
    let program = dialect.program
    let query = String(decoding: place.typed, as: UTF8.self)
    let languages = snapshot.languages
    for index in program.links(of: spot).terms where index < program.declarations.terms.count {
      let declaration = program.declarations.terms[index]
      guard let vocabulary = snapshot.terms.list(declaration.ontology)?.index else { continue }
      let branch = declaration.under.map { vocabulary.branch($0) }
      let found = vocabulary.search(query, languages: languages, under: branch, limit: Self.termLimit)
      for (index, match) in found.enumerated() { add(match, index, declaration, languages) }
      // Another letter may find them by another name.
      noteIncomplete()
    }
  }

  private mutating func add(_ match: TermMatch, _ index: Int, _ declaration: TermDeclaration, _ languages: [String]) {
    let label = match.term.label(in: languages)
    let text = declaration.form == .id ? match.term.id : label
    // By what it was found, where that is not what is shown.
    let isKnown =
      match.label.text.utf8.elementsEqual(label.utf8) || match.label.text.utf8.elementsEqual(match.term.id.utf8)
    add(
      CompletionItem(
        kind: .term, label: Self.shown(JSONLiteral.quoted(Array(label.utf8))),
        detail: declaration.form == .id && !text.utf8.elementsEqual(label.utf8) ? " — " + match.term.id : nil,
        note: isKnown || typed.isEmpty ? nil : match.label.text,
        rank: Self.rank(.exact, group: match.term.isDeprecated ? 9 : 1, index), filter: insertion.filter(for: label),
        isDeprecated: match.term.isDeprecated,
        edit: insertion.value(SnippetBody(JSONLiteral.quoted(Array(text.utf8)))),
        page: .term(uri: snapshot.uri, vocabulary: declaration.ontology, id: match.term.id)))
  }
}

extension DocumentSnapshot {
  /// The reader's languages, best first.
  var languages: [String] { [language] }
}
