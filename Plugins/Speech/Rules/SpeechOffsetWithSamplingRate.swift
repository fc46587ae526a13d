import PluginKit

/// A part of a recording with a sample rate beside it, which one of NeMo's readers takes for the whole.
struct SpeechOffsetWithSamplingRate: RecordRule {
  static let info = RuleInfo(
    id: "speech-offset-with-sampling-rate", severity: .information,
    summary: "A line that begins within its recording says nothing of the sample rate.",
    why: "NeMo then does not look into the file, and takes the recording to be no longer than this one part of it.",
    source: "lhotse #1437. Readers that always look into the file do no harm, so this is only told.",
    message:
      "This part begins at {start}, and a sample rate stands beside it: one of NeMo's readers then loads too short a recording. "
      + "Leave the rate out if you don't need it.",
    messages: ["start": "Where the part begins"],
    good: [
      line(#""offset": 0, "sampling_rate": 16000"#), line(#""offset": 2.5"#), line(#""sampling_rate": 16000"#),
    ],
    bad: [line(#""offset": 2.5, "sampling_rate": ⟪16000⟫"#)])
  static let reads = Reads(fields: [.recordingPath, .utteranceStart, .recordingRate], needs: [.recordingRate])

  func check(_ record: Record, _ report: inout Report) {
    guard record.first(.recordingPath) != nil, let rate = record.first(.recordingRate), rate.number != nil,
      let start = record.first(.utteranceStart), let from = start.number, from > 0
    else { return }
    report.finding(
      at: rate, "", ["start": Clock.text(from)], related: [Related(at: start, "start")], fold: "")
  }

  private static func line(_ members: String) -> String {
    SpeechExample.dataset(("manifest.json", #"{"audio_filepath": "a.wav", "duration": 1, \#(members)}"#))
  }
}
