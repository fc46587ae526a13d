/// What is compared: a claim, or what the claims of one side make together.
struct Statement<Reading: Hashable & Sendable>: Sendable {
  var reading: Reading
  /// What it says; of a side, what its claims make together.
  var value: ClaimValue
  /// As messages show it.
  var words: String
  /// The claim it stands at; of a side, its first.
  var claim: ClaimFact
  /// How many claims it is made of.
  var count = 1
  /// Whose word it is; of a side, the weakest of its claims'.
  var rank: ClaimRank
  var confidence: Double
}

/// The claims of one side, in document order; there is one at least.
struct ClaimSide: Sendable {
  var first: ClaimFact
  var claims: [ClaimFact]

  /// What tells sides apart: modality and source, and in independent readings who reads.
  private struct Key: Hashable {
    var modality: [UInt8]
    var source: Int
    var isGold: Bool
    var isModel: Bool
    var pass: ClaimPass?
    var reader: [UInt8]

    init(_ claim: ClaimFact) {
      modality = Array(claim.modality.utf8)
      source = claim.source
      isGold = claim.isGold
      isModel = claim.rank == .model
      let isOwnReading = claim.pass == .blind || claim.pass == .second || claim.pass == .adjudication
      pass = isOwnReading ? claim.pass : nil
      reader = isOwnReading ? Array((claim.by ?? "").utf8) : []
    }
  }

  /// The sides of claims in document order, in the order of their first claims. Cost: linear.
  static func all(of claims: [ClaimFact]) -> [ClaimSide] {
    var places: [Key: Int] = [:]
    var sides: [ClaimSide] = []
    for claim in claims {
      let key = Key(claim)
      if let place = places[key] {
        sides[place].claims.append(claim)
      } else {
        places[key] = sides.count
        sides.append(ClaimSide(first: claim, claims: [claim]))
      }
    }
    return sides
  }

  func statement<Reading>(_ reading: Reading, _ value: ClaimValue, _ words: String) -> Statement<Reading> {
    let confidences = claims.map { $0.certainty }
    return Statement(
      reading: reading, value: value, words: words, claim: first, count: claims.count,
      rank: claims.map(\.rank).max() ?? first.rank, confidence: confidences.min() ?? -1)
  }
}

extension ClaimFact {
  /// The confidence, below all others where there is none.
  var certainty: Double { confidence.map { $0.isFinite ? $0 : -1 } ?? -1 }
}
