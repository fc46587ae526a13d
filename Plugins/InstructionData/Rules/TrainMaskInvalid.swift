import PluginKit

/// What is learned from, said in a way no trainer reads, or nothing left to learn.
struct TrainMaskInvalid: RecordRule {
  static let info = RuleInfo(
    id: "train-mask-invalid", severity: .error,
    summary: "What is learned from is said with 0 or 1, something is left to learn, and every step has its verdict.",
    why: "Trainers stop at other weights, learn nothing from such a chat, or pair steps with the wrong verdicts.",
    source:
      "OpenAI's form allows the weights 0 and 1; TRL pairs `completions` and `labels` by place; Axolotl's `train_detail` counts letters from 0, and the last one belongs to the part.",
    message: "A turn's weight is 0 or 1: learned from, or not.",
    messages: [
      "none":
        "No answer of this chat is learned from: all weights are 0. Leave it out, or give one answer the weight 1.",
      "outside":
        "This part goes from letter {begin} to letter {end}, but the text's letters are numbered 0 to {last}.",
      "turned": "This part ends before it begins.",
      "overlap": "This part begins before the one before it has ended.",
      "clip": "End it with the text",
      "steps": "There are {steps} steps, but {labels} verdicts. Each step needs one.",
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": 0}, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Bye!", "weight": 1}]}]"#,
      #"[{"prompt": "2 + 2?", "completions": ["It is", "4"], "labels": [true, true]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hé lô!", "train_detail": [{"begin_offset": 0, "end_offset": 1, "train": false}, {"begin_offset": 2, "end_offset": 5, "train": true}]}]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": ⟪0.5⟫}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": ⟪0⟫}]}]"#,
      #"[{"prompt": "2 + 2?", "completions": ["It is", "4"], "labels": ⟪[true]⟫}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "train_detail": [{"begin_offset": 0, "end_offset": ⟪6⟫, "train": true}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "train_detail": [{"begin_offset": 0, "end_offset": 3, "train": true}, {"begin_offset": ⟪3⟫, "end_offset": 5, "train": false}]}]}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "train_detail": [{"begin_offset": 4, "end_offset": ⟪2⟫, "train": true}]}]}]"#,
    ])
  static let reads = Reads(fields: Turn.fields + [.turns, .weight, .steps, .stepLabels, .partBegin, .partEnd])

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
    if record.first(.partBegin) != nil { checkParts(record, &report) }
    guard let steps = record.first(.steps), let labels = record.first(.stepLabels), steps.value.kind == .array,
      labels.value.kind == .array, steps.value.count != labels.value.count
    else { return }
    report.finding(at: labels, "steps", ["steps": steps.value.count, "labels": labels.value.count])
  }

  private func checkParts(_ record: Record, _ report: inout Report) {
    for list in record.all(.turns) {
      let turns = Turn.all(in: list.value, of: record)
      let begins = record.all(.partBegin).grouped(within: turns.map(\.value))
      let ends = record.all(.partEnd).grouped(within: turns.map(\.value))
      for (index, turn) in turns.enumerated() where begins[index].count == ends[index].count {
        guard let text = turn.content?.value.text else { continue }
        checkParts(Array(zip(begins[index], ends[index])), of: text.unicodeScalars.count, &report)
      }
    }
  }

  private func checkParts(_ parts: [(FieldValue, FieldValue)], of count: Int, _ report: inout Report) {
    var next = 0
    for (begin, end) in parts {
      guard let first = begin.value.integer, let last = end.value.integer else { continue }
      if first < 0 || last >= count {
        let clip = Fix("clip", edits: [.replace(end, with: String(count - 1))])
        report.finding(
          at: first < 0 ? begin : end, "outside", ["begin": first, "end": last, "last": count - 1],
          fixes: first >= 0 && first < count ? [clip] : [])
      } else if last < first {
        report.finding(at: end, "turned")
      } else if first < next {
        report.finding(at: begin, "overlap")
      }
      next = max(next, last == Int.max ? last : last + 1)
    }
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
