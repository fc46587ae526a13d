import Ontology

/// A term as a person reads about it: what it is called, what it means, when to use it, what became of it.
struct TermCard {
  private let term: Term
  private let index: TermIndex
  private let language: String

  /// How many other labels, and terms above, are listed.
  private static let listLimit = 12

  init(_ term: Term, in index: TermIndex, language: String) {
    self.term = term
    self.index = index
    self.language = language
  }

  var markdown: String {
    let label = term.label(in: [language])
    let id = "`\(term.id.replacing("`", with: "'"))`"
    var parts = [
      label.utf8.elementsEqual(term.id.utf8) ? "**\(Markdown.escaped(label))**" : "**\(Markdown.escaped(label))** \(id)"
    ]
    if term.isDeprecated || !term.replacedBy.isEmpty { parts.append(deprecation) }
    parts += [best(of: term.definitions).map(Markdown.escaped)].compactMap(\.self)
    parts += [
      note("when-to-use", term.scopeNotes), note("example", term.examples), note("changed", term.changeNotes),
    ].compactMap(\.self)
    let others = otherLabels(than: label)
    if !others.isEmpty {
      parts.append(Phrases.text("also-called", [("labels", others.joined(separator: ", "))], in: language))
    }
    if !term.broader.isEmpty {
      parts.append(Phrases.text("broader", [("terms", names(of: term.broader))], in: language))
    }
    return parts.joined(separator: "\n\n")
  }

  private var deprecation: String {
    guard !term.replacedBy.isEmpty else { return Phrases.text("deprecated", in: language) }
    return Phrases.text("replaced-by", [("terms", names(of: term.replacedBy))], in: language)
  }

  private func note(_ key: String, _ texts: [Term.Label]) -> String? {
    best(of: texts).map { Phrases.text(key, [("text", Markdown.escaped($0))], in: language) }
  }

  private func best(of texts: [Term.Label]) -> String? { Term.Label.best(of: texts, in: [language])?.text }

  /// Every other label once, those of the reader's language first.
  private func otherLabels(than shown: String) -> [String] {
    let all = term.prefLabels + term.altLabels
    let own = all.filter { LanguageTag.serves($0.language, language) }
    var seen: Set<[UInt8]> = [Array(shown.utf8)]
    let texts = (own + all).map(\.text).filter { seen.insert(Array($0.utf8)).inserted }
    return texts.prefix(Self.listLimit).map(Markdown.escaped)
  }

  /// Terms by what they are called, with their ids.
  private func names(of ids: [String]) -> String {
    ids.prefix(Self.listLimit).map { id in
      let label = index.label(of: id, in: [language]) ?? id
      let code = "`\(id.replacing("`", with: "'"))`"
      return label.utf8.elementsEqual(id.utf8) ? code : "\(Markdown.escaped(label)) \(code)"
    }.joined(separator: ", ")
  }
}
