/// The templates of all rules, in English and any other language, and how they are put into words.
///
/// A translation is found by rule and key, or by the English text itself: the second is for what schemas and the host say in
/// places that have no key. When the English changes, such a translation no longer applies, and the new English is shown.
package struct MessageCatalog: Sendable {
  /// English, by rule and key.
  private var english: [String: [String: String]] = [:]
  /// By language tag in lower case, then rule, then key.
  private var translations: [String: [String: [String: String]]] = [:]
  /// By language tag in lower case, then English text.
  private var texts: [String: [String: String]] = [:]

  package init(_ rules: [RuleInfo] = []) { add(rules) }

  /// Takes in the English that stands with rules.
  package mutating func add(_ rules: [RuleInfo]) {
    for rule in rules { english[rule.id] = rule.messages }
  }

  /// Takes in one language, for instance the content of `messages/vi.json`: template by rule and key.
  package mutating func add(language: String, _ templates: [String: [String: String]]) {
    let tag = Self.normal(language)
    for (rule, messages) in templates {
      translations[tag, default: [:]][rule, default: [:]].merge(messages) { _, new in new }
    }
  }

  /// Takes in texts of one language, by their English.
  package mutating func add(language: String, texts: [String: String]) {
    self.texts[Self.normal(language), default: [:]].merge(texts) { _, new in new }
  }

  /// Whether anything is said in the language or in one that it falls back to.
  package func speaks(_ language: String) -> Bool {
    LanguageTags(language).all.contains { $0 == "en" || translations[$0] != nil || texts[$0] != nil }
  }

  /// A message in words. `language` is a tag such as `vi-VN`; what it lacks comes from `vi`, then from English.
  ///
  /// An argument that is missing reads `…`. A key that no language has reads as the rule's main message;
  /// a rule that is not known, as its arguments' values.
  package func text(of message: Message, rule: String, language: String = "en") -> String {
    text(of: message, rule: rule, in: LanguageTags(language))
  }

  /// The same for whoever has many messages.
  package func text(of message: Message, rule: String, in language: LanguageTags) -> String {
    guard
      let template = template(rule, message.key, language) ?? template(rule, "", language)
    else { return message.arguments.map(\.value).joined(separator: ", ") }
    return Self.render(template, inWords(message.arguments, language))
  }

  /// The template itself; `nil` when neither the language, nor one it falls back to, nor English has it.
  package func template(_ rule: String, _ key: String, _ language: String) -> String? {
    template(rule, key, LanguageTags(language))
  }

  private func template(_ rule: String, _ key: String, _ language: LanguageTags) -> String? {
    let own = english[rule]?[key]
    for tag in language.all where tag != "en" {
      if let found = translations[tag]?[rule]?[key] ?? own.flatMap({ texts[tag]?[$0] }) { return found }
    }
    return own ?? translations["en"]?[rule]?[key]
  }

  /// The translation of an English text; `nil` if the language has none.
  package func translation(of english: String, _ language: String) -> String? {
    translation(of: english, LanguageTags(language))
  }

  private func translation(of english: String, _ language: LanguageTags) -> String? {
    language.all.lazy.compactMap { texts[$0]?[english] }.first
  }

  private func inWords(_ arguments: [Message.Argument], _ language: LanguageTags) -> [Message.Argument] {
    guard arguments.contains(where: { !$0.phrases.isEmpty }) else { return arguments }
    return arguments.map { argument in
      let phrases = argument.phrases.compactMap { phrase in
        translation(of: phrase.key, language).map { Self.render($0, inWords(phrase.arguments, language)) }
      }
      guard !phrases.isEmpty, phrases.count == argument.phrases.count else { return argument }
      return Message.Argument(argument.name, Phrasebook(self, language: language.tag).alternatives(phrases))
    }
  }

  fileprivate static func normal(_ tag: String) -> String {
    String(tag.prefix { $0 != "." && $0 != "@" }.map { $0 == "_" ? "-" : $0 }).lowercased()
  }
}

/// A language and those it falls back to: `vi-vn`, `vi`. `vi_VN.UTF-8` and `vi-VN` are one language.
package struct LanguageTags: Sendable {
  let tag: String
  /// In lower case, ever shorter.
  let all: [String]

  package init(_ tag: String) {
    self.tag = tag
    var tags: [String] = []
    var rest = Substring(MessageCatalog.normal(tag))
    while !rest.isEmpty {
      tags.append(String(rest))
      guard let dash = rest.lastIndex(of: "-") else { break }
      rest = rest[..<dash]
    }
    all = tags
  }
}
