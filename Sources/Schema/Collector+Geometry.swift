import Manifest

/// Fields and their canonical numbers.
extension Collector {
  func addFields(_ note: VocabularyNote, _ node: UInt32, _ roles: inout RoleTable) {
    let field = note.vocabulary.field
    guard field != noIndex else { return }
    var entry = RoleTable.Entry(field: field, node: node)
    let start = roles.numbers.count
    if let interval = note.vocabulary.interval {
      entry.geometry = interval.scale == nil ? .none : .interval
      append(interval, to: &roles.numbers)
    } else if note.vocabulary.geometry != nil {
      entry.geometry = appendGeometry(note, Int(node), to: &roles.numbers)
    } else if let number = tree.number(of: Int(node)) {
      roles.numbers.append(number * note.vocabulary.scale)
    }
    // Marks come in the order of nodes, so the entries of this one stand together at the end.
    var known = roles.entries.count - 1
    while known >= 0, roles.entries[known].node == node, roles.entries[known].field != field { known -= 1 }
    if known >= 0, roles.entries[known].node == node {
      // Two places say the same of one value; the one that knows its geometry counts.
      guard roles.entries[known].geometry == .none, entry.geometry != .none else {
        roles.numbers.removeLast(roles.numbers.count - start)
        return
      }
      roles.entries.remove(at: known)
    }
    entry.numberStart = UInt32(clamping: start)
    entry.numberCount = UInt32(clamping: roles.numbers.count - start)
    roles.entries.append(entry)
  }

  private func append(_ interval: IntervalDeclaration, to numbers: inout [Double]) {
    guard let scale = interval.scale, let start = number(interval.start) else { return }
    if let end = number(interval.end) {
      numbers += [start * scale, end * scale]
    } else if let duration = number(interval.duration) {
      numbers += [start * scale, (start + duration) * scale]
    }
  }

  private func number(_ path: RecordPath?) -> Double? { path?.follow(in: tree).flatMap { tree.number(of: $0) } }

  /// Adds the geometry's numbers; none if the value is not of its form. `.none` where the unit can't be turned into pixels or seconds.
  private func appendGeometry(
    _ note: VocabularyNote, _ node: Int, to numbers: inout [Double]
  ) -> RoleTable.Geometry {
    guard let geometry = note.vocabulary.geometry else { return .none }
    var scaleX = 1.0
    var scaleY = 1.0
    switch geometry.unit {
    case .absolute(let factor): (scaleX, scaleY) = (factor, factor)
    case .relative(let part):
      guard let width = number(geometry.width), let height = number(geometry.height) else { return .none }
      (scaleX, scaleY) = (width * part, height * part)
    case .other: return .none
    }
    let start = numbers.count
    guard appendRaw(geometry, node, to: &numbers) else {
      numbers.removeLast(numbers.count - start)
      return geometry.form
    }
    if geometry.form == .box {
      corner(&numbers, start, geometry.convention)
    } else if geometry.form == .interval, geometry.convention == .startDuration {
      numbers[start + 1] += numbers[start]
    }
    if geometry.form != .cuboid, scaleX != 1 || scaleY != 1 {
      for index in start..<numbers.count { numbers[index] *= (index - start).isMultiple(of: 2) ? scaleX : scaleY }
    }
    return geometry.form
  }

  private func corner(_ n: inout [Double], _ at: Int, _ convention: GeometryDeclaration.Convention) {
    switch convention {
    case .xyxy:
      n[at + 2] -= n[at]
      n[at + 3] -= n[at + 1]
    case .corners:
      let (x, y, otherX, otherY) = (n[at], n[at + 1], n[at + 2], n[at + 3])
      (n[at], n[at + 1]) = (min(x, otherX), min(y, otherY))
      (n[at + 2], n[at + 3]) = ((otherX - x).magnitude, (otherY - y).magnitude)
    case .cxcywh:
      n[at] -= n[at + 2] / 2
      n[at + 1] -= n[at + 3] / 2
    default: break
    }
  }

