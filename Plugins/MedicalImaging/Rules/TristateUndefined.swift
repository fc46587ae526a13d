import PluginKit

/// A number under a finding that has no meaning.
struct TristateUndefined: RecordRule {
  static let info = RuleInfo(
    id: "tristate-undefined", severity: .warning,
    summary: "Under a finding stands 1 (seen), 0 (not there), -1 (uncertain), or nothing.",
    why: "Programs take every other number for one of these, each for another.",
    source: "The form of the CheXpert labels.",
    message:
      "{value} has no meaning here: 1 is seen, 0 is not there, -1 is uncertain, empty is not spoken of. Write one of these.",
    good: [line("1.0"), line("null"), line("\"\""), line("-1")],
    bad: [line("⟪2⟫"), line(#"⟪"yes"⟫"#), line("⟪0.5⟫")])
  static let reads = Reads(fields: [.chestLabel])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.chestLabel) {
      guard let text = field.value.scalarText, !text.isEmpty, text != "true", text != "false" else { continue }
      let number = field.value.number ?? Double(text)
      guard number.map({ [1, 0, -1].contains($0) }) != true else { continue }
      report.finding(at: field, "", ["value": "`\(text.prefix(20))`"], fold: text)
    }
  }

  private static func line(_ value: String) -> String {
    "//- labels.jsonl\n{\"Path\": \"p1/s1/v1.jpg\", \"No Finding\": null, \"Edema\": \(value)}"
  }
}
