/// Words that are ours and no annotator's: they stand in no message.
package enum PlainWords {
  package static let forbidden: Set<String> = [
    "schema", "instance", "pointer", "dialect", "record", "claim", "subject", "canonical", "iou", "enum", "regex",
  ]

  /// The forbidden words in a text, in order; also in the plural, never as parts of other words (`recorded`, `recording`).
  package static func violations(in text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { word in
      forbidden.contains(word) || word.hasSuffix("s") && forbidden.contains(String(word.dropLast()))
    }
  }

  /// What is wrong with a rule's templates: `rule, key: word`, one a line of the answer. For tests.
  package static func violations(in rules: [RuleInfo]) -> [String] {
    rules.flatMap { rule in
      rule.messages.sorted { $0.key < $1.key }.flatMap { key, template in
        violations(in: template).map { "\(rule.id), \(key.isEmpty ? "main message" : key): \($0)" }
      }
    }
  }
}