  private func appendRaw(_ geometry: GeometryDeclaration, _ node: Int, to numbers: inout [Double]) -> Bool {
    switch geometry.form {
    case .none: return false
    case .box:
      return appendList(node, count: 4, to: &numbers)
        || appendMembers(node, Self.boxMembers(geometry), to: &numbers)
        || appendCorners(geometry.convention, node, to: &numbers)
    case .interval:
      return appendList(node, count: 2, to: &numbers)
        || appendMembers(node, [geometry.members ?? Self.intervalMembers(geometry.convention)], count: 2, to: &numbers)
    case .point:
      return appendList(node, count: 2, to: &numbers)
        || appendMembers(node, [geometry.members ?? ["x", "y"]], count: 2, to: &numbers)
    case .polygon: return appendPolygon(node, to: &numbers)
    case .cuboid: return appendList(node, count: nil, to: &numbers)
    }
  }

  /// A list of numbers, of that count if one is given. Adds nothing if it is anything else.
  private func appendList(_ node: Int, count: UInt32?, to numbers: inout [Double]) -> Bool {
    guard tree.nodes[node].kind == .array, !tree.nodes[node].isElided else { return false }
    let found = tree.nodes[node].childCount
    guard count.map({ $0 == found }) ?? (found > 0) else { return false }
    let start = numbers.count
    var child = node + 1
    let end = Int(tree.nodes[node].subtreeEnd)
    while child < end {
      guard let number = tree.number(of: child) else {
        numbers.removeLast(numbers.count - start)
        return false
      }
      numbers.append(number)
      child = Int(tree.nodes[child].subtreeEnd)
    }
    return true
  }

  /// `[[x, y], [x, y]]`, for the conventions whose numbers are two corners. What it adds before it fails is the caller's to drop.
  private func appendCorners(
    _ convention: GeometryDeclaration.Convention, _ node: Int, to numbers: inout [Double]
  ) -> Bool {
    guard convention == .xyxy || convention == .corners, tree.nodes[node].kind == .array,
      tree.nodes[node].childCount == 2, !tree.nodes[node].isElided
    else { return false }
    return tree.children(of: node).allSatisfy { appendList($0, count: 2, to: &numbers) }
  }

  private func appendMembers(
    _ node: Int, _ candidates: [[String]], count: Int = 4, to numbers: inout [Double]
  ) -> Bool {
    guard tree.nodes[node].kind == .object else { return false }
    for names in candidates where names.count == count {
      let found = names.compactMap { name in
        tree.lastMember(Array(name.utf8), of: node).flatMap { tree.number(of: $0) }
      }
      guard found.count == count else { continue }
      numbers += found
      return true
    }
    return false
  }

  private static func boxMembers(_ geometry: GeometryDeclaration) -> [[String]] {
    if let members = geometry.members { return members.count == 4 ? [members] : [] }
    switch geometry.convention {
    case .xyxy, .corners:
      return [["xmin", "ymin", "xmax", "ymax"], ["x1", "y1", "x2", "y2"], ["left", "top", "right", "bottom"]]
    case .cxcywh: return [["cx", "cy", "w", "h"], ["cx", "cy", "width", "height"]]
    default: return [["x", "y", "width", "height"], ["x", "y", "w", "h"], ["left", "top", "width", "height"]]
    }
  }

  private static func intervalMembers(_ convention: GeometryDeclaration.Convention) -> [String] {
    convention == .startDuration ? ["start", "duration"] : ["start", "end"]
  }

  /// `[x, y, x, y, …]`, `[[x, y], …]` or `[{"x": …, "y": …}, …]`; at least three corners.
  private func appendPolygon(_ node: Int, to numbers: inout [Double]) -> Bool {
    let start = numbers.count
    if appendList(node, count: nil, to: &numbers) {
      let count = numbers.count - start
      return count >= 6 && count.isMultiple(of: 2)
    }
    guard tree.nodes[node].kind == .array, tree.nodes[node].childCount >= 3 else { return false }
    return tree.children(of: node).allSatisfy { child in
      appendList(child, count: 2, to: &numbers) || appendMembers(child, [["x", "y"]], count: 2, to: &numbers)
    }
  }
}
