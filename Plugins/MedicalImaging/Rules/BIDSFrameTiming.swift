import PluginKit

/// Frames of a scan that overlap, leave a gap, or go back in time.
struct BIDSFrameTiming: RecordRule {
  static let info = RuleInfo(
    id: "bids-frame-timing", severity: .warning,
    summary: "Each frame of a scan begins where the one before ends.",
    why: "Curves over time, and every dose computed from them, are shifted by a frame.",
    source:
      "BIDS, PET: start and duration of the frames, in seconds. Gaps and overlaps of less than a tenth of a second are left alone.",
    message:
      "This frame lasts {duration} s and ends at {end} s, but the next one begins at {next} s. Look up both in the scanner's protocol.",
    messages: [
      "shifted":
        "The durations are moved by one: each equals the start of the frame after it. Look them up in the scanner's protocol.",
      "back":
        "This frame begins at {start} s, no later than the one before it ({before} s). Put the frames in order, or correct the time.",
    ],
    good: [
      #"{"FrameTimesStart": [0, 10, 40], "FrameDuration": [10, 30, 30]}"#,
      #"{"FrameTimesStart": [0, 10.02, 20], "FrameDuration": [10, 10, 10]}"#,
      #"{"FrameTimesStart": [3600], "FrameDuration": [600]}"#,
    ],
    bad: [
      #"{"FrameTimesStart": [0, 10, 40], "FrameDuration": [10, ⟪60⟫, 30]}"#,
      #"{"FrameTimesStart": [0, 10, ⟪5⟫], "FrameDuration": [10, 30, 30]}"#,
      #"{"FrameTimesStart": [0, 10, 20, 40], "FrameDuration": ⟪[10, 20, 40, 60]⟫}"#,
    ])
  static let reads = Reads(fields: [.frameStarts, .frameDurations], needs: [.frameStarts])

  func check(_ record: Record, _ report: inout Report) {
    guard let list = record.first(.frameStarts)?.value, list.kind == .array else { return }
    let items = Array(list.children)
    let starts = items.compactMap(\.number)
    guard starts.count == items.count, starts.count > 1 else { return }
    for index in starts.indices.dropFirst() where starts[index] <= starts[index - 1] {
      return report.finding(at: items[index], "back", ["start": starts[index], "before": starts[index - 1]])
    }
    guard let field = record.first(.frameDurations)?.value, field.kind == .array else { return }
    let lasting = Array(field.children)
    let durations = lasting.compactMap(\.number)
    guard durations.count == lasting.count, durations.count == starts.count else { return }
    let wrong = starts.indices.dropLast().filter { index in
      abs(starts[index] + durations[index] - starts[index + 1]) > Self.tolerance
    }
    guard let first = wrong.first else { return }
    let isShifted = starts.indices.dropLast().allSatisfy { abs(durations[$0] - starts[$0 + 1]) < Self.tolerance }
    if isShifted, wrong.count > 1 { return report.finding(at: field, "shifted") }
    // Of a scan with breaks, every frame has one: said once.
    report.finding(
      at: lasting[first], "",
      ["duration": durations[first], "end": starts[first] + durations[first], "next": starts[first + 1]],
      severity: starts[first] + durations[first] < starts[first + 1] ? .information : nil)
  }

  private static let tolerance = 0.1
}
