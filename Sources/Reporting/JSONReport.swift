import Findings
package import Workspace

/// A report for programs, as the page of the command line describes it. The same report gives the same bytes.
package struct JSONReport: Sendable {
  private let report: CheckReport
  private let version: String

  package init(_ report: CheckReport, version: String) {
    self.report = report
    self.version = version
  }

  /// Writes everything in pieces: one a file, and what stands around them.
  package func write(to output: ([UInt8]) -> Void) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("concord", version)
      writer.member("run", run)
      writer.member("files") { writer in
        writer.array(report.files) { writer, file in
          write(file, to: &writer)
          output(writer.takeBytes())
        }
      }
      if !report.joins.isEmpty { writer.member("joins", joins) }
      if !report.disagreements.isEmpty { writer.member("disagreements", disagreements) }
      writer.member("summary", summary)
    }
    writer.endLine()
    output(writer.takeBytes())
  }

  private func run(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("asOf", report.asOf)
      writer.member("configuration", report.configuration)
      writer.member("plugins") { writer in
        writer.array(report.plugins) { $0.identity($1.id, $1.version, $1.sha256) }
      }
      writer.member("vocabularies") { writer in
        writer.array(report.vocabularies) { $0.identity($1.id, $1.version, $1.sha256) }
      }
      writer.member("rules") { writer in
        writer.array(report.rules) { writer, rule in
          writer.object { writer in
            writer.member("id", rule.id)
            writer.member("ran", rule.ran)
            writer.member("found", rule.found)
            writer.member("accepted", rule.accepted)
            writer.member("skipped", rule.skipped)
          }
        }
      }
    }
  }

  private func write(_ file: CheckedFile, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("path", file.path)
      writer.member("sha256", file.sha256)
      writer.member("dialect", file.dialect)
      writer.member("recognised", file.recognised)
      writer.member("records", file.records)
      writer.member("findings") { writer in
        writer.array(file.findings) { $0.finding($1) }
      }
    }
  }

  private func joins(_ writer: inout JSONWriter) {
    writer.array(report.joins) { writer, join in
      writer.object { writer in
        writer.member("alignment", join.alignment)
        writer.member("files", join.files)
        writer.member("made", join.made)
        writer.member("met", join.met)
      }
    }
  }

  private func disagreements(_ writer: inout JSONWriter) {
    writer.array(report.disagreements) { writer, kind in
      writer.object { writer in
        writer.member("modality", kind.modality)
        writer.member("value", kind.value)
        writer.member("otherModality", kind.otherModality)
        writer.member("otherValue", kind.otherValue)
        writer.member("count", kind.count)
      }
    }
  }

  private func summary(_ writer: inout JSONWriter) {
    let findings = report.files.lazy.flatMap(\.findings)
    writer.object { writer in
      writer.member("files", report.files.count)
      writer.member("records", report.files.reduce(0) { $0 + $1.records })
      for severity in Severity.allCases {
        writer.member(severity.name, findings.count { $0.severity == severity && $0.accepted == nil })
      }
      writer.member("accepted", report.rules.reduce(0) { $0 + $1.accepted })
      if let known = report.known { writer.member("known", known) }
      writer.member("notRun", report.notRun)
    }
  }
}

extension JSONWriter {
  mutating func identity(_ id: String, _ version: String, _ sha256: String) {
    object { writer in
      writer.member("id", id)
      writer.member("version", version)
      writer.member("sha256", sha256)
    }
  }

  /// Writes a finding; `path` is its file, where it does not stand around the finding.
  mutating func finding(_ finding: CheckedFinding, path: String? = nil) {
    object { writer in
      if let path { writer.member("path", path) }
      writer.member("rule", finding.rule)
      writer.member("severity", finding.severity.name)
      writer.member("message", finding.message)
      writer.member("fingerprint", finding.fingerprint)
      writer.member("range") { $0.range(finding.start, finding.end) }
      writer.member("bytes") { $0.pair(finding.bytes.lowerBound, finding.bytes.upperBound) }
      writer.member("pointer", finding.pointer)
      writer.member("count", finding.count)
      if let accepted = finding.accepted {
        writer.member("accepted") { writer in
          writer.object { writer in
            writer.member("by", accepted.by)
            writer.member("reason", accepted.reason)
          }
        }
      }
      writer.member("related") { writer in
        writer.array(finding.related) { writer, related in
          writer.object { writer in
            writer.member("path", related.path)
            writer.member("range") { $0.range(related.start, related.end) }
            writer.member("message", related.message)
          }
        }
      }
      writer.member("fixes") { writer in
        writer.array(finding.fixes) { writer, fix in
          // The new text may hold part of the old one.
          writer.fix(fix, edits: finding.isSensitive ? [] : fix.edits)
        }
      }
    }
  }

  private mutating func fix(_ fix: CheckedFix, edits: [CheckedEdit]) {
    object { writer in
      writer.member("title", fix.title)
      writer.member("certain", fix.isCertain)
      writer.member("edits") { writer in
        writer.array(edits) { writer, edit in
          writer.object { writer in
            writer.member("path", edit.path)
            writer.member("bytes") { $0.pair(edit.bytes.lowerBound, edit.bytes.upperBound) }
            writer.member("text", edit.text)
          }
        }
      }
    }
  }

  private mutating func range(_ start: CheckedPosition, _ end: CheckedPosition) {
    object { writer in
      writer.member("start") { $0.position(start) }
      writer.member("end") { $0.position(end) }
    }
  }

  private mutating func position(_ position: CheckedPosition) {
    bytes(of: #"{ "line": \#(position.line), "character": \#(position.character) }"#)
  }
}
