import PluginKit

/// Speech of a recording that is not there.
struct RecordingReferenceUnresolved: TallyRule {
  static let info = RuleInfo(
    id: "recording-reference-unresolved", severity: .error,
    summary: "What is said belongs to a recording that is there.",
    why: "Programs throw away what belongs to no recording, or stop.",
    source: "Lhotse checks the same. Said only where the dataset has a list of recordings, and of the first eight.",
    message: "No recording of this dataset has this name, so what is said here belongs to nothing. Check the name.",
    good: [files(#""call-1""#), #"[{"id": "u1", "recording_id": "call-9", "start": 0, "duration": 1}]"#],
    bad: [files(#"⟪"call-7x"⟫"#)])
  static let reads = Reads(
    fields: [.recordingName, .recordingID], needs: [.recordingName, .recordingID],
    lookups: [.definition(of: .recordingName)])
  static let kind = FactKind("speech/recordings")
  static let states = [kind]

  private enum Bin: UInt32 { case recordings, lost }

  func tally(_ record: Record, _ report: inout Report) {
    let key = Report.Key.key(FactKey(shared: "recordings"))
    if let field = record.first(.recordingName), let name = field.text, !name.isEmpty {
      guard record.definition(of: .recordingName) == nil else { return }
      report.tally(Self.kind, key: key, bin: Bin.lost.rawValue, at: field)
    } else if let field = record.first(.recordingID) {
      report.tally(Self.kind, key: key, bin: Bin.recordings.rawValue, at: field)
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    guard totals.amount(Bin.recordings.rawValue) > 0 else { return }
    for place in totals.first(where: { $0.bin == Bin.lost.rawValue })?.places ?? [] { report.finding(at: place) }
  }

  private static func files(_ name: String) -> String {
    SpeechExample.dataset(
      ("recordings.json", SpeechExample.recording(#""sampling_rate": 8000, "num_samples": 16000, "duration": 2"#)),
      ("said.json", #"[{"id": "u1", "recording_id": \#(name), "start": 0, "duration": 1}]"#))
  }
}
