/// The templates of all rules, in English and any other language, and how they are put into words.
package struct MessageCatalog: Sendable {
  /// English, by rule and key.
  private var english: [String: [String: String]] = [:]
  /// By language tag in lower case, then rule, then key.
  private var translations: [String: [String: [String: String]]] = [:]

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

  /// A message in words. `language` is a tag such as `vi-VN`; what it lacks comes from `vi`, then from English.
  ///
  /// An argument that is missing reads `…`. A key that no language has reads as the rule's main message;
  /// a rule that is not known, as its arguments' values.
  package func text(of message: Message, rule: String, language: String = "en") -> String {
    guard
      let template = template(rule, message.key, language) ?? template(rule, "", language)
    else { return message.arguments.map(\.value).joined(separator: ", ") }
    return Self.render(template, message.arguments)
  }

  /// The template itself; `nil` when neither the language, nor one it falls back to, nor English has it.
  package func template(_ rule: String, _ key: String, _ language: String) -> String? {
    var tag = Substring(Self.normal(language))
    while !tag.isEmpty, tag != "en" {
      if let found = translations[String(tag)]?[rule]?[key] { return found }
      guard let dash = tag.lastIndex(of: "-") else { break }
      tag = tag[..<dash]
    }
    return english[rule]?[key] ?? translations["en"]?[rule]?[key]
  }

  /// `vi_VN.UTF-8` and `vi-VN` are one language.
  private static func normal(_ tag: String) -> String {
    String(tag.prefix { $0 != "." && $0 != "@" }.map { $0 == "_" ? "-" : $0 }).lowercased()
  }

  /// Puts arguments into a template: `{name}`; `{{` and `}}` are braces.
  ///
  /// What stands between braces and is no name is text. Values are put in as they are and never read as templates.
  package static func render(_ template: String, _ arguments: [Message.Argument]) -> String {
    var out: [UInt8] = []
    let bytes = Array(template.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), isDoubled {
        out.append(byte)
        index += 2
      } else if byte == UInt8(ascii: "{"), let end = nameEnd(in: bytes, after: index) {
        let name = bytes[index + 1..<end]
        let value = arguments.first { $0.name.utf8.elementsEqual(name) }?.value ?? "…"
        out.append(contentsOf: value.utf8)
        index = end + 1
      } else {
        out.append(byte)
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The names a template asks for, in order of appearance.
  package static func names(in template: String) -> [String] {
    var names: [String] = []
    let bytes = Array(template.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{"), index + 1 < bytes.count, bytes[index + 1] == bytes[index] {
        index += 2
      } else if bytes[index] == UInt8(ascii: "{"), let end = nameEnd(in: bytes, after: index) {
        names.append(String(decoding: bytes[index + 1..<end], as: UTF8.self))
        index = end + 1
      } else {
        index += 1
      }
    }
    return names
  }

  /// Where the name that begins after an opening brace ends; `nil` if that is no name.
  private static func nameEnd(in bytes: [UInt8], after open: Int) -> Int? {
    var end = open + 1
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    return end > open + 1 && end < bytes.count && bytes[end] == UInt8(ascii: "}") ? end : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
