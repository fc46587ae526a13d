import PluginKit

/// A call nobody answers, or an answer nobody asked for.
struct ToolCallUnanswered: RecordRule {
  static let info = RuleInfo(
    id: "tool-call-unanswered", severity: .warning,
    summary: "After a call comes what the tool found, before anybody else speaks.",
    why: "The model learns to go on without waiting for its tools, or to believe answers it never asked for.",
    source: "OpenAI's form: each call is answered by a turn of the tool. A chat may end with a call.",
    message: "Nothing says what this tool found: somebody else speaks next.",
    messages: ["alone": "No call stands before this answer of a tool."],
    good: [
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": "function_call", "value": "{\"name\": \"rain\", \"arguments\": {}}"}, {"from": "observation", "value": "no"}, {"from": "gpt", "value": "No."}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}]}]"#,
    ],
    bad: [
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": ⟪"function_call"⟫, "value": "{\"name\": \"rain\", \"arguments\": {}}"}, {"from": "human", "value": "Well?"}, {"from": "gpt", "value": "No."}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": ⟪"observation"⟫, "value": "no"}, {"from": "gpt", "value": "No."}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}, {"id": ⟪"b"⟫, "type": "function", "function": {"name": "wind", "arguments": "{}"}}]}, {"role": "tool", "tool_call_id": "a", "content": "no"}, {"role": "assistant", "content": "No."}]}]"#,
    ])
  static let reads = Reads(fields: Turn.fields + [.turns, .callID, .resultOf])

  func check(_ record: Record, _ report: inout Report) {
    guard record.first(.call) != nil || record.first(.callText) != nil || record.first(.fromRole) != nil else { return }
    let unanswered = unanswered(in: record)
    for list in record.all(.turns) {
      let turns = Turn.all(in: list.value, of: record)
      let open = unanswered.grouped(within: turns.map(\.value))
      var isOpen = false
      for (index, turn) in turns.enumerated() {
        let next = turns.indices.contains(index + 1) ? turns[index + 1].speaker : nil
        if turn.speaker == .tool, !isOpen, turn.isFrom { report.finding(at: turn.head, "alone") }
        if turn.isCall {
          isOpen = true
          if let next, next != .tool {
            report.finding(at: turn.head)
          } else if next == .tool {
            for id in open[index] { report.finding(at: id) }
          }
        } else if turn.speaker != .tool {
          isOpen = false
        }
      }
    }
  }

  /// Ids of calls that no answer names. Where an answer names a call that is not there, nobody knows which it meant.
  private func unanswered(in record: Record) -> [FieldValue] {
    let calls = record.all(.callID)
    let known = Set(calls.compactMap { $0.value.text.map { Array($0.utf8) } })
    let answered = Set(record.all(.resultOf).compactMap { $0.value.text.map { Array($0.utf8) } })
    guard !answered.isEmpty, answered.isSubset(of: known) else { return [] }
    return calls.filter { call in call.value.text.map { !answered.contains(Array($0.utf8)) } ?? false }
  }
}
