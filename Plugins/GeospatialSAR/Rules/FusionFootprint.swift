import PluginKit

/// Images of one scene that hardly show the same ground.
struct FusionFootprint: GroupRule {
  static let info = RuleInfo(
    id: "fusion-footprint", severity: .error,
    summary: "The images of a scene show the same ground.",
    why: "Labels of one image then have no counterpart in the other, however carefully they were drawn.",
    source: "Half of the smaller outline at least, on a plane on which areas are true (PROJ), cut by GEOS.",
    message: "Only {share} % of the smaller image is in both. Look whether these images are of the same place.",
    messages: ["other": "The other image's outline"],
    good: [scene(shape(10.2, 54.2))], bad: [scene("⟪" + shape(10.9, 54) + "⟫"), scene("⟪" + shape(30, 54) + "⟫")])
  static let reads = Reads(fields: [.shape, .sceneFootprint, .id], needs: [.sceneFootprint], context: ["id"])
  static let kind = FactKind("geospatial-sar/source-outline")
  static let states = [kind]
  static let needsRecords = true
  static let fewest = 2
  static let most: Int? = 16
  private static let least = 0.5

  func state(_ record: Record, _ report: inout Report) {
    guard let outline = record.first(.sceneFootprint), let sample = record.context("id")?.text else { return }
    report.state(Self.kind, key: .text(sample), at: outline)
  }

  func group(_ group: Group, _ report: inout Report) {
    let shapes = group.facts.compactMap { fact in
      group.record(of: fact)?.first(.sceneFootprint).map { (fact: fact, shape: MapShape($0.value)) }
    }
    guard let first = shapes.first else { return }
    for other in shapes.dropFirst() {
      guard let share = Overlap.share(first.shape, other.shape), share < Self.least else { continue }
      report.finding(
        at: other.fact, "", ["share": Int((share * 100).rounded())], related: [Related(at: first.fact, "other")])
    }
  }

  private static func shape(_ west: Double, _ south: Double) -> String {
    MapExample.polygon(
      "[[\(west), \(south)], [\(west + 1), \(south)], [\(west + 1), \(south + 1)], [\(west), \(south + 1)], [\(west), \(south)]]"
    )
  }

  private static func scene(_ radar: String) -> String {
    MapExample.scene(optical: #""footprint": \#(shape(10, 54))"#, radar: #""footprint": \#(radar)"#)
  }
}
