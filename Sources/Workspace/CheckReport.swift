package import Findings

/// What one check of a set of files came to. The same inputs give the same report.
package struct CheckReport: Sendable, Hashable {
  /// The day that rules took for today, `YYYY-MM-DD`.
  package var asOf: String
  /// Hash of everything that was configured.
  package var configuration: String
  package var plugins: [PluginSummary]
  package var vocabularies: [VocabularySummary]
  /// By id.
  package var rules: [RuleSummary]
  /// By path.
  package var files: [CheckedFile]
  /// What was joined, source by source.
  package var joins: [JoinSummary] = []
  /// What differs where files meet, by kind, the most frequent first.
  package var disagreements: [DisagreementSummary] = []
  /// What was asked for and could not be done: one plain sentence each.
  package var notRun: [String]
  /// Findings left out because an earlier report has them already; `nil` if there was none to compare with.
  package var known: Int?

  package init(
    asOf: String, configuration: String, plugins: [PluginSummary] = [], vocabularies: [VocabularySummary] = [],
    rules: [RuleSummary] = [], files: [CheckedFile] = [], notRun: [String] = [], known: Int? = nil
  ) {
    self.asOf = asOf
    self.configuration = configuration
    self.plugins = plugins
    self.vocabularies = vocabularies
    self.rules = rules
    self.files = files
    self.notRun = notRun
    self.known = known
  }
}

/// One kind of disagreement, wherever it is met.
package struct DisagreementSummary: Sendable, Hashable {
  /// `image` and so on; empty where it is not known.
  package var modality: String
  package var value: String
  package var otherModality: String
  package var otherValue: String
  /// How many things it is about.
  package var count: Int
}

package struct PluginSummary: Sendable, Hashable {
  package var id: String
  package var version: String
  /// Of the library; of the folder's data where there is none.
  package var sha256: String

  package init(id: String, version: String, sha256: String) {
    self.id = id
    self.version = version
    self.sha256 = sha256
  }
}

package struct VocabularySummary: Sendable, Hashable {
  package var id: String
  package var version: String
  package var sha256: String

  package init(id: String, version: String, sha256: String) {
    self.id = id
    self.version = version
    self.sha256 = sha256
  }
}

package struct RuleSummary: Sendable, Hashable {
  package var id: String
  /// How many records, facts or keys it looked at.
  package var ran: Int
  package var found: Int
  /// Findings that a reviewer has accepted, with a reason.
  package var accepted: Int
  /// Why it did not run, in plain words; `nil` if it ran wherever it applies.
  package var skipped: String?

  package init(id: String, ran: Int, found: Int, accepted: Int = 0, skipped: String? = nil) {
    self.id = id
    self.ran = ran
    self.found = found
    self.accepted = accepted
    self.skipped = skipped
  }
}

package struct CheckedFile: Sendable, Hashable {
  package var path: String
  package var sha256: String
  /// `plugin/format`; `nil` if the file is of no known kind.
  package var dialect: String?
  /// How it was recognised, in plain words.
  package var recognised: String?
  package var records: Int
  /// In order of place.
  package var findings: [CheckedFinding]
  /// How many rules ran on it.
  package var checks: Int
  /// What differs between it and the files it is joined with, by kind, the most frequent first: told with the first of them.
  package var disagreements: [DisagreementSummary] = []

  package init(
    path: String, sha256: String, dialect: String?, recognised: String?, records: Int,
    findings: [CheckedFinding] = [], checks: Int = 0
  ) {
    self.path = path
    self.sha256 = sha256
    self.dialect = dialect
    self.recognised = recognised
    self.records = records
    self.findings = findings
    self.checks = checks
  }
}

package struct CheckedFinding: Sendable, Hashable {
  package var rule: String
  package var severity: Severity
  /// Rendered in the reader's language.
  package var message: String
  package var fingerprint: String
  /// Offsets in the file.
  package var bytes: Range<Int>
  package var start: CheckedPosition
  package var end: CheckedPosition
  /// JSON pointer; in JSONL it begins with the zero-based physical line.
  package var pointer: String
  /// How many cases it stands for.
  package var count: Int
  package var related: [CheckedRelated]
  package var fixes: [CheckedFix]
  /// Nothing of the text it stands at may be printed.
  package var isSensitive: Bool
  /// Somebody has found it right, with a reason: it counts as accepted, and for nothing else.
  package var accepted: CheckedAcceptance?

  package init(
    rule: String, severity: Severity, message: String, fingerprint: String, bytes: Range<Int>,
    start: CheckedPosition, end: CheckedPosition, pointer: String, count: Int = 1, related: [CheckedRelated] = [],
    fixes: [CheckedFix] = [], isSensitive: Bool = false, accepted: CheckedAcceptance? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.fingerprint = fingerprint
    self.bytes = bytes
    self.start = start
    self.end = end
    self.pointer = pointer
    self.count = count
    self.related = related
    self.fixes = fixes
    self.isSensitive = isSensitive
    self.accepted = accepted
  }
}

/// Who has accepted a finding, and why.
package struct CheckedAcceptance: Sendable, Hashable {
  /// `nil`: nobody said.
  package var by: String?
  package var reason: String

  package init(by: String?, reason: String) {
    self.by = by
    self.reason = reason
  }
}

/// Zero-based line and UTF-16 character, as LSP counts by default.
package struct CheckedPosition: Sendable, Hashable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }
}

package struct CheckedRelated: Sendable, Hashable {
  package var path: String
  package var start: CheckedPosition
  package var end: CheckedPosition
  package var message: String

  package init(path: String, start: CheckedPosition, end: CheckedPosition, message: String) {
    self.path = path
    self.start = start
    self.end = end
    self.message = message
  }
}

package struct CheckedFix: Sendable, Hashable {
  package var title: String
  package var isCertain: Bool
  /// Do not overlap within a file; empty for a recipe, which is worked out on request.
  package var edits: [CheckedEdit]

  package init(title: String, isCertain: Bool, edits: [CheckedEdit]) {
    self.title = title
    self.isCertain = isCertain
    self.edits = edits
  }
}

package struct CheckedEdit: Sendable, Hashable {
  package var path: String
  package var bytes: Range<Int>
  package var start: CheckedPosition
  package var end: CheckedPosition
  package var text: String

  package init(path: String, bytes: Range<Int>, start: CheckedPosition, end: CheckedPosition, text: String) {
    self.path = path
    self.bytes = bytes
    self.start = start
    self.end = end
    self.text = text
  }
}
