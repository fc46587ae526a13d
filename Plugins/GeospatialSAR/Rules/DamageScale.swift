import PluginKit

/// Damage in words of another scale, or before anything happened.
struct DamageScale: RecordRule {
  static let info = RuleInfo(
    id: "damage-scale", severity: .error,
    summary: "Damage is given in the four levels of the scale, and only after the disaster.",
    why: "A word of another scale becomes a class of its own in training, or is dropped.",
    source:
      "The Joint Damage Scale: no-damage, minor-damage, major-damage, destroyed. `un-classified` is allowed, and is no level.",
    message: "`{found}` is no level of this scale. It has no-damage, minor-damage, major-damage and destroyed.",
    messages: [
      "before":
        "This image is from before the disaster, so nothing can be damaged by it yet. Move the level to the image from after it.",
      "write": "Write `{level}`",
    ],
    good: [file(#""subtype": "minor-damage""#), file(#""subtype": "un-classified""#), file("")],
    bad: [
      file(#""subtype": ⟪"affected"⟫"#), file(#""subtype": ⟪"Destroyed"⟫"#),
      MapExample.dataset(("fire_00000001_pre_disaster.json", file(#""subtype": ⟪"destroyed"⟫"#))),
    ])
  static let reads = Reads(fields: [.damage], context: [FilePath.context])
  static let levels = ["no-damage", "minor-damage", "major-damage", "destroyed", "un-classified"]
  private static let others = [
    "affected": "minor-damage", "minor": "minor-damage", "major": "major-damage", "none": "no-damage",
    "undamaged": "no-damage",
  ]

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.damage), let text = field.text else { return }
    let name = FilePath(record)?.name ?? ""
    guard Self.levels.contains(text) else {
      let plain = text.lowercased().split { !$0.isLetter }.joined(separator: "-")
      let level = Self.levels.first { $0.filter(\.isLetter) == plain.filter(\.isLetter) } ?? Self.others[plain]
      let fixes = level.map { [Fix("write", ["level": $0], edits: [.replace(field, with: JSON.quoted($0))])] } ?? []
      return report.finding(at: field, "", ["found": text], fixes: fixes, fold: text)
    }
    guard name.contains("_pre_disaster"), text != "no-damage", text != "un-classified" else { return }
    report.finding(at: field, "before", fold: "before")
  }

  private static func file(_ level: String) -> String {
    DamagePair.file(DamagePair.building("b1", level))
  }
}
