import PluginKit

/// A question to learn from that shares a passage with one of the examination.
struct TrainEvalOverlap: GroupRule {
  static let info = RuleInfo(
    id: "train-eval-overlap", severity: .warning,
    summary: "No passage of what a model is examined with stands in a file it learns from.",
    why: "What was read before is remembered: the figures are better than the model.",
    source:
      "Runs of thirteen words, as common decontamination programs compare them; one run in four is looked at, so that of shared passages of 28 words one in a hundred is missed. Runs that eight or more questions share are forms of words. Scripts without spaces are not compared. `splits` in `concord.json` says what files are for.",
    message: "At least 13 words in a row of this question also stand in a file for {other}. Is it the same text?",
    messages: ["other": "There"],
    good: [
      files(passage, "What is said of the ferry in the old town, and who runs it on weekdays?"),
      // What nobody has said a file is for counts for nothing.
      files(
        passage, "Sum up in one sentence what is said of the ferry.",
        more: "\n//- other.jsonl\n" + sample("Sum up: " + passage)),
    ],
    bad: [files(passage, "Sum up in one sentence: " + passage, marked: true)])
  static let reads = Reads(fields: Question.fields, context: ["split"])
  static let kind = FactKind("instruction-data/passage")
  static let states = [kind]
  static let fewest = 2
  /// So many that share a run, and more, have a form of words in common.
  static let most: Int? = 8

  func state(_ record: Record, _ report: inout Report) {
    guard let split = record.context("split")?.text, !split.isEmpty, split.utf8.count <= 64,
      let question = Question(record)
    else { return }
    for hash in Shingles.passages(of: question.asked) {
      report.state(
        Self.kind, key: .key(FactKey(shared: "passage \(hash)")), at: question.place,
        payload: .text(split + "\n" + question.identity))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard group.facts.count < Self.most ?? .max else { return }
    let members = group.facts.map { fact in
      let parts = fact.text.split(separator: "\n", maxSplits: 1).map(String.init)
      return (fact: fact, split: parts.first ?? "", identity: parts.last ?? "")
    }
    let held = members.filter { !TrainEvalLeak.isLearned($0.split) }
    for member in members where TrainEvalLeak.isLearned(member.split) {
      // What is the same as a whole is said as such.
      guard !held.contains(where: { $0.identity == member.identity }), let other = held.first else { continue }
      report.finding(
        at: member.fact, "", ["other": other.split], related: [Related(at: other.fact, "other")])
    }
  }

  // MARK: Examples

  private static let passage =
    "The ferry leaves the old harbor at seven, calls at both islands in the bay, and is back before noon, unless the wind blows from the north, when it stays where it is until somebody tells the people at the pier."

  private static func sample(_ question: String) -> String {
    #"{"instruction": "\#(question)", "output": "It depends."}"#
  }

  private static func files(_ examined: String, _ learned: String, marked: Bool = false, more: String = "") -> String {
    let open = marked ? "⟪\"\(learned)\"⟫" : "\"\(learned)\""
    return """
      //- concord.json
      {"splits": {"train": "train.jsonl", "test": "test.jsonl"}}
      //- test.jsonl
      \(sample(examined))
      //- train.jsonl
      {"instruction": \(open), "output": "In the morning."}
      """ + more
  }
}
