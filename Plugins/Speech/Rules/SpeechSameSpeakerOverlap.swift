import PluginKit

/// One speaker who says two things at once.
struct SpeechSameSpeakerOverlap: NeighborRule {
  static let info = RuleInfo(
    id: "speech-same-speaker-overlap", severity: .warning,
    summary: "One speaker says one thing at a time.",
    why: "The same second counts twice, and programs that judge who speaks when count it as an error.",
    source:
      "Different speakers may talk at once, and do. Two writings of one stretch, with the same start and end, are left alone; so "
      + "are 20 ms.",
    message:
      "*{speaker}* speaks here from {from}, and is still speaking in another part until {until}. Put the two together, or part them.",
    messages: ["other": "The other part"],
    good: [
      SpeechExample.said(speech("anna", 0, 2), speech("bob", 1, 2)),
      SpeechExample.said(speech("anna", 0, 2), speech("anna", 2, 2)),
      SpeechExample.said(speech("anna", 0, 2), speech("anna", 0, 2)),
    ],
    bad: [
      SpeechExample.said(speech("anna", 0, 2), speech("anna", "⟪1⟫", 2)),
      SpeechExample.dataset(
        (
          "call-1.rttm",
          """
          SPEAKER call-1 1 0.00 2.00 <NA> <NA> anna <NA> <NA>
          SPEAKER call-1 1 ⟪1.50⟫ 2.00 <NA> <NA> anna <NA> <NA>
          """
        )),
    ])
  static let reads = Reads(
    fields: Utterance.fields + Recording.fields + [.utteranceSpeaker, .utteranceChannel, .asset],
    needs: [.utteranceSpeaker])
  static let kind = FactKind("speech/turn-span")
  static let relation = Relation.overlapping
  /// Who speaks in a recording, as far as one file says; for completion.
  static let speakers = FactKind("speech/speakers")
  static let states = [kind, speakers]

  static let shared = 0.02

  func state(_ record: Record, _ report: inout Report) {
    if let field = record.first(.utteranceSpeaker), let speaker = field.text, !speaker.isEmpty,
      let recording = Recording.name(of: record)
    {
      report.state(Self.speakers, key: .text(recording), at: field, payload: Parts(speaker).payload)
    }
    guard let utterance = Utterance(record), utterance.isSound, let speaker = record.text(.utteranceSpeaker),
      !speaker.isEmpty, let recording = record.text(.asset) ?? Recording.name(of: record)
    else { return }
    let channel = record.first(.utteranceChannel)?.value.raw ?? ""
    // A sample's sources have names of their own.
    let file = record.text(.asset) == nil ? record.text(.recordingPath) ?? "" : record.context("id")?.scalarText ?? ""
    let key = [recording, file, channel, speaker].joined(separator: "\u{1F}")
    guard let place = utterance.start ?? utterance.last else { return }
    report.state(
      Self.kind, key: .text(key), at: place, payload: Parts(speaker).payload,
      extent: .interval(from: utterance.from, to: utterance.to))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard case .interval(let from, let to) = fact.extent else { return }
    // A pair is told once: at the one that begins later.
    let others = related.filter { other in
      guard case .interval(let start, let end) = other.extent, min(to, end) - max(from, start) > Self.shared + 1e-6,
        start != from || end != to
      else { return false }
      return start < from || start == from && other.stands(before: fact)
    }
    guard let first = others.first, case .interval(_, let until) = first.extent else { return }
    report.finding(
      at: fact, "", ["speaker": Parts(fact)[0], "from": Clock.text(from), "until": Clock.text(until)],
      related: others.prefix(4).map { Related(at: $0, "other") })
  }

  private static func speech(_ speaker: String, _ start: Any, _ seconds: Int) -> String {
    #""start": \#(start), "duration": \#(seconds), "speaker": "\#(speaker)""#
  }
}

extension JSON {
  /// A string's text, or a number's digits.
  var scalarText: String? { text ?? number.map(\.argumentText) }
}
