import TestSupport
import Testing
import Workspace

/// What people who work with maps, images from above and ships warn of: each case is silent, beside one that is not.
@Suite struct GeospatialTrapTests {
  /// Rules without the plugin's name, of all files.
  private func said(_ files: [String: String]) async throws -> [String] {
    let shop = try await Shop(files, configuration: "{}", library: Installation.library.get())
    return await shop.check(files.keys.sorted()).files.flatMap(\.findings)
      .map { $0.rule.replacing("geospatial-sar/", with: "") }
  }

  private func map(_ shape: String, _ properties: String = "{}") -> [String: String] {
    [
      "map.geojson":
        #"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": \#(shape), "properties": \#(properties)}]}"#
    ]
  }

  private let square = "[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]"

  // MARK: Shapes

  /// A hole goes round the other way, and a shape may have heights.
  @Test func holesAndHeightsAreRight() async throws {
    let hole = "[[10.2, 54.2], [10.2, 54.4], [10.4, 54.4], [10.4, 54.2], [10.2, 54.2]]"
    #expect(try await said(map(#"{"type": "Polygon", "coordinates": [\#(square), \#(hole)]}"#)) == [])
    let turned = "[[10.2, 54.2], [10.4, 54.2], [10.4, 54.4], [10.2, 54.4], [10.2, 54.2]]"
    #expect(try await said(map(#"{"type": "Polygon", "coordinates": [\#(square), \#(turned)]}"#)) == ["ring-winding"])
    #expect(try await said(map(#"{"type": "Point", "coordinates": [10, 54, 120.5]}"#)) == [])
  }

  /// A thing without a place is a thing all the same.
  @Test func aFeatureMayHaveNoPlace() async throws {
    #expect(try await said(map("null", #"{"name": "somewhere"}"#)) == [])
    #expect(try await said(map(#"{"type": "Pointt", "coordinates": [10, 54]}"#)) == ["schema/enum"])
  }

  /// Words that mean something else elsewhere: a classification is no sign of pixels, and AIS no ship.
  @Test(arguments: [
    #"{"classification": "residential", "AIS": "yes"}"#, #"{"objectType": "building", "class": "AIS"}"#,
  ]) func wordsOfOtherTradesMeanNothingHere(_ properties: String) async throws {
    #expect(try await said(map(#"{"type": "Polygon", "coordinates": [\#(square)]}"#, properties)) == [])
  }

  // MARK: Scenes

  private func scene(_ first: String, _ second: String, times: (String, String)) -> [String: String] {
    [
      "scene.json":
        #"{"concord": "1.0", "domain": "geospatial-sar", "samples": [{"id": "s1", "registration": {"method": "points", "residual": 10}, "sources": ["#
        + #"{"id": "opt", "modality": "optical", "datetime": "\#(times.0)"}, {"id": "sar", "modality": "sar", "datetime": "\#(times.1)"}], "#
        + #""entities": [{"id": "v1"}], "annotations": ["#
        + #"{"id": "a1", "source": "opt", "kind": "classification", "entity": "v1", \#(first)}, "#
        + #"{"id": "a2", "source": "sar", "kind": "classification", "entity": "v1", \#(second)}]}]}"#
    ]
  }

  /// Ships go within the hour, houses stay for months.
  @Test func whatStaysMayBeSeenMonthsLater() async throws {
    let (spring, autumn) = ("2026-04-20T05:41:00Z", "2026-08-20T05:41:00Z")
    let house = #""label": "building""#
    #expect(try await said(scene(house, house, times: (spring, autumn))) == [])
    let ship = #""label": "ship""#
    #expect(try await said(scene(ship, ship, times: (spring, autumn))) == ["fusion-time-gap"])
  }

  // MARK: Ships

  private func ship(_ label: String, bow: Int, stern: Int = 30, type: Int = 70) -> [String: String] {
    [
      "scene.json":
        #"{"concord": "1.0", "domain": "geospatial-sar", "samples": [{"id": "s1", "sources": [{"id": "sar", "modality": "sar"}], "annotations": ["#
        + #"{"id": "a1", "source": "sar", "kind": "classification", "mmsi": "211331640", \#(label)}]}]}"#,
      "ships.jsonl":
        #"{"class": "AIS", "type": 5, "mmsi": "211331640", "shiptype": \#(type), "to_bow": \#(bow), "to_stern": \#(stern)}"#,
    ]
  }

  /// 0 and 511 stand for a length that is not known, and a quarter more or less is measuring.
  @Test func lengthsThatAreNotKnownAreNotCompared() async throws {
    let label = #""label": "ship", "length": 60"#
    #expect(try await said(ship(label, bow: 0)) == [])
    #expect(try await said(ship(label, bow: 511)) == [])
    #expect(try await said(ship(label, bow: 45)) == [])
    #expect(try await said(ship(label, bow: 80)) == ["ais-attribute-conflict"])
  }

  /// What kind of ship it is, its messages may leave open.
  @Test func kindsThatAreNotSaidAreNotCompared() async throws {
    #expect(try await said(ship(#""label": "fishing boat""#, bow: 0, type: 0)) == [])
    #expect(try await said(ship(#""label": "fishing boat""#, bow: 0, type: 30)) == [])
    #expect(try await said(ship(#""label": "fishing boat""#, bow: 0, type: 70)) == ["ais-attribute-conflict"])
  }

  private func detection(_ vessel: String, _ fishing: String) -> [String: String] {
    [
      "ships.jsonl":
        #"{"scene_id": "s1", "detect_id": "d1", "detect_lat": 54.3, "detect_lon": 10.2, "is_vessel": \#(vessel), "is_fishing": \#(fishing)}"#
    ]
  }

  /// Nothing known is something else than no.
  @Test(arguments: [("null", "null"), ("true", "null"), ("false", "null"), ("false", "false")])
  func whatNobodyKnowsMayStayOpen(_ vessel: String, _ fishing: String) async throws {
    #expect(try await said(detection(vessel, fishing)) == [])
    #expect(try await said(detection("null", "true")) == ["vessel-tristate"])
  }

  // MARK: Damage

  private func building(_ name: String, _ level: String) -> [String: String] {
    [
      name:
        #"{"features": {"lng_lat": [{"properties": {"uid": "b1"\#(level)}, "wkt": "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))"}], "xy": []}}"#
    ]
  }

  /// What could not be judged has no level, and before the disaster nothing has one.
  @Test func whatHasNoLevelIsNotDamaged() async throws {
    let (before, after) = ("fire_00000001_pre_disaster.json", "fire_00000001_post_disaster.json")
    #expect(try await said(building(after, #", "subtype": "un-classified""#)) == [])
    #expect(try await said(building(before, "")) == [])
    #expect(try await said(building(before, #", "subtype": "destroyed""#)) == ["damage-scale"])
  }
}
