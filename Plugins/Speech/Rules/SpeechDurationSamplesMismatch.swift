import PluginKit

/// A recording's length that is not what its samples come to.
struct SpeechDurationSamplesMismatch: RecordRule {
  static let info = RuleInfo(
    id: "speech-duration-samples-mismatch", severity: .warning,
    summary: "A recording is as long as its samples last.",
    why: "Programs trust one of the two: parts at the end are lost, or silence is learned.",
    source: "Lhotse checks the same. One sample and 1 ms are rounding; from half a second on it is an error.",
    message:
      "{samples} samples at {rate} a second last {right} seconds, but the length says {seconds}. One of them is wrong.",
    messages: ["take": "Write {right}"],
    good: [SpeechExample.recording(#""sampling_rate": 22050, "num_samples": 33949, "duration": 1.5396371882086168"#)],
    bad: [
      SpeechExample.recording(#""sampling_rate": 8000, "num_samples": 4000, "duration": ⟪0.52⟫"#),
      SpeechExample.recording(#""sampling_rate": 8000, "num_samples": 4000, "duration": ⟪4⟫"#),
    ])
  static let reads = Reads(fields: [.recordingLength, .recordingSamples, .recordingRate], needs: [.recordingSamples])

  func check(_ record: Record, _ report: inout Report) {
    guard let length = record.first(.recordingLength), let seconds = length.value.number, seconds > 0,
      let samples = record.number(.recordingSamples), let rate = record.number(.recordingRate), samples > 0, rate > 0
    else { return }
    let right = samples / rate
    let apart = (right - seconds).magnitude
    guard apart > 1 / rate + 0.001 else { return }
    report.finding(
      at: length, "",
      ["samples": samples, "rate": rate, "right": right, "seconds": seconds], severity: apart > 0.5 ? .error : .warning,
      fixes: [Fix("take", ["right": right], edits: [.replace(length, with: "\(right)")])])
  }
}
