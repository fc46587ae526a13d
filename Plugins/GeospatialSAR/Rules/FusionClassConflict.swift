import PluginKit

/// One thing called a ship in one image and a building in the other.
struct FusionClassConflict: GroupRule {
  static let info = RuleInfo(
    id: "fusion-class-conflict", severity: .error,
    summary: "A thing is of one sort in all images.",
    why: "A model that learns from both images is told two things, and believes neither.",
    source:
      "Compared are sorts of things (ships, aircraft, vehicles, buildings, land); `ship` and `cargo ship` agree. What is of no known sort is left alone.",
    message:
      "In the optical image this thing is *{optical}*, in the radar image *{radar}*. Look at both, and correct the one that is wrong.",
    messages: ["optical": "In the optical image"],
    good: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "v1", "label": "cargo ship""#),
        MapExample.seen("a2", "sar", #""entity": "v1", "label": "ship""#), about: registered, things: "v1")
    ],
    bad: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "v1", "label": "ship""#),
        MapExample.seen("a2", "sar", #""entity": "v1", "label": ⟪"storage tank"⟫"#), about: registered, things: "v1")
    ])
  static let reads = Reads(fields: [.sightingLabel])
  static let kind = Sighting.kind
  static let fewest = 2
  static let registered = #""registration": {"method": "points", "residual": 5}"#

  func group(_ group: Group, _ report: inout Report) {
    for (light, radar) in SightingPairs(group).pairs {
      guard let left = Things.sort(of: light.what.label), let right = Things.sort(of: radar.what.label),
        left.name != right.name
      else { continue }
      report.finding(
        at: radar.fact, "", ["optical": light.what.label, "radar": radar.what.label],
        related: [Related(at: light.fact, "optical")])
    }
  }
}
