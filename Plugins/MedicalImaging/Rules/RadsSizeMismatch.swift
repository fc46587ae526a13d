import PluginKit

/// A Lung-RADS category that the nodule's size does not have.
struct RadsSizeMismatch: GroupRule {
  static let info = RuleInfo(
    id: "rads-size-mismatch", severity: .warning,
    summary: "A Lung-RADS category is the one that the nodule's kind and size have.",
    why: "The category decides when the patient comes back: in a year, or next week.",
    source:
      "Lung-RADS 1.1 and 2022, rows by size, which is the mean of both diameters; where one alone is known, the mean may be a quarter less. 4X, and everything the rows don't decide, is left alone.",
    message: "{value} does not fit {size} mm: Lung-RADS gives {right} ({row}). Correct the category, or measure again.",
    messages: ["size": "Measured here"],
    good: [
      nodule(#""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9"#, "4A"),
      nodule(#""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9"#, "4X"),
      nodule(#""noduleType": "solid", "noduleStatus": "stable", "longAxis": 9"#, "2"),
      nodule(#""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9, "shortAxis": 6"#, "3"),
    ],
    bad: [
      nodule(#""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9"#, "⟪2⟫"),
      nodule(#""noduleType": "solid", "noduleStatus": "baseline", "longAxis": 9, "shortAxis": 8"#, "⟪3⟫"),
      nodule(#""noduleType": "non-solid", "noduleStatus": "baseline", "longAxis": 12"#, "⟪4A⟫"),
      MedicalExample.study(
        MedicalExample.seen(
          #""nodule""#, #""site": "left lung", "noduleType": "solid", "noduleStatus": "new", "longAxis": 9"#),
        MedicalExample.said(
          #""nodule""#, #""site": "left lung", "category": {"system": "Lung-RADS", "version": "2022", "value": ⟪"3"⟫}"#)
      ),
    ])
  static let reads = Reads(fields: [.concept, .noteEntity], vocabularies: [Vocabulary.lungRADS])
  static let kind = Observation.kind

  func group(_ group: Group, _ report: inout Report) {
    let study = StudyFindings(group)
    for finding in study.all where finding.what.category.hasPrefix("Lung-RADS/") {
      let parts = finding.what.category.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { continue }
      let value = parts[2].hasSuffix("S") ? String(parts[2].dropLast()) : parts[2]
      guard ["1", "2", "3", "4A", "4B"].contains(value) else { continue }
      // The note's category is held against what was measured in the image.
      let partner = study.pairs.first { $0.note.fact.place == finding.fact.place }?.image
      let measured = finding.what.noduleType.isEmpty ? partner ?? finding : finding
      guard let size = measured.what.size,
        let fitting = LungRADS(
          version: parts[1], type: measured.what.noduleType, status: measured.what.status, long: size,
          short: measured.what.short, solid: measured.what.solid, { report.term($0, in: Vocabulary.lungRADS) }),
        !fitting.values.contains(value)
      else { continue }
      report.finding(
        at: finding.place("category"), "",
        [
          "value": "`\(value)`", "size": size, "right": fitting.values.map { "`\($0)`" }.joined(separator: ", "),
          "row": fitting.row,
        ],
        related: [Related(at: measured.place("size"), "size")])
    }
  }

  private static func nodule(_ members: String, _ value: String) -> String {
    let plain = value.filter { !"⟪⟫".contains($0) }
    let written = plain == value ? "\"\(value)\"" : "⟪\"\(plain)\"⟫"
    return MedicalExample.study(
      MedicalExample.seen(
        #""nodule""#,
        #""site": "left lung", \#(members), "category": {"system": "Lung-RADS", "version": "2022", "value": \#(written)}"#
      ))
  }
}
