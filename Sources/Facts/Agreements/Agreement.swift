package import Findings

/// A condition on all claims about one subject and property.
package struct Agreement: Sendable, Hashable {
  /// The rule that it reports under; `nil`: the built-in ones of `AgreementRules`.
  package var id: String?
  package var property: String
  /// Claims of other modalities take no part; empty: all do.
  package var modalities: [String]
  package var rule: ComparisonRule
  package var collection: ClaimCollection
  /// Modalities that must say something wherever one of them does.
  package var requires: [String]
  package var severity: Severity
  /// Differences are for somebody who looks at the thing itself: no side's value is offered in place of the other's, one person's
  /// own claims are not compared, and once an adjudication says what is right, nothing more is said.
  package var isAdjudicated: Bool

  /// The rules that it reports under.
  package var rules: [String] { id.map { [$0] } ?? AgreementRules.all.map(\.id) }

  package init(
    id: String? = nil, property: String, modalities: [String] = [], rule: ComparisonRule,
    collection: ClaimCollection = .each, requires: [String] = [], severity: Severity = .error,
    isAdjudicated: Bool = false
  ) {
    self.id = id
    self.property = property
    self.modalities = modalities
    self.rule = rule
    self.collection = collection
    self.requires = requires
    self.severity = severity
    self.isAdjudicated = isAdjudicated
  }
}
