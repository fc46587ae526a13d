/// Who reads what a client is sent.
package struct ClaimReader: Sendable, Hashable {
  package enum Role: String, Sendable, Hashable, CaseIterable { case annotator, reviewer }
  /// The pseudonym under which the reader's own claims stand; `nil`: not known, and so no claim is theirs.
  package var actor: String?
  package var role: Role

  package init(actor: String? = nil, role: Role = .annotator) {
    self.actor = actor
    self.role = role
  }
}

/// A second or blind reading must not be anchored by the first.
package enum Independence {
  /// Whether the reader is the author of a blind or second claim among these, and so must not be shown any other's.
  package static func isBlind(_ reader: ClaimReader, among claims: [ClaimFact]) -> Bool {
    guard reader.role == .annotator, let actor = reader.actor else { return false }
    return claims.contains { ($0.pass == .blind || $0.pass == .second) && isAuthor(actor, of: $0) }
  }

  /// The claims of one key that may be drawn upon in anything this reader is sent: of a blind or second reading, the reader's own.
  ///
  /// A set that is smaller than the given one says nothing of what is missing. Cost: linear.
  package static func visible(_ claims: [ClaimFact], to reader: ClaimReader?) -> [ClaimFact] {
    guard let reader, let actor = reader.actor, isBlind(reader, among: claims) else { return claims }
    return claims.filter { isAuthor(actor, of: $0) }
  }

  /// Whether two claims are readings by persons of which neither may be copied over the other.
  ///
  /// That is so if one of them is blind or second, or both are first readings and not known to be one person's.
  package static func areIndependent(_ a: ClaimFact, _ b: ClaimFact) -> Bool {
    guard a.rank == .person, b.rank == .person else { return false }
    let passes = [a.pass, b.pass]
    if passes.contains(.blind) || passes.contains(.second) { return true }
    return a.pass == .first && b.pass == .first && !(a.by.map { isAuthor($0, of: b) } ?? false)
  }

  private static func isAuthor(_ actor: String, of claim: ClaimFact) -> Bool {
    claim.by.map { $0.utf8.elementsEqual(actor.utf8) } ?? false
  }
}
