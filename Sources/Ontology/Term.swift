/// One entry of a vocabulary, in SKOS words.
///
/// Texts stand in the order of the file, each with its language; lists of ids too.
package struct Term: Sendable, Hashable {
  package var id: String
  /// What it is called: the first one is the name where nothing asks for a language.
  package var prefLabels: [Label] = []
  package var altLabels: [Label] = []
  /// Found by search and never shown: misspellings, old codes.
  package var hiddenLabels: [Label] = []
  package var definitions: [Label] = []
  /// When to use it, and when not.
  package var scopeNotes: [Label] = []
  package var examples: [Label] = []
  package var changeNotes: [Label] = []
  /// Ids one step up.
  package var broader: [String] = []
  /// Ids in other vocabularies, such as `wikidata:Q11002`.
  package var exactMatch: [String] = []
  package var closeMatch: [String] = []
  package var broadMatch: [String] = []
  package var narrowMatch: [String] = []
  package var isDeprecated = false
  package var replacedBy: [String] = []
  /// The version of the vocabulary that brought it.
  package var since: String?
  /// The term this one is a variant of, such as another pack of the same product.
  package var canonical: String?
  /// What the maintainer writes beside, in the order of the file.
  package var attributes: [Attribute] = []

  package struct Label: Sendable, Hashable {
    /// A language tag; empty where the file names none.
    package var language: String
    package var text: String
    package init(language: String, text: String) {
      self.language = language
      self.text = text
    }
  }

  package struct Attribute: Sendable, Hashable {
    package var name: String
    /// A text as it reads; anything else as it is written, so that numbers keep their digits.
    package var value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(id: String) { self.id = id }

  /// The label to show when nothing says in which language: the first one written, or the id.
  package var label: String { prefLabels.first?.text ?? id }

  /// The label to show to someone who reads `languages`, best first; the first one written if there is none in them, or the id.
  package func label(in languages: [String]) -> String {
    Label.best(of: prefLabels, in: languages)?.text ?? id
  }
}

extension Term.Label {
  /// The text to show to someone who reads `languages`, best first: in one of them, else without a language, else the first.
  package static func best(of labels: [Term.Label], in languages: [String]) -> Term.Label? {
    for language in languages {
      if let found = labels.first(where: { LanguageTag.serves($0.language, language) }) { return found }
    }
    return labels.first { $0.language.isEmpty } ?? labels.first
  }
}

/// Language tags as they are written in vocabularies and by editors.
package enum LanguageTag {
  /// Whether a text in `language` is what a reader of `wanted` asked for: `vi` serves `vi-VN`, `pt-BR` serves `pt`.
  ///
  /// Case and `_` for `-` make no difference. A text without a language serves nobody in particular.
  package static func serves(_ language: String, _ wanted: String) -> Bool {
    var first = language.utf8.makeIterator()
    var second = wanted.utf8.makeIterator()
    guard !language.isEmpty, !wanted.isEmpty else { return false }
    while true {
      let (a, b) = (first.next().map(folded), second.next().map(folded))
      switch (a, b) {
      case (nil, nil): return true
      case (nil, let rest?), (let rest?, nil): return rest == UInt8(ascii: "-")
      case (let a?, let b?): if a != b { return false }
      }
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "_"): UInt8(ascii: "-")
    default: byte
    }
  }
}
