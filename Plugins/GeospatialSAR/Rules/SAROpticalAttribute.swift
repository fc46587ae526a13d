import PluginKit

/// A colour in a radar image, or an echo in an optical one.
struct SAROpticalAttribute: RecordRule {
  static let info = RuleInfo(
    id: "sar-optical-attribute", severity: .warning,
    summary: "A label says what its image can show.",
    why:
      "Radar sees no colour and no clouds, a camera no echo: the label was copied from another image, and its place may be, too.",
    source: "Radar is its own light, and sees through clouds.",
    message:
      "A radar image shows no colours and no clouds, so nobody has seen this in it. Move it to the label of the optical image.",
    messages: [
      "optical":
        "An optical image has no radar echo, so nobody has seen this in it. Move it to the label of the radar image."
    ],
    good: [
      MapExample.scene(
        MapExample.seen("a1", "opt", #""label": "ship", "color": "red""#),
        MapExample.seen("a2", "sar", #""label": "ship", "backscatter": -3"#))
    ],
    bad: [
      MapExample.scene(MapExample.seen("a2", "sar", #""label": "ship", "color": ⟪"red"⟫"#)),
      MapExample.scene(MapExample.seen("a1", "opt", #""label": "ship", "backscatter": ⟪-3⟫"#)),
    ])
  static let reads = Reads(
    fields: [.asset, .opticalAttribute, .radarAttribute], needs: [.opticalAttribute, .radarAttribute],
    lookups: [.definition(of: .asset)])

  func check(_ record: Record, _ report: inout Report) {
    let modality = record.definition(of: .asset)?.exports["modality"]?.text
    if modality == "sar" || modality == "radar" {
      for field in record.all(.opticalAttribute) where field.value.kind != .null { report.finding(at: field) }
    } else if modality == "optical" {
      for field in record.all(.radarAttribute) where field.value.kind != .null { report.finding(at: field, "optical") }
    }
  }
}
