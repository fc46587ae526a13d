import PluginKit

/// A meaning with a single example, among others that have many.
struct IntentExamplesTooFew: TallyRule {
  static let info = RuleInfo(
    id: "intent-examples-too-few", severity: .information,
    summary: "What may be meant has two examples at least.",
    why: "A model can't tell a meaning from a single sentence, and the name may be a slip of another one's.",
    source: "Rasa warns of the same. Said only of files with twenty examples and more.",
    message:
      "This is the only example of its meaning in this file, among {all} of others. Is the name right? If so, add more.",
    good: [examples(many: 25), examples(many: 3, #"{"text": "a word more", "intent": "one-more"}"#)],
    bad: [examples(many: 25, #"{"text": "a word more", "intent": ⟪"one-more"⟫}"#)])
  static let reads = Reads(fields: [.intentText, .intent], needs: [.intent])
  static let kind = FactKind("speech/intents")
  static let states = [kind]

  static let fewest: Int64 = 20

  func tally(_ record: Record, _ report: inout Report) {
    guard record.first(.intentText) != nil, let field = record.first(.intent), let name = field.value.text,
      !name.isEmpty
    else { return }
    // Bins are numbers: a name is one of two billion.
    var hash: UInt32 = 2_166_136_261
    for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    report.tally(Self.kind, key: .text(""), bin: hash, at: field)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let all = totals.reduce(0) { $0 + $1.amount }
    guard all >= Self.fewest, totals.contains(where: { $0.amount > 1 }) else { return }
    for total in totals where total.amount == 1 {
      guard let place = total.places.first else { continue }
      report.finding(at: place, "", ["all": all - 1])
    }
  }

  private static func examples(many: Int, _ more: String...) -> String {
    let usual = (0..<many).map { #"{"text": "word \#($0)", "intent": "usual"}"# }
    return #"{"rasa_nlu_data": {"common_examples": [\#((usual + more).joined(separator: ", "))]}}"#
  }
}
