import Manifest

/// What equal findings have in common. The value is compared by bytes: Swift takes different spellings of one letter for equal.
struct FoldKey: Hashable, Sendable {
  /// The rule's number in the table.
  var rule: Int
  var value: [UInt8]
}

/// One of equal findings: the gravest stands for all, then the first by place.
struct FoldMember: Comparable, Sendable {
  var severity: UInt8
  var record: RecordID
  var start: UInt32
  var end: UInt32

  static func < (a: Self, b: Self) -> Bool {
    if a.severity != b.severity { return a.severity < b.severity }
    if a.record != b.record { return a.record < b.record }
    return (a.start, a.end) < (b.start, b.end)
  }
}

/// Equal findings by what they have in common, with how many cases they stand for.
///
/// In shards, because copies share them: a change copies one shard and one group.
struct FindingFolds: Sendable {
  private var shards = [[FoldKey: Group]](repeating: [:], count: 256)

  private struct Group: Sendable {
    /// Sorted.
    var members: [FoldMember] = []
    /// Cases beyond one for each member; wide enough for any numbers a plugin may give.
    var more: Int128 = 0

    /// Where a member stands, or would.
    func index(of member: FoldMember) -> Int {
      var (low, high) = (0, members.count)
      while low < high {
        let middle = (low + high) / 2
        if members[middle] < member { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private func shard(_ key: FoldKey) -> Int { Int(UInt(bitPattern: key.hashValue) % 256) }

  /// The one that stands for all; `nil` if there is none. Cost: O(1).
  func first(of key: FoldKey) -> FoldMember? { shards[shard(key)][key]?.members.first }

  /// How many cases they are, and whether that is of more than one finding. Cost: O(1).
  func count(of key: FoldKey) -> (cases: Int, isShared: Bool) {
    guard let group = shards[shard(key)][key] else { return (0, false) }
    return (Int(clamping: group.more + Int128(group.members.count)), group.members.count > 1)
  }

  /// Adds one that stands for `cases`. Cost: O(log n), and moving the group's members.
  mutating func add(_ member: FoldMember, cases: Int, to key: FoldKey) {
    let shard = shard(key)
    var group = shards[shard].removeValue(forKey: key) ?? Group()
    group.members.insert(member, at: group.index(of: member))
    group.more += Int128(max(1, cases) - 1)
    shards[shard][key] = group
  }

  mutating func remove(_ member: FoldMember, cases: Int, from key: FoldKey) {
    let shard = shard(key)
    guard var group = shards[shard].removeValue(forKey: key) else { return }
    let index = group.index(of: member)
    if index < group.members.count, group.members[index] == member {
      group.members.remove(at: index)
      group.more -= Int128(max(1, cases) - 1)
    }
    if !group.members.isEmpty { shards[shard][key] = group }
  }
}
