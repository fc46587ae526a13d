/// What the program itself says around findings, in one language: headings, counts, the last line of a check.
///
/// Phrases are named by their English, which is shown where the language has none.
package struct Phrasebook: Sendable {
  private let catalog: MessageCatalog
  private let language: String

  package init(_ catalog: MessageCatalog, language: String) {
    self.catalog = catalog
    self.language = language
  }

  package static let english = Phrasebook(MessageCatalog(), language: "en")

  /// A phrase; with arguments it is read as a template, see `MessageCatalog.render`.
  package func callAsFunction(_ english: String, _ arguments: Message.Argument...) -> String {
    let template = catalog.translation(of: english, language) ?? english
    return arguments.isEmpty ? template : MessageCatalog.render(template, arguments)
  }

  /// `a, b or c`.
  package func alternatives(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    let list = parts.dropLast().joined(separator: ", ")
    return self("{list} or {last}", .init("list", list), .init("last", last))
  }
}
