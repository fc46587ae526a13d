import PluginKit

/// A call whose arguments are no JSON object.
struct ToolArgumentsInvalid: RecordRule {
  static let info = RuleInfo(
    id: "tool-arguments-invalid", severity: .error,
    summary: "A call gives its tool a JSON object, once in quotes or not at all.",
    why: "Trainers stop at it, or the model learns to write calls that no program can read.",
    source: "OpenAI wants the arguments as text that holds an object; chat templates of others want the object itself.",
    message: "This is no JSON object, so no tool can read it. Write names and values in braces, like `{example}`.",
    messages: [
      "empty": "The tool is given nothing. Write {example} if it needs nothing.",
      "twice": "The arguments are wrapped in quotes twice. A tool would get one long text.",
      "kind": "A call's arguments are names with values, in braces.",
      "unwrap": "Take away one pair of quotes",
      "write": "Write {example}",
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{\"city\": \"Hue\"}"}}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": {"city": "Hue"}}}]}]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": ⟪"city=Hue"⟫}}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": ⟪"\"{\\\"city\\\": \\\"Hue\\\"}\""⟫}}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": ⟪""⟫}}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": ⟪["Hue"]⟫}}]}]}]"#,
    ])
  static let reads = Reads(fields: [.callArguments])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.callArguments) { check(field.value, &report) }
  }

  private func check(_ value: Value, _ report: inout Report) {
    // What is not well formed is already marked as such.
    guard !value.isMalformed, value.kind != .missing, value.kind != .object else { return }
    guard value.kind == .string, let text = value.text else { return report.finding(at: value, "kind") }
    if Text.isBlank(text) {
      let fix = Fix("write", ["example": "{}"], edits: [.replace(value, with: "\"{}\"")])
      return report.finding(at: value, "empty", ["example": "{}"], fixes: [fix])
    }
    // What begins like an object is read as one; its mistakes are found inside.
    guard let first = text.utf8.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }),
      first != UInt8(ascii: "{")
    else { return }
    if let inner = JSON(parsing: text)?.text, JSON(parsing: inner) != nil {
      let fix = Fix("unwrap", edits: [.replace(value, with: JSON.quoted(inner))])
      return report.finding(at: value, "twice", fixes: [fix])
    }
    report.finding(at: value, "", ["example": #"{"city": "Hue"}"#])
  }
}
