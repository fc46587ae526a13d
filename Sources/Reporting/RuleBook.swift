package import Findings

/// All rules at once: a table and their pages, or JSON.
package struct RuleBook: Sendable {
  private let rules: [RuleInfo]

  /// - Parameter rules: in the order they are to be shown.
  package init(_ rules: [RuleInfo]) { self.rules = rules }

  package var markdown: String {
    "# Rules\n\n" + table { "#\(Self.anchor($0.id))" } + "\n" + rules.map { "\n#" + RulePage($0).markdown }.joined()
  }

  /// A row a rule.
  ///
  /// - Parameter link: where a rule's page is.
  /// - Returns: Markdown, with its header.
  package func table(link: (RuleInfo) -> String) -> String {
    let rows = rules.map { rule in
      "| [`\(rule.id)`](\(link(rule))) | \(rule.severity.name) | \(Self.cell(rule.summary)) |\n"
    }
    return "| rule | severity | what |\n| --- | --- | --- |\n" + rows.joined()
  }

  /// As Markdown viewers make one of a heading.
  package static func anchor(_ id: String) -> String {
    String(id.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("rules") { writer in
        writer.array(rules) { $0.rule($1) }
      }
    }
    writer.endLine()
    return writer.takeBytes()
  }
}

extension JSONWriter {
  fileprivate mutating func rule(_ rule: RuleInfo) {
    object { writer in
      writer.member("id", rule.id)
      writer.member("form", rule.form.rawValue)
      writer.member("severity", rule.severity.name)
      writer.member("summary", rule.summary)
      writer.member("why", rule.why)
      writer.member("source", rule.source)
      writer.member("messages") { writer in
        writer.object { writer in
          for key in rule.messages.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            writer.member(key, rule.messages[key])
          }
        }
      }
      writer.member("good", rule.good)
      writer.member("bad", rule.bad)
      writer.member("silences", rule.silences)
      writer.member("sensitive", rule.isSensitive)
    }
  }
}
