/// A list of terms with its name and version, as a maintainer ships it.
package struct Vocabulary: Sendable {
  package var id: String
  package var version: String
  package var terms: [Term]

  package init(id: String, version: String, terms: [Term]) {
    self.id = id
    self.version = version
    self.terms = terms
  }
}
