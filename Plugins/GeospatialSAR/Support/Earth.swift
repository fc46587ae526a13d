import CPROJ

/// Questions about places on the Earth, answered by PROJ. Its context is of this value alone and ends with it.
@safe package final class Earth {
  private let context: OpaquePointer

  /// `nil` only if there is no memory.
  package init?() {
    guard let context = unsafe proj_context_create() else { return nil }
    unsafe self.context = context
    unsafe proj_log_level(context, PJ_LOG_NONE)
    _ = unsafe proj_context_set_enable_network(context, 0)
  }

  deinit { _ = unsafe proj_context_destroy(context) }

  /// WGS 84.
  private static var ellipsoid: geod_geodesic {
    var out = geod_geodesic()
    unsafe geod_init(&out, 6_378_137, 1 / 298.257223563)
    return out
  }

  /// Metres along the shortest way, and in which direction it begins, in degrees from north.
  package static func way(_ from: Position, _ to: Position) -> (metres: Double, azimuth: Double) {
    var geodesic = ellipsoid
    var metres = 0.0
    var azimuth = 0.0
    unsafe geod_inverse(&geodesic, from.y, from.x, to.y, to.x, &metres, &azimuth, nil)
    return (metres, azimuth < 0 ? azimuth + 360 : azimuth)
  }

  /// The place so many metres away.
  package static func place(_ from: Position, azimuth: Double, metres: Double) -> Position {
    var geodesic = ellipsoid
    var out = Position(x: 0, y: 0)
    unsafe geod_direct(&geodesic, from.y, from.x, azimuth, metres, &out.y, &out.x, nil)
    return out
  }

  /// Square metres within a ring, and the metres around it.
  package static func area(of ring: [Position]) -> (square: Double, around: Double) {
    var geodesic = ellipsoid
    var latitudes = ring.map(\.y)
    var longitudes = ring.map(\.x)
    var area = 0.0
    var around = 0.0
    unsafe geod_polygonarea(&geodesic, &latitudes, &longitudes, Int32(clamping: ring.count), &area, &around)
    return (abs(area), around)
  }

  /// The positions in metres on a plane around `centre` on which areas are true; `nil` if one can't be told.
  ///
  /// Holds across the 180th meridian and over the poles.
  package func flat(_ positions: [Position], around centre: Position) -> [Position]? {
    let words = "+proj=laea +lat_0=\(centre.y) +lon_0=\(centre.x) +datum=WGS84 +units=m"
    guard let projection = unsafe proj_create(context, words) else { return nil }
    defer { _ = unsafe proj_destroy(projection) }
    let degree = 180 / Double.pi
    return positions.map { position in
      let out = unsafe proj_trans(projection, PJ_FWD, proj_coord(position.x / degree, position.y / degree, 0, 0))
      return unsafe Position(x: out.xy.x, y: out.xy.y)
    }.checked
  }

  /// Positions in a coordinate system (`EPSG:32632`) from longitude and latitude, or back; `nil` if nobody knows the system.
  package func project(_ positions: [Position], _ code: String, back: Bool = false) -> [Position]? {
    guard let plain = unsafe proj_create_crs_to_crs(context, "OGC:CRS84", code, nil) else { return nil }
    defer { _ = unsafe proj_destroy(plain) }
    guard let turned = unsafe proj_normalize_for_visualization(context, plain) else { return nil }
    defer { _ = unsafe proj_destroy(turned) }
    return positions.map { position in
      let out = unsafe proj_trans(turned, back ? PJ_INV : PJ_FWD, proj_coord(position.x, position.y, 0, 0))
      return unsafe Position(x: out.xy.x, y: out.xy.y)
    }.checked
  }

  /// Where a coordinate system is meant to be used: west, south, east, north, in degrees; `nil` if nobody knows it.
  package func use(of code: String) -> (name: String, west: Double, south: Double, east: Double, north: Double)? {
    guard let system = unsafe proj_create(context, code) else { return nil }
    defer { _ = unsafe proj_destroy(system) }
    var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
    guard unsafe proj_get_area_of_use(context, system, &west, &south, &east, &north, nil) == 1, west > -1000 else {
      return nil
    }
    return (unsafe proj_get_name(system).map { unsafe String(cString: $0) } ?? code, west, south, east, north)
  }
}

extension [Position] {
  /// `nil` if one of them is nowhere.
  fileprivate var checked: [Position]? { allSatisfy { $0.x.isFinite && $0.y.isFinite } ? self : nil }
}
