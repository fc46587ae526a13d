import PluginKit

/// A category that its system does not have.
struct RadsValue: RecordRule {
  static let info = RuleInfo(
    id: "rads-value", severity: .error,
    summary: "A category is one of its system's, in its spelling.",
    why: "Programs drop a category they don't know, and with it the patient's next appointment.",
    source: "Lung-RADS 1.0, 1.1 and 2022; BI-RADS 4 and 5; LI-RADS 2018; PI-RADS 2.1.",
    message: "{system} has no category {value}. Look it up in the note.",
    messages: ["spelling": "{system} writes this category {right}.", "take": "Write {right}"],
    good: [
      category("Lung-RADS", "2022", #""4A""#), category("BI-RADS", "5", #""0""#), category("My scale", "1", #""IX""#),
    ],
    bad: [category("Lung-RADS", "2022", #"⟪"5"⟫"#), category("BI-RADS", "5", #"⟪"4a"⟫"#)])
  static let reads = Reads(
    fields: [.categorySystem, .categoryVersion, .categoryValue], needs: [.categoryValue],
    vocabularies: [Vocabulary.categories])

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.categoryValue), let value = field.value.text,
      let system = record.text(.categorySystem).flatMap({ report.term($0, in: Vocabulary.categories)?.id })
    else { return }
    // Without a version that is known, the newest one's: versions of a system differ little in their values.
    let versions = [record.text(.categoryVersion) ?? "", "2022", "5", "2018", "2.1"]
    guard let version = versions.first(where: { report.term("\(system)/\($0)", in: Vocabulary.categories) != nil }),
      report.term("\(system)/\(version)/\(value)", in: Vocabulary.categories) == nil
    else { return }
    let right = value.uppercased().filter { !$0.isWhitespace }
    if right != value, report.term("\(system)/\(version)/\(right)", in: Vocabulary.categories) != nil {
      report.finding(
        at: field, "spelling", ["system": system, "right": "`\(right)`"],
        fixes: [Fix("take", ["right": right], isCertain: true, edits: [.replace(field, with: JSON.quoted(right))])],
        fold: value)
    } else {
      report.finding(at: field, "", ["system": system, "value": "`\(value)`"], fold: value)
    }
  }

  private static func category(_ system: String, _ version: String, _ value: String) -> String {
    MedicalExample.study(
      MedicalExample.seen(
        #""nodule""#, #""category": {"system": "\#(system)", "version": "\#(version)", "value": \#(value)}"#))
  }
}
