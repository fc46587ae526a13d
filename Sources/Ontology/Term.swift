/// One entry of a vocabulary, in SKOS words.
package struct Term: Sendable, Hashable {
  package var id: String
  /// By language tag, in the order of the file.
  package var prefLabels: [Label] = []
  package var altLabels: [Label] = []
  /// Ids one step up.
  package var broader: [String] = []
  package var isDeprecated = false
  package var replacedBy: [String] = []
  /// The term this one is a variant of, such as another pack of the same product.
  package var canonical: String?

  package struct Label: Sendable, Hashable {
    package var language: String
    package var text: String
    package init(language: String, text: String) {
      self.language = language
      self.text = text
    }
  }

  package init(id: String) { self.id = id }

  /// The label to show when nothing says in which language: the first one written, or the id.
  package var label: String { prefLabels.first?.text ?? id }
}
