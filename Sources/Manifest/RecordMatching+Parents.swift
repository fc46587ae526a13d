extension RecordMatching {
  /// Adds the surviving records that stand in another record than before, or in one that does.
  ///
  /// `relabeled` is what got new labels behind the region, `right` what follows that.
  /// Cost: the region's records; beyond it, a few steps for each that stands elsewhere now.
  mutating func noteMoved(relabeled: [TextNode], right: TextNode?, inner: [UInt32]) {
    guard inner.contains(where: { $0 != 0 }) else { return }
    // Records before the region are the same on both sides: 0 stands for them.
    var latestOld = [UInt64](repeating: 0, count: 32)
    var parents: [UInt64: (type: UInt8, label: UInt64)] = [:]
    for item in old.items {
      parents[item.label] = (item.parentType, latestOld[Int(item.parentType & 31)])
      latestOld[Int(item.type & 31)] = item.label
    }
    var moved = MovedTypes(inner: inner)
    var latestNew = [UInt64](repeating: 0, count: 32)
    let known = Set(result.changed)
    for (item, label) in zip(new.items, labels) {
      var isMoved = moved.contains(item.parentType)
      if let parent = parents[label] {
        isMoved = isMoved || parent.type != item.parentType || parent.label != latestNew[Int(item.parentType & 31)]
        if isMoved, !known.contains(RecordID(label: label)) { result.changed.append(RecordID(label: label)) }
      }
      moved.set(item.type, isMoved)
      latestNew[Int(item.type & 31)] = label
    }
    for type in inner.indices where latestOld[type] != latestNew[type] { moved.set(UInt8(type), true) }
    for leaf in relabeled { for mark in leaf.leaf.marks where mark.kind == .record { moved.set(mark.type, true) } }
    if let right { noteMoved(in: right, &moved) }
  }

  /// Goes on behind the region, as long as records there may stand in one that moved, came or went.
  private mutating func noteMoved(in node: TextNode, _ moved: inout MovedTypes) {
    guard moved.mayMatter(in: node.summary.records) else { return }
    for child in node.children { noteMoved(in: child, &moved) }
    guard node.height == 0 else { return }
    for mark in node.leaf.marks where mark.kind == .record {
      let isMoved = moved.contains(mark.parentType)
      if isMoved { result.changed.append(RecordID(label: mark.label)) }
      moved.set(mark.type, isMoved)
    }
  }
}

/// The types whose last record so far is another than before, or stands elsewhere.
struct MovedTypes {
  private let inner: [UInt32]
  private var types: UInt32 = 0

  init(inner: [UInt32]) { self.inner = inner }

  func contains(_ type: UInt8) -> Bool { type != 0 && types & (1 << UInt32(type & 31)) != 0 }

  mutating func set(_ type: UInt8, _ isMoved: Bool) {
    let bit = UInt32(1) << UInt32(type & 31)
    let hasInner = Int(type) < inner.count && inner[Int(type)] != 0
    types = isMoved && hasInner ? types | bit : types & ~bit
  }

  /// Whether a stretch with so many records of each type may hold one that moved.
  func mayMatter(in records: SIMD32<UInt32>) -> Bool {
    guard types != 0 else { return false }
    return inner.indices.contains { type in
      types & (1 << UInt32(type)) != 0
        && (records[type] != 0 || inner.indices.contains { inner[type] & (1 << UInt32($0)) != 0 && records[$0] != 0 })
    }
  }
}
