import Manifest

/// Fields and their canonical numbers.
extension Collector {
  func addFields(_ vocabulary: Vocabulary, _ node: UInt32, _ roles: inout RoleTable) {
    guard vocabulary.field != noIndex else { return }
    var entry = RoleTable.Entry(field: vocabulary.field, node: node)
    var numbers: [Double] = []
    if let interval = vocabulary.interval {
      entry.geometry = interval.scale == nil ? .none : .interval
      numbers = self.numbers(interval) ?? []
    } else if let geometry = vocabulary.geometry {
      (entry.geometry, numbers) = canonical(geometry, Int(node))
    } else if let number = tree.number(of: Int(node)) {
      numbers = [number * vocabulary.scale]
    }
    if let known = roles.entries.firstIndex(where: { $0.field == entry.field && $0.node == node }) {
      // Two places say the same of one value; the one that knows its geometry counts.
      guard roles.entries[known].geometry == .none, entry.geometry != .none else { return }
      roles.entries.remove(at: known)
    }
    entry.numberStart = UInt32(clamping: roles.numbers.count)
    entry.numberCount = UInt32(clamping: numbers.count)
    roles.numbers += numbers
    roles.entries.append(entry)
  }

  private func numbers(_ interval: IntervalDeclaration) -> [Double]? {
    guard let scale = interval.scale, let start = number(interval.start) else { return nil }
    if let end = number(interval.end) { return [start * scale, end * scale] }
    guard let duration = number(interval.duration) else { return nil }
    return [start * scale, (start + duration) * scale]
  }

  private func number(_ path: RecordPath?) -> Double? { path?.follow(in: tree).flatMap { tree.number(of: $0) } }

  /// The geometry's numbers; none if the value is not of its form. `.none` where the unit can't be turned into pixels or seconds.
  private func canonical(_ geometry: GeometryDeclaration, _ node: Int) -> (RoleTable.Geometry, [Double]) {
    var scaleX = 1.0
    var scaleY = 1.0
    switch geometry.unit {
    case .absolute(let factor): (scaleX, scaleY) = (factor, factor)
    case .relative(let part):
      guard let width = number(geometry.width), let height = number(geometry.height) else { return (.none, []) }
      (scaleX, scaleY) = (width * part, height * part)
    case .other: return (.none, [])
    }
    guard var numbers = raw(geometry, node), numbers.allSatisfy(\.isFinite) else { return (geometry.form, []) }
    if geometry.form == .box {
      numbers = corner(numbers, geometry.convention)
    } else if geometry.form == .interval, geometry.convention == .startDuration {
      numbers[1] += numbers[0]
    }
    if geometry.form != .cuboid {
      for index in numbers.indices { numbers[index] *= index.isMultiple(of: 2) ? scaleX : scaleY }
    }
    return (geometry.form, numbers)
  }

  private func corner(_ n: [Double], _ convention: GeometryDeclaration.Convention) -> [Double] {
    switch convention {
    case .xyxy: [n[0], n[1], n[2] - n[0], n[3] - n[1]]
    case .cxcywh: [n[0] - n[2] / 2, n[1] - n[3] / 2, n[2], n[3]]
    default: n
    }
  }

  private func raw(_ geometry: GeometryDeclaration, _ node: Int) -> [Double]? {
    switch geometry.form {
    case .none: nil
    case .box: list(node, count: 4) ?? members(node, Self.boxMembers(geometry))
    case .interval:
      list(node, count: 2) ?? members(node, [geometry.members ?? Self.intervalMembers(geometry.convention)])
    case .point: list(node, count: 2) ?? members(node, [geometry.members ?? ["x", "y"]])
    case .polygon: polygon(node)
    case .cuboid: list(node, count: nil)
    }
  }

  private func list(_ node: Int, count: Int?) -> [Double]? {
    guard tree.nodes[node].kind == .array, !tree.nodes[node].flags.contains(.elided) else { return nil }
    let found = tree.nodes[node].childCount
    guard count.map({ UInt32(clamping: $0) == found }) ?? (found > 0) else { return nil }
    var numbers: [Double] = []
    for child in tree.children(of: node) {
      guard let number = tree.number(of: child) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private func members(_ node: Int, _ candidates: [[String]]) -> [Double]? {
    guard tree.nodes[node].kind == .object else { return nil }
    for names in candidates {
      let numbers = names.compactMap { name in
        tree.lastMember(Array(name.utf8), of: node).flatMap { tree.number(of: $0) }
      }
      if numbers.count == names.count, !numbers.isEmpty { return numbers }
    }
    return nil
  }

  private static func boxMembers(_ geometry: GeometryDeclaration) -> [[String]] {
    if let members = geometry.members { return members.count == 4 ? [members] : [] }
    switch geometry.convention {
    case .xyxy: return [["xmin", "ymin", "xmax", "ymax"], ["x1", "y1", "x2", "y2"], ["left", "top", "right", "bottom"]]
    case .cxcywh: return [["cx", "cy", "w", "h"], ["cx", "cy", "width", "height"]]
    default: return [["x", "y", "width", "height"], ["x", "y", "w", "h"], ["left", "top", "width", "height"]]
    }
  }

  private static func intervalMembers(_ convention: GeometryDeclaration.Convention) -> [String] {
    convention == .startDuration ? ["start", "duration"] : ["start", "end"]
  }

  /// `[x, y, x, y, …]`, `[[x, y], …]` or `[{"x": …, "y": …}, …]`; at least three corners.
  private func polygon(_ node: Int) -> [Double]? {
    if let flat = list(node, count: nil) { return flat.count >= 6 && flat.count.isMultiple(of: 2) ? flat : nil }
    guard tree.nodes[node].kind == .array, tree.nodes[node].childCount >= 3 else { return nil }
    var numbers: [Double] = []
    for child in tree.children(of: node) {
      guard let pair = list(child, count: 2) ?? members(child, [["x", "y"]]) else { return nil }
      numbers += pair
    }
    return numbers
  }
}
