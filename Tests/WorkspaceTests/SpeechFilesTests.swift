import Manifest
import TestSupport
import Testing
import Workspace

/// Files of speech beside each other: what they are taken for, and what a change in one means in the others.
@Suite struct SpeechFilesTests {
  private static let turns = """
    ;; who speaks when
    SPEAKER call 1 0.00 2.00 <NA> <NA> anna <NA> <NA>
    SPEAKER call 1 2.00 1.50 <NA> <NA> bob <NA> <NA>
    SPEAKER call 1 3.60 0.30 <NA> <NA> bob <NA> <NA>

    """
  private static let words = "call 1 0.10 0.30 yes NA lex anna\ncall 1 2.10 0.30 no NA lex bob\n"
  private static let manifest =
    #"{"audio_filepath": "call.wav", "duration": 2, "text": "yes", "speaker": "anna"}"# + "\n"
    + #"{"audio_filepath": "call.wav", "offset": 2, "duration": 1.5, "text": "no", "speaker": "bob"}"# + "\n"

  private func shop(_ files: [String: String]) async throws -> Shop {
    try await Shop(files, configuration: "{}", library: try Installation.library.get())
  }

  @Test func aSpeakerGetsAnotherNameInAllFiles() async throws {
    let shop = try await shop(["call.rttm": Self.turns, "call.ctm": Self.words, "manifest.json": Self.manifest])
    try await shop.open("call.rttm")
    await shop.workspace.settle("call.rttm")
    let snapshot = try #require(await shop.workspace.snapshot("call.rttm"))
    #expect(snapshot.dialect?.id == "speech/rttm")
    let offset = try #require(Array(Self.turns.utf8).firstOffset(of: "bob")) + 1
    let renaming = try await snapshot.rename(at: offset, to: "bao", in: shop.workspace)
    #expect(renaming.placeCount == 4)
    var texts: [String: String] = [:]
    for file in renaming.files {
      let name = try #require(["call.rttm", "call.ctm", "manifest.json"].first { file.uri.hasSuffix($0) })
      var text = try await shop.text(name)
      for edit in file.edits.reversed() { text.replaceSubrange(edit.range, with: edit.replacement) }
      texts[name] = String(decoding: text, as: UTF8.self)
    }
    #expect(texts["call.rttm"] == Self.turns.replacing("bob", with: "bao"))
    #expect(texts["call.ctm"] == Self.words.replacing("bob", with: "bao"))
    #expect(texts["manifest.json"] == Self.manifest.replacing("bob", with: "bao"))
    // No word holds a space.
    await #expect(throws: (any Error).self) {
      _ = try await snapshot.rename(at: offset, to: "b ao", in: shop.workspace)
    }
  }

  /// Such a name means somebody else in every recording.
  @Test(arguments: ["SPEAKER_00", "spk1", "A"]) func namesGivenOutAnewAreNotRenamed(_ name: String) async throws {
    let shop = try await shop(["call.rttm": Self.turns.replacing("bob", with: name)])
    try await shop.open("call.rttm")
    await shop.workspace.settle("call.rttm")
    let snapshot = try #require(await shop.workspace.snapshot("call.rttm"))
    let offset = try #require(Array(try await shop.text("call.rttm")).firstOffset(of: name))
    await #expect(throws: (any Error).self) { _ = try await snapshot.rename(at: offset, to: "bao", in: shop.workspace) }
  }

  @Test func aPartMovedBeyondItsRecordingShowsAtOnce() async throws {
    let recordings = #"[{"id": "call", "sources": [], "sampling_rate": 8000, "num_samples": 32000, "duration": 4}]"#
    let shop = try await shop(["call.rttm": Self.turns, "recordings.json": recordings])
    try await shop.open("call.rttm")
    #expect(try await shop.shown("call.rttm").map(\.rule) == [])
    try await shop.replace("3.60 0.30", with: "3.60 9.30", in: "call.rttm")
    #expect(try await shop.shown("call.rttm").map(\.rule) == ["speech/speech-segment-beyond-recording"])
    try await shop.replace("3.60 9.30", with: "3.60 0.30", in: "call.rttm")
    #expect(try await shop.shown("call.rttm").map(\.rule) == [])
  }

  /// A file with pictures that are not here says nothing of what was looked at in a file of recordings.
  @Test func whatIsNotHereIsSaidOfTheRulesThatNeedIt() async throws {
    let pictures =
      #"{"info": {}, "images": [{"id": 1, "file_name": "far/cup.png", "width": 640, "height": 480}], "annotations": [], "categories": []}"#
    let shop = try await shop(["labels.json": pictures, "manifest.json": Self.manifest])
    let skipped = await shop.check(["labels.json", "manifest.json"]).rules.filter { $0.skipped != nil }.map(\.id)
    #expect(skipped.contains("vision/media-size-disagrees"))
    #expect(skipped.filter { $0.hasPrefix("speech/") } == [])
  }

  /// NeMo calls its lines `.json`.
  @Test(
    arguments: [
      (manifest, "speech/nemo"), (#"{"audio_filepath": "a.wav", "duration": 1, "text": "yes"}"#, "speech/nemo"),
      ("\n" + manifest, "speech/nemo"), (#"{"audio_filepath": "a.wav""# + "\n" + #", "duration": 1}"#, nil),
      (#"[{"audio_filepath": "a.wav", "duration": 1}]"#, nil), (#"{"name": "a", "duration": 1}"# + "\n", nil),
      (#"{"messages": [{"role": "user", "content": "Hi"}]}"#, nil), ("", nil), ("{}", nil),
    ] as [(String, String?)]) func linesMayBeCalledJSON(_ text: String, _ dialect: String?) async throws
  {
    let desk = try await Desk(text, path: "/manifest.json")
    #expect(try await desk.snapshot.dialect?.id == dialect)
  }

  @Test(
    arguments: [
      (#"[{"id": 1, "image_id": 2, "start": 0, "duration": 1}]"#, nil),
      (#"{"segments": [{"start": 0, "end": 1, "label": "walk"}]}"#, nil),
      (#"[{"id": "a", "type": "box", "start": 0}]"#, nil),
      (#"{"rasa_nlu_data": {"common_examples": []}}"#, "speech/rasa"),
    ] as [(String, String?)]) func othersFilesAreLeftAlone(_ text: String, _ dialect: String?) async throws
  {
    let desk = try await Desk(text, path: "/file.json")
    #expect(try await desk.snapshot.dialect?.id == dialect)
  }
}
