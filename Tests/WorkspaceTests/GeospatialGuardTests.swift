import Findings
import TestSupport
import Testing
import Workspace

/// Cases in which a rule about places, images from above or ships could be wrong, and must be silent.
@Suite struct GeospatialGuardTests {
  /// Rules without the plugin's name, in order of place; those of other plugins as they are.
  private func said(_ text: String, languageID: String = "json") async throws -> [String] {
    let desk = try await Desk(text, languageID: languageID)
    #expect(try await desk.snapshot.dialect?.id.hasPrefix("geospatial-sar/") == true)
    return try await desk.findings.map { $0.rule.replacing("geospatial-sar/", with: "") }
  }

  private func map(_ shape: String, _ properties: String = "{}") -> String {
    #"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": \#(shape), "properties": \#(properties)}]}"#
  }

  private func polygon(_ ring: String) -> String { #"{"type": "Polygon", "coordinates": [\#(ring)]}"# }

  private func item(_ shape: String, _ properties: String, _ more: String = "") -> String {
    #"{"stac_version": "1.0.0", "type": "Feature", "id": "one", "geometry": \#(shape), "properties": {"datetime": "2026-11-20T05:41:00Z", "#
      + #"\#(properties)}, "links": [], "assets": {"data": {"href": "data.tif"}}\#(more)}"#
  }

  // MARK: Places

  /// Honest longitudes that look like latitudes, and the other way round.
  @Test(
    arguments: [
      "[-122.42, 37.77]", "[139.69, 35.68]", "[151.21, -33.87]", "[120.98, 14.6]", "[2.35, 48.85]", "[180, -90]",
    ])
  func citiesAreWhereTheyAre(_ place: String) async throws {
    #expect(try await said(map(#"{"type": "Point", "coordinates": \#(place)}"#)) == [])
  }

  @Test(arguments: [
    "[[179, 1], [180, 1], [180, 2], [179, 2], [179, 1]]",
    // Around the whole Earth, on purpose.
    "[[-180, -80], [180, -80], [180, 80], [-180, 80], [-180, -80]]",
  ]) func shapesUpToTheAntimeridianAreRight(_ ring: String) async throws {
    #expect(try await said(map(polygon(ring))) == [])
  }

  /// West beyond east is how bounds across the 180th meridian are written.
  @Test func boundsAcrossTheAntimeridianAreRight() async throws {
    let shape =
      #"{"type": "MultiPolygon", "coordinates": [[[[179, 1], [180, 1], [180, 2], [179, 2], [179, 1]]], [[[-180, 1], [-179, 1], [-179, 2], [-180, 2], [-180, 1]]]]}"#
    #expect(try await said(item(shape, #""gsd": 10"#, #", "bbox": [179, 1, -179, 2]"#)) == [])
  }

  /// A shape across the 180th meridian in one piece has a finding for that, and none for its direction.
  @Test func whatIsNotCutHasNoDirection() async throws {
    let clockwise = "[[179, 1], [179, 2], [-179, 2], [-179, 1], [179, 1]]"
    #expect(try await said(map(polygon(clockwise))) == ["antimeridian-uncut"])
  }

  /// The wide zones of Norway and Svalbard, images over the edge of a zone, and images across the equator.
  @Test(arguments: [
    ("EPSG:32632", 4.0, 61.0), ("EPSG:32633", 20, 79), ("EPSG:32635", 32, 78), ("EPSG:32631", 8, 78),
    ("EPSG:32632", 11.8, 54), ("EPSG:32732", 9, 1), ("EPSG:4326", 100, 10), ("EPSG:3857", -60, -30),
    ("EPSG:3031", 100, -80), ("EPSG:99999999", 10, 54),
  ]) func coordinateSystemsThatFit(_ code: String, _ x: Double, _ y: Double) async throws {
    let ring = "[[\(x), \(y)], [\(x + 0.5), \(y)], [\(x + 0.5), \(y + 0.5)], [\(x), \(y + 0.5)], [\(x), \(y)]]"
    #expect(try await said(item(polygon(ring), #""proj:code": "\#(code)""#)) == [])
  }

  /// More than a thousand findings of one shape would not be taken: some of them say enough.
  @Test func aShapeOfThousandsOfOpenPartsIsTold() async throws {
    let parts = (0..<3000).map { part in
      let x = Double(part % 100)
      return "[[[\(x), 1], [\(x + 0.5), 1], [\(x + 0.5), 2]]]"
    }
    let found = try await said(map(#"{"type": "MultiPolygon", "coordinates": [\#(parts.joined(separator: ", "))]}"#))
    #expect(found.count == 100 && Set(found) == ["ring-unclosed"])
  }

  // MARK: Pixels

  /// With y downwards, every outline goes round the other way.
  @Test(arguments: [
    #"{"objectType": "annotation", "classification": {"name": "Tumor"}}"#,
    #"{"objectType": "detection", "isLocked": false}"#,
  ]) func outlinesInPixelsHaveTheirOwnDirection(_ properties: String) async throws {
    let clockwise = "[[10, 20], [10, 40], [30, 40], [30, 20], [10, 20]]"
    #expect(try await said(map(polygon(clockwise), properties)) == ["pixel-geojson"])
    #expect(try await said(map(polygon(clockwise))) == ["ring-winding"])
  }

  /// Whole numbers up to 150 may be a small image's pixels: nobody can tell.
  @Test func smallImagesAreNoSwappedPlaces() async throws {
    let ring = "[[40, 100], [60, 100], [60, 120], [40, 120], [40, 100]]"
    #expect(try await said(map(polygon(ring))) == ["pixel-geojson"])
  }

  // MARK: Names

  @Test func namesOfOthersAreNoMistakes() async throws {
    let square = polygon("[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]")
    #expect(
      try await said(item(square, #""platform": "a", "platforms": 1, "sar:look": 2, "my:plattform": 3, "title2": 4"#))
        == [])
    let old = item(square, #""sar:polarization": ["VV"], "instrument": "c-sar""#)
    #expect(try await said(old.replacing(#""stac_version": "1.0.0""#, with: #""stac_version": "0.8.1""#)) == [])
    // Ten letters that say something else than the longer name.
    #expect(try await said(map(square, #"{"lane_numbe": "2", "lane_number": "3"}"#)) == [])
  }

  // MARK: Radar

  /// Files say what stands in them, in their order; images say it once.
  @Test func filesMayRepeatAPolarisation() async throws {
    let text = item(polygon("[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]"), #""sar:polarizations": ["HH"]"#)
      .replacing(#""href": "data.tif""#, with: #""href": "data.tif", "sar:polarizations": ["HH", "HH"]"#)
    #expect(try await said(text) == [])
  }

  /// What is not known of a satellite is not judged.
  @Test func unknownSatellitesCanDoAnything() async throws {
    let square = polygon("[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]")
    let properties =
      #""platform": "somebody-9", "sar:frequency_band": "Ka", "sar:instrument_mode": "ZZ", "sar:polarizations": ["HH", "VV"], "sar:observation_direction": "left""#
    #expect(try await said(item(square, properties)) == [])
  }

  // MARK: Ships

  private func message(_ members: String) -> String {
    #"{"class": "AIS", "mmsi": "211331640", \#(members)}"#
  }

  /// Messages of some types have numbers of their own for "not known", and others mean what they say.
  @Test func numbersOfOtherMessagesMeanWhatTheySay() async throws {
    let lines = [
      message(#""speed": 102.2, "heading": 359, "course": 359.9"#), message(#""type": 27, "speed": 20, "course": 90"#),
      message(#""type": 9, "speed": 600"#), message(#""scaled": false, "speed": 102, "course": 360, "lon": 181"#),
    ]
    #expect(try await said(lines.joined(separator: "\n"), languageID: "jsonl") == [])
  }

  @Test func numbersThatAreNotScaledHaveTheirOwnSigns() async throws {
    let text = message(#""scaled": false, "lon": 108600000, "lat": 54600000, "speed": 1023, "course": 3600"#)
    #expect(try await said(text, languageID: "jsonl").count == 4)
  }

  @Test(arguments: ["003669702", "111211501", "970211234", "982111234", "992111234", "821112345", "021112345"])
  func stationsThatAreNoShipsHaveNumbersToo(_ number: String) async throws {
    #expect(try await said(#"{"class": "AIS", "type": 4, "mmsi": "\#(number)"}"#, languageID: "jsonl") == [])
  }

  /// A gap of hours, a helicopter, and a place that trembles by a few metres within a second.
  @Test func whatGoesFastForAReason() async throws {
    func at(_ ship: String, _ time: String, _ longitude: Double) -> String {
      #"{"class": "AIS", "type": 1, "mmsi": "\#(ship)", "timestamp": "2026-11-20T\#(time)Z", "lon": \#(longitude), "lat": 54.3}"#
    }
    let lines = [
      at("211331640", "00:00:00", 10), at("211331640", "09:00:00", 12.5), at("111211501", "05:00:00", 10),
      at("111211501", "05:10:00", 11), at("211234560", "05:00:00", 10), at("211234560", "05:00:01", 10.001),
    ]
    #expect(try await said(lines.joined(separator: "\n"), languageID: "jsonl") == [])
  }

  // MARK: Scenes

  private func scene(_ about: String, optical: String = "", radar: String = "", _ labels: String...) -> String {
    func more(_ text: String) -> String { text.isEmpty ? "" : ", " + text }
    return
      #"{"concord": "1.0", "domain": "geospatial-sar", "samples": [{"id": "s1"\#(more(about)), "sources": ["#
      + #"{"id": "opt", "modality": "optical"\#(more(optical))}, {"id": "sar", "modality": "sar"\#(more(radar))}], "#
      + #""entities": [{"id": "e1"}], "annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  private func seen(_ id: String, _ source: String, _ members: String) -> String {
    #"{"id": "\#(id)", "source": "\#(source)", "kind": "classification", "entity": "e1", \#(members)}"#
  }

  private let registered = #""registration": {"method": "points", "residual": 10}"#

  /// A tower of 80 m leans 139 m towards a radar that looks at 30 degrees; a ship is elsewhere a minute later.
  @Test func heightAndMotionExplainOffsets() async throws {
    let place = #""geometry": {"type": "Point", "coordinates": [10, 54]}"#
    let beside = #""geometry": {"type": "Point", "coordinates": [10.002, 54]}"#
    #expect(
      try await said(
        scene(
          registered, radar: #""incidence": 30"#, seen("a1", "opt", #""label": "tower", \#(place)"#),
          seen("a2", "sar", #""label": "tower", "height": 80, \#(beside)"#))) == [])
    #expect(
      try await said(
        scene(
          registered, radar: #""incidence": 30"#, seen("a1", "opt", #""label": "ship", \#(place)"#),
          seen("a2", "sar", #""label": "ship", "height": 10, \#(beside)"#))) == [])
  }

  /// Without a height nobody knows how far it leans.
  @Test func withoutAHeightNothingIsPredicted() async throws {
    let labels = [
      seen("a1", "opt", #""label": "tower", "geometry": {"type": "Point", "coordinates": [10, 54]}"#),
      seen("a2", "sar", #""label": "tower", "geometry": {"type": "Point", "coordinates": [10.01, 54]}"#),
    ]
    #expect(try await said(scene(registered, radar: #""incidence": 30"#, labels[0], labels[1])) == [])
  }

  @Test(arguments: [("ship", "cargo ship"), ("storage tank", "building"), ("thing", "ship"), ("car ferry", "truck")])
  func namesOfOneSortAgree(_ left: String, _ right: String) async throws {
    #expect(
      try await said(
        scene(registered, seen("a1", "opt", #""label": "\#(left)""#), seen("a2", "sar", #""label": "\#(right)""#)))
        == [])
  }

  /// Images on both sides of the 180th meridian that share half of their ground.
  @Test func outlinesAcrossTheAntimeridianOverlap() async throws {
    func outline(_ west: Double, _ east: Double) -> String {
      #""footprint": {"type": "Polygon", "coordinates": [[[\#(west), 1], [\#(east), 1], [\#(east), 2], [\#(west), 2], [\#(west), 1]]]}"#
    }
    let found = try await said(scene(registered, optical: outline(179, -179), radar: outline(179.5, -178.5)))
    #expect(found == ["antimeridian-uncut", "antimeridian-uncut"])
  }

  @Test func markingsOfTwoSystemsAreNotCompared() async throws {
    #expect(try await said(scene(#""marking": "CUI""#, radar: #""marking": "TLP:RED""#)) == [])
    #expect(try await said(scene(#""marking": "(S//REL TO USA, GBR)""#, radar: #""marking": "CONFIDENTIAL""#)) == [])
  }

  // MARK: Damage

  @Test func withOneImageOfAPairNothingIsMissing() async throws {
    let building =
      #"{"properties": {"uid": "b1", "subtype": "un-classified"}, "wkt": "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))"}"#
    let shop = try await Shop(
      ["fire_00000001_post_disaster.json": #"{"features": {"lng_lat": [\#(building)], "xy": []}}"#],
      configuration: "{}", library: Installation.library.get())
    #expect(await shop.check(["fire_00000001_post_disaster.json"]).files.first?.findings.map(\.rule) == [])
  }

  /// Labels younger than their image are usual.
  @Test func labelsMayBeYoungerThanTheirImage() async throws {
    let square = polygon("[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]")
    let image = item(square, #""gsd": 1"#)
    let label = item(square, #""label:type": "vector""#).replacing("2026-11-20", with: "2026-12-30")
      .replacing(
        #""links": []"#, with: #""links": [{"rel": "source", "href": "image.json", "label:assets": ["data"]}]"#)
    let shop = try await Shop(
      ["label.json": label, "image.json": image], configuration: "{}", library: Installation.library.get())
    #expect(await shop.check(["label.json", "image.json"]).files.flatMap { $0.findings.map(\.rule) } == [])
  }
}
