import PluginKit

/// A stretch of speech that has no length, begins before its recording, or ends before it begins.
struct SpeechDurationNonpositive: RecordRule {
  static let info = RuleInfo(
    id: "speech-duration-nonpositive", severity: .error,
    summary: "What is said takes time: it begins within its recording and ends later.",
    why: "Programs stop at a part without length, or take another part of the recording for it.",
    source: "lhotse #1567 and #891. A length that is left open (`null`) is fine.",
    message: "This part is {seconds} seconds long, so nothing can be heard in it. Look again when it begins and ends.",
    messages: [
      "negative": "This part begins before its recording does: {seconds} seconds. A recording begins at 0.",
      "reversed": "This part ends at {to}, before it begins at {from}. Exchange the two, or look again.",
      "recording": "This recording is {seconds} seconds long, so nothing can be heard in it. Look at the file again.",
      "swap": "Exchange the two",
    ],
    good: [
      SpeechExample.said(#""start": 0, "duration": 1.5"#),
      SpeechExample.conversation(SpeechExample.turn(1, #""segment": [0, 1.5]"#)),
    ],
    bad: [
      SpeechExample.said(#""start": 1, "duration": ⟪0⟫"#), SpeechExample.said(#""start": ⟪-0.5⟫, "duration": 1"#),
      SpeechExample.conversation(SpeechExample.turn(1, #""segment": [4, ⟪2⟫]"#)),
      SpeechExample.recording(#""sampling_rate": 8000, "num_samples": 0, "duration": ⟪0⟫"#),
    ])
  static let reads = Reads(fields: Utterance.fields + [.recordingLength, .spokenWord, .wordStart, .wordLength])

  func check(_ record: Record, _ report: inout Report) {
    if let length = record.first(.recordingLength), let seconds = length.value.number, seconds <= 0 {
      report.finding(at: length, "recording", ["seconds": seconds])
    }
    checkWord(record, &report)
    if let start = record.first(.utteranceStart), let from = start.number, from < 0 {
      return report.finding(at: start, "negative", ["seconds": from])
    }
    guard let utterance = Utterance(record), let last = utterance.last, utterance.to <= utterance.from else { return }
    guard let start = utterance.start, utterance.end != nil, utterance.to < utterance.from else {
      return report.finding(at: last, "", ["seconds": utterance.seconds])
    }
    let swap = Fix("swap", edits: [.replace(start, with: last.value.raw), .replace(last, with: start.value.raw)])
    report.finding(
      at: last, "reversed", ["from": Clock.text(utterance.from), "to": Clock.text(utterance.to)], fixes: [swap])
  }

  /// A line that is one word; programs that find words' times write a few without length.
  private func checkWord(_ record: Record, _ report: inout Report) {
    guard record.first(.spokenWord) == nil else { return }
    if let start = record.first(.wordStart), let from = start.number, from < 0 {
      report.finding(at: start, "negative", ["seconds": from])
    }
    if let length = record.first(.wordLength), let seconds = length.number, seconds < 0 {
      report.finding(at: length, "", ["seconds": seconds])
    }
  }
}
