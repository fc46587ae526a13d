import PluginKit

/// A question that nearly stands in the file before.
struct InstructionNearDuplicate: GroupRule {
  static let info = RuleInfo(
    id: "instruction-near-duplicate", severity: .hint,
    summary: "No two questions of a file are nearly the same.",
    why: "What stands there nearly twice is learned nearly twice as hard, and may stand in the examination too.",
    source:
      "Runs of five words (of five letters in short texts and in scripts without spaces), of which four in five are shared. Pairs are found by 14 bands of 9 of 126 hashes (MinHash), which miss one in eight at that share and one in a thousand at nine in ten, and then compared run by run. Of more than eight that fall together, the first eight are compared. Texts of more than 4,096 words are not.",
    message: "{share} of 100 word runs of this question stand in one before. Is it meant to be there twice?",
    messages: ["first": "The one before"],
    good: [
      example("Where is the nearest pharmacy that is open on Sunday?"),
      // Short questions of one pattern are different questions.
      #"[{"instruction": "What is the capital of France?", "output": "Paris."}, {"instruction": "What is the capital of Peru?", "output": "Lima."}]"#,
    ],
    bad: [example(text + " and so on", mark: true)])
  static let reads = Reads(fields: Question.fields)
  static let kind = FactKind("instruction-data/band")
  static let needsRecords = true
  static let fewest = 2
  static let most: Int? = 8

  static let leastOverlap = 0.8

  func group(_ group: Group, _ report: inout Report) {
    var seen: [Member] = []
    for fact in group.facts {
      guard let record = group.record(of: fact), let question = Question(record) else { continue }
      // Of questions that are all the same, the first stands for the others.
      let whole = question.whole
      guard !seen.contains(where: { $0.whole == whole }) else { continue }
      let runs = Shingles.runs(of: question.asked)
      let member = Member(question: question, whole: whole, runs: runs, bands: MinHash.bands(of: runs))
      let band = Int(fact.payload.first ?? 0)
      for other in seen { compare(member, other, in: band, &report) }
      seen.append(member)
    }
  }

  private struct Member {
    let question: Question
    let whole: [UInt8]
    let runs: [UInt64]
    let bands: [UInt32]
  }

  private func compare(_ member: Member, _ other: Member, in band: Int, _ report: inout Report) {
    // A pair that meets in several bands is told of in the first.
    guard (0..<MinHash.bands).contains(band), !(0..<band).contains(where: { member.bands[$0] == other.bands[$0] })
    else {
      return
    }
    let overlap = Shingles.overlap(member.runs, other.runs)
    guard overlap >= Self.leastOverlap else { return }
    report.finding(
      at: member.question.place, "", ["share": Int(overlap * 100)],
      related: [Related(at: other.question.place, "first")])
  }

  private static let text = (1...12).map { "Step \($0): open drawer \($0) and count what is in it." }
    .joined(separator: " ")

  private static func example(_ second: String, mark: Bool = false) -> String {
    let marked = mark ? "⟪\"\(second)\"⟫" : "\"\(second)\""
    return
      #"[{"instruction": "\#(text)", "output": "First."}, {"instruction": \#(marked), "output": "Second."}]"#
  }
}
