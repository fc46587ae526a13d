import PluginKit

/// A judgment that the words beside it speak against.
struct JudgementContradictsText: RecordRule {
  static let info = RuleInfo(
    id: "judgement-contradicts-text", severity: .hint,
    summary: "What is said of an answer fits what it says, and points fit the reason given for them.",
    why: "A slip of the hand teaches the opposite of what was meant.",
    source:
      "Phrases in English and Vietnamese, held only against what somebody has said outright: whether it refuses, how many points it has. Both sides of a reason (`but`, `nhưng`) say nothing.",
    message: "This says that the answer does not refuse, but it begins like a refusal.",
    messages: [
      "complies": "This says that the answer refuses, but nothing in it does.",
      "high": "{points} of {most} points, but the reason finds fault throughout. Is one of them a slip?",
      "low": "{points} of {most} points, but the reason praises throughout. Is one of them a slip?",
      "text": "What it says", "reason": "The reason",
    ],
    good: [
      sample(#""refusal": "full", "text": "I'm sorry, but I can't help with that.""#),
      sample(#""refusal": "none", "text": "I can help with that: I cannot recommend it enough.""#),
      sample(#""rating": 4, "reason": "Nothing wrong with it.", "text": "Yes.""#),
      sample(#""rating": 4, "reason": "One name is wrong, but the rest is right.", "text": "Yes.""#),
    ],
    bad: [
      sample(#""refusal": ⟪"none"⟫, "text": "I'm sorry, but I can't help with that.""#),
      sample(
        #""refusal": ⟪"full"⟫, "text": "Mix the flour and the water, leave it to rest for an hour, and bake it in a hot oven until the crust is brown all around. Serve it warm.""#
      ),
      sample(#""rating": ⟪5⟫, "reason": "The date is wrong and the name is made up.", "text": "Yes.""#),
      sample(#""rating": ⟪1⟫, "reason": "Chính xác và đầy đủ.", "text": "Vâng.""#),
      #"[{"instruction": "2 + 2?", "completions": [{"response": "5", "annotations": {"honesty": {"Rating": ⟪"5"⟫, "Rationale": "This is wrong and misleading."}}, "overall_score": ⟪10⟫, "critique": "The answer is incorrect."}]}]"#,
    ])
  static let reads = Reads(fields: [.refusalLabel, .text, .ratingReason] + scales.map(\.field), context: ["language"])

  /// Shorter answers may refuse in words nobody has listed.
  private static let shortestCompliance = 120

  private static let scales: [(field: Field, most: Double)] = [
    (.rating, 5), (.pointsOfFive, 5), (.pointsOfTen, 10),
  ]

  func check(_ record: Record, _ report: inout Report) {
    if let label = record.first(.refusalLabel), let text = record.first(.text), let said = text.value.text {
      let words = Text.folded(said)
      if label.value.isText("none"), Phrases.beginsWithRefusal(words) {
        report.finding(at: label, related: [Related(at: text, "text")])
      } else if label.value.isText("full"), words.count >= Self.shortestCompliance, isKnown(words, record),
        !Phrases.mayRefuse(words)
      {
        report.finding(at: label, "complies", related: [Related(at: text, "text")])
      }
    }
    let reasons = record.all(.ratingReason)
    guard !reasons.isEmpty else { return }
    for (field, most) in Self.scales {
      for rating in record.all(field) { check(rating, field, of: most, reasons, &report) }
    }
  }

  /// The reason for points stands beside them.
  private func check(
    _ rating: FieldValue, _ field: Field, of most: Double, _ reasons: [FieldValue], _ report: inout Report
  ) {
    let parent = rating.value.parent?.place
    let beside = reasons.first { $0.value.parent?.place == parent }
    // Of points that may be written in quotes; others are another rule's matter.
    let written = field == .pointsOfFive ? rating.value.text.flatMap { JSON(parsing: $0)?.number } : nil
    guard let points = rating.value.number ?? written, let reason = beside, let said = reason.value.text,
      let verdict = Phrases.verdict(of: Text.folded(said))
    else { return }
    let related = [Related(at: reason, "reason")]
    let arguments: Arguments = ["points": points, "most": most]
    switch verdict {
    case .objection where points >= most * 0.8: report.finding(at: rating, "high", arguments, related: related)
    case .praise where points <= most * 0.4: report.finding(at: rating, "low", arguments, related: related)
    default: break
    }
  }

  private func isKnown(_ text: [UInt8], _ record: Record) -> Bool {
    guard let language = record.context("language")?.text?.lowercased() else { return Phrases.isKnownLanguage(text) }
    return language.hasPrefix("en") || language.hasPrefix("vi")
  }

  private static func sample(_ members: String) -> String {
    #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "message", "role": "assistant", \#(members)}]}]}"#
  }
}
