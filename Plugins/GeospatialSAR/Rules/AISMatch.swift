import PluginKit

/// A detection with a ship's number whose ship was somewhere else.
struct AISMatch: NeighborRule {
  static let info = RuleInfo(
    id: "ais-match", severity: .warning,
    summary: "A detection that has a ship's number lies where that ship was.",
    why: "The length, the kind and the name of another ship are learnt from this echo.",
    source: DarkVessel.info.source,
    message:
      "By its own messages this ship was {distance} m away when the image was taken, and {allowed} m can be explained: {registration} m by the registration, {interpolation} m between two messages, {shift} m because radar shows moving ships beside their place. Look whether it is this ship.",
    messages: ["before": "Its message before the image", "after": "Its message after the image"],
    good: [dataset(#""mmsi": "211331640""#, 10.2)], bad: [dataset(#""mmsi": ⟪"211331640"⟫"#, 10.3)])
  static let reads = Reads(
    fields: Sighting.fields + [.sightingShip], needs: [.sightingShip], context: Sighting.context,
    settings: MatchBudget.settings, lookups: [.definition(of: .asset)])
  static let kind = FactKind("geospatial-sar/named-ship")
  static let among: FactKind? = ShipPosition.kind
  static let relation = Relation.within
  static let states = [kind]

  func state(_ record: Record, _ report: inout Report) {
    guard let ship = record.first(.sightingShip), let number = ship.text, let what = Sighting(record),
      let time = what.time?.seconds, what.place != nil, let payload = what.payload
    else { return }
    report.state(
      Self.kind, key: ShipPosition.key(number), at: ship, payload: payload,
      extent: .interval(from: time - ShipLeg.longest, to: time + ShipLeg.longest))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let what = Sighting(fact.text), let time = what.time?.seconds, let place = what.place else { return }
    let positions = related.compactMap { fact in ShipPosition(fact).map { (fact: fact, position: $0) } }
    guard let before = positions.filter({ $0.position.time <= time }).max(by: { $0.position.time < $1.position.time }),
      let after = positions.filter({ $0.position.time >= time }).min(by: { $0.position.time < $1.position.time }),
      after.position.time - before.position.time <= ShipLeg.longest, related.count == related.total
    else { return }
    let leg = ShipLeg(
      from: (before.position.time, before.position.place), to: (after.position.time, after.position.place))
    let distance = Earth.way(place, leg.place(at: time)).metres
    let budget = MatchBudget(leg, at: time, seenBy: what, report)
    guard distance > budget.total else { return }
    report.finding(
      at: fact, "", budget.arguments(distance),
      related: [Related(at: before.fact, "before"), Related(at: after.fact, "after")])
  }

  /// A ship that sails east at 10 knots, and is at that longitude at 05:41.
  static func track(_ longitude: Double) -> String {
    [("05:36:00", -0.0238), ("05:46:00", 0.0238)].map { time, east in
      #"{"class": "AIS", "type": 1, "mmsi": "211331640", "timestamp": "2026-11-20T\#(time)Z", "lon": \#(longitude + east), "lat": 54.35}"#
    }.joined(separator: "\n")
  }

  private static func dataset(_ ship: String, _ longitude: Double) -> String {
    MapExample.dataset(
      (
        "scene.json",
        MapExample.scene(
          MapExample.seen("a1", "sar", #""label": "ship", "geometry": \#(MapExample.point(10.2, 54.35)), \#(ship)"#),
          radar: #""datetime": "2026-11-20T05:41:00Z", "platform": "sentinel-1a", "incidence": 38"#)
      ), ("ships.jsonl", track(longitude)))
  }
}
