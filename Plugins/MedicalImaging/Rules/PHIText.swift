import PluginKit

/// A number or address in a note that tells who the patient is. What it is, is never shown.
struct PHIText: RecordRule {
  static let info = RuleInfo(
    id: "phi-text", severity: .warning,
    summary: "No note holds a patient's number, phone, address on the net or day.",
    why: "Whoever reads the note learns who the patient is, and a model repeats it.",
    source: "45 CFR 164.514(b)(2), the safe harbor list. Identifiers of images, sizes and slices are left alone.",
    message: "This looks like the number of a patient in a hospital. Put a made-up one in its place.",
    messages: [
      "email": "This looks like somebody's e-mail address. Take it out.",
      "phone": "This looks like somebody's phone number. Take it out.",
      "social": "This looks like somebody's identity number. Take it out.",
      "day": "This is a whole date. Leave the year alone.",
      "age": "An age above 89 tells too much. Write 90 or above.",
    ],
    good: [
      note("Nodule 12-34 mm, series 3 image 45. UID 1.2.840.113619.2.55.3. Age 67."),
      note("Compared with 2019. Spacing 0.70/0.70/1.25. Write to an@example.com."),
      note("Slices 100-200-3000 and 123-456-78901."),
    ],
    bad: [
      note("⟪MRN: 00482913⟫. Nodule."), note("Call ⟪(415) 303-2671⟫."), note("Mail ⟪mai.tran@city-clinic.vn⟫."),
      note("Number ⟪536-22-8145⟫."), note("Seen ⟪05/17/2019⟫."), note("A ⟪94-year-old⟫ woman."),
    ], isSensitive: true)
  static let reads = Reads(fields: [.noteText, .noteWords])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.noteText) + record.all(.noteWords) {
      // With escapes in it, bytes of the text are not bytes of the file.
      guard let text = field.value.text, !field.value.raw.utf8.contains(UInt8(ascii: "\\")) else { continue }
      for found in PatientMarks(text).found {
        report.finding(
          at: field.place.part(offset: 1 + found.range.lowerBound, count: found.range.count),
          found.kind == .record ? "" : found.kind.rawValue)
      }
    }
  }

  private static func note(_ text: String) -> String {
    #"{"p1/s1.txt": {"text": "\#(text)", "entities": {}}}"#
  }
}
