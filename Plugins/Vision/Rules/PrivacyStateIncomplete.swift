import PluginKit

/// A picture or video in which people can be recognised, with nothing said of how they are protected.
struct PrivacyStateIncomplete: RecordRule {
  static let info = RuleInfo(
    id: "privacy-state-incomplete", severity: .error,
    summary:
      "What shows people says whether they can be recognised, and if so, until when it is kept and who may see it.",
    why: "Without this nobody may pass it on, and nobody knows when it must be deleted.",
    source:
      "Only what is marked as showing people (`showsPeople`). Where faces are hidden or only poses are kept, nobody can "
      + "be recognised.",
    message: "This shows people, and nothing says whether they can still be recognised. Add what was done about it.",
    messages: [
      "retention": "People can be recognised here, and nothing says until when this may be kept. Add the last day.",
      "access": "People can be recognised here, and nothing says who may see this. Add who may.",
      "both":
        "People can be recognised here, and nothing says until when this may be kept, nor who may see it. Add both.",
      "over":
        "People can be recognised here, and this was to be kept until {date} only. Delete it, or correct the day.",
    ],
    good: [
      example(#""showsPeople": true, "anonymisation": "blurred""#),
      example(
        #""showsPeople": true, "anonymisation": "none", "retentionUntil": "2999-12-31", "accessClass": "loss prevention""#
      ),
      example(#""showsPeople": false"#),
    ],
    bad: [
      example(#""showsPeople": ⟪true⟫"#),
      example(#""showsPeople": true, "anonymisation": ⟪"none"⟫, "accessClass": "loss prevention""#),
      example(#""showsPeople": true, "anonymisation": ⟪"none"⟫, "retentionUntil": "2999-12-31""#),
      example(
        #""showsPeople": true, "anonymisation": "none", "retentionUntil": ⟪"1969-01-01"⟫, "accessClass": "loss prevention""#
      ),
    ])
  static let reads = Reads(fields: [.showsPeople, .anonymisation, .retention, .access], needs: [.showsPeople])

  func check(_ record: Record, _ report: inout Report) {
    guard let people = record.first(.showsPeople), people.value.bool == true else { return }
    guard let state = record.first(.anonymisation), let said = state.value.text, !said.isEmpty else {
      // A state that is written and none of the choices is the form's to report.
      if record.first(.anonymisation)?.value.kind ?? .null == .null { report.finding(at: people) }
      return
    }
    guard said == "none" else { return }
    let kept = record.first(.retention).flatMap { $0.value.text?.allSatisfy(\.isWhitespace) == false ? $0 : nil }
    let lacksAccess = record.first(.access)?.value.text?.allSatisfy(\.isWhitespace) ?? true
    if kept == nil || lacksAccess {
      report.finding(at: state, kept != nil ? "access" : lacksAccess ? "both" : "retention")
    }
    if let kept, let text = kept.value.text, let day = Day(text), day < Day(number: report.asOf) {
      report.finding(at: kept, "over", ["date": text])
    }
  }

  private static func example(_ members: String) -> String {
    #"{"concord": "1.0", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "video", "uri": "cam.mp4", \#(members)}]}]}"#
  }
}
