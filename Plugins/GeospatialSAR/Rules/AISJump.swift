import PluginKit

/// Two messages of one ship between which it would have to fly.
struct AISJump: NeighborRule {
  static let info = RuleInfo(
    id: "ais-jump", severity: .warning,
    summary: "Between two of its messages a ship goes no faster than ships go.",
    why:
      "Two ships with one number are drawn as one that jumps, and each detection between them finds a wrong partner.",
    source: "60 knots; jumps of less than 2 km, and aircraft of search and rescue (111…), are left alone.",
    message:
      "Since its message before, this ship would have gone {knots} knots over {km} km. Two ships may have the same number, or a place is wrong.",
    messages: [
      "twice": "At the same moment this ship is at two places, {km} km apart. Two ships may have the same number.",
      "before": "The message before",
    ],
    good: [
      messages("05:00:00", 10.0, "05:10:00", 10.05), messages("05:00:00", 10.0, "09:00:00", 12.0),
    ],
    bad: [
      messages("05:00:00", 10.0, "05:10:00", 11.05, mark: true),
      messages("05:00:00", 10.0, "05:00:00", 11.05, mark: true),
    ])
  static let reads = Reads(fields: ShipPosition.fields, needs: [.shipLongitude])
  static let kind = ShipPosition.kind
  static let relation = Relation.next
  static let states = [ShipPosition.kind, ShipLeg.kind]
  private static let fastest = 60.0
  private static let shortest = 2000.0

  func state(_ record: Record, _ report: inout Report) {
    guard let ship = record.first(.mmsi), let number = ship.text, MMSI.judge(number) == .right,
      !number.hasPrefix("111"), let position = ShipPosition(record), let place = record.first(.shipLongitude)
    else { return }
    report.state(
      Self.kind, key: ShipPosition.key(number), at: place, also: ["ship": ship],
      payload: position.payload, extent: .interval(from: position.time, to: position.time))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let next = related.first, let from = ShipPosition(fact), let to = ShipPosition(next) else { return }
    let leg = ShipLeg(from: (from.time, from.place), to: (to.time, to.place))
    guard abs(from.place.x - to.place.x) < 180 else { return }
    let metres = leg.metres
    let knots = leg.speed / AISNumbers.knot
    if metres > Self.shortest, to.time == from.time || knots > Self.fastest {
      report.finding(
        at: next, to.time == from.time ? "twice" : "", ["knots": knots.rounded(), "km": (metres / 1000).rounded()],
        related: [Related(at: fact, "before")])
      return
    }
    guard to.time - from.time <= ShipLeg.longest else { return }
    for hour in leg.hours {
      report.state(
        ShipLeg.kind, key: ShipLeg.key(hour: hour), at: fact, also: ["next": next], payload: leg.payload,
        extent: leg.extent)
    }
  }

  private static func messages(_ first: String, _ west: Double, _ second: String, _ east: Double, mark: Bool = false)
    -> String
  {
    MapExample.messages(
      #""mmsi": "211331640", "timestamp": "2026-11-20T\#(first)Z", "lon": \#(west), "lat": 54.3"#,
      #""mmsi": "211331640", "timestamp": "2026-11-20T\#(second)Z", "lon": \#(mark ? "⟪\(east)⟫" : "\(east)"), "lat": 54.3"#
    )
  }
}
