import PluginKit

/// A pair whose two chats ask different things.
struct PreferencePromptDiffers: RecordRule {
  static let info = RuleInfo(
    id: "preference-prompt-differs", severity: .error,
    summary: "Both answers of a pair answer the same question, and both end with an answer.",
    why:
      "What is better can't be said of answers to different questions; trainers take the shared beginning for the question.",
    source: "TRL takes the longest shared beginning of the two chats for the prompt.",
    message: "The two chats of this pair begin with different questions, so their answers can't be compared.",
    messages: [
      "prompt": "This answer repeats a question, but another one than the prompt asks.",
      "ends": "This side of the pair ends with {role}: there is no answer to compare.",
      "other": "The other side begins so",
    ],
    good: [
      #"[{"chosen": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}], "rejected": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "5"}]}]"#,
      #"[{"prompt": [{"role": "user", "content": "2 + 2?"}], "chosen": [{"role": "assistant", "content": "4"}], "rejected": [{"role": "assistant", "content": "5"}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "2 + 2?"}], "chosen": {"from": "gpt", "value": "4"}, "rejected": {"from": "gpt", "value": "5"}}]"#,
    ],
    bad: [
      #"[{"chosen": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}], "rejected": [{"role": "user", "content": ⟪"2 + 3?"⟫}, {"role": "assistant", "content": "5"}]}]"#,
      #"[{"prompt": [{"role": "user", "content": "2 + 2?"}], "chosen": [{"role": "user", "content": ⟪"1 + 1?"⟫}, {"role": "assistant", "content": "2"}], "rejected": [{"role": "assistant", "content": "5"}]}]"#,
      #"[{"prompt": [{"role": "user", "content": "2 + 2?"}], "chosen": [{"role": "assistant", "content": "4"}], "rejected": [{"role": ⟪"user"⟫, "content": "5"}]}]"#,
      #"[{"prompt": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}, {"role": "user", "content": "2 + 3?"}], "chosen": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}, {"role": "user", "content": ⟪"2 + 7?"⟫}, {"role": "assistant", "content": "9"}], "rejected": [{"role": "assistant", "content": "6"}]}]"#,
    ])
  static let reads = Reads(fields: Answer.fields + [.chosen, .rejected, .prompt])

  func check(_ record: Record, _ report: inout Report) {
    let prompt = Answer(.prompt, of: record)
    let sides = [Field.chosen, .rejected].compactMap { Answer($0, of: record) }.filter { !$0.turns.isEmpty }
    for side in sides {
      if let last = side.turns.last, let speaker = last.speaker, speaker != .assistant {
        report.finding(at: last.head, "ends", ["role": last.role?.text ?? ""])
      } else if let prompt, let (asked, own) = difference(prompt, side) {
        report.finding(at: place(of: own), "prompt", related: [Related(at: place(of: asked), "other")])
      }
    }
    guard prompt == nil, sides.count == 2, let first = question(of: sides[0]), let second = question(of: sides[1]),
      !same(first, second)
    else { return }
    report.finding(at: place(of: second), related: [Related(at: place(of: first), "other")])
  }

  /// The first question of the prompt that a side repeats in other words.
  private func difference(_ prompt: Answer, _ side: Answer) -> (asked: Turn, own: Turn)? {
    let questions = { (answer: Answer) in answer.turns.filter { $0.speaker == .user } }
    return zip(questions(prompt), questions(side)).first { !same($0, $1) }
  }

  /// The first thing that is asked.
  private func question(of side: Answer) -> Turn? { side.turns.first { $0.speaker == .user } }

  private func place(of turn: Turn) -> any Placed { turn.content ?? turn.head }

  private func same(_ a: Turn, _ b: Turn) -> Bool {
    a.texts.elementsEqual(b.texts) { ($0.value.text ?? "").utf8.elementsEqual(($1.value.text ?? "").utf8) }
  }
}
