import PluginKit

/// A file whose samples have different forms, or a sample of no form at all.
struct ChatSchemaMixed: TallyRule {
  static let info = RuleInfo(
    id: "chat-schema-mixed", severity: .error,
    summary: "All samples of a file have one form, and each has a form that trainers know.",
    why: "Trainers take the form of the first sample for that of all, and drop or misread the others.",
    source: "Readers of whole columns fail, or fill what is missing with nothing.",
    message:
      "Samples of another form in this file: {count} of {all}. Trainers read all of them as they read the first.",
    messages: [
      "unknown":
        "Nothing here can be learned from. A sample has `messages`, `conversations`, `instruction`, `prompt` or `chosen`.",
      "near": "No trainer knows `{key}`. Did you mean `{meant}`?",
      "rename": "Write `{meant}`",
    ],
    good: [
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {"instruction": "Say bye.", "input": "", "output": "Bye!"}]"#
    ],
    bad: [
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {"instruction": "Say bye.", "output": "Bye!"}, ⟪{⟫"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {⟪"instrution"⟫: "Say bye.", "respone": "Bye!"}]"#,
      #"[{"instruction": "Say hello.", "output": "Hello!"}, ⟪{⟫"question": "Bye?"}]"#,
    ])
  static let reads = Reads(fields: layouts + [.layoutUnknown])
  static let kind = FactKind("instruction-data/layout")
  static let states = [kind]

  private static let layouts: [Field] = [
    .layoutChat, .layoutConversation, .layoutTask, .layoutPair, .layoutCompletion, .layoutPrompt, .layoutSteps,
    .layoutText, .layoutRated,
  ]
  private static let mostCopied = 4096
  private static let keys = [
    "messages", "conversations", "instruction", "output", "prompt", "completion", "completions", "chosen", "rejected",
    "preferred_output", "non_preferred_output",
  ]

  func tally(_ record: Record, _ report: inout Report) {
    if let unknown = record.first(.layoutUnknown) { return say(unknown.value, &report) }
    for (bin, layout) in Self.layouts.enumerated() where record.first(layout) != nil {
      // The key is the file: the host keeps what is stated under no name apart for each.
      report.tally(Self.kind, key: .text(""), bin: UInt32(bin), at: record.place.part(offset: 0, count: 1))
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let counts = totals.filter { $0.amount > 0 }
    guard counts.count > 1, let most = counts.max(by: { ($0.amount, $1.bin) < ($1.amount, $0.bin) }) else { return }
    let others = counts.filter { $0.bin != most.bin }
    guard let place = others.compactMap(\.places.first).first else { return }
    let sum = others.reduce(into: Int64(0)) { $0 &+= $1.amount }
    report.finding(at: place, "", ["count": sum, "all": sum + most.amount])
  }

  private func say(_ sample: Value, _ report: inout Report) {
    guard sample.kind == .object else { return }
    for member in sample.children.prefix(64) {
      guard let key = member.key, let place = member.keyPlace,
        let meant = Self.keys.first(where: { Text.distance(key, $0, limit: key.utf8.count < 8 ? 1 : 2) != nil }),
        sample[meant] == nil
      else { continue }
      let rename = Fix(
        "rename", ["meant": meant],
        edits: [.insertMember(into: sample, key: meant, value: member.raw, after: key), .remove(member)])
      // What is not well formed can't be written again.
      let isWhole = member.subtree.prefix(Self.mostCopied).allSatisfy { !$0.isMalformed && $0.kind != .missing }
      return report.finding(at: place, "near", ["key": key, "meant": meant], fixes: isWhole ? [rename] : [])
    }
    report.finding(at: sample.place.part(offset: 0, count: 1), "unknown")
  }
}
