import PluginKit

/// Where the pixels lie, in the order of another program.
struct TransformOrder: RecordRule {
  static let info = RuleInfo(
    id: "transform-order", severity: .error,
    summary: "`proj:transform` begins with the width of a pixel.",
    why: "Programs take the edge of the image for the width of a pixel, and place it outside of the world.",
    source:
      "STAC's projection extension: step across, skew, left edge; skew, step down, top edge. GDAL writes left edge first. Told only where there is no skew and both steps are alike.",
    message:
      "This is in GDAL's order, with the left edge first. Here the order is step across, skew, left edge, skew, step down, top edge.",
    messages: ["order": "Put them in order"],
    good: [item("[10, 0, 399960, 0, -10, 6100020]"), item("[10, 0, 399960, 0, -10, 6100020, 0, 0, 1]")],
    bad: [item("⟪[399960, 10, 0, 6100020, 0, -10]⟫")])
  static let reads = Reads(fields: [.gridTransform])

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.gridTransform), field.value.kind == .array, field.value.count == 6 else { return }
    let numbers = field.value.children.compactMap(\.number)
    guard numbers.count == 6, numbers[1] > 0, numbers[5] < 0, numbers[2] == 0, numbers[4] == 0,
      abs(numbers[0]) > 100 * numbers[1], (0.5...2).contains(numbers[1] / -numbers[5])
    else { return }
    let raw = field.value.children.map(\.raw)
    let ordered = [1, 2, 0, 4, 5, 3].map { raw[$0] }.joined(separator: ", ")
    report.finding(
      at: field, "", fixes: [Fix("order", isCertain: true, edits: [.replace(field, with: "[\(ordered)]")])])
  }

  private static func item(_ list: String) -> String { MapExample.item(properties: #""proj:transform": \#(list)"#) }
}
