import PluginKit

/// An entity of a note whose words are not where it says, or whose partner is missing.
struct ReportSpanOffset: RecordRule {
  static let info = RuleInfo(
    id: "report-span-offset", severity: .error,
    summary: "An entity's words stand in the note where its numbers say, and what it belongs to is there.",
    why: "A model learns from the words at those numbers, whatever they are.",
    source: "RadGraph's form: words are counted from 0 between white space, and both ends belong to the entity.",
    message:
      "At words {start} to {end} (counted from 0) the note says *{found}*, not *{words}*. Correct the numbers or the words.",
    messages: [
      "one":
        "Word {start} of the note is *{found}*, not *{words}*. Correct the number or the word. Words are counted from 0.",
      "beyond": "The note has {count} words, so there is no word {end}. Correct the numbers.",
      "target": "This note has no entity {id}, so this leads nowhere.",
      "self": "This entity belongs to itself. Name the other one.",
    ],
    good: [MedicalExample.note("no left nodule .", entity("nodule", 2) + ", " + entity("left", 1, id: "2"))],
    bad: [
      MedicalExample.note("no left nodule .", entity("⟪nodule⟫", 1)),
      MedicalExample.note(
        "no left nodule .",
        #""1": {"tokens": "nodule", "label": "OBS-DA", "start_ix": 2, "end_ix": ⟪9⟫, "relations": []}"#),
      MedicalExample.note(
        "no left nodule .",
        #""1": {"tokens": "nodule", "label": "OBS-DA", "start_ix": 2, "end_ix": 2, "relations": [["modify", ⟪"7"⟫]]}"#),
      MedicalExample.note(
        "no left nodule .",
        #""1": {"tokens": "nodule", "label": "OBS-DA", "start_ix": 2, "end_ix": 2, "relations": [["modify", ⟪"1"⟫]]}"#),
    ])
  static let reads = Reads(fields: [.noteText, .noteEntity], needs: [.noteEntity])

  func check(_ record: Record, _ report: inout Report) {
    guard let text = record.text(.noteText) else { return }
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    for reading in NoteReading.all(in: record) {
      for entity in reading.entities {
        checkWords(entity, words, &report)
        checkTargets(of: entity, in: reading, &report)
      }
    }
  }

  private func checkTargets(of entity: NoteEntity, in reading: NoteReading, _ report: inout Report) {
    for relation in entity.value["relations"].map({ Array($0.children) }) ?? [] {
      guard let target = relation[1], let id = target.scalarText else { continue }
      if id == entity.id {
        report.finding(at: target, "self")
      } else if !reading.ids.contains(id) {
        report.finding(at: target, "target", ["id": "`\(id)`"])
      }
    }
  }

  private func checkWords(_ entity: NoteEntity, _ words: [String], _ report: inout Report) {
    guard let start = entity.value["start_ix"]?.integer, let last = entity.value["end_ix"],
      let end = last.integer, start >= 0, start <= end,
      // More words are no entity.
      end - start < 64, let tokens = entity.value["tokens"]
    else { return }
    guard end < words.count else { return report.finding(at: last, "beyond", ["count": words.count, "end": end]) }
    let found = words[start...end].joined(separator: " ")
    guard Self.folded(found) != Self.folded(entity.words) else { return }
    report.finding(
      at: tokens.place.part(offset: 1, count: tokens.raw.utf8.count - 2), start == end ? "one" : "",
      start == end
        ? ["start": start, "found": found, "words": entity.words]
        : ["start": start, "end": end, "found": found, "words": entity.words])
  }

  /// Capitals, spaces and signs at the ends are nobody's mistake.
  private static func folded(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func entity(_ words: String, _ at: Int, id: String = "1") -> String {
    let plain = words.filter { !"⟪⟫".contains($0) }
    let tokens = plain == words ? "\"\(words)\"" : "\"⟪\(plain)⟫\""
    return
      #""\#(id)": {"tokens": \#(tokens), "label": "OBS-DA", "start_ix": \#(at), "end_ix": \#(at), "relations": []}"#
  }
}
