import PluginKit

/// One turn of a chat, whatever its format calls its parts.
struct Turn {
  enum Speaker {
    case system, user, assistant, tool

    /// `nil` for a word that no format knows. Compares bytes where they lie.
    init?(_ role: Value) {
      if role.isText("user") || role.isText("human") || role.isText("User") {
        self = .user
      } else if role.isText("assistant") || role.isText("gpt") || role.isText("Assistant")
        || role.isText("function_call")
      {
        self = .assistant
      } else if role.isText("system") || role.isText("developer") {
        self = .system
      } else if role.isText("tool") || role.isText("function") || role.isText("observation") {
        self = .tool
      } else {
        return nil
      }
    }
  }

  /// The whole turn.
  let value: Value
  /// The word for who speaks.
  let role: FieldValue?
  /// `nil` where that is no word that a format knows.
  let speaker: Speaker?
  let content: FieldValue?
  /// Every text that is said, also within parts.
  let texts: [FieldValue]
  let calls: [FieldValue]
  /// Calls written as text.
  let callText: FieldValue?
  let hasThoughts: Bool
  /// What the speaker is called.
  let name: FieldValue?
  /// The words of this turn's format are `human` and `gpt`.
  let isFrom: Bool

  var isCall: Bool { !calls.isEmpty || callText != nil }
  /// Where a finding about the turn stands.
  var head: any Placed { role ?? value.place.part(offset: 0, count: 1) }

  /// Nothing is said and nothing called; thoughts alone are no answer, but they are something.
  var isEmpty: Bool {
    guard !isCall, !hasThoughts else { return false }
    guard let content else { return true }
    switch content.value.kind {
    case .string: return Text.isBlank(content.value) ?? false
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
    var reader = Reader(record)
    guard list.kind != .object else { return [reader.turn(list)] }
    var turns: [Turn] = []
    turns.reserveCapacity(min(list.count, mostReserved))
    for value in list.children where value.kind == .object { turns.append(reader.turn(value)) }
    return turns
  }

  /// A count says nothing of elements that are no turns.
  private static let mostReserved = 64

  /// Goes through the fields of turns that follow each other.
  private struct Reader {
    var role: FieldCursor
    var fromRole: FieldCursor
    var content: FieldCursor
    var text: FieldCursor
    var call: FieldCursor
    var callText: FieldCursor
    var reasoning: FieldCursor
    var name: FieldCursor

    init(_ record: Record) {
      role = FieldCursor(record.each(.role))
      fromRole = FieldCursor(record.each(.fromRole))
      content = FieldCursor(record.each(.content))
      text = FieldCursor(record.each(.text))
      call = FieldCursor(record.each(.call))
      callText = FieldCursor(record.each(.callText))
      reasoning = FieldCursor(record.each(.reasoning))
      name = FieldCursor(record.each(.speaker))
    }

    mutating func turn(_ value: Value) -> Turn {
      let place = value.place
      let fromRole = fromRole.first(within: place)
      let role = role.first(within: place) ?? fromRole
      let thoughts = reasoning.all(within: place)
      return Turn(
        value: value, role: role, speaker: role.flatMap { Speaker($0.value) }, content: content.first(within: place),
        texts: text.all(within: place), calls: call.all(within: place), callText: callText.first(within: place),
        hasThoughts: thoughts.contains { Text.isBlank($0.value) == false }, name: name.first(within: place),
        isFrom: fromRole != nil)
    }
  }
}
