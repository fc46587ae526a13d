import PluginKit

/// A text that is not what was read where it is said to stand.
struct AnswerNotInRegionText: RecordRule {
  static let info = RuleInfo(
    id: "answer-not-in-region-text", severity: .warning,
    summary: "What a part of a page says is what its words say, and what was read there stands there.",
    why: "The model learns to read what is not on the page.",
    source:
      "At least four letters in five are the same (DocVQA, FUNSD). Spaces, capitals, marks, and ways of writing numbers and currency don't count.",
    message: "This text is not what its words say: {read}. One of them was read wrong.",
    messages: [
      "link":
        "What was read is not what stands there: {read}. The link leads elsewhere, or one of them was read wrong.",
      "take": "Write what the words say",
    ],
    good: [
      #"{"form": [{"id": 0, "text": "Total: $1,200.00", "label": "other", "box": [0, 0, 9, 9], "words": [{"text": "TOTAL", "box": [0, 0, 4, 9]}, {"text": "1200", "box": [5, 0, 9, 9]}], "linking": []}]}"#,
      sample("Hue, 4 May", "HUE 4 MAY 2026"),
    ],
    bad: [
      #"{"form": [{"id": 0, "text": ⟪"Total"⟫, "label": "other", "box": [0, 0, 9, 9], "words": [{"text": "Amount", "box": [0, 0, 9, 9]}], "linking": []}]}"#,
      sample("Hue, 4 May", "Da Nang, 9 June", mark: true),
    ])
  static let reads = Reads(
    fields: [.text, .wordText, .kind, .from, .to], lookups: [.definition(of: .from), .definition(of: .to)])

  static let leastSimilarity = 0.8
  private static let shown = 80

  func check(_ record: Record, _ report: inout Report) {
    checkWords(record, &report)
    guard let kind = record.first(.kind), kind.value.isText("read-from"), let to = record.first(.to),
      let read = record.definition(of: .from)?.exports["text"]?.text,
      let there = record.definition(of: .to)?.exports["text"]?.text
    else { return }
    let (part, whole) = (ReadText.plain(read), ReadText.plain(there))
    guard !part.isEmpty, !whole.isEmpty, !ReadText.contains(whole, part),
      ReadText.similarity(part, whole) < Self.leastSimilarity
    else { return }
    report.finding(at: to, "link", ["read": shown(there)])
  }

  private func checkWords(_ record: Record, _ report: inout Report) {
    let words = record.all(.wordText).compactMap(\.value.text)
    guard !words.isEmpty, let text = record.first(.text), let said = text.value.text else { return }
    let joined = words.joined(separator: " ")
    let (first, second) = (ReadText.plain(said), ReadText.plain(joined))
    // A part without a letter (a tick, a line) may be written in any way.
    guard !second.isEmpty, ReadText.similarity(first, second) < Self.leastSimilarity else { return }
    report.finding(
      at: text, "", ["read": shown(joined)],
      fixes: [Fix("take", edits: [.replace(text, with: JSON.quoted(joined))])])
  }

  private func shown(_ text: String) -> String { text.count > Self.shown ? text.prefix(Self.shown) + "…" : text }

  private static func sample(_ read: String, _ there: String, mark: Bool = false) -> String {
    let to = mark ? "⟪\"r\"⟫" : "\"r\""
    return
      #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s", "sources": [{"id": "p", "modality": "document", "uri": "a.pdf"}], "annotations": [{"id": "a", "kind": "message", "role": "assistant", "text": "\#(read)"}, {"id": "r", "source": "p", "kind": "region", "page": 1, "bbox": [1, 1, 9, 9], "text": "\#(there)"}], "links": [{"id": "l", "kind": "read-from", "from": "a", "to": \#(to)}]}]}"#
  }
}
