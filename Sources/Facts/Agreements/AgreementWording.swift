import Findings

/// One side of a disagreement, as messages tell it.
struct WordedSide {
  var claim: ClaimFact
  var words: String
  /// Stands for the value, however it is laid out.
  fileprivate let hash: UInt64

  init<Reading>(_ statement: Statement<Reading>) {
    claim = statement.claim
    words = statement.words
    var hash = StableHash()
    hash.add(claim.modality)
    for element in statement.value.asElements {
      hash.add(byte: element.kind.rawValue)
      hash.add(element.text)
    }
    hash.add(statement.value.unit ?? "")
    self.hash = hash.word
  }
}

/// Puts what an agreement finds into findings.
struct AgreementWording {
  private let agreement: Agreement

  init(_ agreement: Agreement) { self.agreement = agreement }

  /// `related` begins with the other side; there is one at least.
  func disagreement(
    _ here: WordedSide, _ there: WordedSide, related: [WordedSide], hasKind: Bool, distance: Double? = nil
  ) -> AgreementFinding {
    let isConcealed = here.claim.isPrivate || related.contains { $0.claim.isPrivate }
    let isIndependent = Independence.areIndependent(here.claim, there.claim)
    let places = ClaimPlaces(here.claim, there.claim)
    let key = key(isConcealed: isConcealed, isIndependent: isIndependent, isMeasured: distance != nil)
    let values = isConcealed ? [] : values(here.words, there.words) + measure(distance)
    let rule = agreement.id ?? AgreementRules.disagrees.id
    let showsValues = hasKind && !isConcealed
    let kind = DisagreementKind(
      .init(modality: here.claim.modality, value: showsValues ? here.words : ""),
      .init(modality: there.claim.modality, value: showsValues ? there.words : ""), property: agreement.property,
      rule: rule)
    let finding = Finding(
      rule: rule, severity: agreement.severity, place: here.claim.place,
      message: Message(key, [places.here, places.there] + values + [.init("property", agreement.property)]),
      related: related.map { other in
        let place = ClaimPlaces(here.claim, other.claim).there
        return .init(
          place: other.claim.place,
          message: isConcealed || hasNoWords
            ? Message(AgreementRules.alsoHere, [place])
            : Message(AgreementRules.says, [place, .init("other", other.words)]))
      }, about: kind.about(judged: Self.judged(here, there)))
    return AgreementFinding(finding: finding, kind: isConcealed ? nil : kind)
  }

  /// The same from both sides.
  private static func judged(_ here: WordedSide, _ there: WordedSide) -> UInt64 {
    var hash = StableHash()
    for word in [here.hash, there.hash].sorted() { hash.add(word: word) }
    return hash.word
  }

  private func values(_ value: String, _ other: String) -> [Message.Argument] {
    hasNoWords ? [] : [.init("value", value), .init("other", other)]
  }

  /// Numbers of a place say nothing to a person.
  private var hasNoWords: Bool {
    guard agreement.collection == .each || agreement.collection == .sequence else { return false }
    switch agreement.rule {
    case .box, .interval, .turns: return true
    case .equal, .ontology, .number, .text, .set, .multiset: return false
    }
  }

  /// Of a hundred, with one decimal.
  private func measure(_ distance: Double?) -> [Message.Argument] {
    guard let distance, distance.isFinite, distance < 1e9 else { return [] }
    let tenths = Int((distance * 1000).rounded())
    return [.init("share", tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")]
  }

  private func key(isConcealed: Bool, isIndependent: Bool, isMeasured: Bool) -> String {
    if isIndependent {
      return isConcealed || hasNoWords ? AgreementRules.independentPlaces : AgreementRules.independent
    }
    if isConcealed { return AgreementRules.concealed }
    switch (agreement.collection, agreement.rule) {
    case (.count, _): return AgreementRules.count
    case (.sum, _): return AgreementRules.sum
    case (_, .box): return AgreementRules.box
    case (_, .interval): return AgreementRules.interval
    case (_, .turns): return isMeasured ? AgreementRules.turns : AgreementRules.interval
    case (.sequence, .text) where isMeasured: return AgreementRules.words
    default: return ""
    }
  }

  func missing(_ modality: String, at claim: ClaimFact, count: Int) -> AgreementFinding {
    AgreementFinding(
      finding: Finding(
        rule: agreement.id ?? AgreementRules.missing.id, severity: agreement.severity, place: claim.place,
        message: Message(
          agreement.id == nil ? "" : AgreementRules.missingKey,
          [ModalityWords.argument("there", modality), .init("property", agreement.property)]),
        count: count,
        about: Fingerprint(
          rule: agreement.id ?? AgreementRules.missing.id, values: [agreement.property, claim.modality, modality])))
  }

  func notAll(at claim: ClaimFact, _ judged: Int, of count: Int) -> AgreementFinding {
    AgreementFinding(
      finding: Finding(
        rule: agreement.id ?? AgreementRules.notAll.id, severity: .information, place: claim.place,
        message: Message(
          agreement.id == nil ? "" : AgreementRules.notAllKey,
          [.init("count", String(count)), .init("limit", String(judged))]),
        about: Fingerprint(rule: agreement.id ?? AgreementRules.notAll.id, values: [agreement.property])))
  }
}
