import PluginKit

/// A feeling that is pleasant by name and unpleasant by number.
struct EmotionCategoryDimensionConflict: RecordRule {
  static let info = RuleInfo(
    id: "emotion-category-dimension-conflict", severity: .warning,
    summary: "A feeling's name and its numbers don't say opposite things.",
    why:
      "Name and numbers are often given by different people; where they part, one of them heard another voice, or slipped.",
    source:
      "Said only beyond half of the way from the middle of the scale to its end, and only of feelings that have one side.",
    message:
      "*{label}* is hardly ever felt as {value} on a scale from {low} to {high}. Listen again: name or number is wrong.",
    messages: ["label": "The feeling"],
    good: [
      values(#""label": "anger", "scheme": "ekman", "valence": 2, "scale": [1, 7]"#),
      values(#""label": "surprise", "scheme": "ekman", "valence": 7, "scale": [1, 7]"#),
      values(#""label": "anger", "scheme": "ekman", "valence": 5, "scale": [1, 7]"#),
    ],
    bad: [
      values(#""label": "happiness", "scheme": "ekman", "valence": ⟪1⟫, "scale": [1, 7]"#),
      #"{"a.wav": {"EmoClass": "A", "EmoVal": ⟪6.8⟫}}"#,
    ])
  static let reads = Reads(fields: EmotionValues.fields, needs: EmotionValues.needs)

  func check(_ record: Record, _ report: inout Report) {
    let values = EmotionValues(record)
    guard let label = values.label, let name = label.value.text, let signs = Feelings.signs(of: name),
      let (low, high) = values.scale
    else { return }
    if contradicts(values.valence, signs.valence, low, high) {
      say(values.valence, label, name, low, high, &report)
    } else if contradicts(values.arousal, signs.arousal, low, high), signs.arousal * signs.valence >= 0 {
      // Calm, and stirred to the end: anger may be quiet.
      say(values.arousal, label, name, low, high, &report)
    }
  }

  private func contradicts(_ field: FieldValue?, _ sign: Int, _ low: Double, _ high: Double) -> Bool {
    guard let value = field?.value.number, sign != 0, value >= low, value <= high else { return false }
    let centred = (value - (low + high) / 2) / ((high - low) / 2)
    return centred * Double(sign) < -0.5
  }

  private func say(
    _ field: FieldValue?, _ label: FieldValue, _ name: String, _ low: Double, _ high: Double, _ report: inout Report
  ) {
    guard let field, let value = field.value.number else { return }
    report.finding(
      at: field, "", ["label": name, "value": value, "low": low, "high": high], related: [Related(at: label, "label")])
  }

  private static func values(_ values: String) -> String {
    SpeechExample.conversation(SpeechExample.turn(1, #""emotion": {\#(values)}"#))
  }
}
