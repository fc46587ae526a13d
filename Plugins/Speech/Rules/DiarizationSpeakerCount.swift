import PluginKit

/// A number of speakers that is not the number of those who speak.
struct DiarizationSpeakerCount: GroupRule {
  static let info = RuleInfo(
    id: "diarization-speaker-count", severity: .error,
    summary: "A recording has as many speakers as its manifest says.",
    why: "Programs that are told the number look for so many voices, and find them, even where there are others.",
    source: "NeMo's form. Only who speaks between the line's start and end counts. No number (`null`) is fine.",
    message:
      "{claimed} people are said to speak here, but in the RTTM file {found} do: {names}. One of the two is wrong.",
    messages: ["take": "Write {found}", "turn": "One of them"],
    good: [files("2"), files("null"), files("1", more: #", "offset": 0, "duration": 2"#)],
    bad: [files("⟪3⟫"), files("⟪2⟫", more: #", "offset": 2, "duration": 2"#)])
  static let reads = Reads(fields: [.speakerCount])
  static let kind = SpeakerReferenceUnresolved.kind
  static let fewest = 2

  /// Who speaks less in a part may stand there by rounding.
  static let least = 0.1

  func group(_ group: Group, _ report: inout Report) {
    guard group.facts.total == group.facts.count else { return }
    let items = group.facts.map { (fact: $0, parts: Parts($0)) }
    let turns = items.filter { $0.parts[0] == "turn" }
    guard !turns.isEmpty else { return }
    for claim in items where claim.parts[0] == "count" {
      guard let claimed = Int(claim.parts[1]), claimed > 0 else { continue }
      let from = claim.parts.number(3) ?? 0
      let to = claim.parts.number(4) ?? .infinity
      var names: [String] = []
      var first: Fact?
      for turn in turns {
        guard let start = turn.parts.number(3), let end = turn.parts.number(4),
          min(end, to) - max(start, from) >= min(Self.least, (end - start) / 2), end > start
        else { continue }
        first = first ?? turn.fact
        if !names.contains(where: { $0.utf8.elementsEqual(turn.parts[1].utf8) }) { names.append(turn.parts[1]) }
      }
      guard let first, names.count != claimed else { continue }
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? "…" : "")
      report.finding(
        at: claim.fact, "", ["claimed": claimed, "found": names.count, "names": shown],
        related: [Related(at: first, "turn")],
        fixes: [Fix("take", ["found": names.count], edits: [.replace(claim.fact, with: "\(names.count)")])])
    }
  }

  private static func files(_ count: String, more: String = "") -> String {
    let turns = """
      SPEAKER call-1 1 0 1 <NA> <NA> anna <NA> <NA>
      SPEAKER call-1 1 2.5 1 <NA> <NA> bob <NA> <NA>
      """
    return SpeechExample.dataset(
      ("call-1.rttm", turns),
      ("manifest.json", #"{"audio_filepath": "call-1.wav", "label": "infer", "num_speakers": \#(count)\#(more)}"#))
  }
}
