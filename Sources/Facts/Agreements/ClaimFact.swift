package import Findings

/// What somebody says of a subject, with who says so: one claim of the key that is judged.
package struct ClaimFact: Sendable, Hashable {
  package var value: ClaimValue
  /// `image`, `text`, `audio` …; empty if it is not known.
  package var modality: String
  /// The pseudonym of who made it.
  package var by: String?
  package var origin: ClaimOrigin?
  package var pass: ClaimPass?
  /// When, as it is written.
  package var at: String?
  package var confidence: Double?
  /// It belongs to the reference set that is known to be right.
  package var isGold: Bool
  /// Its value identifies a person and is never shown.
  package var isPrivate: Bool
  /// Which source of an alignment, or which declaration, it comes from.
  package var source: Int
  /// The value.
  package var place: Place
  /// Where its document stands among those of the dataset, by path. `DocumentID` won't do: its order is that of opening.
  package var documentOrder: Int

  package init(
    value: ClaimValue, modality: String, by: String? = nil, origin: ClaimOrigin? = nil, pass: ClaimPass? = nil,
    at: String? = nil, confidence: Double? = nil, isGold: Bool = false, isPrivate: Bool = false, source: Int = 0,
    place: Place, documentOrder: Int = 0
  ) {
    self.value = value
    self.modality = modality
    self.by = by
    self.origin = origin
    self.pass = pass
    self.at = at
    self.confidence = confidence
    self.isGold = isGold
    self.isPrivate = isPrivate
    self.source = source
    self.place = place
    self.documentOrder = documentOrder
  }
}

/// What made a claim.
package enum ClaimOrigin: String, Sendable, Hashable, CaseIterable {
  case human, model, mixed, simulation, synthetic, augmented
}

/// In which reading a claim was made.
package enum ClaimPass: String, Sendable, Hashable, CaseIterable {
  case first, assisted, blind, second, adjudication
}

/// Whose word counts more. The least counts most.
package enum ClaimRank: UInt8, Sendable, Hashable, Comparable {
  case gold, adjudicated, person, model

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension ClaimFact {
  package var rank: ClaimRank {
    if isGold { return .gold }
    if pass == .adjudication { return .adjudicated }
    switch origin {
    case nil, .human, .mixed: return .person
    case .model, .simulation, .synthetic, .augmented: return .model
    }
  }

  /// Document order; the same in every run. Total but for claims that can't be told apart.
  static func precedes(_ a: ClaimFact, _ b: ClaimFact) -> Bool {
    if a.documentOrder != b.documentOrder { return a.documentOrder < b.documentOrder }
    if a.place != b.place { return placePrecedes(a.place, b.place) }
    if a.source != b.source { return a.source < b.source }
    let (left, right) = (a.words, b.words)
    if left != right { return left.lexicographicallyPrecedes(right) }
    if a.rank != b.rank { return a.rank < b.rank }
    return (a.confidence ?? -1) > (b.confidence ?? -1)
  }

  private static func placePrecedes(_ a: Place, _ b: Place) -> Bool {
    if a.record != b.record { return a.record < b.record }
    return a.start == b.start ? a.end < b.end : a.start < b.start
  }

  private var words: [UInt8] {
    Array(modality.utf8) + [0] + value.text + [0] + Array((value.unit ?? "").utf8) + [0] + Array((by ?? "").utf8) + [0]
      + Array((pass?.rawValue ?? "").utf8)
  }
}
