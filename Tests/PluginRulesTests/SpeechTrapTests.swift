import Testing

/// What looks like a mistake in one file of speech and is none; beside it, the same with the mistake.
@Suite struct SpeechTrapTests {
  /// Rule and message of each finding, in order of place.
  private func said(_ text: String, lines: Bool = false) throws -> [String] {
    let bench = try #require(Bench(Bench.speech, Array(text.utf8), lines: lines))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  /// A manifest of recordings: path, and what else stands in the line.
  private func manifest(_ lines: (String, String)...) throws -> [String] {
    try said(
      lines.map { #"{"audio_filepath": "\#($0)", "duration": 1, "text": "yes"\#($1)}"# }.joined(separator: "\n"),
      lines: true)
  }

  // MARK: Recordings with one name

  private static let turns = #", "rttm_filepath": "one.rttm""#

  @Test func aRecordingMayHaveManyParts() throws {
    let parts = ["", #", "offset": 2"#, #", "offset": 4"#].map { Self.turns + $0 }
    #expect(try manifest(("a/one.wav", parts[0]), ("a/one.wav", parts[1]), ("a/one.wav", parts[2])) == [])
    #expect(try manifest(("a/one.wav", parts[0]), ("b/one.wav", parts[1])) == ["recording-key-collision"])
  }

  @Test func onePathWrittenInTwoWaysIsOneRecording() throws {
    #expect(try manifest(("a/one.wav", Self.turns), ("./a/one.wav", Self.turns)) == [])
    #expect(try manifest(("a/one.wav", Self.turns), ("./b/one.wav", Self.turns)) == ["recording-key-collision"])
  }

  /// Nothing is looked up by such a name.
  @Test func recordingsNoOtherFileSpeaksOfMayShareAName() throws {
    #expect(try manifest(("a/one.wav", ""), ("b/one.wav", "")) == [])
    #expect(try manifest(("a/one.wav", #", "rttm_filepath": null"#), ("b/one.wav", Self.turns)) == [])
    #expect(
      try manifest(("a/one.wav", #", "ctm_filepath": "one.ctm""#), ("b/one.wav", Self.turns)) == [
        "recording-key-collision"
      ])
  }

  /// What the format itself says of ids.
  private func links(_ text: String) throws -> [String] {
    try #require(Bench(Bench.speech, Array(text.utf8))).linkFindings.map(\.rule)
  }

  @Test func partsWithNamesOfTheirOwnMayBeAlikeInAllElse() throws {
    func parts(_ names: String...) -> String {
      let parts = names.map { #"{"id": "\#($0)", "recording_id": "r", "start": 0, "duration": 1}"# }
      return "[\(parts.joined(separator: ", "))]"
    }
    #expect(try links(parts("u-1", "u-01", "U-1")) == [])
    #expect(try links(parts("u-1", "u-2", "u-1")) == ["speech/utterance-id-repeated"])
  }

  // MARK: Labels of a conversation and what they name

  /// Two samples with the same names in both: `from` and `source` stand in the first one.
  private func conversation(source: String = "mic", speaker: String = "anna", from: String = "t1") throws -> [String] {
    func sample(_ id: String, _ microphone: String, _ person: String, _ label: String, _ members: String) -> String {
      #"{"id": "\#(id)", "sources": [{"id": "\#(microphone)", "modality": "audio"}], "entities": [{"id": "\#(person)"}, {"id": "host"}], "annotations": [{"id": "\#(label)", "kind": "transcript", "text": "yes", \#(members)}, {"id": "shared", "kind": "transcript", "text": "no", "source": "\#(microphone)", "entity": "host"}]"#
    }
    let first = sample("s1", "mic", "anna", "t1", #""source": "\#(source)", "entity": "\#(speaker)""#)
    let second = sample("s2", "cam", "bob", "t2", #""source": "cam", "entity": "bob""#)
    let link = #""links": [{"id": "l", "kind": "answers", "from": "\#(from)", "to": "shared"}]"#
    return try links(
      #"{"concord": "1.0", "domain": "speech", "samples": [\#(first), \#(link)}, \#(second)}]}"#)
  }

  @Test func samplesMayUseTheSameNames() throws {
    #expect(try conversation() == [])
    #expect(try conversation(speaker: "host", from: "shared") == [])
  }

  @Test func aRecordingOfAnotherSampleIsNotThere() throws {
    #expect(try conversation(source: "cam") == ["vision/unresolved-record-ref"])
    #expect(try conversation(source: "mick") == ["vision/unresolved-record-ref"])
  }

  @Test func aLinkToALabelOfAnotherSampleLeadsNowhere() throws {
    #expect(try conversation(from: "t2") == ["vision/unresolved-record-ref"])
    #expect(try conversation(from: "t9") == ["vision/unresolved-record-ref"])
  }

  @Test func aSpeakerOfAnotherSampleIsNotThere() throws {
    #expect(try conversation(speaker: "bob") == ["speech/speaker-reference-unresolved"])
  }

  // MARK: Examples of meanings

  private func examples(_ counts: (String, Int)...) throws -> [String] {
    let examples = counts.flatMap { name, count in
      (0..<count).map { #"{"text": "word \#($0)", "intent": "\#(name)"}"# }
    }
    return try said(#"{"rasa_nlu_data": {"common_examples": [\#(examples.joined(separator: ", "))]}}"#)
  }

  @Test func aFileThatHasJustBegunMayHaveSingleExamples() throws {
    #expect(try examples(("greet", 18), ("leave", 1)) == [])
    #expect(try examples(("greet", 19), ("leave", 1)) == ["intent-examples-too-few"])
  }

  @Test func twoExamplesOfAMeaningAreEnough() throws {
    #expect(try examples(("greet", 25), ("leave", 2)) == [])
    #expect(try examples(("greet", 25), ("leave", 2), ("order", 1)) == ["intent-examples-too-few"])
  }

  /// A list with one sentence of each meaning is no list to learn from.
  @Test func whereEveryMeaningHasOneExampleNoneIsMissing() throws {
    let many = (0..<25).map { #"{"text": "word \#($0)", "intent": "meaning-\#($0)"}"# }
    func file(_ examples: [String]) -> String {
      #"{"rasa_nlu_data": {"common_examples": [\#(examples.joined(separator: ", "))]}}"#
    }
    #expect(try said(file(many)) == [])
    #expect(try said(file(many + [#"{"text": "more", "intent": "meaning-0"}"#])).count == 24)
  }

  @Test func sentencesWithoutAMeaningAreNotCounted() throws {
    func file(_ meaning: String) -> String {
      let many = (0..<25).map { #"{"text": "word \#($0)"\#(meaning)}"# }.joined(separator: ", ")
      return #"{"rasa_nlu_data": {"common_examples": [\#(many), {"text": "more", "intent": "greet"}]}}"#
    }
    #expect(try said(file("")) == [])
    #expect(try said(file(#", "intent": """#)) == [])
    #expect(try said(file(#", "intent": "leave""#)) == ["intent-examples-too-few"])
  }

  // MARK: Things that are named in what is said

  /// One turn in which something is named; its words have times if asked for.
  private func named(_ slot: String, words: Bool = true, text: String = "My card broke today.") throws -> [String] {
    let times = [("My", 0.1, 0.3), ("card", 0.4, 0.7), ("broke", 0.8, 1.1), ("today.", 1.5, 1.9)].map {
      #"{"word": "\#($0)", "start": \#($1), "end": \#($2)}"#
    }
    let timed = words ? #", "words": [\#(times.joined(separator: ", "))]"# : ""
    let turn =
      #"{"id": "t", "source": "mic", "kind": "transcript", "segment": [0, 2], "text": "\#(text)", "slots": [{"entity": "thing", \#(slot)}]\#(timed)}"#
    return try said(
      #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "s", "sources": [{"id": "mic", "modality": "audio"}], "annotations": [\#(turn)]}]}"#
    )
  }

  @Test func capitalsSignsAndSpacesDontHideWhatIsNamed() throws {
    #expect(try named(#""value": "CARD""#) == [])
    #expect(try named(#""value": "today!""#) == [])
    #expect(try named(#""value": "to-day""#) == [])
    #expect(try named(#""value": "my  card""#) == [])
    #expect(try named(#""value": "purse""#) == ["entity-not-in-transcript"])
  }

  /// They are spoken in words and meant in figures.
  @Test func figuresThatAreMeantNeedNotBeHeard() throws {
    #expect(try named(#""value": "7419""#) == [])
    #expect(try named(#""value": "2026-11-22""#) == [])
    #expect(try named(#""value": 7"#) == [])
    #expect(try named(#""value": "seven""#) == ["entity-not-in-transcript"])
  }

  /// A mark such as `[card]` is not heard.
  @Test func aMarkIsNoWordThatIsHeard() throws {
    #expect(try named(#""value": "card""#, words: false, text: "My card broke [card]") == [])
    #expect(
      try named(#""value": "card""#, words: false, text: "It broke [card] today") == ["entity-not-in-transcript"])
  }

  @Test func aQuarterOfASecondBesideAWordIsStillAtItsTime() throws {
    #expect(try named(#""value": "card", "from": 0.4, "to": 0.7"#) == [])
    #expect(try named(#""value": "card", "from": 0.9, "to": 1.2"#) == [])
    #expect(try named(#""value": "card", "from": 1.0, "to": 1.2"#) == ["entity-not-in-transcript time"])
  }

  @Test func wordsWithoutTimesSayNothingOfWhenSomethingIsNamed() throws {
    #expect(try named(#""value": "card", "from": 1.2, "to": 1.9"#, words: false) == [])
    #expect(try named(#""value": "card", "from": 1.2, "to": 1.9"#) == ["entity-not-in-transcript time"])
    // Ends that stand the wrong way round are another mistake.
    #expect(try named(#""value": "card", "from": 1.9, "to": 1.2"#) == [])
  }

  // MARK: What is learned from and examined with

  private func splits(_ parts: (String, String, String)...) throws -> [String] {
    try said(
      parts.map {
        #"{"audio_filepath": "\#($0)", "duration": 1, "text": "yes", "split": "\#($1)", "speaker": "\#($2)"}"#
      }.joined(separator: "\n"), lines: true
    ).filter { $0.hasPrefix("speech-split-leak") }
  }

  @Test func aRecordingMayBeOftenOnOneSide() throws {
    #expect(try splits(("a.wav", "train", "spk1"), ("a.wav", "train", "spk2"), ("b.wav", "test", "spk1")) == [])
    #expect(try splits(("a.wav", "train", "spk1"), ("a.wav", "test", "spk2")) == ["speech-split-leak"])
  }

  /// Neither is learned from.
  @Test func whatIsTriedAndExaminedWithMayBeTheSame() throws {
    #expect(try splits(("a.wav", "dev", "anna"), ("a.wav", "test", "anna")) == [])
    #expect(try splits(("a.wav", "validation", "anna"), ("a.wav", "eval", "anna")) == [])
    #expect(
      try splits(("a.wav", "Train", "spk1"), ("a.wav", "Development", "spk1")) == ["speech-split-leak"])
  }

  @Test func sidesNobodyKnowsAreNoExamination() throws {
    #expect(try splits(("a.wav", "train", "anna"), ("a.wav", "calibration", "anna")) == [])
    #expect(try splits(("a.wav", "", "anna"), ("a.wav", "test", "anna")) == [])
    #expect(try splits(("a.wav", "train", "spk1"), ("a.wav", "valid", "spk1")) == ["speech-split-leak"])
  }

  /// Two files in two folders may have one name.
  @Test func recordingsInOtherFoldersAreOtherRecordings() throws {
    #expect(try splits(("x/a.wav", "train", "spk1"), ("y/a.wav", "test", "spk1")) == [])
    #expect(try splits(("x/a.wav", "train", "spk1"), ("x/a.wav", "test", "spk1")) == ["speech-split-leak"])
  }

  @Test(arguments: ["SPEAKER_00", "spk1", "A", "7", "speaker-2", "unknown", "None", "NA", ""])
  func namesOfNobodyTieNoSides(_ name: String) throws {
    #expect(try splits(("a.wav", "train", name), ("b.wav", "test", name)) == [])
    #expect(try splits(("a.wav", "train", "anna"), ("b.wav", "test", "anna")) == ["speech-split-leak speaker"])
  }

  /// In a table of one corpus they are people.
  @Test func numbersOfATableArePeopleButForThoseUnknown() throws {
    func table(_ speaker: String, _ side: String) -> String {
      #"{"a.wav": {"EmoClass": "N", "SpkrID": \#(speaker), "Split_Set": "Train"}, "b.wav": {"EmoClass": "N", "SpkrID": \#(speaker), "Split_Set": "\#(side)"}}"#
    }
    #expect(try said(table("12", "Train")) == [])
    #expect(try said(table(#""Unknown""#, "Test1")) == [])
    #expect(try said(table("-1", "Test1")) == [])
    #expect(try said(table("12", "Test1")) == ["speech-split-leak speaker"])
  }
}
