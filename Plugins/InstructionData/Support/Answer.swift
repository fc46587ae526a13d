import PluginKit

/// One side of a pair: text, a turn, or turns.
struct Answer {
  let field: FieldValue
  /// Empty for plain text.
  let turns: [Turn]

  /// What a rule must declare to read answers.
  static let fields = Turn.fields + [.callName, .callArguments]

  init?(_ field: Field, of record: Record) {
    guard let found = record.first(field) else { return nil }
    self.field = found
    turns = Turn.all(in: found.value, of: record)
  }

  /// What it says, turn by turn; calls as they are written. `nil` if it is of no known form.
  var texts: [String]? {
    if let text = field.value.text { return [text] }
    guard !turns.isEmpty else { return nil }
    return turns.map { turn in
      let said = turn.texts.compactMap(\.value.text) + turn.calls.map(\.value.raw)
      return ([turn.role?.text ?? ""] + said).joined(separator: "\n")
    }
  }

  /// Whether nothing is in it.
  var isEmpty: Bool { field.value.text.map(Text.isBlank) ?? (turns.isEmpty || turns.allSatisfy(\.isEmpty)) }

  /// Letters that the answers have, whoever gives them.
  var length: Int { (texts ?? []).reduce(0) { $0 + $1.unicodeScalars.count } }
}
