import PluginKit

/// A feeling that is not of the set it is said to be from.
struct EmotionLabelUnknown: RecordRule {
  static let info = RuleInfo(
    id: "emotion-label-unknown", severity: .error,
    summary: "A feeling is one of the set it is taken from.",
    why: "One feeling under two names is two feelings to a model, and learned half as well.",
    source:
      "The sets of Ekman, Plutchik, IEMOCAP, MSP-Podcast and RAVDESS. `xxx` and `X` (no agreement) are labels too.",
    message: "*{label}* is not a feeling of the set {scheme}. It has: {labels}.",
    messages: ["use": "Write {label}"],
    good: [
      label(#""anger""#, "ekman"), label(#""xxx""#, "iemocap"), label(#""proud""#, "ours"),
      #"{"a.wav": {"EmoClass": "X"}}"#,
    ],
    bad: [label(#"⟪"angry"⟫"#, "ekman"), #"{"a.wav": {"EmoClass": "N"}, "b.wav": {"EmoClass": ⟪"neutral"⟫}}"#])
  static let reads = Reads(
    fields: [.emotionLabel, .emotionScheme, .emotionMSP], needs: [.emotionLabel, .emotionMSP], context: ["emotions"])

  func check(_ record: Record, _ report: inout Report) {
    if let field = record.first(.emotionMSP), let msp = Feelings.named("msp") { check(field, msp, record, &report) }
    if let field = record.first(.emotionLabel), let scheme = record.text(.emotionScheme).flatMap(Feelings.named) {
      check(field, scheme, record, &report)
    }
  }

  private func check(_ field: FieldValue, _ scheme: Feelings, _ record: Record, _ report: inout Report) {
    guard let label = field.value.text, !label.isEmpty, !scheme.has(label) else { return }
    let own = record.context("emotions")?.array ?? []
    guard !own.contains(where: { $0.text?.utf8.elementsEqual(label.utf8) == true }) else { return }
    let fixes =
      scheme.meant(by: label).map { [Fix("use", ["label": $0], edits: [.replace(field, with: $0.json)])] } ?? []
    report.finding(
      at: field, "", ["label": label, "scheme": scheme.id, "labels": scheme.labels.joined(separator: ", ")],
      fixes: fixes,
      fold: scheme.id + label)
  }

  private static func label(_ label: String, _ scheme: String) -> String {
    SpeechExample.conversation(SpeechExample.turn(1, #""emotion": {"label": \#(label), "scheme": "\#(scheme)"}"#))
  }
}
