import PluginKit

/// A part of a recording whose words are missing, while others have theirs.
struct SpeechTextMissing: TallyRule {
  static let info = RuleInfo(
    id: "speech-text-missing", severity: .warning,
    summary: "Where most parts of a file have their words, all have.",
    why: "NeMo reads a missing text as silence without a word of warning, and the model learns to hear nothing.",
    source: "Files in which most parts have no text are left alone: they say who speaks, or wait for their words.",
    message:
      "This part has no text, and with it {count} of {all} in this file. Write what is said, or take out what nobody says.",
    messages: [
      "name": "Programs look for the words under `text`, not under `{key}`: they read nothing here. Rename it.",
      "rename": "Rename it to `text`", "other": "Another one",
    ],
    good: [
      SpeechExample.said(#""start": 0, "duration": 1, "text": "yes""#, #""start": 1, "duration": 1, "text": "no""#),
      SpeechExample.said(#""start": 0, "duration": 1"#, #""start": 1, "duration": 1"#),
    ],
    bad: [
      SpeechExample.said(
        #""start": 0, "duration": 1, "text": "yes""#, #""start": 1, "duration": 1, "text": "no""#,
        #""start": 2, "duration": 1, "text": ⟪" "⟫"#),
      SpeechExample.dataset(
        ("manifest.jsonl", #"{"audio_filepath": "a.wav", "duration": 1, "transcript": ⟪"yes"⟫}"#)),
    ])
  static let reads = Reads(
    fields: [.recordingPath, .utteranceID] + [
      .utteranceText, .utteranceTextMisnamed, .utteranceLength, .utteranceEnd, .rttmType, .emotionLabel, .intent,
    ],
    needs: [.utteranceText, .utteranceTextMisnamed, .utteranceLength, .utteranceEnd])
  static let kind = FactKind("speech/texts")
  static let states = [kind]

  private enum Bin: UInt32 { case with, without }

  func tally(_ record: Record, _ report: inout Report) {
    guard record.first(.rttmType) == nil else { return }
    let text = record.first(.utteranceText)
    if text == nil, let other = record.first(.utteranceTextMisnamed), let words = other.value.text, !Self.isBlank(words)
    {
      let key = other.value.key ?? ""
      let edits: [Edit] = [
        .insertMember(into: record.root, key: "text", value: other.value.raw, after: key), .remove(other),
      ]
      return report.finding(
        at: other, "name", ["key": key], fixes: [Fix("rename", isCertain: true, edits: edits)], fold: key)
    }
    let isSpoken = text?.value.text.map { !Self.isBlank($0) } ?? false
    // `-` stands for words to be found.
    guard text?.value.isText("-") != true else { return }
    if let text {
      report.tally(Self.kind, key: .text(""), bin: (isSpoken ? Bin.with : .without).rawValue, at: text)
    } else if record.first(.recordingPath) != nil || record.first(.utteranceID) != nil {
      report.tally(Self.kind, key: .text(""), bin: Bin.without.rawValue, at: record)
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let (with, without) = (totals.amount(Bin.with.rawValue), totals.amount(Bin.without.rawValue))
    guard without > 0, with > without,
      let places = totals.first(where: { $0.bin == Bin.without.rawValue })?.places, let first = places.first
    else { return }
    report.finding(
      at: first, "", ["count": without, "all": with + without],
      related: places.dropFirst().map { Related(at: $0, "other") })
  }

  private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
