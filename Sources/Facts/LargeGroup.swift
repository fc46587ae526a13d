/// The orders of a group too large to be walked. A class, because it is changed in place inside a dictionary.
///
/// The two by extent are made when first asked for and kept up from then on.
final class LargeGroup {
  /// A group moves here above the first number of members and back below the second.
  static let promotion = 32
  static let demotion = 16

  private(set) var order: OrderedChunks
  private var starts: OrderedChunks?
  private var extents: ExtentIndex?

  init(_ members: [UInt32], _ facts: FactRows) {
    order = OrderedChunks(sorted: members.sorted(by: facts.precedes))
  }

  var byteCount: Int { order.byteCount + (starts?.byteCount ?? 0) + (extents?.byteCount ?? 0) + 64 }

  func insert(_ row: UInt32, _ facts: FactRows) {
    order.insert(row, by: facts.precedes)
    guard starts != nil || extents != nil, let extent = facts.extent(of: row) else { return }
    starts?.insert(row, by: facts.startsBefore)
    extents?.insert(row, extent)
  }

  /// Call while the row still holds the fact.
  func remove(_ row: UInt32, _ facts: FactRows) {
    order.remove(row, by: facts.precedes)
    guard starts != nil || extents != nil, let extent = facts.extent(of: row) else { return }
    starts?.remove(row, by: facts.startsBefore)
    extents?.remove(row, extent)
  }

  /// Members with an extent, along x.
  func alongX(_ facts: FactRows) -> OrderedChunks {
    if let starts { return starts }
    let made = OrderedChunks(
      sorted: order.prefix(order.count).filter { facts.extent(of: $0) != nil }.sorted(by: facts.startsBefore))
    starts = made
    return made
  }

  func inSpace(_ facts: FactRows) -> ExtentIndex {
    if let extents { return extents }
    var made = ExtentIndex()
    order.forEach { row in
      if let extent = facts.extent(of: row) { made.insert(row, extent) }
      return true
    }
    extents = made
    return made
  }
}
