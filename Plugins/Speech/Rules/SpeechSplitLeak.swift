import PluginKit

/// A recording or voice that is learned from and examined with.
struct SpeechSplitLeak: GroupRule {
  static let info = RuleInfo(
    id: "speech-split-leak", severity: .error,
    summary: "No recording and no voice is both learned from and examined with.",
    why: "Then the examination measures how well a voice is remembered: the figures are better than the model.",
    source:
      "What a part is for is said by itself (`split`, `Split_Set`) or by `splits` in `concord.json`. Names that programs give out anew "
      + "in every file (`SPEAKER_00`, `spk1`, `A`) are nobody's.",
    message:
      "This recording is also used for {other}. Keep each recording on one side: what is examined must not be learned.",
    messages: [
      "speaker":
        "*{name}* also speaks in what is used for {other}. A model that knows the voice is examined too kindly: keep each speaker on one side.",
      "other": "There",
    ],
    good: [
      files(#"{"audio_filepath": "a.wav", "duration": 1}"#, #"{"audio_filepath": "b.wav", "duration": 1}"#),
      files(speech("a.wav", "spk1"), speech("b.wav", "spk1")),
      #"{"a.wav": {"EmoClass": "N", "SpkrID": 12, "Split_Set": "Train"}, "b.wav": {"EmoClass": "N", "SpkrID": 12, "Split_Set": "Train"}}"#,
      #"{"a.wav": {"EmoClass": "N", "SpkrID": "Unknown", "Split_Set": "Train"}, "b.wav": {"EmoClass": "N", "SpkrID": "Unknown", "Split_Set": "Test1"}}"#,
    ],
    bad: [
      files(#"{"audio_filepath": ⟪"a.wav"⟫, "duration": 1}"#, #"{"audio_filepath": "a.wav", "duration": 1}"#),
      files(
        #"{"audio_filepath": "a.wav", "duration": 1, "speaker": ⟪"anna"⟫}"#, speech("b.wav", "anna")),
      #"{"a.wav": {"EmoClass": "N", "SpkrID": ⟪12⟫, "Split_Set": "Train"}, "b.wav": {"EmoClass": "N", "SpkrID": 12, "Split_Set": "Test1"}}"#,
    ])
  static let reads = Reads(
    fields: [.recordingName, .recordingPath, .utteranceSpeaker, .speakerNumber, .utteranceSplit],
    needs: [.recordingName, .recordingPath, .utteranceSpeaker, .speakerNumber], context: ["split"])
  static let kind = FactKind("speech/in-split")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let split = record.text(.utteranceSplit) ?? record.context("split")?.text, !split.isEmpty,
      split.utf8.count <= 32
    else { return }
    // One path is one recording; a bare name may be another one in another set.
    if let field = record.first(.recordingPath) ?? record.first(.recordingName), let name = field.text, !name.isEmpty,
      name.utf8.count <= 180
    {
      report.state(
        Self.kind, key: .key(FactKey(shared: "split of \(name)")), at: field, payload: Parts(split, "").payload)
    }
    guard let field = record.first(.utteranceSpeaker) ?? record.first(.speakerNumber), let name = field.text,
      Self.isSomebody(name, isNumber: record.first(.utteranceSpeaker) == nil)
    else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "split of speaker \(name)")), at: field, payload: Parts(split, name).payload)
  }

  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.map { (fact: $0, parts: Parts($0)) }
    guard let held = members.first(where: { Self.isExamined($0.parts[0]) }) else { return }
    for member in members where Self.isLearned(member.parts[0]) {
      let name = member.parts[1]
      report.finding(
        at: member.fact, name.isEmpty ? "" : "speaker", ["name": name, "other": held.parts[0]],
        severity: name.isEmpty ? .error : .warning, related: [Related(at: held.fact, "other")], fold: name)
    }
  }

  /// In tables of one corpus numbers are people; elsewhere they are given out anew.
  private static func isSomebody(_ name: String, isNumber: Bool) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 100, !["unknown", "none", "na", "-1"].contains(name.lowercased()) else {
      return false
    }
    return isNumber || !SpeakerIdentityConflict.isGivenOut(name)
  }

  private static func isLearned(_ split: String) -> Bool {
    ["train", "training", "learn", "learning"].contains(split.lowercased())
  }

  private static func isExamined(_ split: String) -> Bool {
    let split = split.lowercased()
    return ["test", "dev", "val", "eval", "valid"].contains { split.hasPrefix($0) }
  }

  private static func speech(_ path: String, _ speaker: String) -> String {
    #"{"audio_filepath": "\#(path)", "duration": 1, "speaker": "\#(speaker)"}"#
  }

  private static func files(_ train: String, _ test: String) -> String {
    """
    //- concord.json
    {"splits": {"train": "train.json", "test": "test.json"}}
    //- train.json
    \(train)
    //- test.json
    \(test)
    """
  }
}
