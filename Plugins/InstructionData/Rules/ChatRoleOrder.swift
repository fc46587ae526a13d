import PluginKit

/// Turns that don't follow each other as in a talk.
struct ChatRoleOrder: RecordRule {
  static let info = RuleInfo(
    id: "chat-role-order", severity: .error,
    summary: "Question and answer take turns, what the model is told comes first, and an answer is the last.",
    why: "Trainers drop such a chat without a word, or stop at it; chat templates refuse two equal turns in a row.",
    source: "The common chat templates; LLaMA-Factory's conversion, which drops a conversation of the wrong order.",
    message:
      "Two turns of {role} in a row: trainers drop such a chat. Put them together, or write the answer between them.",
    messages: [
      "system": "What the model is told about itself stands first. Here it comes in the middle.",
      "begins": "This chat begins with an answer. Some trainers want a question first.",
      "ends": "This chat ends with {role}: there is no last answer to learn from.",
      "result": "After what a tool found, the model answers. Here somebody else speaks.",
      "merge": "Put the two turns together",
      "first": "The turn before",
    ],
    good: [
      #"[{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"messages": [{"role": "user", "name": "an", "content": "Hi"}, {"role": "user", "name": "binh", "content": "Hello"}, {"role": "assistant", "content": "Welcome, both!"}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}, {"id": "b", "type": "function", "function": {"name": "wind", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a", "content": "no"}, {"role": "tool", "tool_call_id": "b", "content": "2"}, {"role": "assistant", "content": "No rain."}]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": ⟪"user"⟫, "content": "Anyone?"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": ⟪"system"⟫, "content": "Be kind."}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"messages": [{"role": ⟪"assistant"⟫, "content": "Hello!"}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "How can I help?"}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}, {"from": ⟪"human"⟫, "value": "Bye"}]}]"#,
    ])
  static let reads = Reads(fields: Turn.fields + [.turns])

  /// Where so many turns are out of order, the chat as a whole is wrong.
  private static let mostFindings = 16

  func check(_ record: Record, _ report: inout Report) {
    for list in record.each(.turns) { check(Turn.all(in: list.value, of: record), &report) }
  }

  private func check(_ turns: [Turn], _ report: inout Report) {
    var last: Turn?
    var count = 0
    for turn in turns where count < Self.mostFindings {
      defer { if turn.speaker != .system || last == nil { last = turn } }
      guard let speaker = turn.speaker else { continue }
      if speaker == .system {
        if let last, last.speaker != .system {
          report.finding(at: turn.head, "system")
          count += 1
        }
        continue
      }
      guard let before = last, let previous = before.speaker, previous != .system else {
        if last == nil || last?.speaker == .system, speaker == .assistant {
          report.finding(at: turn.head, "begins", severity: .information)
        }
        continue
      }
      if check(turn, speaker, after: before, previous, &report) { count += 1 }
    }
    guard let last = turns.last, let speaker = last.speaker, speaker != .assistant,
      turns.contains(where: { $0.speaker == .assistant })
    else { return }
    report.finding(at: last.head, "ends", ["role": last.role?.text ?? ""])
  }

  /// Whether something was said.
  private func check(
    _ turn: Turn, _ speaker: Turn.Speaker, after before: Turn, _ previous: Turn.Speaker, _ report: inout Report
  ) -> Bool {
    if turn.isFrom, speaker == .user, previous == .tool {
      report.finding(at: turn.head, "result")
      return true
    }
    // Two tools may answer one after the other; a call that nobody answers is another rule's matter.
    guard speaker == previous, speaker != .tool, speaker != .assistant || !before.isCall else { return false }
    if let name = turn.name?.text, let other = before.name?.text, !name.utf8.elementsEqual(other.utf8) { return false }
    report.finding(
      at: turn.head, "", ["role": turn.role?.text ?? ""], related: [Related(at: before.head, "first")],
      fixes: merged(before, turn))
    return true
  }

  private func merged(_ first: Turn, _ second: Turn) -> [Fix] {
    guard let content = first.content, let text = content.value.text, let added = second.content?.value.text,
      !second.isCall, !first.isCall
    else { return [] }
    return [
      Fix("merge", edits: [.replace(content, with: JSON.quoted(text + "\n\n" + added)), .remove(second.value)])
    ]
  }
}
