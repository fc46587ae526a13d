import PluginKit

/// A ship marked as silent whose own messages have it at that very place.
struct DarkVessel: NeighborRule {
  static let info = RuleInfo(
    id: "dark-vessel", severity: .error,
    summary: "A ship that is marked as silent sent no messages.",
    why: "Silent ships are looked for by coast guards. One that was not silent costs a patrol, and trust.",
    source:
      "Where a ship was between two messages, at most an hour apart, against the detection. Allowed: registration (setting `registration`, 50 m, or what the sample states), a tenth of the way to the nearer message (`interpolation`), and how far radar shows a moving ship beside its place: distance over speed of the satellite, times the ship's speed along the rays.",
    message:
      "This ship is marked as silent, and by its own messages one was {distance} m away. Up to {allowed} m can be explained: {registration} m by the registration, {interpolation} m between two messages, {shift} m because radar shows moving ships beside their place. Take the mark away.",
    messages: ["before": "Its message before the image", "after": "Its message after the image"],
    good: [dataset(#""dark": true"#, 10.3), dataset(#""dark": false"#, 10.2)],
    bad: [dataset(#""dark": ⟪true⟫"#, 10.2)])
  static let reads = Reads(
    fields: Sighting.fields + [.isDark], needs: [.isDark], context: Sighting.context, settings: MatchBudget.settings,
    lookups: [.definition(of: .asset)])
  static let kind = FactKind("geospatial-sar/silent-ship")
  static let among: FactKind? = ShipLeg.kind
  static let relation = Relation.overlapping
  static let states = [kind]
  /// Degrees of latitude around a detection in which messages are looked at: about 10 km, more than radar shows any ship beside its place.
  private static let reach = 0.1

  func state(_ record: Record, _ report: inout Report) {
    guard let mark = record.first(.isDark), mark.value.bool == true, let what = Sighting(record), let time = what.time,
      let place = what.place, let payload = what.payload, abs(place.y) < 85, abs(place.x) < 179
    else { return }
    let west = Earth.place(place, azimuth: 270, metres: Self.reach * 111_000).x
    let width = place.x - west
    report.state(
      Self.kind, key: ShipLeg.key(hour: Int(time.seconds / 3600)), at: mark, payload: payload,
      extent: .box(
        minX: place.x - width, minY: place.y - Self.reach, maxX: place.x + width, maxY: place.y + Self.reach))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let what = Sighting(fact.text), let time = what.time?.seconds, let place = what.place else { return }
    var nearest: (distance: Double, budget: MatchBudget, leg: Fact)?
    for other in related {
      guard let leg = ShipLeg(other.numbers), leg.from.time <= time, time <= leg.to.time else { continue }
      let distance = Earth.way(place, leg.place(at: time)).metres
      let budget = MatchBudget(leg, at: time, seenBy: what, report)
      guard distance <= budget.total, distance < nearest?.distance ?? .infinity else { continue }
      nearest = (distance, budget, other)
    }
    guard let nearest else { return }
    report.finding(
      at: fact, "", nearest.budget.arguments(nearest.distance),
      related: [Related(at: nearest.leg, "before")]
        + (nearest.leg.place(named: "next").map { [Related(at: $0, "after")] } ?? []))
  }

  /// A radar image at 05:41, a ship in it, and messages of one before and after.
  private static func dataset(_ mark: String, _ longitude: Double) -> String {
    MapExample.dataset(
      (
        "scene.json",
        MapExample.scene(
          MapExample.seen("a1", "sar", #""label": "ship", "geometry": \#(MapExample.point(10.2, 54.35)), \#(mark)"#),
          radar: #""datetime": "2026-11-20T05:41:00Z", "platform": "sentinel-1a", "incidence": 38"#)
      ),
      (
        "ships.jsonl",
        AISMatch.track(longitude)
      ))
  }
}
