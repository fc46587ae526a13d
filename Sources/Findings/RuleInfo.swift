/// All that is known of a rule: its registration, its page and its test.
package struct RuleInfo: Sendable, Hashable {
  package enum Form: String, Sendable, CaseIterable {
    /// Looks at one record and what it looks up.
    case record
    /// Looks at a fact and those it relates to.
    case neighbor
    /// Looks at all facts of one key.
    case group
    /// Looks at the totals of a key.
    case tally
    /// Declared in a schema or by the host itself; no code of a plugin.
    case declared
  }

  /// With the plugin: `vision/bbox-malformed`.
  package var id: String
  package var form: Form
  package var severity: Severity
  package var summary: String
  package var why: String
  package var source: String
  /// Template by key; the main message is under `""`. Fix titles and related notes have keys of their own.
  package var messages: [String: String]
  package var good: [String]
  package var bad: [String]
  /// While this rule has a finding in a document, these rules' findings there are not shown.
  package var silences: [String]
  /// Values it reports are never printed.
  package var isSensitive: Bool

  package init(
    id: String, form: Form, severity: Severity, summary: String, why: String, source: String = "",
    messages: [String: String], good: [String] = [], bad: [String] = [], silences: [String] = [],
    isSensitive: Bool = false
  ) {
    self.id = id
    self.form = form
    self.severity = severity
    self.summary = summary
    self.why = why
    self.source = source
    self.messages = messages
    self.good = good
    self.bad = bad
    self.silences = silences
    self.isSensitive = isSensitive
  }
}
