import PluginKit

/// A short axis that is longer than the long one.
struct MeasurementAxisOrder: RecordRule {
  static let info = RuleInfo(
    id: "measurement-axis-order", severity: .warning,
    summary: "The diameter across is no longer than the longest one, and the solid part is no larger than the whole.",
    why: "Rules for follow-up go by the longest diameter and by the solid part.",
    source: "Fleischner Society, measuring of nodules.",
    message:
      "The diameter across ({short} mm) is longer than the longest one ({long} mm). Swap them, or measure again.",
    messages: [
      "solid": "The solid part ({solid} mm) is larger than the whole ({long} mm). Measure again.", "swap": "Swap them",
    ],
    good: [MedicalExample.study(MedicalExample.seen(#""nodule""#, #""longAxis": 9, "shortAxis": 9, "solidPart": 4"#))],
    bad: [
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""longAxis": 6, "shortAxis": ⟪9⟫"#)),
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""longAxis": 6, "solidPart": ⟪8⟫"#)),
    ])
  static let reads = Reads(fields: [.longAxis, .shortAxis, .solidPart], needs: [.shortAxis, .solidPart])

  func check(_ record: Record, _ report: inout Report) {
    guard let whole = record.first(.longAxis), let long = whole.number else { return }
    if let across = record.first(.shortAxis), let short = across.number, short > long {
      report.finding(
        at: across, "", ["short": short, "long": long],
        fixes: [Fix("swap", edits: [.replace(across, with: whole.value.raw), .replace(whole, with: across.value.raw)])])
    }
    if let part = record.first(.solidPart), let solid = part.number, solid > long {
      report.finding(at: part, "solid", ["solid": solid, "long": long])
    }
  }
}
