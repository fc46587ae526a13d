import PluginKit

/// One ship's number at two ships of one image.
struct AISAssignment: GroupRule {
  static let info = RuleInfo(
    id: "ais-assignment", severity: .error,
    summary: "In one image, a ship's number belongs to one ship.",
    why: "One of the two detections learns the length and kind of the other.",
    source: "Labels of the same thing (`entity`) count once.",
    message:
      "This number is at another ship of the same image, too. A ship is at one place: look which of the two it is.",
    messages: ["other": "The other one"],
    good: [
      MapExample.scene(ship("a1", "211331640"), ship("a2", "211234560")),
      MapExample.scene(
        ship("a1", "211331640", #""entity": "v1""#), ship("a2", "211331640", #""entity": "v1""#), things: "v1"),
    ],
    bad: [
      MapExample.scene(
        ship("a1", "211331640"), MapExample.seen("a2", "sar", #""label": "ship", "mmsi": ⟪"211331640"⟫"#))
    ])
  static let reads = Reads(fields: [.sightingShip, .asset, .entity, .id], needs: [.sightingShip], context: ["id"])
  static let kind = FactKind("geospatial-sar/assigned-ship")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 64

  func state(_ record: Record, _ report: inout Report) {
    guard let ship = record.first(.sightingShip), let number = ship.text, MMSI.judge(number) == .right,
      let sample = record.context("id")?.text, let image = record.text(.asset)
    else { return }
    let thing = record.text(.entity).map { "e" + $0 } ?? "a" + (record.text(.id) ?? "")
    guard thing.utf8.count < 200 else { return }
    report.state(Self.kind, key: .text("\(sample)/\(image)/\(number)"), at: ship, payload: .text(thing))
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    for fact in group.facts.dropFirst() where fact.text != first.text {
      report.finding(at: fact, "", related: [Related(at: first, "other")])
    }
  }

  private static func ship(_ id: String, _ number: String, _ more: String = "") -> String {
    MapExample.seen(id, "sar", #""label": "ship", "mmsi": "\#(number)"\#(more.isEmpty ? "" : ", " + more)"#)
  }
}
