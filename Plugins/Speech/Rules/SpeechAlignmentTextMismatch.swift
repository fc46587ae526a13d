import PluginKit

/// Words with times that are not the words of the text.
struct SpeechAlignmentTextMismatch: RecordRule {
  static let info = RuleInfo(
    id: "speech-alignment-text-mismatch", severity: .warning,
    summary: "The words that have times are the words of the text.",
    why: "Text and words were corrected apart: subtitles show one, and training reads the other.",
    source: "Capitals, white space, signs and marks such as `[laughter]` don't count, nor how accents are stored.",
    message: "The text and its words with times part here: *{word}* is not what the text says next ({text}).",
    messages: ["more": "The text goes on where its words with times end: {text}. Words are missing."],
    good: [
      said(#""Yes, [laughter] sir.""#, #"["yes", 0.1, 0.3], ["sir", 0.4, 0.2]"#),
      said(#""Yes, sir.""#, #"["yes", 0.1, 0.3], ["", 0.4, 0.1], ["sir", 0.5, 0.2]"#),
    ],
    bad: [
      said(#""Yes, sir.""#, #"["yes", 0.1, 0.3], [⟪"madam"⟫, 0.4, 0.2]"#),
      said(#"⟪"Yes, sir."⟫"#, #"["yes", 0.1, 0.3]"#),
    ])
  static let reads = Reads(fields: SpokenWord.fields + [.utteranceText], needs: [.spokenWord])

  /// Words that programs write where nobody speaks.
  private static let silent: Set<String> = ["", "sil", "sp", "spn", "eps", "noise"]

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.utteranceText), let text = field.text, text.utf8.count < 100_000 else { return }
    let words = SpokenWord.all(of: record)
    // A word whose text nobody gives could be any.
    guard !words.isEmpty, words.allSatisfy({ $0.text?.text != nil }) else { return }
    let whole = Array(Speech.letters(Speech.spoken(text)))
    let full = Array(Speech.letters(text))
    // Marks may have times too.
    let isMarked = whole.count != full.count
    var at = 0
    for word in words {
      guard let said = word.text?.text else { return }
      let letters = Array(Speech.letters(Speech.spoken(said)))
      guard !letters.isEmpty, !Self.silent.contains(String(letters)) else { continue }
      let end = at + letters.count
      guard end <= whole.count, whole[at..<end].elementsEqual(letters) else {
        guard !isMarked, let place = word.text else { return }
        return report.finding(at: place, "", ["word": said.trimmed, "text": Self.next(whole, at)])
      }
      at = end
    }
    if at < whole.count, !isMarked { report.finding(at: field, "more", ["text": Self.next(whole, at)]) }
  }

  private static func next(_ letters: [Character], _ at: Int) -> String {
    String(letters[min(at, letters.count)...].prefix(20)) + (letters.count > at + 20 ? "…" : "")
  }

  private static func said(_ text: String, _ words: String) -> String {
    SpeechExample.said(#""start": 0, "duration": 1, "text": \#(text), "alignment": {"word": [\#(words)]}"#)
  }
}

extension String {
  /// Without space around.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
