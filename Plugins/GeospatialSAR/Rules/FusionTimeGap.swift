import PluginKit

/// One thing in two images that were taken too far apart for it to be the same.
struct FusionTimeGap: GroupRule {
  static let info = RuleInfo(
    id: "fusion-time-gap", severity: .warning,
    summary: "Images that show the same thing were taken while it was there.",
    why: "A ship is elsewhere ten minutes later; what lies at its place is another one.",
    source: "Ships and aircraft 10 minutes, vehicles 6 hours, buildings 180 days, roads and harbours a year.",
    message:
      "The two images were taken {gap} minutes apart, and *{label}* stays as it is for {stays} minutes. Look whether both labels are of the same thing.",
    messages: [
      "days":
        "The two images were taken {gap} days apart, and *{label}* stays as it is for {stays} days. Look whether both labels are of the same thing.",
      "optical": "In the optical image",
    ],
    good: [scene("2026-11-20T05:35:00Z", #""label": "ship""#)],
    bad: [scene("2026-11-20T03:35:00Z", #""label": ⟪"ship"⟫"#)])
  static let reads = Reads(fields: [.sightingLabel])
  static let kind = Sighting.kind
  static let fewest = 2

  func group(_ group: Group, _ report: inout Report) {
    for (light, radar) in SightingPairs(group).pairs {
      guard let left = light.what.time, let right = radar.what.time, let sort = Things.sort(of: radar.what.label)
      else { continue }
      let gap = abs(left.seconds - right.seconds)
      guard gap > sort.stays else { continue }
      let isLong = sort.stays >= 86_400
      let unit = isLong ? 86_400.0 : 60
      report.finding(
        at: radar.fact, isLong ? "days" : "",
        ["gap": (gap / unit).rounded(), "label": radar.what.label, "stays": (sort.stays / unit).rounded()],
        related: [Related(at: light.fact, "optical")])
    }
  }

  private static func scene(_ time: String, _ label: String) -> String {
    MapExample.scene(
      MapExample.seen("a1", "opt", #""entity": "v1", "label": "ship""#),
      MapExample.seen("a2", "sar", #""entity": "v1", \#(label)"#), about: FusionClassConflict.registered,
      optical: #""datetime": "\#(time)""#, radar: #""datetime": "2026-11-20T05:41:00Z""#, things: "v1")
  }
}
