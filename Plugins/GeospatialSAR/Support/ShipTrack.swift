import PluginKit

/// Where a ship was between two of its messages, in a straight line at one speed.
struct ShipLeg {
  var from: (time: Double, place: Position)
  var to: (time: Double, place: Position)

  static let kind = FactKind("geospatial-sar/ship-leg")
  /// Beyond an hour without a message nobody knows where a ship was.
  static let longest = 3600.0

  var metres: Double { Earth.way(from.place, to.place).metres }
  var course: Double { Earth.way(from.place, to.place).azimuth }
  /// Metres a second.
  var speed: Double { to.time > from.time ? metres / (to.time - from.time) : 0 }

  func place(at time: Double) -> Position {
    guard to.time > from.time else { return from.place }
    let way = Earth.way(from.place, to.place)
    return Earth.place(
      from.place, azimuth: way.azimuth, metres: way.metres * (time - from.time) / (to.time - from.time))
  }

  /// How far the ship went since, or until, the nearer of the two messages.
  func way(at time: Double) -> Double { speed * max(0, min(time - from.time, to.time - time)) }

  /// Hours since 1970 that it touches: under each it can be found.
  var hours: ClosedRange<Int> { Int(from.time / 3600)...Int(max(from.time, to.time) / 3600) }
  static func key(hour: Int) -> Report.Key { .key(FactKey(shared: "legs:\(hour)")) }

  /// A little wider than the line, so that a ship at anchor has an extent.
  var extent: Extent {
    let slack = 0.001
    return .box(
      minX: min(from.place.x, to.place.x) - slack, minY: min(from.place.y, to.place.y) - slack,
      maxX: max(from.place.x, to.place.x) + slack, maxY: max(from.place.y, to.place.y) + slack)
  }

  var payload: Payload { .numbers(from.time, from.place.x, from.place.y, to.time, to.place.x, to.place.y) }

  init(from: (Double, Position), to: (Double, Position)) {
    self.from = from
    self.to = to
  }

  init?(_ numbers: [Double]) {
    guard numbers.count == 6 else { return nil }
    from = (numbers[0], Position(x: numbers[1], y: numbers[2]))
    to = (numbers[3], Position(x: numbers[4], y: numbers[5]))
  }
}

/// One message with place and time.
struct ShipPosition {
  var time: Double
  var place: Position

  static let kind = FactKind("geospatial-sar/ship-position")
  static let fields: [Field] = [.mmsi, .shipLongitude, .shipLatitude, .receivedAt, .messageType, .isScaled]
  static func key(_ ship: String) -> Report.Key { .key(FactKey(shared: "ship:" + ship)) }

  /// `nil` of a message without place or time, or in units of its own.
  init?(_ record: Record) {
    guard let longitude = record.number(.shipLongitude), let latitude = record.number(.shipLatitude),
      let time = record.first(.receivedAt).flatMap({ Instant($0.value) }),
      record.first(.isScaled)?.value.bool != false
    else { return nil }
    place = Position(x: longitude, y: latitude)
    self.time = time.seconds
    guard place.isOnEarth else { return nil }
  }

  init?(_ fact: Fact) {
    let numbers = fact.numbers
    guard numbers.count == 3 else { return nil }
    time = numbers[0]
    place = Position(x: numbers[1], y: numbers[2])
  }

  var payload: Payload { .numbers(time, place.x, place.y) }
}

/// How far a ship may be shown from where its own messages have it.
struct MatchBudget {
  var registration: Double
  var interpolation: Double
  var shift: Double
  var total: Double { registration + interpolation + shift }

  static let settings = ["registration", "interpolation"]

  init(_ leg: ShipLeg, at time: Double, seenBy sighting: Sighting, _ report: Report) {
    registration = sighting.residual ?? report.setting("registration")?.number ?? 50
    interpolation = leg.way(at: time) * (report.setting("interpolation")?.number ?? 0.1)
    shift =
      sighting.sensor == .sar
      ? RadarGeometry.displacement(
        speed: leg.speed, course: leg.course, azimuth: sighting.azimuth, incidence: sighting.incidence ?? 45,
        altitude: sighting.altitude) : 0
  }

  func arguments(_ distance: Double) -> Arguments {
    [
      "distance": distance.rounded(), "allowed": total.rounded(), "registration": registration.rounded(),
      "interpolation": interpolation.rounded(), "shift": shift.rounded(),
    ]
  }
}
