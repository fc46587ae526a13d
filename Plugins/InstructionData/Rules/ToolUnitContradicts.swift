import PluginKit

/// A call in another unit than the one that was asked for.
struct ToolUnitContradicts: RecordRule {
  static let info = RuleInfo(
    id: "tool-unit-contradicts", severity: .hint,
    summary: "A call asks its tool in the unit that the question names.",
    why: "The model learns to change units without a word.",
    source:
      "The last question before the call names one unit of a quantity, the call another one. A question that names both says nothing.",
    message: "The question speaks of {asked}, but the tool is asked for {given}.",
    messages: ["question": "The question"],
    good: [
      example("How warm is it in Hue, in Celsius?", #"{\"unit\": \"celsius\"}"#),
      example("How warm is it in Hue, in Celsius or Fahrenheit?", #"{\"unit\": \"fahrenheit\"}"#),
      example("How warm is it in Hue?", #"{\"unit\": \"fahrenheit\"}"#),
    ],
    bad: [example("How warm is it in Hue, in Celsius?", #"{\"unit\": ⟪\"fahrenheit\"⟫}"#)])
  static let reads = Reads(fields: Turn.fields + Tools.fields + [.turns])

  /// Words for the units of one quantity, each with others that mean the same.
  private static let quantities: [[[String]]] = [
    [["celsius", "centigrade", "°c"], ["fahrenheit", "°f"], ["kelvin"]],
    [["kilometers", "kilometres", "kilometer", "kilometre", "km"], ["miles", "mile", "mi"]],
    [["kilograms", "kilogram", "kg"], ["pounds", "lbs", "lb"]],
    [["meters", "metres", "meter", "metre"], ["feet", "foot", "ft"]],
    [["liters", "litres", "liter", "litre"], ["gallons", "gallon"]],
    [["metric"], ["imperial"]],
  ]

  func check(_ record: Record, _ report: inout Report) {
    guard record.first(.call) != nil || record.first(.callText) != nil, let list = record.first(.turns) else { return }
    let questions = Turn.all(in: list.value, of: record).filter { $0.speaker == .user }
    guard !questions.isEmpty else { return }
    for call in Tools.calls(of: record).prefix(64) {
      guard case .object(let members)? = call.arguments,
        let question = questions.last(where: { $0.value.place.end <= call.argumentsPlace.start })
      else { continue }
      let words = Set(
        question.texts.compactMap(\.value.text).flatMap { text in
          text.lowercased().split { !($0.isLetter || $0 == "°") }.map(String.init)
        })
      for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        guard let text = value.text, let clash = clash(text.lowercased(), words) else { continue }
        report.finding(
          at: call.place(of: [.member(name)], key: false), "", ["asked": clash.asked, "given": text],
          related: [Related(at: question.head, "question")])
      }
    }
  }

  private func clash(_ given: String, _ words: Set<String>) -> (asked: String, given: String)? {
    for quantity in Self.quantities {
      guard let own = quantity.firstIndex(where: { $0.contains(given) }) else { continue }
      let named = quantity.indices.filter { quantity[$0].contains { words.contains($0) } }
      guard named.count == 1, let other = named.first, other != own else { return nil }
      return quantity[other].first { words.contains($0) }.map { ($0, given) }
    }
    return nil
  }

  private static func example(_ question: String, _ arguments: String) -> String {
    #"[{"messages": [{"role": "user", "content": "\#(question)"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "weather", "arguments": "\#(arguments)"}}]}]}]"#
  }
}
