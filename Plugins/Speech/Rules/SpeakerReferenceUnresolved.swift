import PluginKit

/// Somebody who speaks in one file of a recording, and nowhere in the file that says who speaks when.
struct SpeakerReferenceUnresolved: GroupRule {
  static let info = RuleInfo(
    id: "speaker-reference-unresolved", severity: .error,
    summary: "Whoever speaks in one file of a recording is in the file that says who speaks when.",
    why: "The two are joined by the speaker's name: what finds no partner belongs to nobody.",
    source:
      "NeMo's form for words with speakers. A file that uses none of the names of the other has names of its own, and is left alone.",
    message: "Nobody called *{speaker}* speaks in {recording}, as far as its RTTM file says. Take a name from there.",
    messages: ["use": "Write {name}", "turn": "Who speaks, there"],
    good: [
      files(turns, "call-1 1 0.1 0.3 yes NA lex anna\ncall-1 1 2.1 0.3 no NA lex bob"),
      files(turns, "call-1 1 0.1 0.3 yes NA lex S1\ncall-1 1 2.1 0.3 no NA lex S2"),
      files(turns, "call-2 1 0.1 0.3 yes NA lex carl\ncall-2 1 2.1 0.3 no NA lex bob"),
    ],
    bad: [files(turns, "call-1 1 0.1 0.3 yes NA lex anna\ncall-1 1 2.1 0.3 no NA lex ⟪bobb⟫")])
  static let reads = Reads(
    fields: Recording.fields + Utterance.fields + [
      .utteranceSpeaker, .wordSpeaker, .speakerCount, .rttmType, .spokenWord,
    ], needs: [.utteranceSpeaker, .wordSpeaker, .speakerCount])
  /// What is said of who speaks in a recording: what it is, the format, the speaker, from and to.
  static let kind = FactKind("speech/who")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let recording = Recording.name(of: record) else { return }
    let key = Report.Key.key(FactKey(shared: "who \(recording)"))
    let format = record.dialect
    let part = Utterance(record)
    let (from, to) = (part.map { "\($0.from)" } ?? "", part.map { "\($0.to)" } ?? "")
    if let count = record.first(.speakerCount), let number = count.value.integer {
      report.state(Self.kind, key: key, at: count, payload: Parts("count", "\(number)", recording, from, to).payload)
    }
    guard record.first(.spokenWord) == nil else { return }
    for field in [record.first(.utteranceSpeaker), record.first(.wordSpeaker)] {
      guard let field, let speaker = field.text, !speaker.isEmpty else { continue }
      let sort = record.first(.rttmType) == nil ? format : "turn"
      report.state(Self.kind, key: key, at: field, payload: Parts(sort, speaker, recording, from, to).payload)
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    // Of what is not all there, nothing can be missing.
    guard group.facts.total == group.facts.count else { return }
    let items = group.facts.map { (fact: $0, parts: Parts($0)) }
    let turns = items.filter { $0.parts[0] == "turn" }
    let known = Set(turns.map { Array($0.parts[1].utf8) })
    guard let first = turns.first else { return }
    let others = items.filter { $0.parts[0] != "turn" && $0.parts[0] != "count" }
    for these in Dictionary(grouping: others, by: { $0.parts[0] }).values {
      let isKnown = these.map { known.contains(Array($0.parts[1].utf8)) }
      guard isKnown.contains(true) else { continue }
      for (item, isKnown) in zip(these, isKnown) where !isKnown {
        let near = Nearest.name(to: item.parts[1], among: known.map { String(decoding: $0, as: UTF8.self) }.sorted())
        let fixes = near.map { [Fix("use", ["name": $0], edits: [.replace(item.fact, with: $0.json)])] } ?? []
        report.finding(
          at: item.fact, "", ["speaker": item.parts[1], "recording": item.parts[2]],
          related: [Related(at: first.fact, "turn")], fixes: fixes, fold: item.parts[1])
      }
    }
  }

  private static let turns = """
    SPEAKER call-1 1 0 2 <NA> <NA> anna <NA> <NA>
    SPEAKER call-1 1 2 2 <NA> <NA> bob <NA> <NA>
    """

  private static func files(_ turns: String, _ words: String) -> String {
    SpeechExample.dataset(("call-1.ctm", words), ("call-1.rttm", turns))
  }
}
