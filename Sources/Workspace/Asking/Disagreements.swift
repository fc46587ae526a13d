import Findings
package import Manifest

/// A place where joined files say different things of the same.
package struct DisagreementPlace: Sendable {
  package var uri: String
  package var start: LinePosition
  package var end: LinePosition
  package var rule: String
  /// In the reader's language.
  package var message: String
}

extension Workspace {
  /// The next disagreement behind an offset of an open document: there, then in the other files of its dataset in the order of their
  /// paths, then from the beginning; `nil` if all agree. What the reader may not see is none.
  ///
  /// Waits until nothing is waiting to be computed. Cost: what is found in each file up to the next one.
  package func nextDisagreement(
    after offset: Int, in uri: String, language: String, encoding: PositionEncoding
  ) async -> DisagreementPlace? {
    await settle(uri)
    guard let state = documents[uri] else { return nil }
    let own = DocumentSnapshot(of: state, in: self).inLanguage(language).disagreements
    func place(_ finding: PresentedFinding, in snapshot: DocumentSnapshot) -> DisagreementPlace {
      DisagreementPlace(
        uri: snapshot.uri, start: snapshot.document.position(at: finding.range.lowerBound, in: encoding),
        end: snapshot.document.position(at: finding.range.upperBound, in: encoding), rule: finding.rule,
        message: finding.message)
    }
    let snapshot = DocumentSnapshot(of: state, in: self)
    if let next = own.first(where: { $0.range.lowerBound > offset }) { return place(next, in: snapshot) }
    let others = state.space.documents.values.filter { $0 !== state }.sorted { $0.id < $1.id }
    for other in others.filter({ $0.id > state.id }) + others.filter({ $0.id < state.id }) where other.mayHaveFindings {
      let snapshot = DocumentSnapshot(of: other, in: self).inLanguage(language)
      if let first = snapshot.disagreements.first { return place(first, in: snapshot) }
    }
    return own.first.map { place($0, in: snapshot) }
  }
}

extension DocumentSnapshot {
  /// What is found by comparing and nobody has accepted, in order.
  fileprivate var disagreements: [PresentedFinding] {
    shown(limit: nil).findings.filter { $0.finding.about != nil && $0.acceptance == nil }
  }
}
