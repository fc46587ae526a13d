import PluginKit

/// One turn of a chat, whatever its format calls its parts.
struct Turn {
  enum Speaker {
    case system, user, assistant, tool

    /// `nil` for a word that no format knows.
    init?(_ role: String) {
      switch role {
      case "system", "developer": self = .system
      case "user", "human", "User": self = .user
      case "assistant", "gpt", "function_call", "Assistant": self = .assistant
      case "tool", "function", "observation": self = .tool
      default: return nil
      }
    }
  }

  /// The whole turn.
  let value: Value
  /// The word for who speaks.
  let role: FieldValue?
  let content: FieldValue?
  /// Every text that is said, also within parts.
  let texts: [FieldValue]
  let calls: [FieldValue]
  /// Calls written as text.
  let callText: FieldValue?
  let hasThoughts: Bool
  let name: String?
  /// The words of this turn's format are `human` and `gpt`.
  let isFrom: Bool

  var speaker: Speaker? { role?.text.flatMap { Speaker($0) } }
  var isCall: Bool { !calls.isEmpty || callText != nil }
  /// Where a finding about the turn stands.
  var head: any Placed { role ?? value.place.part(offset: 0, count: 1) }

  /// Nothing is said and nothing called; thoughts alone are no answer, but they are something.
  var isEmpty: Bool {
    guard !isCall, !hasThoughts else { return false }
    guard let content else { return true }
    switch content.value.kind {
    case .string: return content.value.text.map(Text.isBlank) ?? false
    case .null: return true
    case .array: return content.value.count == 0
    default: return false
    }
  }

  /// What a rule must declare to read turns.
  static let fields: [Field] = [
    .role, .fromRole, .content, .text, .call, .callText, .reasoning, .speaker,
  ]

  /// The turns of a list, or the one that an object is; empty for anything else. Cost: one step a value and field, once a record.
  static func all(in list: Value, of record: Record) -> [Turn] {
    record.once("turns", of: list, reading: fields) { read(list, of: record) }
  }

  private static func read(_ list: Value, of record: Record) -> [Turn] {
    let values = list.kind == .object ? [list] : Array(list.children.filter { $0.kind == .object })
    guard !values.isEmpty else { return [] }
    func sorted(_ field: Field) -> [[FieldValue]] { record.all(field).grouped(within: values) }
    let roles = sorted(.role)
    let fromRoles = sorted(.fromRole)
    let contents = sorted(.content)
    let texts = sorted(.text)
    let calls = sorted(.call)
    let callTexts = sorted(.callText)
    let thoughts = sorted(.reasoning)
    let names = sorted(.speaker)
    return values.indices.map { index in
      Turn(
        value: values[index], role: roles[index].first ?? fromRoles[index].first, content: contents[index].first,
        texts: texts[index], calls: calls[index], callText: callTexts[index].first,
        hasThoughts: thoughts[index].contains { $0.value.text.map { !Text.isBlank($0) } ?? false },
        name: names[index].first?.text, isFrom: !fromRoles[index].isEmpty)
    }
  }
}
