import PluginKit

/// A time in milliseconds where seconds belong.
struct BIDSSeconds: RecordRule {
  static let info = RuleInfo(
    id: "bids-seconds", severity: .error,
    summary: "Times in a sidecar are seconds.",
    why: "DICOM writes the same times in milliseconds: copied as they are, they are a thousand times too long.",
    source: "BIDS, MRI metadata. Only what no scanner does in seconds is spoken of.",
    message: "{value} s is no time of a scanner, but {seconds} s is: this looks like milliseconds. Divide it by 1000.",
    messages: ["divide": "Write {seconds}"],
    good: [
      #"{"RepetitionTime": 2.0, "EchoTime": 0.03, "SliceTiming": [0, 1.2]}"#,
      #"{"RepetitionTime": 30, "EchoTime": 0.1}"#, #"{"RepetitionTime": 2.5, "SliceTiming": [0.0, 2.4]}"#,
    ],
    bad: [
      #"{"RepetitionTime": ⟪2000⟫, "EchoTime": 0.03}"#, #"{"EchoTime": ⟪30⟫}"#,
      #"{"RepetitionTime": 2.0, "SliceTiming": ⟪[0, 1000, 1960.5]⟫}"#,
    ])
  static let reads = Reads(fields: [.repetition, .echo, .inversion, .sliceTimes])

  /// In seconds: no scanner waits so long.
  private static let limits: [(Field, Double)] = [(.repetition, 100), (.echo, 1.5), (.inversion, 25)]

  func check(_ record: Record, _ report: inout Report) {
    for (field, limit) in Self.limits {
      guard let value = record.first(field), let number = value.value.number, number > limit, number < limit * 1000
      else {
        continue
      }
      report.finding(
        at: value, "", ["value": number, "seconds": number / 1000],
        fixes: [Fix("divide", ["seconds": number / 1000], edits: [.replace(value, with: "\(number / 1000)")])])
    }
    // All slices are taken within one repetition.
    guard let slices = record.first(.sliceTimes), slices.value.kind == .array,
      let last = slices.value.children.compactMap(\.number).max(), let repetition = record.number(.repetition),
      repetition > 0, last > repetition, last / 1000 <= repetition, last > 20
    else { return }
    report.finding(at: slices, "", ["value": last, "seconds": last / 1000])
  }
}
