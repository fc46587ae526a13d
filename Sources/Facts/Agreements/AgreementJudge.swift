package import Ontology

/// Judges the claims of one key by one agreement.
package struct AgreementJudge: Sendable {
  /// Claims of a key that are compared; of more, the first in document order.
  package static let claimLimit = 4096
  /// Bytes of their values, in the same way.
  package static let lengthLimit = 4 << 20
  /// Places that a finding points to besides its own.
  package static let relatedLimit = 8

  package let agreement: Agreement
  private let terms: TermIndex?

  /// `terms` is the list that the rule names; without it an agreement by a list finds nothing.
  package init(_ agreement: Agreement, terms: TermIndex? = nil) {
    self.agreement = agreement
    self.terms = terms
  }

  /// What is to be said of the claims of one key, in document order; the order in which they are given makes no difference.
  ///
  /// `isIndexed` says whether all claims are known that there could be; until then none is called missing. `reader` leaves out all
  /// that this reader must not see; `nil` sees all. Cost: O(n log n), and at most 64 comparisons a claim.
  package func findings(
    _ claims: [ClaimFact], isIndexed: Bool, reader: ClaimReader? = nil
  ) -> [AgreementFinding] {
    let visible = Independence.visible(claims, to: reader)
    let all = visible.filter(takesPart).sorted(by: ClaimFact.precedes)
    if agreement.isAdjudicated, Self.isSettled(all) { return [] }
    let judged = Self.foremost(all)
    guard let first = judged.first else { return [] }
    let wording = AgreementWording(agreement)
    var found = disagreements(among: judged, wording)
    // Of what somebody must not see, nobody may tell whether it is there.
    if isIndexed, visible.count == claims.count { found += missing(among: all, wording) }
    if all.count > judged.count { found.append(wording.notAll(at: first, judged.count, of: all.count)) }
    return found
  }

  /// Somebody has said what is right, or nobody else has said anything.
  private static func isSettled(_ claims: [ClaimFact]) -> Bool {
    if claims.contains(where: { $0.rank <= .adjudicated }) { return true }
    guard let first = claims.first?.by else { return false }
    return claims.allSatisfy { $0.by.map { $0.utf8.elementsEqual(first.utf8) } ?? false }
  }

  private func takesPart(_ claim: ClaimFact) -> Bool {
    agreement.modalities.isEmpty || agreement.modalities.contains { $0.utf8.elementsEqual(claim.modality.utf8) }
  }

  private static func foremost(_ claims: [ClaimFact]) -> [ClaimFact] {
    var length = 0
    return Array(
      claims.prefix(claimLimit).prefix { claim in
        length += claim.value.text.count + 32 * claim.value.elements.count
        return length <= lengthLimit
      })
  }

  /// A finding for the first claim of each side, for each modality that must say something and doesn't.
  private func missing(among claims: [ClaimFact], _ wording: AgreementWording) -> [AgreementFinding] {
    guard !agreement.requires.isEmpty else { return [] }
    let present = Set(claims.map { Array($0.modality.utf8) })
    let absent = agreement.requires.filter { !present.contains(Array($0.utf8)) }
    guard !absent.isEmpty else { return [] }
    return ClaimSide.all(of: claims).flatMap { side in
      absent.map { wording.missing($0, at: side.first, count: side.claims.count) }
    }
  }

  // MARK: Comparing

  private func disagreements(among claims: [ClaimFact], _ wording: AgreementWording) -> [AgreementFinding] {
    switch agreement.collection {
    case .each: return each(claims, agreement.rule.comparator(terms), wording)
    case .count:
      return sides(claims, totals, wording) { side in
        ClaimValue(kind: .number, text: Array(String(side.claims.count).utf8))
      }
    case .sum: return sides(claims, totals, wording) { Self.sum(of: $0.claims) }
    case .sequence:
      switch agreement.rule {
      case .text: return sides(claims, agreement.rule.comparator(terms), wording, together: Self.joinedText)
      case .set, .multiset: return sides(claims, agreement.rule.comparator(terms), wording, together: Self.joinedList)
      case .turns(let maximum, let scope):
        let lists = TurnLists(maximum: maximum, scope: scope)
        return sequences(claims, Turns(lists: lists), lists, wording)
      default: return placeByPlace(claims, agreement.rule.comparator(terms), wording)
      }
    }
  }

  /// How numbers of claims and sums are compared.
  private var totals: any Comparator {
    if case .number = agreement.rule { return agreement.rule.comparator(terms) }
    return Numbers(absolute: nil, relative: nil)
  }

  private func each<C: Comparator>(
    _ claims: [ClaimFact], _ comparator: C, _ wording: AgreementWording
  ) -> [AgreementFinding] {
    // The same values come again and again; each is read once.
    var known: [ClaimValue: (reading: C.Reading, words: String)?] = [:]
    let statements = claims.compactMap { claim -> Statement<C.Reading>? in
      let value = claim.value
      let found = known[value] ?? comparator.reading(of: value).map { ($0, comparator.words(for: value)) }
      known[value] = .some(found)
      return found.map {
        Statement(
          reading: $0.reading, value: value, words: $0.words, claim: claim, rank: claim.rank,
          confidence: claim.certainty)
      }
    }
    return findings(statements, comparator, wording) { comparator.replacement(of: $0, by: $1) }
  }

  /// Compares what the claims of each side make together; `nil` of a side that can't be known.
  private func sides(
    _ claims: [ClaimFact], _ comparator: some Comparator, _ wording: AgreementWording,
    together: (ClaimSide) -> ClaimValue?
  ) -> [AgreementFinding] {
    let statements = ClaimSide.all(of: claims).compactMap { side in
      together(side).flatMap { value in
        comparator.reading(of: value).map { side.statement($0, value, comparator.words(for: value)) }
      }
    }
    return findings(statements, comparator, wording)
  }

  private func placeByPlace(
    _ claims: [ClaimFact], _ comparator: some Comparator, _ wording: AgreementWording
  ) -> [AgreementFinding] {
    sequences(claims, comparator, Sequences(base: comparator), wording)
  }

  /// Reads each claim of a side, and compares what a side's claims make together.
  private func sequences<C: Comparator, Lists: ReadingComparator>(
    _ claims: [ClaimFact], _ comparator: C, _ lists: Lists, _ wording: AgreementWording
  ) -> [AgreementFinding] where Lists.Reading == [C.Reading] {
    let statements = ClaimSide.all(of: claims).compactMap { side -> Statement<[C.Reading]>? in
      let readings = side.claims.compactMap { comparator.reading(of: $0.value) }
      guard readings.count == side.claims.count else { return nil }
      let words = ClaimValue(
        kind: .list, text: [],
        elements: side.claims.prefix(ClaimValue.wordsLimit).map {
          .init(kind: .text, text: Array(comparator.words(for: $0.value).utf8))
        })
      return side.statement(readings, words, words.words)
    }
    return findings(statements, lists, wording)
  }

  // MARK: What a side makes together

  private static func sum(of claims: [ClaimFact]) -> ClaimValue? {
    let parts = claims.compactMap { Numbers.measured($0.value) }
    guard parts.count == claims.count, let unit = parts.first.map({ $0.unit ?? "" }) else { return nil }
    if parts.allSatisfy({ ($0.unit ?? "").utf8.elementsEqual(unit.utf8) }) {
      guard let sum = DecimalText.sum(parts.map(\.number)) else { return nil }
      return ClaimValue(kind: .number, text: sum.canonical, unit: unit.isEmpty ? nil : unit)
    }
    // Of several units the first is what the sum is told in.
    let target = UnitOfMeasure(unit)
    var sum = 0.0
    for part in parts {
      let own = UnitOfMeasure(part.unit)
      guard own.dimension == target.dimension, let value = part.number.double else { return nil }
      sum += target.fromBase(own.inBase(value))
    }
    guard let text = Numbers.written(sum) else { return nil }
    return ClaimValue(kind: .number, text: text, unit: unit.isEmpty ? nil : unit)
  }

  private static func joinedText(of side: ClaimSide) -> ClaimValue? {
    guard side.claims.allSatisfy({ $0.value.kind == .text }) else { return nil }
    var text: [UInt8] = []
    for claim in side.claims {
      guard text.count + claim.value.text.count < ClaimValue.lengthLimit else { return nil }
      if !text.isEmpty { text.append(UInt8(ascii: " ")) }
      text += claim.value.text
    }
    return ClaimValue(kind: .text, text: text)
  }

  private static func joinedList(of side: ClaimSide) -> ClaimValue? {
    var elements: [ClaimValue.Element] = []
    for claim in side.claims {
      let own = claim.value.asElements
      guard elements.count + own.count <= ClaimValue.elementLimit else { return nil }
      elements += own
    }
    return ClaimValue(kind: .list, text: [], elements: elements)
  }
}
