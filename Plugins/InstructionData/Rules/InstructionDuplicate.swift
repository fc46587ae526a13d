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
  static let reads = Reads(fields: Question.fields)
  static let kind = FactKind("instruction-data/question")
  static let states = [kind, InstructionNearDuplicate.kind]
  static let fewest = 2

  /// Short answers may well repeat a short question.
  private static let shortestEcho = 32
  /// Texts of fewer runs are too short to be nearly equal.
  private static let fewestRuns = 5

  func state(_ record: Record, _ report: inout Report) {
    guard let question = Question(record) else { return }
    if let turns = record.first(.turns) {
      sayEcho(in: Turn.all(in: turns.value, of: record), &report)
    } else if let answer = record.first(.answer) {
      sayEcho(record, answer, &report)
    }
    report.state(
      Self.kind, key: .text(question.identity), at: question.place,
      payload: Payload(Shingles.bytes(of: question.answer)))
    let runs = Shingles.written(in: question.asked)
    guard Shingles.areDifferent(runs, atLeast: Self.fewestRuns) else { return }
    // Questions of other surroundings are other questions.
    let surroundings = question.surroundings
    let keys = MinHash.bands(of: runs).enumerated().map { band, hash in
      Shingles.mixed(surroundings ^ UInt64(hash) << 8 ^ UInt64(band))
    }
    report.sketch(InstructionNearDuplicate.kind, keys: keys, at: question.place)
  }

  private func sayEcho(_ record: Record, _ answer: FieldValue, _ report: inout Report) {
    guard let asked = record.first(.prompt)?.value.text, asked.utf8.count >= Self.shortestEcho,
      let text = answer.value.text, Text.folded(asked) == Text.folded(text)
    else { return }
    report.finding(at: answer, "echo")
  }

  /// The model says again what it was just asked. Texts of other lengths are not read twice.
  private func sayEcho(in turns: [Turn], _ report: inout Report) {
    for (asked, said) in zip(turns, turns.dropFirst())
    where asked.speaker == .user && said.speaker == .assistant && !said.isCall {
      guard let question = asked.content?.value, let answer = said.content,
        let count = question.withText({ $0.count }), count >= Self.shortestEcho,
        let other = answer.value.withText({ $0.count }), abs(count - other) <= count / 8,
        Text.folded(question) == Text.folded(answer.value)
      else { continue }
      report.finding(at: answer, "echo")
    }
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
