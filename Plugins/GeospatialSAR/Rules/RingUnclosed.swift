import PluginKit

/// An outline that does not come back to where it began.
struct RingUnclosed: RecordRule {
  static let info = RuleInfo(
    id: "ring-unclosed", severity: .error,
    summary: "An outline ends with the position it begins with.",
    why: "Programs refuse the file, or close the outline each in its own way.",
    source: "RFC 7946, section 3.1.6; the same holds for outlines written as text (WKT).",
    message: "This outline does not end where it begins. Write its first position once more at its end.",
    messages: ["close": "Write the first position at the end", "exact": "Write the last position like the first"],
    good: [
      MapExample.map(MapExample.polygon(MapExample.square)),
      MapExample.map(#"{"type": "LineString", "coordinates": [[10, 54], [11, 54], [11, 55]]}"#),
    ],
    bad: [
      MapExample.map(MapExample.polygon("[[10, 54], [11, 54], [11, 55], ⟪[10, 55]⟫]")),
      MapExample.map(MapExample.polygon("[[10, 54], [11, 54], [11, 55], [10, 55], ⟪[10.0000000001, 54]⟫]")),
      MapExample.item(MapExample.polygon("[[10.5, 54], [11, 54], [11, 55], ⟪[10.5, 55]⟫]")),
    ])
  static let reads = Reads(fields: [.shape, .mapText, .pixelText])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      let open = MapShape.of(field, in: record).rings.filter { $0.positions.count > 2 && !$0.isClosed }
      for ring in open.prefix(MapShape.mostTold) { check(ring, &report) }
    }
    for field in record.all(.mapText) + record.all(.pixelText) {
      guard let text = field.text, let shape = WrittenShape(text) else { continue }
      for (index, ring) in shape.rings.enumerated() where ring.positions.count > 2 {
        guard ring.positions.first != ring.positions.last else { continue }
        let fix = Fix("close", isCertain: true, edits: [.replace(field, with: JSON.quoted(shape.closing(index)))])
        report.finding(at: field, "", fixes: [fix])
      }
    }
  }

  private func check(_ ring: MapShape.Ring, _ report: inout Report) {
    guard let first = ring.value[0],
      let last = ring.value[ring.value.count - 1]
    else { return }
    let (begin, end) = (ring.positions[0], ring.positions[ring.positions.count - 1])
    // So near that it was meant to be the same.
    let isRounded = abs(begin.x - end.x) < 1e-7 && abs(begin.y - end.y) < 1e-7
    let fix =
      isRounded
      ? Fix("exact", isCertain: true, edits: [.replace(last, with: first.raw)])
      : Fix("close", isCertain: true, edits: [.insertElement(into: ring.value, value: first.raw)])
    report.finding(at: last, "", fixes: [fix])
  }
}
