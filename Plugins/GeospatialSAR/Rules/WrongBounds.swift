import PluginKit

/// Bounds that are not the shape's.
struct WrongBounds: RecordRule {
  static let info = RuleInfo(
    id: "wrong-bounds", severity: .error,
    summary: "Bounds are west, south, east and north of the shape.",
    why: "Search by place looks at the bounds alone: what they leave out is never found.",
    source:
      "RFC 7946, section 5; differences below a millionth of a degree are left alone. West beyond east is a shape across the 180th meridian.",
    message:
      "The shape reaches from {west}, {south} to {east}, {north}, and these bounds leave part of it out. Write them anew.",
    messages: [
      "count": "Bounds are four numbers, or six with heights: west, south, east, north. Here are {count}.",
      "order": "South ({south}) lies north of north ({north}) here. The order is west, south, east, north.",
      "wide":
        "The shape reaches from {west}, {south} to {east}, {north}, and these bounds go far beyond. Write them anew.",
      "write": "Write the shape's bounds",
    ],
    good: [
      MapExample.item(more: #""bbox": [10, 54, 11, 55]"#),
      MapExample.item(
        #"{"type": "MultiPolygon", "coordinates": [[[[179, 1], [180, 1], [180, 2], [179, 2], [179, 1]]], [[[-180, 1], [-179, 1], [-179, 2], [-180, 2], [-180, 1]]]]}"#,
        more: #""bbox": [179, 1, -179, 2]"#),
    ],
    bad: [
      MapExample.item(more: #""bbox": ⟪[10, 54, 11]⟫"#), MapExample.item(more: #""bbox": ⟪[10, 55, 11, 54]⟫"#),
      MapExample.item(more: #""bbox": ⟪[10, 54, 10.5, 55]⟫"#), MapExample.item(more: #""bbox": ⟪[0, 44, 21, 65]⟫"#),
    ])
  static let reads = Reads(fields: [.shape, .bounds, .properties, .item], needs: [.bounds])
  private static let slack = 1e-6

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.bounds), field.value.kind == .array else { return }
    let numbers = field.value.children.compactMap(\.number)
    guard numbers.count == field.value.count else { return }
    guard let bounds = WrittenBounds(field.value) else {
      return report.finding(at: field, "count", ["count": numbers.count])
    }
    guard abs(bounds.south) <= 90, abs(bounds.north) <= 90 else { return }
    guard bounds.south <= bounds.north else {
      return report.finding(at: field, "order", ["south": bounds.south, "north": bounds.north])
    }
    guard bounds.west <= bounds.east, let shape = record.first(.shape).map({ MapShape.of($0, in: record) }),
      shape.isWhole, case .degrees = MapSpace.of(shape, in: record), !bounds.isOnlyOf(turned: shape.positions)
    else { return }
    let own = Bounds(shape.positions)
    guard !own.isEmpty, own.east - own.west < 180 else { return }
    let lacks = max(bounds.west - own.west, bounds.south - own.south, own.east - bounds.east, own.north - bounds.north)
    let widest = max(own.east - own.west, own.north - own.south, 0.01)
    let excess = max(own.west - bounds.west, own.south - bounds.south, bounds.east - own.east, bounds.north - own.north)
    // A place has no width that bounds could be compared with.
    let isWide = excess > widest && own.east > own.west && own.north > own.south
    guard lacks > Self.slack || isWide else { return }
    let fix = Fix("write", edits: [.replace(field, with: "[\(own.west), \(own.south), \(own.east), \(own.north)]")])
    report.finding(
      at: field, lacks > Self.slack ? "" : "wide",
      ["west": own.west, "south": own.south, "east": own.east, "north": own.north],
      fixes: field.value.count == 4 ? [fix] : [])
  }
}
