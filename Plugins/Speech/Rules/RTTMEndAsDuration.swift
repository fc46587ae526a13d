import PluginKit

/// A file whose fifth words are ends, where lengths belong.
struct RTTMEndAsDuration: GroupRule {
  static let info = RuleInfo(
    id: "rttm-end-as-duration", severity: .warning,
    summary: "The fifth word of an RTTM line is how long somebody speaks, not when they end.",
    why: "Read as lengths, ends make everybody speak far too long, and all at once.",
    source:
      "ESPnet writes another form under the same name (espnet #5968). Said where every fifth word is more than the fourth, and one "
      + "speaker would talk over themselves in most places if they were lengths, and nowhere if they are ends.",
    message:
      "The fifth word of these {count} lines looks like an end: read as a length, *{speaker}* speaks over themselves here. Write end minus start.",
    messages: [
      "samples":
        "The times of these {count} lines are whole numbers in the thousands: they count samples. Write seconds."
    ],
    good: [
      file(
        "SPEAKER c 1 0 2 <NA> <NA> a <NA>", "SPEAKER c 1 3 4 <NA> <NA> a <NA>", "SPEAKER c 1 8 1 <NA> <NA> a <NA>",
        "SPEAKER c 1 10 2 <NA> <NA> a <NA>", "SPEAKER c 1 13 2 <NA> <NA> a <NA>")
    ],
    bad: [
      file(
        "SPEAKER c 1 0.5 2 <NA> <NA> a <NA>", "SPEAKER c 1 3 ⟪4⟫ <NA> <NA> a <NA>", "SPEAKER c 1 5 8 <NA> <NA> a <NA>",
        "SPEAKER c 1 9 12 <NA> <NA> a <NA>", "SPEAKER c 1 13 15 <NA> <NA> a <NA>"),
      file(
        "SPEAKER c 1 0 ⟪16000⟫ <NA> <NA> a <NA>", "SPEAKER c 1 24000 32000 <NA> <NA> b <NA>",
        "SPEAKER c 1 40000 48000 <NA> <NA> a <NA>", "SPEAKER c 1 56000 64000 <NA> <NA> b <NA>",
        "SPEAKER c 1 80000 96000 <NA> <NA> a <NA>"),
    ], silences: ["speech-same-speaker-overlap", "speech-segment-beyond-recording"])
  static let reads = Reads(
    fields: [.rttmType, .recordingName, .utteranceStart, .utteranceLength, .utteranceSpeaker], needs: [.rttmType])
  static let kind = FactKind("speech/rttm-times")
  static let states = [kind]
  static let fewest = 5

  /// In seconds nobody writes whole numbers so large.
  static let manySamples = 10_000.0

  func state(_ record: Record, _ report: inout Report) {
    guard record.first(.rttmType)?.value.isText("SPEAKER") == true, let start = record.number(.utteranceStart),
      let length = record.first(.utteranceLength), let seconds = length.number, start >= 0, seconds > 0
    else { return }
    report.state(
      Self.kind, key: .text("all"), at: length,
      payload: Parts("\(start)", "\(seconds)", record.text(.recordingName) ?? "", record.text(.utteranceSpeaker) ?? "")
        .payload)
  }

  func group(_ group: Group, _ report: inout Report) {
    let lines = group.facts.compactMap {
      fact -> (fact: Fact, start: Double, fifth: Double, who: String, name: String)? in
      let parts = Parts(fact)
      guard let start = parts.number(0), let fifth = parts.number(1) else { return nil }
      return (fact, start, fifth, parts[2] + "\u{1F}" + parts[3], parts[3])
    }
    guard lines.count >= Self.fewest, lines.allSatisfy({ $0.fifth > $0.start }) else { return }
    let areSamples = lines.allSatisfy { line in
      line.fifth == line.fifth.rounded(.down) && line.start == line.start.rounded(.down)
    }
    if areSamples, lines.allSatisfy({ $0.fifth >= Self.manySamples }) {
      return report.finding(at: lines[0].fact, "samples", ["count": lines.count])
    }
    var pairs = 0
    var overlaps: [(fact: Fact, name: String)] = []
    for turns in Dictionary(grouping: lines, by: \.who).values {
      let turns = turns.sorted { $0.start < $1.start }
      for (one, next) in zip(turns, turns.dropFirst()) {
        pairs += 1
        if next.start < one.fifth - 0.05 { return }
        if next.start < one.start + one.fifth - 0.05 { overlaps.append((one.fact, one.name)) }
      }
    }
    guard pairs >= Self.fewest - 1, overlaps.count * 2 > pairs,
      let first = overlaps.min(by: { $0.fact.stands(before: $1.fact) })
    else { return }
    report.finding(at: first.fact, "", ["count": lines.count, "speaker": first.name])
  }

  private static func file(_ lines: String...) -> String {
    SpeechExample.dataset(("c.rttm", lines.joined(separator: "\n")))
  }
}
