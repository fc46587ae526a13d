import PluginKit

/// A shape as GeoJSON writes it, with the places of its parts.
struct MapShape {
  /// A closed line; the first of a polygon is its outside, the others are holes.
  struct Ring {
    var value: Value
    var positions: [Position]
    var isHole: Bool

    var isClosed: Bool { positions.first == positions.last }
  }

  /// Points that stand alone, in no line.
  private(set) var points: [Position] = []
  private(set) var lines: [[Position]] = []
  private(set) var polygons: [[Ring]] = []
  /// Whether all of it could be read: lists are as deep as the kind of shape asks for, and of numbers.
  private(set) var isWhole = true
  private var left = MapShape.mostPositions

  /// Larger ones are left alone: nothing here may take longer than a moment.
  static let mostPositions = 50_000
  /// Of a shape with thousands of parts, as many are told of one fault.
  static let mostTold = 100
  private static let mostDepth = 8

  var rings: [Ring] { polygons.flatMap(\.self) }

  var positions: [Position] { points + lines.flatMap(\.self) + polygons.flatMap { $0.flatMap(\.positions) } }

  var isEmpty: Bool { points.isEmpty && lines.isEmpty && polygons.isEmpty }

  /// The one polygon, or the outsides of several.
  var isArea: Bool { !polygons.isEmpty && points.isEmpty && lines.isEmpty }

  init(_ value: Value) { add(value, depth: 0) }

  /// Of a record's field, read once for all rules.
  static func of(_ field: FieldValue, in record: Record) -> MapShape {
    record.once("shape", of: field.value, reading: [.shape]) { MapShape(field.value) }
  }

  private mutating func add(_ value: Value, depth: Int) {
    guard depth < Self.mostDepth, value.kind == .object, let type = value["type"]?.text else { return fail() }
    if type == "GeometryCollection" {
      guard let list = value["geometries"], list.kind == .array else { return fail() }
      for child in list.children { add(child, depth: depth + 1) }
      return
    }
    guard let list = value["coordinates"], list.kind == .array else { return fail() }
    switch type {
    case "Point": addPoint(list)
    case "MultiPoint": for child in list.children { addPoint(child) }
    case "LineString": addLine(list)
    case "MultiLineString": for child in list.children { addLine(child) }
    case "Polygon": addPolygon(list)
    case "MultiPolygon": for child in list.children { addPolygon(child) }
    default: fail()
    }
  }

  private mutating func fail() { isWhole = false }

  private mutating func addPoint(_ value: Value) {
    guard let position = Position(value) else { return fail() }
    points.append(position)
    left -= 1
  }

  private mutating func addLine(_ value: Value) {
    guard let line = read(value) else { return fail() }
    lines.append(line)
  }

  private mutating func addPolygon(_ value: Value) {
    guard value.kind == .array else { return fail() }
    var rings: [Ring] = []
    for child in value.children {
      guard let positions = read(child) else { return fail() }
      rings.append(Ring(value: child, positions: positions, isHole: !rings.isEmpty))
    }
    if !rings.isEmpty { polygons.append(rings) }
  }

  private mutating func read(_ value: Value) -> [Position]? {
    guard value.kind == .array, value.count <= left else { return nil }
    left -= value.count
    var out: [Position] = []
    out.reserveCapacity(value.count)
    for child in value.children {
      guard let position = Position(child) else { return nil }
      out.append(position)
    }
    return out
  }
}
