import PluginKit

/// A link between the parts of a form that can't be meant.
struct DocumentLinkInvalid: RecordRule {
  static let info = RuleInfo(
    id: "document-link-invalid", severity: .error,
    summary: "Links in a form lead from a question to its answer, and words lie within the part they belong to.",
    why: "Models learn from the links which answer belongs to which question; a wrong one teaches a wrong pair.",
    source:
      "The FUNSD form: `linking` holds pairs, from the question to the answer or from the heading to the question.",
    message: "This link leads from a part of the form to itself.",
    messages: [
      "foreign": "Neither end of this link is part {id}, at which it stands.",
      "pair": "A link is two numbers: from which part to which.",
      "turned": "This link leads from an answer to its question. Links begin at the question.",
      "questions": "This link leads from one question to another. Is one of them an answer or a heading?",
      "alone": "This answer belongs to no question.",
      "word": "This word lies outside of the part it belongs to.",
      "turn": "Turn the link round",
    ],
    good: [
      example(#"[[0, 1]]"#, #"[[0, 1]]"#)
    ],
    bad: [
      example(#"[⟪[0, 0]⟫, [0, 1]]"#, #"[[0, 1]]"#),
      example(#"[[0, 1]]"#, #"[[0, 1], ⟪[0, 2]⟫]"#, more: #", \#(part(2, "other", "[]"))"#),
      example(#"[⟪[1, 0]⟫]"#, #"[⟪[1, 0]⟫]"#),
      example(#"[[0, 1], ⟪[0, 2]⟫]"#, #"[[0, 1]]"#, more: #", \#(part(2, "question", "[⟪[0, 2]⟫]"))"#),
      example("[]", "[]", label: #"⟪"answer"⟫"#),
      example(#"[[0, 1]]"#, #"[[0, 1]]"#, word: "⟪[10, 40, 60, 50]⟫"),
    ])
  static let reads = Reads(
    fields: [.id, .label, .edge, .linkEnd, .box, .wordBox], needs: [.edge, .linkEnd, .wordBox],
    lookups: [.definition(of: .linkEnd)])

  /// How far a word may stand out, in pixels.
  private static let slack = 1.0
  private static let mostFindings = 32

  func check(_ record: Record, _ report: inout Report) {
    guard let id = record.first(.id)?.value.integer else { return }
    let edges = record.all(.edge)
    checkEdges(edges, of: id, record, &report)
    if edges.isEmpty, let label = record.first(.label), label.value.isText("answer") {
      report.finding(at: label, "alone", severity: .information)
    }
    checkWords(record, &report)
  }

  private func checkEdges(_ edges: [FieldValue], of id: Int, _ record: Record, _ report: inout Report) {
    var labels: [Int: String] = [:]
    for fact in record.facts(.definition(of: .linkEnd)) {
      if let end = fact.exports["id"]?.integer { labels[end] = fact.exports["label"]?.text }
    }
    for edge in edges.prefix(Self.mostFindings) {
      let ends = edge.value.children.map(\.integer)
      guard ends.count == 2, let from = ends[0], let to = ends[1] else {
        // What is no number is a matter of the form.
        if edge.value.kind == .array, ends.count != 2 { report.finding(at: edge, "pair") }
        continue
      }
      if from == to {
        report.finding(at: edge)
      } else if from != id, to != id {
        report.finding(at: edge, "foreign", ["id": id])
      } else {
        switch (labels[from], labels[to]) {
        case ("answer", "question"):
          let turn = Fix("turn", edits: [.replace(edge, with: "[\(to), \(from)]")])
          report.finding(at: edge, "turned", severity: .warning, fixes: [turn])
        case ("question", "question"): report.finding(at: edge, "questions", severity: .warning)
        default: break
        }
      }
    }
  }

  private func checkWords(_ record: Record, _ report: inout Report) {
    guard let box = record.first(.box)?.box, box.width >= 0, box.height >= 0 else { return }
    let outside = record.all(.wordBox).first { word in
      guard let inner = word.box else { return false }
      return inner.x < box.x - Self.slack || inner.y < box.y - Self.slack || inner.maxX > box.maxX + Self.slack
        || inner.maxY > box.maxY + Self.slack
    }
    if let outside { report.finding(at: outside, "word", severity: .warning) }
  }

  // MARK: Examples

  private static func part(
    _ id: Int, _ label: String, _ links: String, word: String = "[10, 10, 60, 20]"
  ) -> String {
    let label = label.hasPrefix("⟪") ? label : "\"\(label)\""
    return
      #"{"id": \#(id), "text": "Name", "label": \#(label), "box": [10, 10, 60, 20], "words": [{"text": "Name", "box": \#(word)}], "linking": \#(links)}"#
  }

  /// A question and its answer, with the links of each.
  static func example(
    _ question: String, _ answer: String, label: String = "answer", word: String = "[10, 10, 60, 20]", more: String = ""
  ) -> String {
    #"{"form": [\#(part(0, "question", question)), \#(part(1, label, answer, word: word))\#(more)]}"#
  }
}
