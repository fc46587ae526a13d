import PluginKit

/// A sample of the examination that is also learned from.
struct TrainEvalLeak: GroupRule {
  static let info = RuleInfo(
    id: "train-eval-leak", severity: .error,
    summary: "What a model is examined with stands in no file it learns from.",
    why: "Then the examination measures memory: the figures are better than the model.",
    source:
      "`splits` in `concord.json` says what files are for; a sample may say it by itself (`split`). Capitals and white space don't count.",
    message: "This question also stands in a file for {other}. Take it out here: what is examined must not be learned.",
    messages: [
      "id": "A sample called {id} also stands in a file for {other}. Is it the same one?",
      "other": "There",
    ],
    good: [
      """
      //- concord.json
      {"splits": {"train": "train.jsonl", "test": "test.jsonl"}}
      //- train.jsonl
      {"instruction": "Say hello.", "output": "Hello!"}
      {"id": 1, "instruction": "Say bye.", "output": "Bye!"}
      //- test.jsonl
      {"id": 1, "instruction": "Say thanks.", "output": "Thanks!"}
      //- other.jsonl
      {"instruction": "Say hello.", "output": "Hello!"}
      """
    ],
    bad: [
      """
      //- concord.json
      {"splits": {"train": "train.jsonl", "test": "test.jsonl"}}
      //- test.jsonl
      {"instruction": "Say  HELLO.", "output": "Hi."}
      {"id": "greeting-7", "instruction": "Say bye.", "output": "Bye!"}
      //- train.jsonl
      {"instruction": ⟪"Say hello."⟫, "output": "Hello!"}
      {"id": ⟪"greeting-7"⟫, "instruction": "Say see you.", "output": "See you!"}
      """
    ])
  static let reads = Reads(fields: Question.fields + [.sampleID], context: ["split"])
  static let kind = FactKind("instruction-data/seen")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let split = record.context("split")?.text, !split.isEmpty, split.utf8.count <= 64 else { return }
    if let question = Question(record) {
      report.state(
        Self.kind, key: .key(FactKey(shared: "question " + question.identity)), at: question.place,
        payload: .text(split))
    }
    // Numbers begin anew in every file.
    guard let id = record.first(.sampleID), let text = id.value.text, text.utf8.count >= 4,
      text.utf8.contains(where: { !$0.isDigit })
    else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "id " + text)), at: id,
      payload: .text(split + "\n" + String(text.prefix(64))))
  }

  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.map { fact in
      let parts = fact.text.split(separator: "\n", maxSplits: 1)
      return (fact: fact, split: parts.first.map(String.init) ?? "", id: parts.count > 1 ? String(parts[1]) : nil)
    }
    guard let held = members.first(where: { !Self.isLearned($0.split) }) else { return }
    for member in members where Self.isLearned(member.split) {
      if let id = member.id {
        report.finding(
          at: member.fact, "id", ["id": id, "other": held.split], severity: .warning,
          related: [Related(at: held.fact, "other")])
      } else {
        report.finding(at: member.fact, "", ["other": held.split], related: [Related(at: held.fact, "other")])
      }
    }
  }

  /// Whether a model learns from it; everything else is for choosing and examining.
  static func isLearned(_ split: String) -> Bool {
    ["train", "training", "learn", "learning", "sft"].contains(split.lowercased())
  }
}
