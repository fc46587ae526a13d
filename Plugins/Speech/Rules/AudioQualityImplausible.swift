import PluginKit

/// Noise that doesn't fit the place, or no noise that can be.
struct AudioQualityImplausible: RecordRule {
  static let info = RuleInfo(
    id: "audio-quality-implausible", severity: .warning,
    summary: "How loud the noise is can be, and fits where the recording was made.",
    why: "Recordings are picked by these values: a wrong one lets noise in, or keeps good sound out.",
    source: "From -20 to 80 dB. Below 10 dB speech hardly stands out from noise.",
    message: "Speech {value} dB above the noise can't be: it lies between -20 and 80. Measure again.",
    messages: [
      "place":
        "Here speech hardly stands out from the noise ({value} dB), though it was recorded in {place}. One of the two is wrong.",
      "score":
        "How good it sounds goes from 1 to 5, so {value} can't be. Measure again, or look which scale it is from.",
      "where": "Where it was recorded",
    ],
    good: [source(#""environment": "studio", "snr": 38"#), source(#""environment": "street", "snr": 4"#)],
    bad: [source(#""snr": ⟪140⟫"#), source(#""mos": ⟪31⟫"#), source(#""environment": "studio", "snr": ⟪4⟫"#)])
  static let reads = Reads(fields: [.snr, .soundScore, .environment], needs: [.snr, .soundScore])

  func check(_ record: Record, _ report: inout Report) {
    if let score = record.first(.soundScore), let value = score.value.number, !(1...5).contains(value) {
      report.finding(at: score, "score", ["value": value])
    }
    guard let field = record.first(.snr), let value = field.value.number else { return }
    guard (-20...80).contains(value) else { return report.finding(at: field, "", ["value": value]) }
    guard value < 10, let place = record.first(.environment), let name = place.value.text,
      ["studio", "quiet"].contains(name)
    else { return }
    report.finding(at: field, "place", ["value": value, "place": "`\(name)`"], related: [Related(at: place, "where")])
  }

  private static func source(_ members: String) -> String { SpeechExample.conversation(source: members) }
}
