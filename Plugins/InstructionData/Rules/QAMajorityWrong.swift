import PluginKit

/// An answer that counts, but that few gave.
struct QAMajorityWrong: RecordRule {
  static let info = RuleInfo(
    id: "qa-majority-wrong", severity: .error,
    summary: "The answer that counts is the one that most people gave.",
    why: "Models are measured against it: a wrong one teaches and rewards what nobody said.",
    source:
      "The VQA form: `multiple_choice_answer` is the most frequent of the answers; of equally frequent ones, any.",
    message: "Nobody gave this answer. The most frequent one is {most}.",
    messages: [
      "fewer": "{count} people gave this answer, but {more} said {most}.",
      "choices": "The question offers {choices}, and this is none of them.",
      "question": "The question",
      "take": "Write {most}",
    ],
    good: [
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": "2", "answers": [{"answer": "2"}, {"answer": "two"}]}]}"#
    ],
    bad: [
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": ⟪"3"⟫, "answers": [{"answer": "2"}, {"answer": "2"}]}]}"#,
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": ⟪"two"⟫, "answers": [{"answer": "2"}, {"answer": "2"}, {"answer": "two"}]}]}"#,
      """
      //- concord.json
      {}
      //- answers.json
      {"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": ⟪"3"⟫, "answers": [{"answer": "3"}]}]}
      //- questions.json
      {"questions": [{"question_id": 1, "image_id": 7, "question": "How many?", "multiple_choices": ["1", "2", "4"]}]}
      """,
    ])
  static let reads = Reads(
    fields: [.majority, .vote, .questionNumber], lookups: [.definition(of: .questionNumber)])

  func check(_ record: Record, _ report: inout Report) {
    guard let majority = record.first(.majority), let text = majority.value.text else { return }
    checkChoices(record, majority, text, &report)
    var counts: [[UInt8]: Int] = [:]
    // Answers are compared as the task's own program compares them: without case and surrounding space.
    for vote in record.all(.vote) {
      if let said = vote.value.text { counts[Text.folded(said), default: 0] += 1 }
    }
    guard let most = counts.max(by: { ($0.value, $1.key.count) < ($1.value, $0.key.count) }) else { return }
    let count = counts[Text.folded(text)] ?? 0
    guard count < most.value else { return }
    let name = String(decoding: most.key, as: UTF8.self)
    report.finding(
      at: majority, count == 0 ? "" : "fewer", ["count": count, "more": most.value, "most": name],
      severity: count == 0 ? nil : .warning,
      fixes: [Fix("take", ["most": name], edits: [.replace(majority, with: JSON.quoted(name))])])
  }

  /// What a question offers stands in its own file.
  private func checkChoices(_ record: Record, _ majority: FieldValue, _ text: String, _ report: inout Report) {
    let questions = record.facts(.definition(of: .questionNumber))
    let offers = questions.compactMap { $0.exports["multiple_choices"]?.array?.compactMap(\.text) }
    guard let first = questions.first, let choices = offers.first, !choices.isEmpty, offers.count == questions.count,
      !offers.joined().contains(where: { Text.folded($0) == Text.folded(text) })
    else { return }
    let told = choices.prefix(8).joined(separator: ", ") + (choices.count > 8 ? ", …" : "")
    report.finding(at: majority, "choices", ["choices": told], related: [Related(at: first, "question")])
  }
}
