package import Findings
package import Workspace

/// A report in SARIF 2.1.0, for code hosts and viewers. The same report gives the same bytes.
package struct SARIFReport: Sendable {
  let report: CheckReport
  let version: String
  let language: String
  let words: Phrasebook
  /// By id, those of the report.
  let rules: [RuleInfo]
  private let ruleIndices: [String: Int]
  let fileIndices: [String: Int]

  /// - Parameters:
  ///   - report: what to print.
  ///   - version: this program's.
  ///   - rules: the book of rules; those that the report speaks of are described.
  ///   - words: in the language of the messages.
  ///   - language: its tag.
  package init(_ report: CheckReport, version: String, rules: [RuleInfo], words: Phrasebook, language: String) {
    self.report = report
    self.version = version
    self.words = words
    self.language = language
    let named = Set(report.rules.map(\.id)).union(report.files.flatMap { $0.findings.map(\.rule) })
    self.rules = rules.filter { named.contains($0.id) }
      .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    ruleIndices = Dictionary(self.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    fileIndices = Dictionary(
      report.files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"

  /// Writes everything in pieces: one a file, and what stands around them.
  package func write(to output: ([UInt8]) -> Void) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("$schema", Self.schema)
      writer.member("version", "2.1.0")
      writer.member("runs") { writer in
        writer.array(CollectionOfOne(())) { writer, _ in run(&writer, output) }
      }
    }
    writer.endLine()
    output(writer.takeBytes())
  }

  private func run(_ writer: inout JSONWriter, _ output: ([UInt8]) -> Void) {
    writer.object { writer in
      writer.member("tool", tool)
      writer.member("language", language)
      // Lines and columns are counted as editors count them; bytes stand beside them.
      writer.member("columnKind", "utf16CodeUnits")
      writer.member("invocations", invocations)
      writer.member("artifacts", artifacts)
      writer.member("results") { writer in
        let all = report.files.lazy.flatMap { file in file.findings.lazy.map { (file, $0) } }
        writer.array(all) { writer, each in
          result(each.1, in: each.0, to: &writer)
          output(writer.takeBytes())
        }
      }
      writer.member("properties", properties)
    }
  }

  private func result(_ finding: CheckedFinding, in file: CheckedFile, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("ruleId", finding.rule)
      if let index = ruleIndices[finding.rule] { writer.member("ruleIndex", index) }
      writer.member("level", Self.level(of: finding.severity))
      writer.message("message", finding.message)
      writer.member("locations") { writer in
        writer.array(CollectionOfOne(finding)) { writer, finding in
          writer.object { writer in
            physicalLocation(
              file.path, Region(finding.start, finding.end, bytes: finding.bytes), to: &writer)
            if !finding.pointer.isEmpty {
              writer.member("logicalLocations") { writer in
                writer.array(CollectionOfOne(finding.pointer)) { writer, pointer in
                  writer.object { $0.member("fullyQualifiedName", pointer) }
                }
              }
            }
          }
        }
      }
      writer.member("partialFingerprints") { $0.object { $0.member("concord/v1", finding.fingerprint) } }
      if finding.count > 1 { writer.member("occurrenceCount", finding.count) }
      if let accepted = finding.accepted { writer.member("suppressions") { suppression(accepted, to: &$0) } }
      if !finding.related.isEmpty { writer.member("relatedLocations") { related(finding, to: &$0) } }
      // The new text may hold part of what is not to be shown.
      let fixes = finding.isSensitive ? [] : finding.fixes.filter { !$0.edits.isEmpty }
      if !fixes.isEmpty { writer.member("fixes") { writer in writer.array(fixes) { fix($1, to: &$0) } } }
    }
  }

  private func suppression(_ accepted: CheckedAcceptance, to writer: inout JSONWriter) {
    writer.array(CollectionOfOne(accepted)) { writer, accepted in
      writer.object { writer in
        writer.member("kind", "external")
        writer.member("status", "accepted")
        writer.member("justification", accepted.reason)
        if let by = accepted.by { writer.member("properties") { $0.object { $0.member("by", by) } } }
      }
    }
  }

  private func related(_ finding: CheckedFinding, to writer: inout JSONWriter) {
    writer.array(finding.related.enumerated()) { writer, each in
      writer.object { writer in
        writer.member("id", each.offset)
        physicalLocation(each.element.path, Region(each.element.start, each.element.end), to: &writer)
        writer.message("message", each.element.message)
      }
    }
  }

  private func fix(_ fix: CheckedFix, to writer: inout JSONWriter) {
    var paths: [String] = []
    for edit in fix.edits where !paths.contains(edit.path) { paths.append(edit.path) }
    writer.object { writer in
      writer.message("description", fix.title)
      writer.member("artifactChanges") { writer in
        writer.array(paths) { writer, path in
          writer.object { writer in
            artifactLocation(path, to: &writer)
            writer.member("replacements") { writer in
              writer.array(fix.edits.filter { $0.path == path }) { writer, edit in
                writer.object { writer in
                  writer.member("deletedRegion") { Region(edit.start, edit.end, bytes: edit.bytes).write(to: &$0) }
                  writer.member("insertedContent") { $0.object { $0.member("text", edit.text) } }
                }
              }
            }
          }
        }
      }
      writer.member("properties") { $0.object { $0.member("certain", fix.isCertain) } }
    }
  }

  private func physicalLocation(_ path: String, _ region: Region, to writer: inout JSONWriter) {
    writer.member("physicalLocation") { writer in
      writer.object { writer in
        artifactLocation(path, to: &writer)
        writer.member("region") { region.write(to: &$0) }
      }
    }
  }

  private func artifactLocation(_ path: String, to writer: inout JSONWriter) {
    writer.member("artifactLocation") { writer in
      writer.object { writer in
        writer.member("uri", Self.uri(path))
        if let index = fileIndices[path] { writer.member("index", index) }
      }
    }
  }

  static func level(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .information, .hint: "note"
    }
  }

  /// A relative path stays relative; what may not stand in a URI is written as `%` and two digits.
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        out.append(byte)
      default: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// A region of a file: one-based lines and columns, the end column behind the last character.
private struct Region {
  var start: CheckedPosition
  var end: CheckedPosition
  var bytes: Range<Int>?

  init(_ start: CheckedPosition, _ end: CheckedPosition, bytes: Range<Int>? = nil) {
    self.start = start
    self.end = end
    self.bytes = bytes
  }

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("startLine", start.line + 1)
      writer.member("startColumn", start.character + 1)
      writer.member("endLine", end.line + 1)
      writer.member("endColumn", end.character + 1)
      if let bytes {
        writer.member("byteOffset", bytes.lowerBound)
        writer.member("byteLength", bytes.count)
      }
    }
  }
}
