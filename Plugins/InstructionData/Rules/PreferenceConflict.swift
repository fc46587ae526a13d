import PluginKit

/// Two people who choose the other way round between the same answers.
struct PreferenceConflict: GroupRule {
  static let info = RuleInfo(
    id: "preference-conflict", severity: .warning,
    summary: "Of the same two answers to one question, the same one is always the better.",
    why: "The model is told both, and learns neither.",
    source: "Question and answers are compared without capitals and white space.",
    message: "Elsewhere in this file the same two answers are ranked the other way round. Only one can be right.",
    messages: ["first": "Ranked the other way round"],
    good: [
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Brick"}, {"prompt": "A stone?", "chosen": "Brick", "rejected": "Mango"}]"#,
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Brick"}, {"prompt": "A fruit?", "chosen": "Mango", "rejected": "Sand"}]"#,
    ],
    bad: [
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Plum"}, {"prompt": "A fruit?", "chosen": ⟪"plum"⟫, "rejected": "Mango"}]"#,
      #"[{"chosen": [{"role": "user", "content": "A fruit?"}, {"role": "assistant", "content": "Mango"}], "rejected": [{"role": "user", "content": "A fruit?"}, {"role": "assistant", "content": "Plum"}]}, {"chosen": ⟪[{"role": "user", "content": "A fruit?"}, {"role": "assistant", "content": "Plum"}]⟫, "rejected": [{"role": "user", "content": "A fruit?"}, {"role": "assistant", "content": "Mango"}]}]"#,
    ])
  static let reads = Reads(
    fields: Answer.fields + [
      .chosen, .rejected, .prompt, .promptInput, .system, .images, .videos, .audios, .image, .video, .audio,
    ])
  static let fewest = 2
  static let kind = FactKind("instruction-data/choice")
  static let states = [kind]

  private static let surroundings: [Field] = [
    .promptInput, .system, .images, .videos, .audios, .image, .video, .audio,
  ]

  func state(_ record: Record, _ report: inout Report) {
    guard let chosen = Answer(.chosen, of: record), let rejected = Answer(.rejected, of: record),
      let better = Self.sum(of: chosen), let worse = Self.sum(of: rejected), better != worse
    else { return }
    let prompt = Answer(.prompt, of: record).flatMap { Self.sum(of: $0) } ?? 0
    let around = Self.surroundings.flatMap { record.all($0) }.reduce(prompt) { sum, field in
      (sum ^ Shingles.hash(field.value.raw.utf8)) &* 0x100_0000_01b3
    }
    report.state(
      Self.kind, key: .text("\(around)-\(min(better, worse))-\(max(better, worse))"), at: chosen.field,
      payload: .text(better < worse ? "<" : ">"))
  }

  private static func sum(of answer: Answer) -> UInt64? {
    answer.texts.map { texts in Shingles.hash(Text.folded(texts.joined(separator: "\u{1}"))) }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    // Either may be wrong; the later ones are marked, so that one mistake among many stands alone.
    for fact in group.facts.dropFirst() where fact.payload != first.payload {
      report.finding(at: fact, related: [Related(at: first, "first")])
    }
  }
}
