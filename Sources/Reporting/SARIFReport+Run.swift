import Findings
import Workspace

/// What stands around the results: the tool with its rules, the run, the files.
extension SARIFReport {
  func tool(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("driver") { writer in
        writer.object { writer in
          writer.member("name", "Concord")
          writer.member("version", version)
          writer.member("semanticVersion", version)
          writer.member("rules") { writer in writer.array(rules) { rule($1, to: &$0) } }
        }
      }
      if !report.plugins.isEmpty {
        writer.member("extensions") { writer in
          writer.array(report.plugins) { writer, plugin in
            writer.object { writer in
              writer.member("name", plugin.id)
              writer.member("version", plugin.version)
              writer.member("properties") { $0.object { $0.member("sha256", plugin.sha256) } }
            }
          }
        }
      }
    }
  }

  private func rule(_ rule: RuleInfo, to writer: inout JSONWriter) {
    let page = RulePage(rule, words: words)
    writer.object { writer in
      writer.member("id", rule.id)
      writer.message("shortDescription", words(rule.summary))
      if !rule.why.isEmpty { writer.message("fullDescription", words(rule.why)) }
      writer.member("help") { writer in
        writer.object { writer in
          writer.member("text", rule.why.isEmpty ? words(rule.summary) : words(rule.why))
          writer.member("markdown", page.markdown)
        }
      }
      writer.member("defaultConfiguration") { writer in
        writer.object { $0.member("level", Self.level(of: rule.severity)) }
      }
    }
  }

  func invocations(_ writer: inout JSONWriter) {
    writer.array(CollectionOfOne(report.notRun)) { writer, notRun in
      writer.object { writer in
        writer.member("executionSuccessful", notRun.isEmpty)
        let skipped = report.rules.compactMap { rule in rule.skipped.map { (rule: rule.id, why: $0) } }
        if notRun.isEmpty && skipped.isEmpty { return }
        writer.member("toolExecutionNotifications") { writer in
          writer.array(notRun.map { (rule: nil, text: $0) } + skipped.map { (rule: $0.rule, text: $0.why) }) {
            notification($1, to: &$0)
          }
        }
      }
    }
  }

  private func notification(_ each: (rule: String?, text: String), to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("level", each.rule == nil ? "warning" : "note")
      writer.message("message", each.rule.map { "\($0): \(each.text)" } ?? each.text)
      if let rule = each.rule { writer.member("associatedRule") { $0.object { $0.member("id", rule) } } }
    }
  }

  /// What the results depend on besides the files.
  func properties(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("asOf", report.asOf)
      writer.member("configuration", report.configuration)
      writer.member("vocabularies") { writer in
        writer.array(report.vocabularies) { $0.identity($1.id, $1.version, $1.sha256) }
      }
      if let known = report.known { writer.member("known", known) }
    }
  }

  func artifacts(_ writer: inout JSONWriter) {
    writer.array(report.files) { writer, file in
      writer.object { writer in
        writer.member("location") { $0.object { $0.member("uri", Self.uri(file.path)) } }
        writer.member("hashes") { $0.object { $0.member("sha-256", file.sha256) } }
        if let dialect = file.dialect {
          writer.member("properties") { $0.object { $0.member("dialect", dialect) } }
        }
      }
    }
  }
}

extension JSONWriter {
  /// A text without arguments: braces in it are braces, as viewers show them.
  mutating func message(_ key: String, _ text: String) {
    member(key) { $0.object { $0.member("text", text) } }
  }
}
