import PluginKit

/// One speaker who is said to be two different people.
struct SpeakerIdentityConflict: GroupRule {
  static let info = RuleInfo(
    id: "speaker-identity-conflict", severity: .warning,
    summary: "What is known of a speaker is the same wherever they speak.",
    why: "Either two people have one name, and are learned as one voice, or somebody is described wrongly.",
    source: "Names that programs give out anew in every file (`SPEAKER_00`, `spk1`, `A`) are left alone.",
    message:
      "*{speaker}* is {own} here and {other} elsewhere. Either these are two people, or one of the two is wrong.",
    messages: ["other": "Elsewhere"],
    good: [
      SpeechExample.said(speech("anna-7", #""F""#), speech("anna-7", #""female""#)),
      SpeechExample.said(speech("spk1", #""F""#), speech("spk1", #""M""#)),
    ],
    bad: [
      SpeechExample.said(speech("anna-7", #""F""#), speech("anna-7", #""F""#), speech("anna-7", #"⟪"M"⟫"#))
    ])
  static let reads = Reads(fields: [.utteranceSpeaker, .speakerGender], needs: [.speakerGender])
  static let kind = FactKind("speech/speaker-is")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let speaker = record.text(.utteranceSpeaker), !Self.isGivenOut(speaker),
      let gender = record.first(.speakerGender), let own = gender.value.text.flatMap(Self.gender)
    else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "speaker \(speaker)")), at: gender, payload: Parts(speaker, own).payload)
  }

  func group(_ group: Group, _ report: inout Report) {
    let items = group.facts.map { (fact: $0, parts: Parts($0)) }
    let sides = Dictionary(grouping: items) { $0.parts[1] }
    // Of two that are named equally often, the later.
    guard sides.count > 1,
      let right = sides.max(by: {
        ($0.value.count, $1.value[0].fact.stands(before: $0.value[0].fact) ? 0 : 1)
          < ($1.value.count, $0.value[0].fact.stands(before: $1.value[0].fact) ? 0 : 1)
      })
    else { return }
    for item in items where item.parts[1] != right.key {
      report.finding(
        at: item.fact, "", ["speaker": item.parts[0], "own": item.parts[1], "other": right.key],
        related: [Related(at: right.value[0].fact, "other")], fold: item.parts[0])
    }
  }

  private static func gender(_ text: String) -> String? {
    switch text.lowercased() {
    case "f", "female", "woman": "female"
    case "m", "male", "man": "male"
    default: nil
    }
  }

  /// Whether such a name means another person in every file: hardly more than a number.
  static func isGivenOut(_ name: String) -> Bool {
    let lower = name.lowercased()
    let letters = lower.prefix { $0.isLetter }
    let rest = lower.dropFirst(letters.count)
    let isNumbered = rest.allSatisfy { $0.isNumber || $0 == "_" || $0 == "-" }
    return isNumbered
      && (letters.utf8.count <= 1
        || ["speaker", "spk", "spkr", "sp", "person", "unknown", "guest"].contains(String(letters)))
  }

  private static func speech(_ speaker: String, _ gender: String) -> String {
    #""start": 0, "duration": 1, "speaker": "\#(speaker)", "gender": \#(gender)"#
  }
}
