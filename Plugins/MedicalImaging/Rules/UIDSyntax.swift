import PluginKit

/// A unique identifier that breaks its rules.
struct UIDSyntax: RecordRule {
  static let info = RuleInfo(
    id: "uid-syntax", severity: .error,
    summary:
      "A unique identifier is numbers with points between them, at most 64 characters, and no number begins with 0.",
    why: "Archives refuse it, or keep it as another one, and then nobody finds the image again.",
    source: "DICOM PS3.5, section 9 and table 6.2-1.",
    message: "This is no identifier: {letter} can't stand in one. Copy it again from the image.",
    messages: [
      "empty": "A number between two points is missing in this identifier. Copy it again from the image.",
      "zero": "A number in this identifier begins with 0, which programs drop or refuse. Copy it again from the image.",
      "long": "This identifier has {count} characters, at most 64 are allowed. Copy it again from the image.",
      "root": "An identifier begins with 0, 1 or 2 and goes on behind a point. Copy it again from the image.",
      "own": "Identifiers that begin like this belong to DICOM itself. Copy the image's own one.",
    ],
    good: [
      MedicalExample.study(about: #""studyUid": "1.2.840.113619.2.55.3.604688119""#),
      MedicalExample.study(about: #""studyUid": "2.25.329800735698586629295641978511506172918""#),
      #"{"studies": [{"StudyInstanceUID": "1.2.0.4", "series": []}]}"#,
    ],
    bad: [
      MedicalExample.study(about: #""studyUid": ⟪"1.2.840.x.3"⟫"#),
      MedicalExample.study(about: #""studyUid": ⟪"1.2.840.007.3"⟫"#),
      MedicalExample.study(about: #""studyUid": ⟪"1.2..3"⟫"#),
      MedicalExample.study(about: #""studyUid": ⟪"1.2.840.10008.1.2.1"⟫"#),
    ])
  static let reads = Reads(fields: [.uid, .studyUID], needs: [.uid])

  func check(_ record: Record, _ report: inout Report) {
    let studies = record.all(.studyUID).map(\.place)
    for field in record.all(.uid) {
      // What is not filled in yet is another matter.
      guard let text = field.value.text, !text.isEmpty else { continue }
      // DICOM pads to an even length.
      let uid = text.hasSuffix("\0") ? text.dropLast() : text[...]
      if let strange = uid.first(where: { !($0 == "." || $0.isASCII && $0.isNumber) }) {
        report.finding(at: field, "", ["letter": "`\(strange)`"], fold: text)
        continue
      }
      let parts = uid.split(separator: ".", omittingEmptySubsequences: false)
      let problem: String? =
        if parts.contains(where: \.isEmpty) {
          "empty"
        } else if parts.contains(where: { $0.count > 1 && $0.hasPrefix("0") }) {
          "zero"
        } else if parts.count < 2 || !["0", "1", "2"].contains(parts[0]) {
          "root"
        } else if studies.contains(field.place), uid.hasPrefix("1.2.840.10008.") {
          "own"
        } else {
          nil
        }
      if let problem {
        report.finding(at: field, problem, fold: text)
      } else if uid.utf8.count > 64 {
        report.finding(at: field, "long", ["count": uid.utf8.count], fold: text)
      }
    }
  }
}
