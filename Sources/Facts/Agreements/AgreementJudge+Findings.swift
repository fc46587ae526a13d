extension AgreementJudge {
  /// A finding at each statement outside the reference side, and one at one of it.
  ///
  /// `replacement` gives what may stand in place of the first value to say what the second says; without it nothing is copied.
  func findings<C: ReadingComparator>(
    _ statements: [Statement<C.Reading>], _ comparator: C, _ wording: AgreementWording,
    replacement: (ClaimValue, ClaimValue) -> ClaimValue? = { _, _ in nil }
  ) -> [AgreementFinding] {
    let reference = ReferenceSide(statements, comparator)
    guard let first = reference.outside.first else { return [] }

    // Apart from what comparing took: what is found is told in any case.
    var steps = ComparisonSteps.limit
    func finding(_ own: Int, against others: [Int], isReference: Bool) -> AgreementFinding {
      let (here, there) = (statements[own], statements[others[0]])
      var found = wording.disagreement(
        WordedSide(here), WordedSide(there),
        related: others.prefix(Self.relatedLimit).map { WordedSide(statements[$0]) },
        hasKind: comparator.hasRecurringValues,
        distance: comparator.distance(here.reading, there.reading, steps: &steps))
      found.isReference = isReference
      // Whoever stands above is not asked to take over what stands below.
      let mayBeCopied = !Independence.areIndependent(here.claim, there.claim) && there.rank <= here.rank
      let isOpen = !here.claim.isPrivate && !there.claim.isPrivate
      if mayBeCopied, isOpen, !agreement.isAdjudicated { found.replacement = replacement(here.value, there.value) }
      return found
    }

    // The preferred one it differs from comes first, then those that say the same.
    var found = reference.outside.map { statement, counterpart in
      (statement, finding(statement, against: reference.fellows(of: counterpart), isReference: false))
    }
    let inside = first.counterpart
    found.append((inside, finding(inside, against: reference.opponents(of: inside), isReference: true)))
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
