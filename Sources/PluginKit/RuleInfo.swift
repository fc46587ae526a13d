/// How much a finding matters.
public enum Severity: UInt8, Sendable, Hashable {
  case error = 1
  case warning, information, hint
}

/// All that is known of a rule. It is at once the rule's registration, its page and its test.
///
/// `good` texts must be clean; `bad` ones must be caught exactly at their `⟪ ⟫`. A text may hold several files, each under
/// a line `//- name`. Messages are templates: `{name}` is replaced by the argument of that name.
public struct RuleInfo: Sendable {
  /// Without the plugin: `gtin-check-digit`.
  public var id: String
  /// Of the rule's findings, unless one is reported with its own.
  public var severity: Severity
  /// One sentence: what must hold.
  public var summary: String
  /// What goes wrong otherwise.
  public var why: String
  /// The standard or measurement behind it.
  public var source: String
  /// The main message: what is wrong, why it matters, what to do, in one or two plain sentences.
  public var message: String
  /// Further templates by key: other wordings, fix titles, notes at related places.
  public var messages: [String: String]
  /// Texts that must be clean.
  public var good: [String]
  /// Texts that must be caught exactly at their `⟪ ⟫`.
  public var bad: [String]
  /// While this rule has a finding in a document, these rules' findings there are not shown. Ids; of another plugin with its name.
  public var silences: [String]
  /// The values it reports are never printed.
  public var isSensitive: Bool

  /// Everything but id, severity, summary, why, message and examples may be left out.
  public init(
    id: String, severity: Severity, summary: String, why: String, source: String = "", message: String,
    messages: [String: String] = [:], good: [String], bad: [String], silences: [String] = [], isSensitive: Bool = false
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.why = why
    self.source = source
    self.message = message
    self.messages = messages
    self.good = good
    self.bad = bad
    self.silences = silences
    self.isSensitive = isSensitive
  }
}
