import PluginKit

/// A patient's name, day of birth or address where the form keeps it. What it is, is never shown.
struct PHIKeyed: RecordRule {
  static let info = RuleInfo(
    id: "phi-keyed", severity: .error,
    summary: "No member that is kept for a person's name, day of birth or address holds a real one.",
    why: "Whoever gets the file learns who the patient is.",
    source:
      "45 CFR 164.514(b)(2), the safe harbor list. Names with digits, words such as ANON or PHANTOM, and the first of January are taken for made up.",
    message: "This may be a person's real name. Put a made-up one in its place.",
    messages: [
      "birth": "This may be a person's real day of birth. Leave it out, or keep the year with 0101 behind it.",
      "place": "This may be a person's real address or phone number. Leave it out.",
    ],
    good: [
      object(
        #""00100010": {"vr": "PN", "Value": [{"Alphabetic": "ANON^PATIENT"}]}, "00100030": {"vr": "DA", "Value": ["19610101"]}"#
      ),
      object(#""00100010": {"vr": "PN", "Value": [{"Alphabetic": "Case-0012"}]}, "00101040": {"vr": "LO"}"#),
      #"{"studies": [{"StudyInstanceUID": "1.2.3", "PatientName": "Head^Phantom", "series": []}]}"#,
    ],
    bad: [
      object(#""00100010": {"vr": "PN", "Value": [{"Alphabetic": ⟪"Tran^Mai"⟫}]}"#),
      object(#""00100030": {"vr": "DA", "Value": [⟪"19610517"⟫]}"#),
      object(#""00101040": {"vr": "LO", "Value": [⟪"12 Quiet Lane"⟫]}"#),
      #"{"studies": [{"StudyInstanceUID": "1.2.3", "PatientName": ⟪"Tran^Mai"⟫, "series": []}]}"#,
    ], isSensitive: true)
  static let reads = Reads(
    fields: [.identifyingAttribute, .identifyingName, .identityRemoved],
    needs: [.identifyingAttribute, .identifyingName])

  func check(_ record: Record, _ report: inout Report) {
    // Where a file says that all was taken out, another rule says that it was not.
    guard record.first(.identityRemoved)?.text != "YES" else { return }
    for found in Identifying.all(in: record) {
      report.finding(at: found.value, found.kind == .name ? "" : found.kind.rawValue)
    }
  }

  private static func object(_ attributes: String) -> String {
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, \#(attributes)}]"#
  }
}
