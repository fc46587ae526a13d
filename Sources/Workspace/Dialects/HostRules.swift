import Facts
import Findings
import Schema

/// The wording that a format's declarations bring to the rules they report under.
enum HostRules {
  /// The key under which a declaration's own wording stands with its rule; empty if it has none.
  static func messageKey(of rule: DeclaredRule, _ name: String) -> String {
    rule.messages[""] == nil ? "" : name
  }

  /// For each declaration with a rule or wording of its own: the rule, its severity and its templates by key.
  static func wording(of source: Dialect.Source) -> [(rule: String, severity: Severity, messages: [String: String])] {
    let declarations = source.program.declarations
    let defines = declarations.defines.enumerated().map { index, define in
      (define.rule, LinkRules.duplicate, source.kindName(.definition, index))
    }
    let references = declarations.references.enumerated().map { index, reference in
      (reference.rule, LinkRules.dangling, source.kindName(.reference, index))
    }
    let terms = declarations.terms.enumerated().flatMap { index, term in
      TermRules.all.map { (term.rule, $0, termKey(source.id, index)) }
    }
    return (defines + references + terms).map { rule, fallback, name in
      // The declaration's own words; for what it leaves out (the note at the first one), the host's.
      var messages = fallback.messages
      for (key, text) in rule.messages { messages[key.isEmpty ? name : key] = text }
      return (rule.id ?? fallback.id, rule.severity ?? fallback.severity, messages)
    }
  }

  /// The key of the wording that a format has for a list's labels.
  static func termKey(_ dialect: String, _ number: Int) -> String { "concord/term/\(dialect)/\(number)" }
}
