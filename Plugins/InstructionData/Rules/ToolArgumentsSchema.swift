import PluginKit

/// A call that gives its tool something else than the tool wants to know.
struct ToolArgumentsSchema: RecordRule {
  static let info = RuleInfo(
    id: "tool-arguments-schema", severity: .error,
    summary: "A call gives its tool what the tool's own description asks for.",
    why: "The model learns calls that fail.",
    source: "The description of a tool's parameters is JSON Schema.",
    message: "The tool {tool} needs {name}, and this call does not give it.",
    messages: [
      "unknown": "The tool {tool} has nothing called {name}.",
      "kind": "{name} has the wrong kind of value for the tool {tool}, which wants: {wanted}.",
      "choice": "The tool {tool} takes only one of these for {name}: {wanted}.",
    ],
    good: [
      ToolExample.shareGPT(#"{\"city\": \"Hue\", \"days\": 2}"#),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", \"unit\": \"C\"}"#),
      ToolExample.open(#"{"city": "Hue"}"#),
    ],
    bad: [
      ToolExample.shareGPT(#"⟪{\"days\": 2}⟫"#),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", ⟪\"place\"⟫: 2}"#),
      ToolExample.shareGPT(#"{\"city\": \"days\", \"days\": ⟪\"two\"⟫}"#),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", \"unit\": ⟪\"K\"⟫}"#),
      ToolExample.open(#"⟪{"days": 2}⟫"#),
    ])
  static let reads = Reads(fields: Tools.fields)

  func check(_ record: Record, _ report: inout Report) {
    let calls = Tools.calls(of: record)
    guard !calls.isEmpty, let tools = Tools.declared(by: record) else { return }
    let isOpen = record.first(.toolsText) == nil
    for call in calls {
      guard let tool = tools[Array(call.name.utf8)], let parameters = tool.parameters, let arguments = call.arguments
      else { continue }
      // The format's description reads arguments in a string by the tool's own; it lets everything pass that no tool names.
      let isRead = isOpen && call.argumentsValue?.kind == .string
      for fault in ArgumentCheck.faults(arguments, parameters) {
        if isRead {
          guard case .unknown = fault.kind, fault.path.count == 1, parameters["additionalProperties"] == nil else {
            continue
          }
        }
        say(fault, tool.name, call, &report)
      }
    }
  }

  private func say(
    _ fault: ArgumentCheck.Fault, _ tool: String, _ call: Tools.Call, _ report: inout Report
  ) {
    let name = fault.name
    switch fault.kind {
    case .missing:
      report.finding(at: call.place(of: Array(fault.path.dropLast()), key: false), "", ["tool": tool, "name": name])
    case .unknown:
      report.finding(
        at: call.place(of: fault.path, key: true), "unknown", ["tool": tool, "name": name], severity: .warning)
    case .kind(let wanted):
      report.finding(
        at: call.place(of: fault.path, key: false), "kind", ["tool": tool, "name": name, "wanted": wanted])
    case .choice(let among):
      report.finding(
        at: call.place(of: fault.path, key: false), "choice", ["tool": tool, "name": name, "wanted": among])
    }
  }
}
