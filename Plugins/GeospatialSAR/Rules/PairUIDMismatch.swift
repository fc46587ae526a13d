import PluginKit

/// A building that is in one image of a pair only.
struct PairUIDMismatch: GroupRule {
  static let info = RuleInfo(
    id: "pair-uid-mismatch", severity: .error,
    summary: "Every building of a pair of images is in both, under one name.",
    why: "A building without its other half teaches nothing about damage, and counts as a mistake in the examination.",
    source:
      "xBD names the two files alike, with `_pre_disaster` and `_post_disaster` at the end, and uses one `uid` in both.",
    message:
      "No building is called `{name}` in the other image of this pair. Draw it there too, or copy its name from there.",
    messages: ["twice": "Two buildings of this image are called `{name}`. Give each a name of its own."],
    good: [pair(DamagePair.building("b1"), DamagePair.building("b1"))],
    bad: [
      pair(DamagePair.building("b1"), DamagePair.building("b1") + ", " + DamagePair.building("b2", mark: true)),
      pair(DamagePair.building("b1") + ", " + DamagePair.building("b1", mark: true), DamagePair.building("b1")),
    ])
  static let reads = Reads(fields: [.building, .mapText], needs: [.building], context: [FilePath.context])
  static let kind = FactKind("geospatial-sar/building")
  static let states = [kind]

  /// Those in degrees; those in pixels are the same ones again.
  func state(_ record: Record, _ report: inout Report) {
    guard record.first(.mapText) != nil, let field = record.first(.building), let name = field.text,
      name.utf8.count < 200, let path = FilePath(record)
    else { return }
    for (ending, mark) in [("_pre_disaster", "A"), ("_post_disaster", "B")] {
      guard let range = path.name.firstRange(of: ending) else { continue }
      let key = FactKey(shared: "pair:" + path.folder + "/" + path.name[..<range.lowerBound])
      report.state(Self.kind, key: .key(key), at: field, payload: .text(mark + name))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    // Beyond what is shown of a key, nobody can say what is missing.
    guard group.facts.count == group.facts.total else { return }
    var seen: Set<String> = []
    for fact in group.facts where !seen.insert(fact.text).inserted {
      report.finding(at: fact, "twice", ["name": String(fact.text.dropFirst())])
    }
    // With one image of the pair alone, all would be missing.
    guard seen.contains(where: { $0.first == "A" }), seen.contains(where: { $0.first == "B" }) else { return }
    for fact in group.facts {
      let name = fact.text.dropFirst()
      guard !seen.contains((fact.text.first == "A" ? "B" : "A") + name) else { continue }
      report.finding(at: fact, "", ["name": String(name)])
    }
  }

  private static func pair(_ before: String, _ after: String) -> String {
    MapExample.dataset(
      ("fire_00000001_pre_disaster.json", DamagePair.file(before)),
      ("fire_00000001_post_disaster.json", DamagePair.file(after)))
  }
}
