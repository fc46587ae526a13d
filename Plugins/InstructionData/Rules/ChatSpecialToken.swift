import PluginKit

/// An answer with words that only trainers and templates may write.
struct ChatSpecialToken: RecordRule {
  static let info = RuleInfo(
    id: "chat-special-token-in-content", severity: .warning,
    summary: "No answer holds words that a chat template writes itself.",
    why:
      "The model learns to end or begin turns in the middle of an answer, and trainers look for a picture where there is none.",
    source: "The common chat templates; LLaMA-Factory counts `<image>` wherever it stands.",
    message: "{token} is what the chat template itself writes between turns. In an answer it ends the turn too early.",
    messages: [
      "media": "{token} stands for a picture, film or sound. In an answer trainers look for one that is not there."
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup, <b>red</b>."}], "images": ["cup.png"]}]"#
    ],
    bad: [
      #"[{"instruction": "Say hello.", "output": "Hello!⟪<|im_end|>⟫"}]"#,
      #"[{"messages": [{"role": "user", "content": "Show it."}, {"role": "assistant", "content": "Here: \n⟪<image>⟫"}]}]"#,
      #"[{"instruction": "How do templates end?", "output": "With `⟪<|im_end|>⟫`."}]"#,
    ])
  static let reads = Reads(fields: Answer.fields + [.turns, .answer, .chosen, .rejected])

  private static let templates = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|begin_of_text|>", "<|start_header_id|>",
    "<|end_header_id|>", "<|end_of_turn|>", "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>", "</s>",
  ].map { Array($0.utf8) }
  private static let media = MediaKind.allCases.map { Array($0.token.utf8) }

  func check(_ record: Record, _ report: inout Report) {
    for field in [Field.turns, .answer, .chosen, .rejected] {
      for value in record.each(field) {
        if value.value.kind == .string {
          check(value.value, &report)
        } else if Text.mayHoldTokens(record) {
          for turn in Turn.all(in: value.value, of: record) where turn.speaker == .assistant {
            for text in turn.texts { check(text.value, &report) }
          }
        }
      }
    }
  }

  private func check(_ value: Value, _ report: inout Report) {
    guard Text.holds(value, UInt8(ascii: "<"), UInt8(ascii: "[")), let text = value.text else { return }
    let bytes = Array(text.utf8)
    for at in bytes.indices where bytes[at] == UInt8(ascii: "<") || bytes[at] == UInt8(ascii: "[") {
      let rest = bytes[at...]
      let template = Self.templates.first { rest.starts(with: $0) }
      guard let token = template ?? Self.media.first(where: { rest.starts(with: $0) }) else { continue }
      let place = Text.place(of: at..<(at + token.count), in: value)
      // Who speaks of the word itself writes it as code.
      let isQuoted = at > 0 && "`\"'".utf8.contains(bytes[at - 1]) || isInCode(at, bytes)
      return report.finding(
        at: place, template == nil ? "media" : "", ["token": String(decoding: token, as: UTF8.self)],
        severity: isQuoted ? .hint : nil)
    }
  }

  /// Behind an odd number of fences, or of single backquotes in its line.
  private func isInCode(_ at: Int, _ bytes: [UInt8]) -> Bool {
    let tick = UInt8(ascii: "`")
    var fences = 0
    var ticks = 0
    var index = 0
    while index < at {
      if bytes[index] == tick {
        let run = bytes[index..<at].prefix { $0 == tick }.count
        if run >= 3 { fences += 1 } else { ticks += 1 }
        index += run
      } else {
        if bytes[index] == 0x0A { ticks = 0 }
        index += 1
      }
    }
    return !fences.isMultiple(of: 2) || !ticks.isMultiple(of: 2)
  }
}
