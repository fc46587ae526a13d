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
      ToolExample.shareGPT(#"{\"days\": 2}"#, mark: true),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", ⟪\"place\"⟫: 2}"#),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", ⟪\"days\"⟫: \"two\"}"#),
      ToolExample.shareGPT(#"{\"city\": \"Hue\", ⟪\"unit\"⟫: \"K\"}"#),
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
          guard case .unknown = fault, parameters["additionalProperties"] == nil else { continue }
        }
        say(fault, tool.name, call, &report)
      }
    }
  }

  private func say(
    _ fault: ArgumentCheck.Fault, _ tool: String, _ call: Tools.Call, _ report: inout Report
  ) {
    let place = place(of: fault, call)
    switch fault {
    case .missing(let name): report.finding(at: place, "", ["tool": tool, "name": name])
    case .unknown(let name):
      report.finding(at: place, "unknown", ["tool": tool, "name": name], severity: .warning)
    case .kind(let name, let wanted):
      report.finding(at: place, "kind", ["tool": tool, "name": name, "wanted": wanted])
    case .choice(let name, let among):
      report.finding(at: place, "choice", ["tool": tool, "name": name, "wanted": among])
    }
  }

  private func place(of fault: ArgumentCheck.Fault, _ call: Tools.Call) -> Place {
    if case .missing = fault { return call.argumentsPlace }
    let name = JSON.quoted(fault.name)
    if let value = call.argumentsValue {
      if value.kind == .string { return Text.firstPlace(of: name, in: value) ?? value.place }
      return value[fault.name]?.keyPlace ?? value.place
    }
    return call.text.flatMap { Text.firstPlace(of: name, in: $0) } ?? call.argumentsPlace
  }
}
