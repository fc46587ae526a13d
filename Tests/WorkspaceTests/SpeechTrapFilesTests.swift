import Findings
import TestSupport
import Testing
import Workspace

/// What looks like a mistake between files of speech and is none; beside it, the same with the mistake.
@Suite struct SpeechTrapFilesTests {
  // MARK: Recordings that are not there

  private static let recordings =
    #"[{"id": "call", "sources": [], "sampling_rate": 8000, "num_samples": 80000, "duration": 10}]"#

  private static let turns = "SPEAKER call 1 0 2 <NA> <NA> anna <NA>\n"

  private func said(in recording: String) -> String {
    #"[{"id": "u", "recording_id": "\#(recording)", "start": 0, "duration": 1, "text": "yes"}]"#
  }

  private func lost(_ files: [String: String]) async throws -> [String] {
    try await Shop.found("speech/recording-reference-unresolved", files)
  }

  @Test func withoutAListOfRecordingsNoneIsMissing() async throws {
    #expect(try await lost(["said.json": said(in: "call-9"), "call.rttm": Self.turns]) == [])
    #expect(
      try await lost(["said.json": said(in: "call-9"), "call.rttm": Self.turns, "recordings.json": Self.recordings])
        == [
          "said.json /0/recording_id"
        ])
  }

  @Test func eachFileOfAListMayNameARecording() async throws {
    let more = Self.recordings.replacing("call", with: "call-9")
    #expect(
      try await lost(["said.json": said(in: "call-9"), "recordings.json": Self.recordings, "more.json": more]) == [])
    #expect(
      try await lost(["said.json": said(in: "Call"), "recordings.json": Self.recordings, "more.json": more]) == [
        "said.json /0/recording_id"
      ])
  }

  /// A cut brings its own recording along, which others may speak of.
  @Test func aCutMayBringItsRecording() async throws {
    let cuts =
      #"[{"id": "c", "type": "MonoCut", "start": 0, "duration": 2, "supervisions": [], "recording": {"id": "own", "sampling_rate": 8000, "num_samples": 16000, "duration": 2}}]"#
    let files = ["cuts.json": cuts, "recordings.json": Self.recordings]
    #expect(try await lost(files.merging(["said.json": said(in: "own")]) { $1 }) == [])
    #expect(
      try await lost(files.merging(["said.json": said(in: "owm")]) { $1 }) == ["said.json /0/recording_id"])
  }

  /// A path is no name: it is looked for among files, not in a list.
  @Test func aPathNeedNotStandInAList() async throws {
    let line = #"{"audio_filepath": "wavs/new.wav", "duration": 1, "text": "yes"}"# + "\n"
    #expect(try await lost(["manifest.json": line, "recordings.json": Self.recordings]) == [])
    #expect(
      try await lost(["manifest.json": line, "recordings.json": Self.recordings, "said.json": said(in: "new")]) == [
        "said.json /0/recording_id"
      ])
  }

  @Test func partsOfTwoFilesMayHaveOneName() async throws {
    let files = ["one.json": said(in: "call"), "two.json": said(in: "other")]
    #expect(try await Shop.found("speech/utterance-id-repeated", files) == [])
    let part = said(in: "call")
    let twice = "\(part.dropLast()), \(part.dropFirst())"
    #expect(try await Shop.found("speech/utterance-id-repeated", ["one.json": twice]) == ["one.json /1/id"])
  }

  // MARK: Meanings and things that were agreed on

  private static let lists = [
    "intents.csv": "id,prefLabel\norder-late,The order is late\n", "slots.csv": "id,prefLabel\nthing,A thing\n",
  ]

  private func unknown(_ intent: String, _ slot: String, lists: Bool) async throws -> Int {
    let example =
      #"{"rasa_nlu_data": {"common_examples": [{"text": "a word", "intent": "\#(intent)", "entities": [{"start": 2, "end": 6, "value": "word", "entity": "\#(slot)"}]}]}}"#
    let named = #"{"vocabularies": {"intents": "intents.csv", "slots": "slots.csv"}}"#
    return try await Shop.found(
      "term/unknown", ["requests.json": example].merging(Self.lists) { $1 }, configuration: lists ? named : "{}"
    ).count
  }

  @Test func withoutAListEveryMeaningIsKnown() async throws {
    #expect(try await unknown("oder-late", "thingy", lists: false) == 0)
    #expect(try await unknown("oder-late", "thingy", lists: true) == 2)
    #expect(try await unknown("order-late", "thing", lists: true) == 0)
  }

  // MARK: What is heard and what is meant

  @Test func whatIsMeantNeedNotBeHeard() async throws {
    let turn =
      #"{"id": "t", "source": "mic", "kind": "transcript", "text": "My card broke.", "slots": [{"entity": "thing", "value": "debit"}]}"#
    let file =
      #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "s", "sources": [{"id": "mic", "modality": "audio"}], "annotations": [\#(turn)]}]}"#
    func found(_ policy: String) async throws -> [String] {
      try await Shop.found(
        "speech/entity-not-in-transcript", ["calls.json": file],
        configuration: #"{"plugins": {"speech": {"settings": {\#(policy)}}}}"#)
    }
    #expect(try await found(#""namedThings": "meant""#) == [])
    for policy in ["", #""namedThings": "said""#] {
      #expect(try await found(policy) == ["calls.json /samples/0/annotations/0/slots/0/value"])
    }
  }

  // MARK: What is learned from and examined with

  private func leaks(_ test: String, splits: Bool = true) async throws -> [String] {
    let train = #"{"audio_filepath": "a.wav", "duration": 1, "text": "yes", "speaker": "anna"}"# + "\n"
    return try await Shop.found(
      "speech/speech-split-leak", ["train.json": train, "test.json": test + "\n"],
      configuration: splits ? #"{"splits": {"train": "train.json", "test": "test.json"}}"# : "{}")
  }

  @Test func filesThatNobodyPutOnASideMayShareRecordings() async throws {
    let same = #"{"audio_filepath": "a.wav", "duration": 1, "text": "yes"}"#
    #expect(try await leaks(same, splits: false) == [])
    #expect(try await leaks(same) == ["train.json /0/audio_filepath"])
  }

  /// What a part says of itself goes before what is said of its file.
  @Test func aPartMaySayItsOwnSide() async throws {
    let same = #"{"audio_filepath": "a.wav", "duration": 1, "text": "yes", "split": "%"}"#
    #expect(try await leaks(same.replacing("%", with: "train")) == [])
    #expect(try await leaks(same.replacing("%", with: "test")) == ["train.json /0/audio_filepath"])
  }

  @Test func anotherVoiceInAnotherRecordingIsNoLeak() async throws {
    #expect(try await leaks(#"{"audio_filepath": "b.wav", "duration": 1, "text": "yes", "speaker": "bob"}"#) == [])
    #expect(
      try await leaks(#"{"audio_filepath": "b.wav", "duration": 1, "text": "yes", "speaker": "anna"}"#) == [
        "train.json /0/speaker"
      ])
  }
}

extension Shop {
  /// File and place of each finding of one rule in files of one dataset, by file and place.
  static func found(
    _ rule: String, _ files: [String: String], configuration: String = "{}"
  ) async throws -> [String] {
    let shop = try await Shop(files, configuration: configuration, library: try Installation.library.get())
    let names = files.keys.filter { !$0.hasSuffix(".csv") }.sorted()
    let report = await shop.check(names)
    try #require(report.files.count == names.count)
    return zip(names, report.files).flatMap { name, file in
      file.findings.filter { $0.rule == rule }.map { "\(name) \($0.pointer)" }
    }
  }
}
