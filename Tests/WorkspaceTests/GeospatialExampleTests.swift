import Findings
import Foundation
import Testing
import Workspace

/// A harbour seen by light, by radar and by its ships' messages, a pair of images around a flood, and roads; beside them, every rule's
/// mistake once.
@Suite struct GeospatialExampleTests {
  private static let folder = Installation.repository + "/Examples/geospatial/"

  /// Rule and place of each finding, by file.
  private func found(_ names: [String]) async throws -> [String: [String]] {
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let items = names.map { CheckItem(path: Self.folder + $0, content: nil, isNamed: true) }
    let report = await checks.report(items, asOf: "2026-11-21")
    try #require(report.files.count == names.count)
    #expect(report.files.allSatisfy { $0.dialect?.hasPrefix("geospatial-sar/") == true })
    let found = report.files.map { file in file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  @Test func theHarbourIsClean() async throws {
    let found = try await found([
      "harbour.json", "ships.jsonl", "radar-item.json", "optical-item.json", "roads-item.json", "roads.geojson",
      "flood_00000012_pre_disaster.json", "flood_00000012_post_disaster.json", "detections.jsonl",
    ])
    #expect(found.filter { !$0.value.isEmpty } == [:])
  }

  private static let planted = [
    "shapes.geojson": [
      "antimeridian-uncut /features/3/geometry/coordinates/0", "coordinate-range /features/4/geometry/coordinates",
      "crs-declaration /crs", "feature-id-duplicate /features/5/id", "geometry-shape /features/6/geometry/coordinates",
      "key-near-miss /features/5/properties/lane_numbe", "ring-degenerate /features/2/geometry/coordinates/0",
      "ring-unclosed /features/0/geometry/coordinates/0/3", "ring-winding /features/1/geometry/coordinates/0",
    ],
    "swapped.geojson": ["lonlat-swapped /features/0/geometry/coordinates"],
    "pixels.geojson": ["pixel-geojson /features/0/geometry"],
    "radar-item.json": [
      "key-near-miss /properties/sar:looks_rang", "sar-band-frequency /properties/sar:center_frequency",
      "sar-mission-capability /properties/sar:instrument_mode", "sar-polarization /properties/sar:polarizations",
      "utm-zone /properties/proj:code", "wrong-bounds /bbox",
    ],
    "product-item.json": [
      "sar-product-id /properties/sat:relative_orbit", "transform-order /properties/proj:transform",
    ],
    "labels-item.json": ["label-assets-key /links/0/label:assets/0", "label-source-skew /links/0/href"],
    "ships.jsonl": ["ais-jump /5/lon", "ais-mmsi /3/mmsi", "ais-sentinel /4/heading"],
    "scene.json": [
      "ais-assignment /samples/0/annotations/2/mmsi", "ais-attribute-conflict /samples/0/annotations/1/label",
      "ais-attribute-conflict /samples/0/annotations/1/length", "ais-match /samples/0/annotations/1/mmsi",
      "dark-vessel /samples/0/annotations/0/dark", "fusion-class-conflict /samples/1/annotations/3/label",
      "fusion-footprint /samples/1/sources/1/footprint", "fusion-object-offset /samples/1/annotations/1/geometry",
      "fusion-registration /samples/2/annotations/1/entity", "fusion-time-gap /samples/2/annotations/1/label",
      "marking-rollup /samples/1/sources/1/marking", "sar-optical-attribute /samples/0/annotations/4/color",
      "sar-range-plane /samples/0/annotations/3/geometry",
    ],
    "flood_00000012_post_disaster.json": [
      "damage-scale /features/lng_lat/0/properties/subtype", "pair-uid-mismatch /features/lng_lat/1/properties/uid",
    ],
    "detections.jsonl": ["vessel-tristate /0/is_fishing"],
  ]

  @Test func plantedMistakesAreFound() async throws {
    let found = try await found(Self.planted.keys.sorted().map { "mistakes/" + $0 })
    for (name, places) in Self.planted {
      #expect(found["mistakes/" + name] == places.map { "geospatial-sar/" + $0 }, "\(name)")
    }
  }

  @Test func everyRuleIsPlanted() throws {
    let rules = try Installation.library.get().allRules.map(\.id).filter { $0.hasPrefix("geospatial-sar/") }
    let planted = Self.planted.values.joined().map { "geospatial-sar/" + $0.prefix { $0 != " " } }
    #expect(Set(rules).subtracting(planted) == [])
  }

  /// Whoever moves a ship's message sees at once whether the radar's silent ship was silent.
  @Test func aMovedMessageLetsASilentShipComeAndGo() async throws {
    let scene = try String(contentsOfFile: Self.folder + "mistakes/scene.json", encoding: .utf8)
    let ships = try String(contentsOfFile: Self.folder + "mistakes/ships.jsonl", encoding: .utf8)
    let shop = try await Shop(
      ["scene.json": scene, "ships.jsonl": ships], configuration: "{}", library: Installation.library.get())
    try await shop.open("scene.json")
    try await shop.open("ships.jsonl")
    func isDark() async throws -> Bool {
      try await shop.shown("scene.json").contains { $0.rule == "geospatial-sar/dark-vessel" }
    }
    #expect(try await isDark())
    try await shop.replace("10.2238", with: "10.4238", in: "ships.jsonl")
    #expect(try await !isDark())
    try await shop.replace("10.4238", with: "10.2238", in: "ships.jsonl")
    #expect(try await isDark())
  }
}
