import PluginKit

/// A fishing ship that is said to be no ship.
struct VesselTristate: RecordRule {
  static let info = RuleInfo(
    id: "vessel-tristate", severity: .error,
    summary: "What is a fishing ship is a ship.",
    why: "Programs that ask for ships leave it out; those that ask for fishing ships count it.",
    source: "xView3's lists: true, false, or empty where nobody knows.",
    message: "This is said to be a fishing ship and no ship. Correct the one that is wrong.",
    messages: [
      "unknown":
        "This is said to be a fishing ship, and nobody said that it is a ship. Write `is_vessel`: true, or leave both empty.",
      "ship": "Write that it is a ship", "empty": "Leave `is_fishing` empty",
    ],
    good: [line("true", "true"), line("false", "false"), line("null", "null"), line("true", "null")],
    bad: [line("false", "⟪true⟫"), line("null", "⟪true⟫")])
  static let reads = Reads(fields: [.isVessel, .isFishing], needs: [.isFishing])

  func check(_ record: Record, _ report: inout Report) {
    guard let fishing = record.first(.isFishing), fishing.value.bool == true, let vessel = record.first(.isVessel),
      vessel.value.bool != true
    else { return }
    report.finding(
      at: fishing, vessel.value.bool == false ? "" : "unknown",
      fixes: [
        Fix("ship", edits: [.replace(vessel, with: "true")]), Fix("empty", edits: [.replace(fishing, with: "null")]),
      ])
  }

  private static func line(_ vessel: String, _ fishing: String) -> String {
    "//- ships.jsonl\n"
      + #"{"scene_id": "s1", "detect_id": "d1", "detect_lat": 54.3, "detect_lon": 10.2, "is_vessel": \#(vessel), "is_fishing": \#(fishing)}"#
  }
}
