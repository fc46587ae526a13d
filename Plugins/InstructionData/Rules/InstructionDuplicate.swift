import PluginKit

/// A sample that stands in the file twice, or a question that has two answers.
struct InstructionDuplicate: GroupRule {
  static let info = RuleInfo(
    id: "instruction-duplicate", severity: .warning,
    summary: "A question stands in a file once.",
    why: "What stands there twice is learned twice as hard; two answers to one question speak against each other.",
    source: "Capitals and white space don't count; pictures, tools and what the model is told about itself do.",
    message: "This sample stands here twice. One of them is enough.",
    messages: [
      "answer": "The same question has another answer above. Is that meant?",
      "echo": "The answer only repeats the question.",
      "first": "The first one",
    ],
    good: [
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {"instruction": "Say hello.", "input": "In French.", "output": "Bonjour !"}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["a.png"]}, {"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["b.png"]}]"#,
      #"[{"prompt": "2 + 2?", "completion": "4", "label": true}, {"prompt": "2 + 2?", "completion": "5", "label": false}]"#,
    ],
    bad: [
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {"instruction": ⟪"say  hello."⟫, "output": "hello!"}]"#,
      #"[{"instruction": "Say hello.", "output": "Hello!"}, {"instruction": ⟪"Say hello."⟫, "output": "Hi!"}]"#,
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}, {"messages": ⟪[⟫{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"instruction": "The quick brown fox jumps over the lazy dog.", "output": ⟪"the quick brown fox jumps over the lazy dog."⟫}]"#,
    ])
  static let reads = Reads(
    fields: Answer.fields + [
      .turns, .prompt, .promptInput, .answer, .verdict, .chosen, .system, .toolsText, .tool, .images, .videos, .audios,
      .image, .video, .audio,
    ])
  static let kind = FactKind("instruction-data/question")
  static let states = [kind]

  private static let surroundings: [Field] = [
    .system, .toolsText, .tool, .images, .videos, .audios, .image, .video, .audio,
  ]
  /// Short answers may well repeat a short question.
  private static let shortestEcho = 32

  func state(_ record: Record, _ report: inout Report) {
    // Answers to avoid, and pairs, give one question several answers on purpose.
    guard record.first(.verdict) == nil, record.first(.chosen) == nil, let sample = sample(record, &report) else {
      return
    }
    var question = Self.joined(sample.question)
    for field in Self.surroundings {
      for value in record.all(field) { question += [0] + Array(value.value.raw.utf8) }
    }
    // Two numbers from different sums: what the host keeps is 128 bits, and no text leaves this process.
    let key = "\(Shingles.hash(question))-\(Shingles.hash(question.lazy.map { $0 &+ 0x5B }.reversed()))"
    report.state(
      Self.kind, key: .text(key), at: sample.place, payload: .text(String(Shingles.hash(Self.joined([sample.answer])))))
  }

  private func sample(_ record: Record, _ report: inout Report) -> (question: [String], answer: String, place: Place)? {
    if let turns = record.first(.turns) {
      let all = Turn.all(in: turns.value, of: record)
      guard let last = all.last, last.speaker == .assistant, all.count > 1 else { return nil }
      return (all.dropLast().map(written), written(last), turns.place.part(offset: 0, count: 1))
    }
    guard let prompt = record.first(.prompt), let asked = prompt.value.text, let answer = record.first(.answer),
      let text = answer.value.text, !Text.isBlank(asked), !Text.isBlank(text)
    else { return nil }
    if asked.utf8.count >= Self.shortestEcho, Text.folded(asked) == Text.folded(text) {
      report.finding(at: answer, "echo")
    }
    return ([asked, record.first(.promptInput)?.value.text ?? ""], text, prompt.place)
  }

  /// Who speaks, what is said, which parts and calls there are.
  private func written(_ turn: Turn) -> String {
    let content = turn.content.map { $0.value.text ?? $0.value.raw } ?? ""
    return ([turn.role?.text ?? "", content] + turn.calls.map(\.value.raw)).joined(separator: "\u{1}")
  }

  private static func joined(_ texts: [String]) -> [UInt8] {
    texts.reduce(into: []) { $0 += Text.folded($1) + [0] }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    var answers: [[UInt8]: Fact] = [first.payload: first]
    for fact in group.facts.dropFirst() {
      if let same = answers[fact.payload] {
        report.finding(at: fact, related: [Related(at: same, "first")])
      } else {
        answers[fact.payload] = fact
        report.finding(at: fact, "answer", severity: .hint, related: [Related(at: first, "first")])
      }
    }
  }
}
