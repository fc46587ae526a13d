import PluginKit

/// Numbers that mean "not known" in a ship's message, taken for values.
struct AISSentinel: RecordRule {
  static let info = RuleInfo(
    id: "ais-sentinel", severity: .warning,
    summary: "What a ship does not know is empty.",
    why: "A speed of 102.3 knots or a place at 181 degrees is averaged, matched and drawn like any other.",
    source:
      "ITU-R M.1371; messages of type 9 and 27 have numbers of their own. Numbers that are not scaled are told in their own units.",
    message: "In a ship's message {value} means that nobody knows its `{what}`. Leave it empty: `null`.",
    messages: ["empty": "Write `null`"],
    good: [
      MapExample.messages(#""mmsi": "211331640", "lon": 10.2, "lat": 54.3, "speed": 102.2, "heading": 359"#),
      MapExample.messages(#""mmsi": "211331640", "type": 27, "speed": 20, "course": 90"#),
    ],
    bad: [
      MapExample.messages(#""mmsi": "211331640", "lon": 10.2, "lat": 54.3, "speed": 8, "heading": ⟪511⟫"#),
      MapExample.messages(#""mmsi": "211331640", "lon": ⟪181⟫, "lat": ⟪91⟫"#),
      MapExample.messages(#""mmsi": "211331640", "speed": ⟪102.3⟫, "course": ⟪360.0⟫, "turn": ⟪128⟫"#),
    ])
  static let reads = Reads(
    fields: [
      .shipLongitude, .shipLatitude, .shipSpeed, .shipCourse, .shipHeading, .shipTurn, .messageType, .isScaled,
    ],
    needs: [.shipLongitude, .shipLatitude, .shipSpeed, .shipCourse, .shipHeading, .shipTurn])

  func check(_ record: Record, _ report: inout Report) {
    let type = record.number(.messageType).flatMap { Int(exactly: $0) } ?? 1
    let isScaled = record.first(.isScaled)?.value.bool ?? true
    for (field, what) in AISNumbers.names {
      guard let entry = record.first(field), let number = entry.value.number,
        AISNumbers.isUnknown(number, field, type: type, isScaled: isScaled)
      else { continue }
      let fix = Fix("empty", isCertain: true, edits: [.replace(entry, with: "null")])
      report.finding(at: entry, "", ["value": number, "what": what], fixes: [fix], fold: what)
    }
  }
}
