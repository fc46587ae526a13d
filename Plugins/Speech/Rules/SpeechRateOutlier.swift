import PluginKit

/// More words than anybody can say in the time, or hardly any.
struct SpeechRateOutlier: RecordRule {
  static let info = RuleInfo(
    id: "speech-rate-outlier", severity: .warning,
    summary: "What is said fits the time it takes to say it.",
    why:
      "The words belong to another part, or its times are wrong: a model learns sounds and words that don't belong together.",
    source:
      "Measured on meetings and read speech: nearly all parts of a second and three words or more lie well within. Only languages "
      + "whose pace is known are judged.",
    message:
      "{letters} letters in {seconds} seconds are {rate} a second, more than anybody says. Listen again: words or times are wrong.",
    messages: [
      "words":
        "{words} words in {seconds} seconds are {rate} a second, more than anybody says. Listen again: words or times are wrong.",
      "slow":
        "{letters} letters in {seconds} seconds are very few. Listen again: words are missing, or the part is too long.",
    ],
    good: [
      said("so what do we do now", 1.5), said("MM MM", 0.14), said("so what do we do now", 20, "xx"),
      said("chúng ta làm gì bây giờ", 1.6, "vi"),
    ],
    bad: [
      said(#"⟪"the meeting that was planned for next week will have to take place without us"⟫"#, 1.5),
      said(#"⟪"so what do we"⟫"#, 30), said(#"⟪"a b c d e f g h i j"⟫"#, 1),
    ])
  static let reads = Reads(
    fields: [.utteranceText, .utteranceLanguage] + Utterance.fields, needs: [.utteranceText], context: ["language"])

  static let shortest = 1.0
  static let fewestWords = 3
  /// A part this long may hold long silences; only its fastest is judged.
  static let fewestLetters = 8

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.utteranceText), let text = field.text, let utterance = Utterance(record),
      utterance.isSound, utterance.seconds >= Self.shortest,
      let tag = record.text(.utteranceLanguage) ?? record.context("language")?.text,
      let language = Languages.language(of: tag), let pace = Languages.pace(of: language)
    else { return }
    let spoken = Speech.spoken(text)
    // Figures are spoken longer than they are written.
    guard !Speech.hasFigures(spoken) else { return }
    let letters = Speech.letterCount(spoken)
    let words = Speech.wordCount(spoken)
    guard letters >= Self.fewestLetters, pace.words == nil || words >= Self.fewestWords else { return }
    let rate = Double(letters) / utterance.seconds
    let wordRate = Double(words) / utterance.seconds
    if rate > pace.letters.upperBound {
      report.finding(at: field, "", ["letters": letters, "seconds": utterance.seconds, "rate": Self.short(rate)])
    } else if let limit = pace.words?.upperBound, wordRate > limit {
      report.finding(at: field, "words", ["words": words, "seconds": utterance.seconds, "rate": Self.short(wordRate)])
    } else if rate < pace.letters.lowerBound, wordRate < pace.words?.lowerBound ?? .infinity {
      report.finding(at: field, "slow", ["letters": letters, "seconds": utterance.seconds])
    }
  }

  /// With one decimal.
  private static func short(_ rate: Double) -> Double { (rate * 10).rounded() / 10 }

  private static func said(_ text: String, _ seconds: Double, _ language: String = "en") -> String {
    let text = text.hasPrefix("⟪") ? text : "\"\(text)\""
    return SpeechExample.said(#""start": 0, "duration": \#(seconds), "language": "\#(language)", "text": \#(text)"#)
  }
}
