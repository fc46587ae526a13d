import PluginKit

/// A finding with a name over time and no identifier, or the other way round.
struct TrackingPair: RecordRule {
  static let info = RuleInfo(
    id: "tracking-pair", severity: .warning,
    summary: "A finding that is followed over time has a name and an identifier.",
    why: "Without its identifier a program makes up a new one at every visit, and nothing is followed.",
    source: "DICOM PS3.3, section C.8.20.4, and PS3.16, TID 1411: both or neither.",
    message:
      "This finding has a name for later visits, but no identifier: programs make up another one each time. Add `TrackingUniqueIdentifier`.",
    messages: ["name": "This finding has an identifier for later visits, but no name. Add `TrackingIdentifier`."],
    good: [
      MedicalExample.segment(
        type: MedicalExample.tissue, #""TrackingIdentifier": "one", "TrackingUniqueIdentifier": "1.2.3""#)
    ],
    bad: [
      MedicalExample.segment(type: MedicalExample.tissue, #""TrackingIdentifier": ⟪"one"⟫"#),
      MedicalExample.segment(type: MedicalExample.tissue, #""TrackingUniqueIdentifier": ⟪"1.2.3"⟫"#),
    ])
  static let reads = Reads(fields: [.trackingName, .trackingUID])

  func check(_ record: Record, _ report: inout Report) {
    switch (record.first(.trackingName), record.first(.trackingUID)) {
    case (let name?, nil): report.finding(at: name, fold: "name")
    case (nil, let uid?): report.finding(at: uid, "name", fold: "uid")
    default: return
    }
  }
}
