/// Calls that wait, by priority; those that a death accused first, one at a time.
struct CallQueue {
  struct Item: Hashable {
    var job: Int
    var call: Int
    var priority = CallPriority.background
    var isSuspect = false
  }

  private struct Lane {
    private var items: [Item] = []
    private var head = 0
    var first: Item? { head < items.count ? items[head] : nil }

    mutating func append(_ added: [Item]) { items.append(contentsOf: added) }
    mutating func prepend(_ added: [Item]) {
      items.replaceSubrange(0..<head, with: added)
      head = 0
    }
    mutating func removeFirst() {
      head += 1
      // Gives the front back in steps, so that taking all costs linear time.
      if head > 1024, head * 2 > items.count {
        items.removeFirst(head)
        head = 0
      }
    }
    mutating func remove(where test: (Item) -> Bool) -> [Item] {
      let waiting = items[head...]
      let removed = waiting.filter(test)
      if !removed.isEmpty {
        items = waiting.filter { !test($0) }
        head = 0
      }
      return removed
    }
  }

  private var lanes = Array(repeating: Lane(), count: CallPriority.allCases.count)
  private var suspects = Lane()

  var hasWaiting: Bool { suspects.first != nil || lanes.contains { $0.first != nil } }

  mutating func append(_ items: [Item], priority: CallPriority) {
    lanes[priority.rawValue].append(
      items.map { item in
        var item = item
        item.priority = priority
        return item
      })
  }

  mutating func suspect(_ item: Item) {
    var item = item
    item.isSuspect = true
    suspects.append([item])
  }

  /// In front of what waits, in this order. Suspects stay suspects.
  mutating func putBack(_ items: [Item]) {
    suspects.prepend(items.filter(\.isSuspect))
    for priority in CallPriority.allCases {
      lanes[priority.rawValue].prepend(items.filter { !$0.isSuspect && $0.priority == priority })
    }
  }

  /// The calls of the next batch; at least one, if any may go now. A suspect goes alone, when nothing else is under way.
  mutating func next(budget: Int, isIdle: Bool, cost: (Item) -> Int) -> [Item]? {
    if let suspect = suspects.first {
      guard isIdle else { return nil }
      suspects.removeFirst()
      return [suspect]
    }
    guard let lane = lanes.indices.first(where: { lanes[$0].first != nil }) else { return nil }
    var items: [Item] = []
    var total = 0
    while let item = lanes[lane].first {
      total += cost(item)
      guard items.isEmpty || total <= budget else { break }
      items.append(item)
      lanes[lane].removeFirst()
    }
    return items
  }

  mutating func remove(job: Int) -> [Item] {
    var removed = suspects.remove { $0.job == job }
    for lane in lanes.indices { removed += lanes[lane].remove { $0.job == job } }
    return removed
  }

  mutating func removeAll() -> [Item] {
    var removed = suspects.remove { _ in true }
    for lane in lanes.indices { removed += lanes[lane].remove { _ in true } }
    return removed
  }
}
