import Testing

/// Cases in which a rule of speech could be wrong, and must be silent.
@Suite struct SpeechGuardTests {
  /// Rule and message of each finding, in order of place.
  private func said(_ text: String, lines: Bool = false) throws -> [String] {
    let bench = try #require(Bench(Bench.speech, Array(text.utf8), lines: lines))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  private func parts(_ parts: String...) -> String {
    let entries = parts.enumerated().map { #"{"id": "u\#($0)", "recording_id": "r", \#($1)}"# }
    return "[\(entries.joined(separator: ", "))]"
  }

  private func part(_ speaker: String, _ start: Double, _ length: Double, _ more: String = "") -> String {
    #""start": \#(start), "duration": \#(length), "speaker": "\#(speaker)"\#(more)"#
  }

  // MARK: Times

  /// NeMo leaves a length open where the whole file is meant.
  @Test func aLengthThatIsLeftOpenIsFine() throws {
    let line = #"{"audio_filepath": "a.wav", "offset": 0, "duration": null, "label": "infer", "text": "-"}"#
    #expect(try said(line, lines: true) == [])
  }

  /// What is said in a cut may begin before the cut.
  @Test func timesWithinACutMayBeNegative() throws {
    let inner = #"{"id": "u", "recording_id": "r", "start": -0.5, "duration": 2}"#
    #expect(
      try said(#"[{"id": "c", "type": "MonoCut", "start": 1, "duration": 2, "supervisions": [\#(inner)]}]"#) == [])
  }

  @Test func millisecondsBeyondTheRecordingAreRounding() throws {
    func cut(_ end: Double) -> String {
      #"[{"id": "c", "type": "MonoCut", "start": 0, "duration": \#(end), "supervisions": [], "recording": {"id": "r", "sampling_rate": 8000, "num_samples": 16000, "duration": 2}}]"#
    }
    #expect(try said(cut(2)) == [])
    #expect(try said(cut(2.0009)) == [])
    #expect(try said(cut(2.01)) == ["speech-segment-beyond-recording"])
  }

  @Test func oneSampleMoreOrLessIsRounding() throws {
    func recording(_ seconds: Double) -> String {
      #"[{"id": "r", "sources": [], "sampling_rate": 8000, "num_samples": 8000, "duration": \#(seconds)}]"#
    }
    #expect(try said(recording(1.001)) == [])
    #expect(try said(recording(1.01)) == ["speech-duration-samples-mismatch"])
  }

  // MARK: Speakers

  @Test func differentSpeakersTalkAtOnce() throws {
    #expect(try said(parts(part("anna", 0, 2), part("bob", 1, 2))) == [])
    #expect(try said(parts(part("anna", 0, 2), part("anna", 1, 2))) == ["speech-same-speaker-overlap"])
  }

  @Test func anotherChannelOrRecordingIsAnotherVoice() throws {
    #expect(
      try said(parts(part("anna", 0, 2, #", "channel": 0"#), part("anna", 1, 2, #", "channel": 1"#))) == [])
    #expect(
      try said(
        #"[{"id": "a", "recording_id": "r", \#(part("anna", 0, 2))}, {"id": "b", "recording_id": "q", \#(part("anna", 1, 2))}]"#
      ) == [])
  }

  @Test func aFrameOfOverlapIsRounding() throws {
    #expect(try said(parts(part("anna", 0, 2), part("anna", 1.98, 2))) == [])
  }

  /// A face that is seen all the while is no speech.
  @Test func whatIsSeenOfASpeakerIsNoSpeech() throws {
    let labels =
      #"{"id": "a", "source": "v", "entity": "p", "kind": "segment", "segment": [0, 9]}, {"id": "b", "source": "v", "entity": "p", "kind": "transcript", "segment": [1, 3], "text": "Yes, I do."}"#
    #expect(
      try said(
        #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "s", "sources": [{"id": "v", "modality": "video", "duration": 9}], "entities": [{"id": "p"}], "annotations": [\#(labels)]}]}"#
      ) == [])
  }

  @Test(arguments: ["SPEAKER_00", "spk1", "A", "3", "speaker-2"]) func namesGivenOutAnewAreNobody(_ name: String) throws
  {
    #expect(
      try said(parts(part(name, 0, 1, #", "gender": "F""#), part(name, 1, 1, #", "gender": "M""#))) == [])
  }

  // MARK: Words

  /// Figures and signs have no sound that programs know.
  @Test func figuresWithoutTimesAreFine() throws {
    func whisper(_ word: String) -> String {
      #"{"language": "en", "segments": [{"start": 0, "end": 2, "text": "at \#(word) sharp", "words": [{"word": "at", "start": 0.1, "end": 0.3}, {"word": "\#(word)"}, {"word": "sharp", "start": 0.9, "end": 1.2}]}]}"#
    }
    #expect(try said(whisper("7")) == [])
    #expect(try said(whisper("$7.50")) == [])
    #expect(try said(whisper("seven")) == ["speech-word-timing none"])
  }

  /// Where no word has a time, nobody left one out.
  @Test func wordsMayHaveNoTimesAtAll() throws {
    let words = #"[{"word": "at"}, {"word": "seven"}]"#
    #expect(
      try said(#"{"language": "en", "segments": [{"start": 0, "end": 2, "text": "at seven", "words": \#(words)}]}"#)
        == [])
  }

  @Test func signsMarksAndFormsOfAccentsDontPartTextAndWords() throws {
    func aligned(_ text: String, _ words: String) -> String {
      parts(#""start": 0, "duration": 2, "text": "\#(text)", "alignment": {"word": [\#(words)]}"#)
    }
    #expect(try said(aligned("Ca\u{301}, [laughter] ạ!", #"["cá", 0, 0.5], ["ạ", 1, 0.5]"#)) == [])
    #expect(try said(aligned("Yes [noise] sir", #"["YES", 0, 0.5], ["[noise]", 0.5, 0.4], ["sir", 1, 0.5]"#)) == [])
    #expect(try said(aligned("今日は", #"["今日", 0, 0.5], ["は", 1, 0.5]"#)) == [])
  }

  // MARK: Pace and languages

  /// A meeting's fastest: two syllables in a seventh of a second.
  @Test func shortAnswersHaveNoPace() throws {
    #expect(try said(parts(part("anna", 0, 0.14, #", "text": "MM MM", "language": "en""#))) == [])
    #expect(try said(parts(part("anna", 0, 20, #", "text": "no", "language": "en""#))) == [])
  }

  /// Figures are spoken longer than they are written.
  @Test func figuresHaveNoPace() throws {
    #expect(try said(parts(part("anna", 0, 20, #", "text": "it is 1 2 3 4", "language": "en""#))) == [])
  }

  @Test func languagesNobodyMeasuredHaveNoPace() throws {
    #expect(try said(parts(part("anna", 0, 1, #", "text": "a b c d e f g h i j k l", "language": "xho""#))) == [])
  }

  @Test(arguments: [
    "vi", "en-GB", "zh-Hant-TW", "yue", "fil", "und", "mul", "zxx", "x-ours", "sr-Latn", "EN-us", "se", "kr",
    "i-klingon",
  ]) func tagsThatAreRight(_ tag: String) throws {
    #expect(try said(parts(#""start": 0, "duration": 1, "language": "\#(tag)""#)) == [])
  }

  @Test func wordsOfAnotherLanguageWithinATextAreFine() throws {
    #expect(
      try said(
        parts(#""start": 0, "duration": 9, "language": "ja", "text": "今日はConcordのmeetingに行きます、よろしくお願いします""#)) == [])
    // Said in Latin letters on purpose.
    #expect(
      try said(parts(#""start": 0, "duration": 9, "language": "ru-Latn", "text": "segodnja horoschaja pogoda""#)) == [])
  }

  // MARK: Texts

  @Test func filesWithoutTextsWaitForThem() throws {
    #expect(try said(parts(part("anna", 0, 1), part("bob", 1, 1), part("anna", 2, 1, #", "text": "yes""#))) == [])
  }

  // MARK: Names in sentences

  /// A value is what is meant, not what is said: only words that stand elsewhere in the sentence speak against a mark.
  @Test func valuesMayDifferFromWhatIsMarked() throws {
    func example(_ value: String, more: String = "") -> String {
      #"{"rasa_nlu_data": {"common_examples": [{"text": "show me chines restaurants", "entities": [{"start": 8, "end": 14, "value": \#(value), "entity": "cuisine"}]}]\#(more)}}"#
    }
    #expect(try said(example(#""chinese""#)) == [])
    #expect(try said(example("7")) == [])
    #expect(try said(example(#""restaurants""#)) == ["entity-span-mismatch value"])
    let synonyms = #", "entity_synonyms": [{"value": "restaurants", "synonyms": ["chines"]}]"#
    #expect(try said(example(#""restaurants""#, more: synonyms)) == [])
  }

  @Test func scriptsWithoutSpacesHaveNoWordsToCut() throws {
    #expect(
      try said(
        #"{"rasa_nlu_data": {"common_examples": [{"text": "今日の天気は", "entities": [{"start": 3, "end": 5, "value": "天気", "entity": "topic"}]}]}}"#
      ) == [])
  }

  // MARK: Feelings

  @Test func setsNobodyKnowsAndNoAgreementAreFine() throws {
    #expect(try said(#"{"a.wav": {"EmoClass": "X", "EmoVal": 1.5, "EmoAct": 6.8}}"#) == [])
  }

  @Test func quietAngerIsAnger() throws {
    #expect(try said(#"{"a.wav": {"EmoClass": "A", "EmoVal": 2, "EmoAct": 1.5}}"#) == [])
  }

  // MARK: Rates

  @Test func oneRateIsNoMixture() throws {
    let recording = #"{"id": "%", "sources": [], "sampling_rate": 8000, "num_samples": 8000, "duration": 1}"#
    let many = (0..<3).map { recording.replacing("%", with: "r\($0)") }.joined(separator: ", ")
    #expect(try said("[\(many)]") == [])
  }
}
