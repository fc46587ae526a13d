import PluginKit

/// A feeling that its own votes don't give.
struct EmotionMajorityNotDerivable: RecordRule {
  static let info = RuleInfo(
    id: "emotion-majority-not-derivable", severity: .warning,
    summary: "The feeling that was agreed on is the one most people voted for.",
    why: "Either a vote is missing, or the label is nobody's: what is learned from it was never heard.",
    source:
      "MSP-Podcast's `labels_detailed.json` beside its `labels_consensus.json`, and `votes` in Concord's own form. Where several have most votes, "
      + "any of them and no agreement are right; no agreement is wrong only against more than half of all votes.",
    message:
      "Most people voted for *{most}* ({count} of {all}), but the label says *{label}*. Count again, or a vote is missing.",
    messages: [
      "none": "More than half voted for *{most}* ({count} of {all}), so people agree, but the label says they don't.",
      "take": "Write *{most}*", "votes": "The votes", "label": "What was agreed on",
    ],
    good: [
      voted("anger", #""anger": 3, "fear": 1"#), voted("fear", #""anger": 2, "fear": 2"#),
      voted("anger", ""), detailed("A", "Angry", "Angry", "Sad"), detailed("X", "Angry", "Angry", "Sad", "Happy"),
    ],
    bad: [
      voted("⟪fear⟫", #""anger": 3, "fear": 1"#), detailed("S", "⟪Angry⟫", "Angry", "Sad"),
      detailed("X", "⟪Angry⟫", "Angry", "Sad"),
    ])
  static let reads = Reads(
    fields: [.emotionLabel, .emotionVotes, .emotionBallots, .emotionMajor], needs: [.emotionVotes, .emotionBallots],
    lookups: [.definition(of: .emotionBallots)])

  func check(_ record: Record, _ report: inout Report) {
    if let votes = record.first(.emotionVotes), let label = record.first(.emotionLabel), let name = label.value.text {
      let counted = votes.value.children.compactMap { vote -> (String, Int)? in
        guard let key = vote.key, let count = vote.integer, (0..<1000).contains(count) else { return nil }
        return (key, count)
      }
      if counted.count == votes.value.count {
        judge(at: label, name, Dictionary(counted, uniquingKeysWith: +), Related(at: votes, "votes"), &report)
      }
    }
    // Two files of feelings that say different things are judged apart.
    let labels = record.facts(.definition(of: .emotionBallots))
    guard labels.count == 1, let fact = labels.first, let label = fact.exports["EmoClass"]?.text else { return }
    let majors = record.all(.emotionMajor)
    guard let first = majors.first else { return }
    let letters = majors.compactMap { $0.value.text.flatMap(Self.letter) }
    guard letters.count == majors.count else { return }
    let counted = Dictionary(letters.map { ($0, 1) }, uniquingKeysWith: +)
    judge(at: first, label, counted, Related(at: fact, "label"), &report)
  }

  private func judge(
    at place: FieldValue, _ label: String, _ votes: [String: Int], _ related: Related, _ report: inout Report
  ) {
    let all = votes.values.reduce(0, +)
    guard all > 1, let count = votes.values.max() else { return }
    let most = votes.filter { $0.value == count }.keys
    guard most.count == 1, let most = most.first, !most.utf8.elementsEqual(label.utf8) else {
      // Of several with most votes each may be the one that was taken.
      return
    }
    let isNone = ["x", "xxx", "no_agreement", "no agreement", "none"].contains(label.lowercased())
    if isNone, count * 2 <= all { return }
    let isLabel = related.key == "votes"
    let fix = Fix("take", ["most": most], edits: [.replace(place, with: most.json)])
    report.finding(
      at: place, isNone ? "none" : "", ["most": most, "count": count, "all": all, "label": label],
      related: [related], fixes: isLabel ? [fix] : [])
  }

  /// MSP-Podcast's letter for the feeling that one person heard most; other people's own words are another feeling.
  private static func letter(_ name: String) -> String? {
    guard let msp = Feelings.named("msp") else { return nil }
    if let letter = msp.meant(by: name) { return letter }
    return msp.has(name) ? name : name.isEmpty ? nil : "O"
  }

  private static func voted(_ label: String, _ votes: String) -> String {
    let label = label.hasPrefix("⟪") ? "⟪\"\(label.dropFirst().dropLast())\"⟫" : "\"\(label)\""
    return SpeechExample.conversation(SpeechExample.turn(1, #""emotion": {"label": \#(label), "votes": {\#(votes)}}"#))
  }

  private static func detailed(_ label: String, _ majors: String...) -> String {
    let votes = majors.enumerated().map { number, major in
      let quoted = major.hasPrefix("⟪") ? "⟪\"\(major.dropFirst().dropLast())\"⟫" : "\"\(major)\""
      return #""W\#(number)": {"EmoClass_Major": \#(quoted)}"#
    }
    .joined(separator: ", ")
    return SpeechExample.dataset(
      ("labels_consensus.json", #"{"a.wav": {"EmoClass": "\#(label)"}}"#),
      ("labels_detailed.json", #"{"a.wav": {\#(votes)}}"#))
  }
}
