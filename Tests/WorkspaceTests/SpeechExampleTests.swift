import Findings
import Testing
import Workspace

/// Calls with who speaks when, the words, the languages and the feelings; beside them, every rule's mistake once.
@Suite struct SpeechExampleTests {
  private static let folder = Installation.repository + "/Examples/speech/"

  /// Rule and place of each finding, by file.
  private func found(_ names: [String]) async throws -> [String: [String]] {
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let items = names.map { CheckItem(path: Self.folder + $0, content: nil, isNamed: true) }
    let report = await checks.report(items, asOf: "2026-11-22")
    try #require(report.files.count == names.count)
    #expect(report.notRun == [])
    let found = report.files.map { file in file.findings.map { "\($0.rule) \($0.pointer)" } }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  @Test func theCallsAreClean() async throws {
    let found = try await found([
      "recordings.json", "supervisions.json", "languages.json", "manifest.json", "call-7.rttm", "call-7.ctm",
      "call-7.stm",
      "call-7.whisper.json", "conversation.json", "requests.json",
    ])
    #expect(found.filter { !$0.value.isEmpty } == [:])
  }

  @Test func plantedMistakesAreFound() async throws {
    let found = try await found(Self.planted.keys.map { "mistakes/" + $0 })
    for (name, rules) in Self.planted {
      #expect(found["mistakes/" + name]?.sorted() == rules.map { "speech/" + $0 }.sorted(), "\(name)")
    }
  }

  @Test func everyRuleIsPlanted() throws {
    let rules = try Installation.library.get().allRules.map(\.id).filter { $0.hasPrefix("speech/") }
    let planted = Self.planted.values.flatMap(\.self).compactMap {
      $0.split(separator: " ").first.map { "speech/" + $0 }
    }
    #expect(Set(rules) == Set(planted))
  }

  private static let planted = [
    "conversation.json": [
      "audio-quality-implausible /samples/0/sources/0/snr",
      "speaker-reference-unresolved /samples/0/annotations/0/entity",
      "emotion-majority-not-derivable /samples/0/annotations/1/emotion/label",
      "entity-not-in-transcript /samples/0/annotations/1/slots/0/value",
    ],
    "feelings.json": [
      "emotion-category-dimension-conflict /a.wav/EmoVal",
      "emotion-label-unknown /b.wav/EmoClass",
      "emotion-scale-out-of-range /c.wav/EmoAct",
    ],
    "intents.json": [
      "entity-span-mismatch /rasa_nlu_data/common_examples/0/entities/0/start"
    ],
    "manifest.json": [
      "diarization-speaker-count /0/num_speakers",
      "recording-key-collision /1/audio_filepath",
      "media-path-not-portable /2/audio_filepath",
      "recording-file-mismatch /3/sampling_rate",
      "speech-offset-with-sampling-rate /3/sampling_rate",
    ],
    "marks.json": [
      "paralinguistic-token-invalid /0/text",
      "transcript-policy-violation /1/text",
      "id-pattern-inconsistent /2/id",
    ],
    "requests.json": [
      "intent-examples-too-few /rasa_nlu_data/common_examples/20/intent"
    ],
    "train.json": [
      "speech-split-leak /0/audio_filepath"
    ],
    "test.json": [],
    "recordings.json": [
      "speech-duration-samples-mismatch /1/duration",
      "recording-id-repeated /2/id",
      "sample-rate-mixed /3/sampling_rate",
    ],
    "shop-1.ctm": [
      "speaker-reference-unresolved /1/speaker"
    ],
    "shop-1.rttm": [
      "rttm-malformed-line /2"
    ],
    "shop-4.rttm": [
      "rttm-end-as-duration /1/duration"
    ],
    "supervisions.json": [
      "speech-duration-nonpositive /1/duration",
      "speech-segment-beyond-recording /2/duration",
      "recording-reference-unresolved /3/recording_id",
      "speech-same-speaker-overlap /4/start",
      "speech-rate-outlier /5/text",
      "language-tag-invalid /6/language",
      "language-script-mismatch /7/text",
      "speech-text-missing /8/text",
      "speech-word-timing /9/alignment/word/1/1",
      "speech-alignment-text-mismatch /10/alignment/word/1/0",
      "speaker-identity-conflict /11/gender",
      "utterance-id-repeated /12/id",
    ],
  ]
}
