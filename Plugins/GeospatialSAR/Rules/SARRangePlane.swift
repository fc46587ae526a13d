import PluginKit

/// A place on the map drawn in an image that has no map.
struct SARRangePlane: RecordRule {
  static let info = RuleInfo(
    id: "sar-range-plane", severity: .error,
    summary: "Places on the map are not read off an image as the radar measures it.",
    why: "Along the radar's rays the near side is pressed together: places are off by hundreds of metres.",
    source: "Single-look complex images (SLC) are in slant range, unless they were laid out on a map.",
    message:
      "This label has a place on the map, and its image is laid out as the radar measures (`slant`). Convert the image to the ground first, and label that.",
    good: [scene("ground", MapExample.point(10, 54)), scene("map", MapExample.point(10, 54))],
    bad: [scene("slant", "⟪" + MapExample.point(10, 54) + "⟫")])
  static let reads = Reads(
    fields: [.asset, .sightingPlace], needs: [.sightingPlace], lookups: [.definition(of: .asset)])

  func check(_ record: Record, _ report: inout Report) {
    guard let place = record.first(.sightingPlace), place.value.kind == .object,
      record.definition(of: .asset)?.exports["plane"]?.text == "slant"
    else { return }
    report.finding(at: place)
  }

  private static func scene(_ plane: String, _ place: String) -> String {
    MapExample.scene(
      MapExample.seen("a1", "sar", #""label": "building", "geometry": \#(place)"#), radar: #""plane": "\#(plane)""#)
  }
}
