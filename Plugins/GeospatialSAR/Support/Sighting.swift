import PluginKit

/// A label of a scene's image, with what its image says of itself, small enough to be a fact.
struct Sighting {
  enum Sensor: String { case optical, sar, other }

  var sensor: Sensor
  var time: Instant?
  var place: Position?
  var label = ""
  var height: Double?
  var length: Double?
  var incidence: Double?
  var azimuth: Double?
  var altitude = RadarGeometry.usualAltitude
  /// What is left between the images of the sample, if it says so.
  var residual: Double?
  var isRegistered = false

  static let kind = FactKind("geospatial-sar/sighting")
  static let fields: [Field] = [
    .asset, .shape, .sightingPlace, .sightingLabel, .objectHeight, .objectLength, .entity,
  ]
  static let context = ["id", "registration"]
  private static let separator: Character = "\u{1F}"

  /// `nil` of a label whose image is not there.
  init?(_ record: Record) {
    guard let exports = record.definition(of: .asset)?.exports, let modality = exports["modality"]?.text else {
      return nil
    }
    sensor =
      switch modality {
      case "sar", "radar": .sar
      case "optical", "image": .optical
      default: .other
      }
    time = exports["datetime"]?.text.flatMap { Instant($0) }
    place = record.first(.sightingPlace).flatMap { Self.place(MapShape.of($0, in: record)) }
    label = record.text(.sightingLabel) ?? ""
    height = record.number(.objectHeight)
    length = record.number(.objectLength)
    incidence = exports["incidence"]?.number
    azimuth = exports["azimuth"]?.number
    altitude = exports["platform"]?.text.flatMap { Satellites.named($0)?.altitude } ?? altitude
    let registration = record.context("registration")
    isRegistered = registration.map { $0 != .null } ?? false
    residual = registration?["residual"]?.number
  }

  /// A place, or the middle of an outline.
  private static func place(_ shape: MapShape) -> Position? {
    guard shape.isWhole, shape.positions.allSatisfy(\.isOnEarth) else { return nil }
    if let point = shape.points.first { return shape.points.count == 1 ? point : nil }
    guard shape.polygons.count == 1, let plane = Plane(), !Antimeridian.isCrossed(by: shape.positions) else {
      return nil
    }
    return plane.middle(of: shape.polygons[0].map(\.positions))
  }

  /// `nil` if a text is too long to be carried.
  var payload: Payload? {
    func written(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    let texts = [
      sensor.rawValue, written(time?.seconds), written(place?.x), written(place?.y), label, written(height),
      written(length), written(incidence), written(azimuth), written(altitude), written(residual),
      isRegistered ? "1" : "",
    ]
    let text = texts.joined(separator: String(Self.separator))
    guard text.utf8.count <= 250, !texts.contains(where: { $0.contains(Self.separator) }) else { return nil }
    return .text(text)
  }

  init?(_ text: String) {
    let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 12, let sensor = Sensor(rawValue: parts[0]) else { return nil }
    self.sensor = sensor
    time = Double(parts[1]).map { Instant($0) }
    if let x = Double(parts[2]), let y = Double(parts[3]) { place = Position(x: x, y: y) }
    label = parts[4]
    height = Double(parts[5])
    length = Double(parts[6])
    incidence = Double(parts[7])
    azimuth = Double(parts[8])
    altitude = Double(parts[9]) ?? altitude
    residual = Double(parts[10])
    isRegistered = !parts[11].isEmpty
  }
}

/// What was seen of one thing of a scene by light and by radar.
struct SightingPairs {
  let pairs: [(optical: (fact: Fact, what: Sighting), radar: (fact: Fact, what: Sighting))]

  /// Each radar label with the first optical one. Of a thing that was labelled often, all would say the same.
  init(_ group: Group) {
    let all = group.facts.prefix(64).compactMap { fact in Sighting(fact.text).map { (fact: fact, what: $0) } }
    let optical = all.first { $0.what.sensor == .optical }
    pairs = optical.map { light in all.filter { $0.what.sensor == .sar }.map { (light, $0) } } ?? []
  }
}
