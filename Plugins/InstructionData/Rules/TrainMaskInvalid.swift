import PluginKit

/// What is learned from, said in a way no trainer reads, or nothing left to learn.
struct TrainMaskInvalid: RecordRule {
  static let info = RuleInfo(
    id: "train-mask-invalid", severity: .error,
    summary: "What is learned from is said with 0 or 1, something is left to learn, and every step has its verdict.",
    why: "Trainers stop at other weights, learn nothing from such a chat, or pair steps with the wrong verdicts.",
    source: "OpenAI's form allows the weights 0 and 1; TRL pairs `completions` and `labels` by place.",
    message: "A turn's weight is 0 or 1: learned from, or not.",
    messages: [
      "none":
        "No answer of this chat is learned from: all weights are 0. Leave it out, or give one answer the weight 1.",
      "steps": "There are {steps} steps, but {labels} verdicts. Each step needs one.",
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": 0}, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Bye!", "weight": 1}]}]"#,
      #"[{"prompt": "2 + 2?", "completions": ["It is", "4"], "labels": [true, true]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": ⟪0.5⟫}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": ⟪0⟫}]}]"#,
      #"[{"prompt": "2 + 2?", "completions": ["It is", "4"], "labels": ⟪[true]⟫}]"#,
    ])
  static let reads = Reads(fields: Turn.fields + [.turns, .weight, .steps, .stepLabels])

  func check(_ record: Record, _ report: inout Report) {
    let weights = record.all(.weight)
    var isFaulty = false
    for weight in weights where !weight.value.isMalformed && weight.value.kind != .null && weight.value.kind != .missing
    {
      if let number = weight.value.number, number == 0 || number == 1 { continue }
      isFaulty = true
      report.finding(at: weight)
    }
    if !isFaulty, !weights.isEmpty { checkRest(weights, record, &report) }
    guard let steps = record.first(.steps), let labels = record.first(.stepLabels), steps.value.kind == .array,
      labels.value.kind == .array, steps.value.count != labels.value.count
    else { return }
    report.finding(at: labels, "steps", ["steps": steps.value.count, "labels": labels.value.count])
  }

  private func checkRest(_ weights: [FieldValue], _ record: Record, _ report: inout Report) {
    for list in record.all(.turns) {
      let answers = Turn.all(in: list.value, of: record).filter { $0.speaker == .assistant }
      let masks = weights.grouped(within: answers.map(\.value)).map(\.first)
      guard !answers.isEmpty, masks.allSatisfy({ $0?.value.number == 0 }), let last = masks.last ?? nil else {
        continue
      }
      report.finding(at: last, "none", severity: .warning)
    }
  }
}
