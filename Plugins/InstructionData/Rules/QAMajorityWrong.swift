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
      "take": "Write {most}",
    ],
    good: [
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": "2", "answers": [{"answer": "2"}, {"answer": "two"}]}]}"#
    ],
    bad: [
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": ⟪"3"⟫, "answers": [{"answer": "2"}, {"answer": "2"}]}]}"#,
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": ⟪"two"⟫, "answers": [{"answer": "2"}, {"answer": "2"}, {"answer": "two"}]}]}"#,
    ])
  static let reads = Reads(fields: [.majority, .vote])

  func check(_ record: Record, _ report: inout Report) {
    guard let majority = record.first(.majority), let text = majority.value.text else { return }
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
}
