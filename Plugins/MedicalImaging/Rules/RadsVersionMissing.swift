import PluginKit

/// A category without its system's version.
struct RadsVersionMissing: RecordRule {
  static let info = RuleInfo(
    id: "rads-version-missing", severity: .warning,
    summary: "A category says which version of its system it is from.",
    why: "Limits moved between versions: what was a 3 in one is a 2 in the next.",
    source: "Lung-RADS moved the limit for nodules without solid part from 20 to 30 mm between 1.0 and 1.1.",
    message: "Which version of {system} is this category from? Add `version`.",
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""category": {"system": "Lung-RADS", "version": "2022", "value": "3"}"#))
    ],
    bad: [
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""category": {"system": ⟪"Lung-RADS"⟫, "value": "3"}"#))
    ])
  static let reads = Reads(fields: [.categorySystem, .categoryVersion], needs: [.categorySystem])

  func check(_ record: Record, _ report: inout Report) {
    guard let system = record.first(.categorySystem), let name = system.value.text, !name.isEmpty,
      record.first(.categoryVersion) == nil
    else { return }
    report.finding(at: system, "", ["system": name], fold: name)
  }
}
