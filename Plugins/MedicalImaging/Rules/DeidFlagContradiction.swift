import PluginKit

/// A file that says nothing in it tells who the patient is, and something does.
struct DeidFlagContradiction: RecordRule {
  static let info = RuleInfo(
    id: "deid-flag-contradiction", severity: .error,
    summary: "A file that says that the patient's identity was removed holds no name, day of birth or address.",
    why: "Whoever believes the mark gives away a file with a person's name in it.",
    source: "DICOM PS3.3, section C.7.1.1: `PatientIdentityRemoved`.",
    message: "This says that nothing tells who the patient is, but something does. Take it out, then the mark is true.",
    messages: ["there": "This may be real"],
    good: [object("YES", "ANON^PATIENT"), object("NO", "Case-0012")],
    bad: [object("⟪YES⟫", "Tran^Mai")], isSensitive: true)
  static let reads = Reads(
    fields: [.identityRemoved, .identifyingAttribute, .identifyingName], needs: [.identityRemoved])

  func check(_ record: Record, _ report: inout Report) {
    guard let mark = record.first(.identityRemoved), mark.text == "YES" else { return }
    let found = Identifying.all(in: record)
    guard !found.isEmpty else { return }
    report.finding(
      at: mark.place.part(offset: 1, count: 3), related: found.prefix(6).map { Related(at: $0.value, "there") })
  }

  private static func object(_ removed: String, _ name: String) -> String {
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "00120062": {"vr": "CS", "Value": ["\#(removed)"]}, "00100010": {"vr": "PN", "Value": [{"Alphabetic": "\#(name)"}]}}]"#
  }
}
