package import Findings

/// What is to be done in one stage, because of what changed. Nothing is in it twice.
package struct Work: Sendable {
  /// One call's items, in document order (keys in order of their bits).
  package struct Batch<Item: Sendable>: Sendable {
    package var call: CallNumber
    package var items: [Item]
  }

  /// Records to check again, because something they looked up is different.
  package var checks: [Batch<RecordReference>] = []
  /// Facts that are new or whose related facts are not the same. A superset: a fact beyond a rule's limit counts as well.
  package var relates: [Batch<FactID>] = []
  package var groups: [Batch<FactKey>] = []
  package var totals: [Batch<FactKey>] = []
  /// Keys of link families to judge again; `family` counts `RulePlan.links`.
  package var links: [(family: Int, keys: [FactKey])] = []
  /// Keys that the host judges itself, by kind.
  package var judged: [(kind: FactKind, keys: [FactKey])] = []
  /// Owners whose subject is gone. What they stated is taken out already; their findings are to be dropped.
  package var retired: [Owner] = []
  /// More of this stage waits beyond the limit.
  package var hasMore = false

  package var isEmpty: Bool {
    checks.isEmpty && relates.isEmpty && groups.isEmpty && totals.isEmpty && links.isEmpty && judged.isEmpty
      && retired.isEmpty
  }
}

/// What changed since it was last asked for.
struct WorkLedger {
  /// Looked-up keys that changed, by stage.
  var touched: [KeyLog<GroupKey>]
  /// By call.
  var neighbors: [NeighborLog]
  /// Keys of group and totals calls, by call.
  var keys: [KeyLog<FactKey>]
  /// Keys beyond the limit of an earlier batch, the first one last; each once.
  var waitingKeys: [CallNumber: [FactKey]] = [:]
  /// By family.
  var links: [KeyLog<FactKey>]
  /// By kind.
  var judged: [KeyLog<FactKey>]

  /// Waiting beyond the limit of an earlier batch, sorted.
  var checks: [[CallNumber: [RecordReference]]]
  var relates: [CallNumber: WaitingFacts] = [:]

  init(_ plan: RulePlan) {
    touched = Array(repeating: KeyLog(), count: plan.stages.count)
    checks = Array(repeating: [:], count: plan.stages.count)
    neighbors = Array(repeating: NeighborLog(), count: plan.calls.count)
    keys = Array(repeating: KeyLog(), count: plan.calls.count)
    links = Array(repeating: KeyLog(), count: plan.links.count)
    judged = Array(repeating: KeyLog(), count: plan.kinds.count)
  }

  var isEmpty: Bool {
    touched.allSatisfy(\.isEmpty) && neighbors.allSatisfy(\.isEmpty) && keys.allSatisfy(\.isEmpty)
      && waitingKeys.isEmpty && links.allSatisfy(\.isEmpty) && judged.allSatisfy(\.isEmpty)
      && checks.allSatisfy(\.isEmpty) && relates.isEmpty
  }

  /// Puts keys among others; both descend, and so does what comes of it, each key once. Cost: one step a key.
  static func merge(_ added: [FactKey], into waiting: inout [FactKey]) {
    guard !waiting.isEmpty else { return waiting = added }
    var merged: [FactKey] = []
    merged.reserveCapacity(waiting.count + added.count)
    var (i, j) = (0, 0)
    while i < waiting.count || j < added.count {
      let isFromWaiting = j == added.count || i < waiting.count && waiting[i] >= added[j]
      let next = isFromWaiting ? waiting[i] : added[j]
      if isFromWaiting { i += 1 } else { j += 1 }
      if next != merged.last { merged.append(next) }
    }
    waiting = merged
  }

  /// Takes the `limit` items nearest to `position` out of a sorted list.
  static func nearest<Item>(_ items: inout [Item], to position: Int, limit: Int) -> [Item] {
    guard items.count > limit else {
      defer { items = [] }
      return items
    }
    let start = min(max(0, position - limit / 2), items.count - limit)
    let taken = Array(items[start..<start + limit])
    items.removeSubrange(start..<start + limit)
    return taken
  }

  /// How many of the sorted items come before.
  static func partition<Item>(_ items: [Item], _ isBefore: (Item) -> Bool) -> Int {
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(items[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
