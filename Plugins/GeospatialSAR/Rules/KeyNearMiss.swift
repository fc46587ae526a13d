import PluginKit

/// A member whose name is one letter off, or cut off at ten letters beside the whole one.
struct KeyNearMiss: RecordRule {
  static let info = RuleInfo(
    id: "key-near-miss", severity: .warning,
    summary: "Members have the names that programs look for.",
    why: "A member with a misspelt name is not read by anybody, and nobody says so.",
    source:
      "One letter more, less or other, or two exchanged, than a name of STAC or one of its extensions that is not there. Tables of maps (shapefiles) cut names off at ten letters.",
    message: "Programs look for `{known}`, and do not know `{found}`. Correct the name.",
    messages: [
      "cut": "`{found}` is `{known}` cut off after ten letters, and says the same. Delete it.",
      "rename": "Call it `{known}`", "delete": "Delete `{found}`",
    ],
    good: [
      MapExample.item(properties: #""platform": "sentinel-1a", "platforms": 2, "my:plattform": "x""#),
      MapExample.map(MapExample.point(1, 2), #"{"lane_numbe": "2", "lane_number": "3"}"#),
    ],
    bad: [
      MapExample.item(properties: #"⟪"platforn"⟫: "sentinel-1a""#),
      MapExample.item(properties: #"⟪"sar:looks_azimut"⟫: 2"#),
      MapExample.map(MapExample.point(1, 2), #"{⟪"lane_numbe"⟫: "2", "lane_number": "2"}"#),
    ])
  static let reads = Reads(
    fields: [.itemProperties, .properties, .itemVersion], needs: [.itemProperties, .properties])
  private static let cutLength = 10

  func check(_ record: Record, _ report: inout Report) {
    // Before version 1, STAC called many things otherwise.
    let isFinal = record.text(.itemVersion)?.hasPrefix("0") == false
    for field in record.all(.itemProperties) where isFinal { checkNames(field.value, &report) }
    for field in record.all(.properties) { checkCut(field.value, &report) }
  }

  private func checkNames(_ object: Value, _ report: inout Report) {
    var present: Set<String> = []
    for member in object.children { if let key = member.key { present.insert(key) } }
    for member in object.children {
      guard let key = member.key, let place = member.keyPlace, !StacNames.all.contains(key), key.utf8.count > 4,
        // `title2` is another title, not a misspelt one.
        !(key.last?.isNumber ?? false),
        let known = StacNames.ordered.first(where: { !present.contains($0) && Spelling.isOneOff(key, $0) })
      else { continue }
      let fix = Fix(
        "rename", ["known": known],
        edits: [
          .insertMember(into: object, key: known, value: member.raw, after: key), .remove(member),
        ])
      report.finding(at: place, "", ["known": known, "found": key], fixes: [fix])
    }
  }

  private func checkCut(_ object: Value, _ report: inout Report) {
    guard object.kind == .object else { return }
    for member in object.children {
      guard let key = member.key, key.utf8.count == Self.cutLength, let place = member.keyPlace,
        let whole = object.children.first(where: { other in
          other.key.map { $0.utf8.count > Self.cutLength && $0.utf8.starts(with: key.utf8) } == true
            && other.raw == member.raw
        })?.key
      else { continue }
      let fix = Fix("delete", ["found": key], edits: [.remove(member)])
      report.finding(at: place, "cut", ["known": whole, "found": key], fixes: [fix], fold: key)
    }
  }
}
