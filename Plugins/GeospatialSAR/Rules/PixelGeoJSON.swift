import PluginKit

/// GeoJSON in pixels: what is asked of places on the Earth is not asked of it.
struct PixelGeoJSON: RecordRule {
  static let info = RuleInfo(
    id: "pixel-geojson", severity: .hint,
    summary: "Shapes in pixels are not judged as places on the Earth.",
    why:
      "Programs for microscopes write outlines as GeoJSON in pixels, whose y goes down: all of them would seem to go round the wrong way.",
    source:
      "QuPath's `objectType` beside `classification`, or positive numbers beyond 180 that no image is too small for.",
    message:
      "These numbers are pixels of an image, not longitude and latitude. They are not judged as a place on the Earth.",
    good: [MapExample.map(MapExample.polygon(MapExample.square))],
    bad: [
      MapExample.map(
        "⟪" + MapExample.polygon("[[10, 20], [10, 40], [30, 40], [30, 20], [10, 20]]") + "⟫",
        #"{"objectType": "annotation", "classification": {"name": "Tumor"}}"#),
      MapExample.map("⟪" + MapExample.polygon("[[810, 320], [810, 340], [830, 340], [830, 320], [810, 320]]") + "⟫"),
    ],
    silences: [
      "ring-winding", "lonlat-swapped", "coordinate-range", "wrong-bounds", "antimeridian-uncut", "key-near-miss",
    ])
  static let reads = Reads(fields: [.shape, .properties, .item], needs: [.shape])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isWhole, !shape.isEmpty, case .pixels = MapSpace.of(shape, in: record) else { continue }
      report.finding(at: field, "", fold: "pixels")
    }
  }
}
