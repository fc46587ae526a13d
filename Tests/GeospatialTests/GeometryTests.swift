import Foundation
import GeospatialSARRules
import TestSupport
import Testing

/// Areas, overlaps, distances and coordinates against Shapely and pyproj, which others maintain: 1,000 random cases.
@Suite struct GeometryTests {
  /// What is asked of both sides: a ring, another one near it, and a coordinate system for where they are.
  struct Case: Codable {
    var ring: [[Double]]
    var other: [[Double]]
    var code: String
  }

  /// What both sides answer.
  struct Answer: Codable {
    var isValid: Bool
    var isCounterClockwise: Bool
    var area: Double
    var shared: Double?
    var metres: Double
    var square: Double
    var projected: [Double]
  }

  private static let program = """
    import json, sys
    from pyproj import Geod, Transformer
    from shapely.geometry import LinearRing, Polygon
    geod = Geod(ellps="WGS84")
    transformers = {}
    out = []
    for case in json.load(sys.stdin):
        ring, other = Polygon(case["ring"]), Polygon(case["other"])
        code = case["code"]
        if code not in transformers:
            transformers[code] = Transformer.from_crs("OGC:CRS84", code, always_xy=True)
        (x, y), (u, v) = case["ring"][0], case["other"][0]
        both = ring.is_valid and other.is_valid
        lons, lats = zip(*case["ring"])
        out.append({
            "isValid": ring.is_valid,
            "isCounterClockwise": LinearRing(case["ring"]).is_ccw,
            "area": ring.area,
            "shared": ring.intersection(other).area if both else None,
            "metres": geod.inv(x, y, u, v)[2],
            "square": abs(geod.polygon_area_perimeter(lons, lats)[0]),
            "projected": list(transformers[code].transform(x, y)),
        })
    json.dump(out, sys.stdout)
    """

  private static func python(_ arguments: [String], _ input: Data = Data()) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let (inward, outward) = (Pipe(), Pipe())
    process.standardInput = inward
    process.standardOutput = outward
    process.standardError = FileHandle.nullDevice
    try process.run()
    let writer = Thread {
      try? inward.fileHandleForWriting.write(contentsOf: input)
      try? inward.fileHandleForWriting.close()
    }
    writer.start()
    let output = try outward.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// Whether this machine's Python has what is compared with.
  static let isThere = (try? python(["-c", "import pyproj, shapely"]).status) == 0

  private static func cases() -> [Case] {
    var random = SplitMix64(seed: 7)
    func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
    return (0..<1000).map { _ in
      let (x, y) = (number(-170...170), number(-75...75))
      func ring(_ x: Double, _ y: Double) -> [[Double]] {
        // Around a middle, at times with two corners exchanged, so that it crosses itself; in both directions.
        let count = Int.random(in: 3...24, using: &random)
        var corners = (0..<count).map { corner in
          let angle = Double(corner) / Double(count) * 2 * Double.pi
          let far = number(0.2...2)
          return [x + far * cos(angle), y + far * sin(angle)]
        }
        if Int.random(in: 0..<4, using: &random) == 0 { corners.swapAt(0, count - 1) }
        if Bool.random(using: &random) { corners.reverse() }
        return corners + [corners[0]]
      }
      let zone = Int((x + 180) / 6) + 1
      return Case(
        ring: ring(x, y), other: ring(x + number(-2...2), y + number(-2...2)),
        code: "EPSG:\(y < 0 ? 32_700 + zone : 32_600 + zone)")
    }
  }

  private static func near(_ left: Double, _ right: Double, _ share: Double = 1e-9, within: Double = 1e-6) -> Bool {
    abs(left - right) <= max(within, share * max(abs(left), abs(right)))
  }

  @Test(.enabled(if: isThere, "Python has no shapely or no pyproj")) func othersAnswerTheSame() throws {
    let cases = Self.cases()
    let (status, output) = try Self.python(["-c", Self.program], JSONEncoder().encode(cases))
    try #require(status == 0)
    let answers = try JSONDecoder().decode([Answer].self, from: output)
    try #require(answers.count == cases.count)
    let earth = try #require(Earth())
    var crossing = 0
    for (item, answer) in zip(cases, answers) {
      let plane = try #require(Plane())
      let ring = item.ring.map { Position(x: $0[0], y: $0[1]) }
      let other = item.other.map { Position(x: $0[0], y: $0[1]) }
      crossing += answer.isValid ? 0 : 1
      #expect((plane.fault(of: [ring]) == nil) == answer.isValid)
      if answer.isValid { #expect(plane.isCounterClockwise(ring) == answer.isCounterClockwise) }
      let area = try #require(plane.area(of: [ring]))
      #expect(Self.near(area, answer.area, within: 1e-12))
      let shared = plane.shared([ring], [other])
      #expect((shared == nil) == (answer.shared == nil))
      if let shared, let theirs = answer.shared { #expect(Self.near(shared, theirs, within: 1e-9)) }
      #expect(Self.near(Earth.way(ring[0], other[0]).metres, answer.metres))
      #expect(Self.near(Earth.area(of: Array(ring.dropLast())).square, answer.square, within: 1))
      let projected = try #require(earth.project([ring[0]], item.code)?.first)
      #expect(Self.near(projected.x, answer.projected[0], within: 1e-3))
      #expect(Self.near(projected.y, answer.projected[1], within: 1e-3))
      let back = try #require(earth.project([projected], item.code, back: true)?.first)
      #expect(Self.near(back.x, ring[0].x, within: 1e-8))
      // On the plane on which areas are true, the area is that on the Earth, but for the curve of its edges.
      let flat = try #require(earth.flat(ring, around: ring[0]))
      let onEarth = try #require(plane.area(of: [flat]))
      if answer.isValid { #expect(Self.near(onEarth, answer.square, 0.01)) }
    }
    #expect(crossing > 50 && crossing < 950)
  }

  /// A ring with 50,000 corners, each of whose edges crosses hundreds of others, is judged in a moment or given up.
  @Test func crossingsWithoutEndAreGivenUp() throws {
    var random = SplitMix64(seed: 1)
    var ring = (0..<20_000).map { _ in
      Position(x: Double.random(in: 0...1, using: &random), y: Double.random(in: 0...1, using: &random))
    }
    ring.append(ring[0])
    let plane = try #require(Plane())
    let start = ContinuousClock.now
    _ = plane.fault(of: [ring])
    _ = plane.shared([ring], [ring.reversed()])
    #expect(ContinuousClock.now - start < .seconds(20))
    // What was given up is not given up for the next one.
    let square = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map { Position(x: $0.0, y: $0.1) }
    #expect(try #require(Plane()).area(of: [square]) == 1)
  }

  @Test func whereCoordinateSystemsAreUsed() throws {
    let earth = try #require(Earth())
    let zone = try #require(earth.use(of: "EPSG:32632"))
    #expect(zone.west == 6 && zone.east == 12 && zone.south == 0 && zone.north == 84)
    #expect(zone.name == "WGS 84 / UTM zone 32N")
    #expect(earth.use(of: "EPSG:1") == nil)
  }
}
