import PluginKit

/// A measurement without a number.
struct NonfiniteNumber: RecordRule {
  static let info = RuleInfo(
    id: "nonfinite-number", severity: .error,
    summary: "A measured value is a number of at most 16 characters.",
    why: "Programs stop at it, or read 0, and a wrong number stands in the report.",
    source: "DICOM PS3.5, table 6.2-1 (DS).",
    message: "{found} is no number. Write the measured value, or leave the measurement out.",
    messages: [
      "long": "This number has {count} characters, at most 16 are allowed. Round it.",
      "empty": "The measured value is missing. Write it, or leave the measurement out.",
    ],
    good: [
      MedicalExample.measured(#""-778""#, volume, millimetres),
      MedicalExample.measured(#""7.3e4""#, volume, millimetres),
    ],
    bad: [
      MedicalExample.measured(#"⟪"nan"⟫"#, volume, millimetres),
      MedicalExample.measured(#"⟪"-inf"⟫"#, volume, millimetres),
      MedicalExample.measured(#"⟪"1x5"⟫"#, volume, millimetres), MedicalExample.measured(#"⟪""⟫"#, volume, millimetres),
      MedicalExample.measured(#"⟪"0.12345678901234567"⟫"#, volume, millimetres),
    ])
  static let reads = Reads(fields: [.measuredValue])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.measuredValue) {
      guard let text = field.value.text else { continue }
      // Values may be padded with spaces.
      let bytes = Array(text.utf8)
      let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
      let end = (bytes.lastIndex { $0 != UInt8(ascii: " ") } ?? start - 1) + 1
      let inner = String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
      if inner.isEmpty {
        report.finding(at: field, "empty")
      } else if !inner.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }) || Double(inner)?.isFinite != true {
        report.finding(at: field, "", ["found": "`\(inner.prefix(40))`"])
      } else if bytes.count > 16 {
        report.finding(at: field, "long", ["count": bytes.count])
      }
    }
  }

  private static let volume = MedicalExample.code("118565006", "Volume")
  private static let millimetres = MedicalExample.code("mm3", "cubic millimeter", scheme: "UCUM")
}
