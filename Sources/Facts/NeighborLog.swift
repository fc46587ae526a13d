import Findings
import Manifest

/// What changed for a call that relates facts to others of their key, since it was last asked for.
///
/// What came is a list of numbers and no dictionary by key: it is written to for every fact of a first walk, and put in order when
/// it is taken. What went is kept by key with where it stood, for nothing else tells that any more.
struct NeighborLog {
  /// Facts of either side that are new; some may be gone by now. Each once.
  private(set) var came: [FactID] = []
  private(set) var gone: [FactKey: Gone] = [:]
  /// Facts that are as they were, while something else they are judged by is not.
  private(set) var reviewed: [FactID] = []

  /// What went of one key.
  struct Gone {
    /// Facts that were related to others.
    var readers: [FactID] = []
    /// Where those stood to which others were related.
    var spots: [Spot] = []
    /// Too much went to follow: every fact of the key is to be related.
    var isWide = false

    static let followed = 4096

    mutating func note(_ spot: Spot) {
      guard !isWide else { return }
      spots.append(spot)
      guard spots.count > Self.followed else { return }
      isWide = true
      spots = []
    }
  }

  var isEmpty: Bool { came.isEmpty && gone.isEmpty && reviewed.isEmpty }

  /// How much changed, or more than any limit where that can't be followed. Cost: a step a key of which something went.
  func count(upTo limit: Int) -> Int {
    var count = came.count + reviewed.count
    for change in gone.values {
      if count > limit { break }
      count += change.isWide ? limit + 1 : change.spots.count
    }
    return count
  }

  mutating func noteNew(_ id: FactID) {
    if came.last != id { came.append(id) }
  }

  mutating func review(_ id: FactID) { reviewed.append(id) }

  mutating func noteGone(reader id: FactID, of key: FactKey) { gone[key, default: Gone()].readers.append(id) }

  mutating func noteGone(_ spot: Spot, of key: FactKey) { gone[key, default: Gone()].note(spot) }

  /// All of it; nothing is left.
  mutating func take() -> NeighborLog {
    defer { self = NeighborLog() }
    return self
  }
}
