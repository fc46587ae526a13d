import PluginKit

/// Things matched across images that nobody says were laid over each other.
struct FusionRegistration: GroupRule {
  static let info = RuleInfo(
    id: "fusion-registration", severity: .warning,
    summary: "Where things are matched across images, it is said how the images were laid over each other.",
    why: "Without that, nobody can tell a shift of the images from a thing that moved.",
    source: "`registration` of the sample, with `method` and `residual`.",
    message:
      "This thing was matched in the optical and the radar image, and nothing says how they were laid over each other. Add `registration` to the sample, with `method` and `residual` in metres.",
    good: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "v1", "label": "ship""#),
        MapExample.seen("a2", "sar", #""entity": "v1", "label": "ship""#), about: FusionClassConflict.registered,
        things: "v1"),
      MapExample.scene(MapExample.seen("a2", "sar", #""entity": "v1", "label": "ship""#), things: "v1"),
    ],
    bad: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "v1", "label": "ship""#),
        MapExample.seen("a2", "sar", #""entity": ⟪"v1"⟫, "label": "ship""#), things: "v1")
    ])
  static let reads = Reads(fields: [.sightingLabel])
  static let kind = Sighting.kind
  static let fewest = 2

  func group(_ group: Group, _ report: inout Report) {
    guard let pair = SightingPairs(group).pairs.first, !pair.radar.what.isRegistered,
      let place = pair.radar.fact.place(named: "entity")
    else { return }
    report.finding(at: place, "", fold: "registration")
  }
}
