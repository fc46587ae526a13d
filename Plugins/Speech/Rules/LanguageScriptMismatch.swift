import PluginKit

/// A text in letters that its language is not written in.
struct LanguageScriptMismatch: RecordRule {
  static let info = RuleInfo(
    id: "language-script-mismatch", severity: .warning,
    summary: "A text is written in the letters of its language.",
    why: "The part counts as a language it is not in, and the model learns that one's sounds for the other's letters.",
    source:
      "Of at least 20 letters, fewer than half in the language's own; words of other languages within a text are common.",
    message: "This is said to be `{tag}`, but {share} of 100 letters are not of its script. Check the language.",
    messages: ["use": "Write `{right}`"],
    good: [
      said("ja", "今日はとても天気がいいですね。散歩に行きましょうか"), said("vi", "hôm nay trời đẹp quá, mình đi chơi nhé"),
      said("th", "OK, see you"), said("ja", "今日はConcordのmeetingに行きます、ありがとう"),
    ],
    bad: [
      said("th", #"⟪"what a fine day it is today, let us go"⟫"#),
      said("en", #"⟪"сегодня хорошая погода, пойдём гулять"⟫"#),
    ])
  static let reads = Reads(
    fields: [.utteranceText, .utteranceLanguage], needs: [.utteranceText], context: ["language"])

  static let fewest = 20

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.utteranceText), let text = field.text,
      let tag = record.text(.utteranceLanguage) ?? record.context("language")?.text,
      // A tag that names a script says what it means by itself.
      !Languages.namesScript(tag),
      let language = Languages.language(of: tag), let scripts = Languages.scripts(of: language)
    else { return }
    var counts = Array(repeating: 0, count: Languages.Script.allCases.count)
    for scalar in Speech.spoken(text).unicodeScalars where Speech.isAlphabetic(scalar) {
      counts[Languages.Script(scalar).rawValue] += 1
    }
    let all = counts.reduce(0, +)
    let own = scripts.reduce(0) { $0 + counts[$1.rawValue] }
    guard all >= Self.fewest, own * 2 < all else { return }
    let fixes =
      record.first(.utteranceLanguage).flatMap { stated in
        Self.only(text).map { right in [Fix("use", ["right": right], edits: [.replace(stated, with: right.json)])] }
      } ?? []
    report.finding(at: field, "", ["tag": tag, "share": (all - own) * 100 / all], fixes: fixes)
  }

  /// The language of a text in a script that only one of the usual ones is written in.
  private static func only(_ text: String) -> String? {
    var found: Set<Languages.Script> = []
    for scalar in Speech.spoken(text).unicodeScalars where Speech.isAlphabetic(scalar) {
      found.insert(Languages.Script(scalar))
    }
    if found.contains(.kana), found.isSubset(of: [.kana, .han]) { return "ja" }
    guard found.count == 1, let script = found.first else { return nil }
    switch script {
    case .thai: return "th"
    case .khmer: return "km"
    case .lao: return "lo"
    case .burmese: return "my"
    case .hangul: return "ko"
    case .greek: return "el"
    case .hebrew: return "he"
    default: return nil
    }
  }

  private static func said(_ language: String, _ text: String) -> String {
    let text = text.hasPrefix("⟪") ? text : "\"\(text)\""
    return SpeechExample.said(#""start": 0, "duration": 9, "language": "\#(language)", "text": \#(text)"#)
  }
}
