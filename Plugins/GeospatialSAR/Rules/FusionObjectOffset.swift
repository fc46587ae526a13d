import PluginKit

/// A thing that stands still, farther apart in two images than they can show it.
struct FusionObjectOffset: GroupRule {
  static let info = RuleInfo(
    id: "fusion-object-offset", severity: .warning,
    summary: "What stands still is at one place in the optical and in the radar image.",
    why: "A shifted image teaches a model that buildings stand beside themselves; a label of another thing does worse.",
    source:
      "Radar shows the top of a thing nearer to itself, by its height over the tangent of the angle. Allowed: the rest that the registration states (or the setting `registration`, 50 m), that shift, and half the length.",
    message:
      "In the two images this thing is {distance} m apart, and {allowed} m can be explained: {registration} m by the registration, {layover} m because radar shows high things nearer, {size} m by its size. Look whether both labels are of the same thing.",
    messages: ["optical": "In the optical image"],
    good: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "b1", "label": "building", "geometry": \#(MapExample.point(10, 54))"#),
        MapExample.seen(
          "a2", "sar",
          #""entity": "b1", "label": "building", "height": 60, "geometry": \#(MapExample.point(10.0015, 54))"#),
        about: #""registration": {"method": "points", "residual": 20}"#, radar: #""incidence": 30"#, things: "b1")
    ],
    bad: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""entity": "b1", "label": "building", "geometry": \#(MapExample.point(10, 54))"#),
        MapExample.seen(
          "a2", "sar",
          #""entity": "b1", "label": "building", "height": 20, "geometry": ⟪\#(MapExample.point(10.0025, 54))⟫"#),
        about: #""registration": {"method": "points", "residual": 20}"#, radar: #""incidence": 30"#, things: "b1")
    ])
  static let reads = Reads(
    fields: Sighting.fields, needs: [.sightingLabel, .sightingPlace], context: Sighting.context,
    settings: ["registration"], lookups: [.definition(of: .asset)])
  static let kind = Sighting.kind
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let thing = record.text(.entity), let sample = record.context("id")?.text, let what = Sighting(record),
      let payload = what.payload, let main = record.first(.sightingLabel) ?? record.first(.sightingPlace)
    else { return }
    let place = (record.first(.sightingPlace) ?? main).place
    let entity = (record.first(.entity) ?? main).place
    report.state(
      Self.kind, key: .text(sample + "/" + thing), at: main, also: ["place": place, "entity": entity],
      payload: payload)
  }

  func group(_ group: Group, _ report: inout Report) {
    for (light, radar) in SightingPairs(group).pairs {
      guard let left = light.what.place, let right = radar.what.place,
        Things.sort(of: radar.what.label)?.moves == false, let height = radar.what.height ?? light.what.height,
        let incidence = radar.what.incidence
      else { continue }
      let registration = radar.what.residual ?? report.setting("registration")?.number ?? 50
      let layover = RadarGeometry.layover(height: height, incidence: incidence)
      let size = max(radar.what.length ?? 0, light.what.length ?? 0) / 2
      let distance = Earth.way(left, right).metres
      guard distance > registration + layover + size, let place = radar.fact.place(named: "place") else { continue }
      report.finding(
        at: place, "",
        [
          "distance": distance.rounded(), "allowed": (registration + layover + size).rounded(),
          "registration": registration.rounded(), "layover": layover.rounded(), "size": size.rounded(),
        ], related: [Related(at: light.fact.place(named: "place") ?? light.fact.place, "optical")])
    }
  }
}
