import Files
import Manifest
import Ontology

/// What one vocabulary file says.
struct VocabularyPart: Sendable {
  var content: Content
  /// SHA-256 of the text.
  var sha256: String
  /// What the file was when it was read; `nil` for the text of an open document.
  var status: FileSystem.Status?
  /// Cells that can't be used as written, and the row of the first.
  var faults = 0
  var faultRow = 0
  /// The index on the disk is of an older text.
  var isCacheStale = false

  enum Content: Sendable {
    case terms(TermIndex)
    case mappings([Mapping])
  }

  var terms: TermIndex? {
    if case .terms(let index) = content { return index }
    return nil
  }

  var mappings: [Mapping] {
    if case .mappings(let mappings) = content { return mappings }
    return []
  }

  /// Whether it says the very same.
  func isSame(as other: VocabularyPart) -> Bool {
    guard sha256 == other.sha256 else { return false }
    guard let terms else { return other.terms == nil }
    return other.terms.map(terms.isSame) ?? false
  }
}

/// Where a vocabulary's text is: an open document goes before its file.
struct VocabularyText: Sendable {
  var named: NamedVocabulary
  var place: Place

  enum Place: Sendable {
    case open(Document)
    case file(path: String, FileSystem.Status)
  }

  var byteCount: Int {
    switch place {
    case .open(let document): document.byteCount
    case .file(_, let status): status.size
    }
  }
}
