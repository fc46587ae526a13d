import Findings
package import Ontology

/// Judges the claims of one key by one agreement.
package struct AgreementJudge: Sendable {
  /// Claims of a key that are compared; of more, the first in document order.
  package static let claimLimit = 4096

  package let agreement: Agreement
  let terms: TermIndex?

  /// `terms` is the list that the rule names; without it an agreement by a list finds nothing.
  package init(_ agreement: Agreement, terms: TermIndex? = nil) {
    self.agreement = agreement
    self.terms = terms
  }

  /// What is to be said of the claims of one key, in document order; the order in which they are given makes no difference.
  ///
  /// `isIndexed` says whether all claims are known that there could be; until then none is called missing. `reader` leaves out all
  /// that this reader must not see; `nil` sees all. Cost: O(n log n), and at most some thousand comparisons.
  package func findings(
    _ claims: [ClaimFact], isIndexed: Bool, reader: ClaimReader? = nil
  ) -> [AgreementFinding] {
    []
  }
}
