import PluginKit

/// A file whose calls give their arguments now in quotes, now as they are.
struct ToolArgumentsMixed: TallyRule {
  static let info = RuleInfo(
    id: "tool-arguments-mixed", severity: .warning,
    summary: "All calls of a file give their arguments in the same way: as text, or as they are.",
    why: "Readers of whole columns stop at the first call that is written in the other way.",
    source: "OpenAI wants text, Hugging Face's chat templates want the object; a column has one type.",
    message:
      "Calls of this file with their arguments in quotes: {texts}. Without quotes: {objects}. Readers stop at the first of the other kind.",
    good: [example("{}", "{}"), example(#""{}""#, #""{\"n\": 1}""#)], bad: [example(#""{}""#, "⟪{}⟫")])
  static let reads = Reads(fields: [.callArguments])
  static let kind = FactKind("instruction-data/arguments")
  static let states = [kind]

  private static let texts: UInt32 = 0
  private static let objects: UInt32 = 1

  func tally(_ record: Record, _ report: inout Report) {
    for field in record.all(.callArguments) {
      switch field.value.kind {
      case .string: report.tally(Self.kind, key: .text(""), bin: Self.texts, at: field)
      case .object: report.tally(Self.kind, key: .text(""), bin: Self.objects, at: field)
      default: break
      }
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let (texts, objects) = (totals.amount(Self.texts), totals.amount(Self.objects))
    guard texts > 0, objects > 0 else { return }
    let rarer = texts < objects ? Self.texts : Self.objects
    guard let place = totals.first(where: { $0.bin == rarer })?.places.first else { return }
    report.finding(at: place, "", ["texts": texts, "objects": objects])
  }

  private static func example(_ arguments: String...) -> String {
    let chats = arguments.enumerated().map { number, arguments in
      #"{"messages": [{"role": "user", "content": "Question \#(number)"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": \#(arguments)}}]}]}"#
    }
    return "[" + chats.joined(separator: ", ") + "]"
  }
}
