import PluginKit

/// Two people who choose the other way round between the same answers, or several who go round in a circle.
struct PreferenceConflict: GroupRule {
  static let info = RuleInfo(
    id: "preference-conflict", severity: .warning,
    summary: "Of the same two answers to one question, the same one is always the better.",
    why: "The model is told both, and learns neither.",
    source:
      "Question and answers are compared without capitals and white space. Circles are looked for among the first 512 choices of a question.",
    message: "Elsewhere in this file the same two answers are ranked the other way round. Only one can be right.",
    messages: [
      "circle":
        "With other choices of this file this one goes round in a circle of {count} answers, so none of them is the best. One of the choices is wrong.",
      "first": "Ranked the other way round",
      "step": "Also in the circle",
    ],
    good: [
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Brick"}, {"prompt": "A stone?", "chosen": "Brick", "rejected": "Mango"}]"#,
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Brick"}, {"prompt": "A fruit?", "chosen": "Mango", "rejected": "Sand"}]"#,
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Plum"}, {"prompt": "A fruit?", "chosen": "Plum", "rejected": "Sand"}, {"prompt": "A fruit?", "chosen": "Mango", "rejected": "Sand"}]"#,
    ],
    bad: [
      #"[{"prompt": "A fruit?", "chosen": "Mango", "rejected": "Plum"}, {"prompt": "A fruit?", "chosen": "Plum", "rejected": "Lime"}, {"prompt": "A fruit?", "chosen": ⟪"Lime"⟫, "rejected": "Mango"}]"#,
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
  static let most: Int? = 512

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
    // Without a question of its own nothing says that two pairs belong together.
    if prompt != 0 {
      report.state(Self.kind, key: .text("\(around)"), at: chosen.field, payload: .text("\(better) \(worse)"))
    }
  }

  private static func sum(of answer: Answer) -> UInt64? {
    answer.texts.map { texts in Shingles.hash(Text.folded(texts.joined(separator: "\u{1}"))) }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    guard first.text.utf8.count == 1 else { return findCircles(group, &report) }
    // Either may be wrong; the later ones are marked, so that one mistake among many stands alone.
    for fact in group.facts.dropFirst() where fact.payload != first.payload {
      report.finding(at: fact, related: [Related(at: first, "first")])
    }
  }

  /// Each choice that closes a circle with those before it. Two answers are no circle: that they are ranked both ways is said already.
  private func findCircles(_ group: Group, _ report: inout Report) {
    var worse: [UInt64: [(answer: UInt64, fact: Fact)]] = [:]
    for fact in group.facts {
      let sums = fact.text.split(separator: " ").compactMap { UInt64($0) }
      guard sums.count == 2 else { continue }
      let known = worse[sums[0], default: []]
      guard !known.contains(where: { $0.answer == sums[1] }) else { continue }
      if let path = Self.path(from: sums[1], to: sums[0], worse) {
        guard path.count > 1 else { continue }
        report.finding(
          at: fact, "circle", ["count": path.count + 1], related: path.prefix(8).map { Related(at: $0, "step") })
      } else {
        worse[sums[0], default: []].append((sums[1], fact))
      }
    }
  }

  /// The choices that lead from one answer to a worse one, the shortest way; `nil` if none do. Cost: one step a choice.
  private static func path(
    from start: UInt64, to end: UInt64, _ worse: [UInt64: [(answer: UInt64, fact: Fact)]]
  ) -> [Fact]? {
    var reached: Set<UInt64> = [start]
    var steps: [UInt64: (from: UInt64, fact: Fact)] = [:]
    var front = [start]
    while !front.isEmpty, !reached.contains(end) {
      var next: [UInt64] = []
      for answer in front {
        for step in worse[answer, default: []] where reached.insert(step.answer).inserted {
          steps[step.answer] = (answer, step.fact)
          next.append(step.answer)
        }
      }
      front = next
    }
    guard reached.contains(end) else { return nil }
    var path: [Fact] = []
    var at = end
    while let step = steps[at] {
      path.append(step.fact)
      at = step.from
    }
    return path.reversed()
  }
}
