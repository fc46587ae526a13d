import PluginKit

/// A call, written inside a text, of a tool that the text beside it does not have.
struct ToolCallUndeclared: RecordRule {
  static let info = RuleInfo(
    id: "tool-call-undeclared", severity: .error,
    summary: "The model calls only the tools it was given.",
    why: "From a call of another tool it learns to invent tools.",
    source: "The common chat templates show the model its tools before the first turn.",
    message: "No tool here is called {name}, so this call teaches the model to invent one.",
    messages: ["near": "Write {name}"],
    good: [
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object"}}}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": "function_call", "value": "{\"name\": \"rain\", \"arguments\": {}}"}], "tools": "[{\"name\": \"rain\"}]"}]"#,
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": "function_call", "value": "{\"name\": \"rain\", \"arguments\": {}}"}]}]"#,
    ],
    bad: [
      #"[{"conversations": [{"from": "human", "value": "Rain?"}, {"from": "function_call", "value": "{\"name\": ⟪\"rian\"⟫, \"arguments\": {}}"}], "tools": "[{\"name\": \"rain\"}]"}]"#
    ])
  static let reads = Reads(fields: Tools.fields)

  private static let mostNamesToCompare = 64

  func check(_ record: Record, _ report: inout Report) {
    let hasText = record.first(.toolsText) != nil
    let calls = Tools.calls(of: record)
    guard !calls.isEmpty, let tools = Tools.declared(by: record) else { return }
    // Where both stand in the open, the format's own description says it, with completion and renaming.
    for call in calls where (hasText || call.isText) && tools[Array(call.name.utf8)] == nil {
      let isFewTools = tools.count <= Self.mostNamesToCompare
      let near = isFewTools ? tools.values.filter { Text.distance($0.name, call.name, limit: 2) != nil } : []
      let fixes = near.count == 1 && !call.isText ? near.map { fix($0.name, call) } : []
      report.finding(at: call.namePlace, "", ["name": call.name], fixes: fixes)
    }
  }

  private func fix(_ name: String, _ call: Tools.Call) -> Fix {
    Fix("near", ["name": name], edits: [.replace(call.namePlace, with: JSON.quoted(name))])
  }
}
