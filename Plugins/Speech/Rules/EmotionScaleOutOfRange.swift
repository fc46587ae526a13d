import PluginKit

/// A value of a feeling beyond the ends of its scale.
struct EmotionScaleOutOfRange: RecordRule {
  static let info = RuleInfo(
    id: "emotion-scale-out-of-range", severity: .error,
    summary: "How strong a feeling is lies within its scale.",
    why: "It was written on another scale: beside the others it means something else.",
    source:
      "IEMOCAP goes from 1 to 5, MSP-Podcast from 1 to 7. Other sets say theirs under `scale`; without one nothing is judged.",
    message: "This is {value}, but the scale goes from {low} to {high}. It may come from another scale.",
    good: [
      values(#""valence": 7, "scheme": "msp""#), values(#""valence": -0.5, "scale": [-1, 1]"#),
      values(#""valence": 9"#),
      #"{"a.wav": {"EmoClass": "N", "EmoVal": 4.2}}"#,
    ],
    bad: [
      values(#""valence": ⟪6⟫, "scheme": "iemocap""#), values(#""arousal": ⟪1.5⟫, "scale": [-1, 1]"#),
      #"{"a.wav": {"EmoClass": "N", "EmoVal": ⟪0.4⟫}}"#,
    ])
  static let reads = Reads(fields: EmotionValues.fields, needs: EmotionValues.needs)

  func check(_ record: Record, _ report: inout Report) {
    let values = EmotionValues(record)
    guard let (low, high) = values.scale else { return }
    for field in [values.valence, values.arousal, values.dominance] {
      guard let field, let value = field.value.number, value < low || value > high else { continue }
      report.finding(at: field, "", ["value": value, "low": low, "high": high])
    }
  }

  private static func values(_ values: String) -> String {
    SpeechExample.conversation(SpeechExample.turn(1, #""emotion": {\#(values)}"#))
  }
}

/// How pleasant, stirred and strong somebody feels, and from what to what that goes.
struct EmotionValues {
  let valence: FieldValue?
  let arousal: FieldValue?
  let dominance: FieldValue?
  let label: FieldValue?
  let scale: (low: Double, high: Double)?

  static let needs: [Field] = [.valence, .arousal, .dominance, .valence7, .arousal7, .dominance7]
  static let fields: [Field] = needs + [.emotionScale, .emotionScheme, .emotionLabel, .emotionMSP]

  init(_ record: Record) {
    valence = record.first(.valence) ?? record.first(.valence7)
    arousal = record.first(.arousal) ?? record.first(.arousal7)
    dominance = record.first(.dominance) ?? record.first(.dominance7)
    label = record.first(.emotionLabel) ?? record.first(.emotionMSP)
    let ends = record.all(.emotionScale).compactMap(\.value.number)
    if ends.count == 2, ends[0] < ends[1] {
      scale = (ends[0], ends[1])
    } else {
      let scheme = record.first(.emotionMSP) == nil ? record.text(.emotionScheme) : "msp"
      scale = ["iemocap": (1, 5), "msp": (1, 7)][scheme?.lowercased() ?? ""]
    }
  }
}
