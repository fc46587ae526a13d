import PluginKit

/// A language named in a way that programs don't know.
struct LanguageTagInvalid: RecordRule {
  static let info = RuleInfo(
    id: "language-tag-invalid", severity: .warning,
    summary: "A language is named by its tag: `vi`, `en-GB`.",
    why: "One language under two names is two languages to a program, and its share comes out wrong.",
    source: "BCP 47 (RFC 5646), with the codes of ISO 639-1. Codes of three letters are not looked up.",
    message: "*{text}* is the name of a language, not its tag. Programs look for `{tag}`.",
    messages: [
      "form": "*{text}* is no tag of a language as programs read it. `{tag}` is.",
      "odd": "*{text}* is no tag of a language. A tag is short, such as `vi` or `en-GB`.",
      "unknown": "No language has the tag *{text}*. If it is yours, add it to the setting `languages`.",
      "use": "Write `{tag}`",
    ],
    good: [said(#""en""#), said(#""zh-Hant-TW""#), said(#""yue""#), said(#""und""#), said(#""x-ours""#)],
    bad: [said(#"⟪"English"⟫"#), said(#"⟪"en_US"⟫"#), said(#"⟪"jp"⟫"#), said(#"⟪"qq"⟫"#), said(#"⟪"en US"⟫"#)])
  static let reads = Reads(
    fields: [.utteranceLanguage, .sampleLanguage, .whisperLanguage], context: ["languages"])

  func check(_ record: Record, _ report: inout Report) {
    for field in Self.reads.fields.flatMap({ record.all($0) }) {
      guard let text = field.value.text, !text.isEmpty, let fault = Languages.fault(in: text) else { continue }
      let own = record.context("languages")?.array ?? []
      guard !own.contains(where: { $0.text?.utf8.elementsEqual(text.utf8) == true }) else { continue }
      let (key, tag): (String, String?) =
        switch fault {
        case .form(let tag): (tag == nil ? "odd" : "form", tag)
        case .name(let tag): ("", tag)
        case .unknown: ("unknown", nil)
        }
      let fixes =
        tag.map { [Fix("use", ["tag": $0], isCertain: key.isEmpty, edits: [.replace(field, with: $0.json)])] } ?? []
      report.finding(at: field, key, ["text": text, "tag": tag ?? ""], fixes: fixes, fold: text)
    }
  }

  private static func said(_ language: String) -> String {
    SpeechExample.said(#""start": 0, "duration": 1, "language": \#(language)"#)
  }
}
