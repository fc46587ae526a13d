import PluginKit

/// A coordinate system where there is only one.
struct CRSDeclaration: RecordRule {
  static let info = RuleInfo(
    id: "crs-declaration", severity: .warning,
    summary: "GeoJSON is in longitude and latitude, and says nothing about it.",
    why: "Some programs believe what is written there and move the shapes, others don't.",
    source: "RFC 7946, section 4: `crs` was taken out. `CRS84` says what holds anyway, and is a hint only.",
    message:
      "GeoJSON is always in longitude and latitude (WGS 84), and this says {name}. Convert the shapes, and delete `crs`.",
    messages: [
      "same": "This says what holds anyway: longitude and latitude (WGS 84). It can be deleted.",
      "delete": "Delete `crs`",
    ],
    good: [MapExample.map(MapExample.polygon(MapExample.square))],
    bad: [
      file(#"⟪{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}⟫"#),
      file(#"⟪{"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}⟫"#),
    ])
  static let reads = Reads(fields: [.crs])

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.crs), let name = field.value["properties"]?["name"]?.text else { return }
    guard !name.uppercased().hasSuffix("CRS84") else {
      let fix = Fix("delete", isCertain: true, edits: [.remove(field)])
      return report.finding(at: field, "same", severity: .hint, fixes: [fix])
    }
    report.finding(at: field, "", ["name": name])
  }

  private static func file(_ system: String) -> String {
    #"{"type": "FeatureCollection", "crs": \#(system), "features": []}"#
  }
}
