import PluginKit

/// A sample without an answer.
struct ChatAssistantMissingOrEmpty: RecordRule {
  static let info = RuleInfo(
    id: "chat-assistant-missing-or-empty", severity: .error,
    summary: "A sample has an answer of the model, and no answer is empty.",
    why: "Without one there is nothing to learn; from an empty one the model learns to say nothing.",
    source: "OpenAI's fine-tuning form. An answer that only calls a tool may have no text.",
    message: "This answer is empty. Write it, or take the turn out.",
    messages: [
      "missing": "The model says nothing in this chat, so there is nothing to learn. Add its answer.",
      "answer": "The answer is empty. Write it, or take this sample out.",
      "remove": "Take this turn out",
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a", "content": "no"}, {"role": "assistant", "content": "No."}]}]"#,
      #"[{"instruction": "Say hello.", "input": "", "output": "Hello!"}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": null, "refusal": "I can't help with that."}]}]"#,
      // Where a model learns by trying, its answers are not there yet.
      #"[{"messages": [{"role": "user", "content": "What is 3 + 4?"}], "solution": "7"}]"#,
      #"[{"messages": [{"role": "user", "content": "Cross the lake."}], "env_config": {"seed": 7}}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ⟪"  "⟫}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ⟪null⟫}]}]"#,
      #"[{"messages": [{"role": "system", "content": "Be kind."}, {"role": ⟪"user"⟫, "content": "Hi"}]}]"#,
      #"[{"instruction": "Say hello.", "input": "", "output": ⟪""⟫}]"#,
    ])
  static let reads = Reads(fields: Turn.fields + [.turns, .answer, .goal])

  func check(_ record: Record, _ report: inout Report) {
    for list in record.each(.turns) {
      let turns = Turn.all(in: list.value, of: record)
      let hasAnswer = turns.contains { $0.speaker == .assistant }
      // A speaker nobody knows may be the model, misspelled: that is said at its own place.
      if !hasAnswer, record.first(.goal) == nil, let last = turns.last, turns.allSatisfy({ $0.speaker != nil }) {
        report.finding(at: last.head, "missing")
      }
      for answer in turns where answer.speaker == .assistant && answer.isEmpty { said(answer, &report) }
    }
    for answer in record.each(.answer) {
      if Text.isBlank(answer.value) == true { report.finding(at: answer, "answer") }
      for turn in Turn.all(in: answer.value, of: record) where turn.speaker == .assistant && turn.isEmpty {
        said(turn, &report)
      }
    }
  }

  private func said(_ turn: Turn, _ report: inout Report) {
    let place: any Placed = turn.content ?? turn.head
    report.finding(at: place, fixes: [Fix("remove", edits: [.remove(turn.value)])])
  }
}
