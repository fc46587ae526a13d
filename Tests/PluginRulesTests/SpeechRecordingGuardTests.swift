import Testing

/// Recordings beside their own files, marks in texts, votes and sentences in pieces: where a rule could be wrong.
@Suite struct SpeechRecordingGuardTests {
  /// Rule and message of each finding, in order of place; `media` is what the host knows of files.
  private func said(_ text: String, lines: Bool = false, media: [String: String] = [:]) throws -> [String] {
    let bench = try #require(Bench(Bench.speech, Array(text.utf8), lines: lines))
    bench.media = media
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  private func nemo(_ members: String, _ header: String) throws -> [String] {
    try said(#"{"audio_filepath": "a.wav", \#(members)}"#, lines: true, media: ["a.wav": header])
  }

  private func recording(_ members: String, _ header: String) throws -> [String] {
    try said(
      #"[{"id": "r", "sources": [{"type": "file", "channels": [0, 1], "source": "a.wav"}], \#(members)}]"#,
      media: ["a.wav": header])
  }

  // MARK: The file of a recording

  @Test func aFileSaysItsOwnRateLengthAndChannels() throws {
    let right = #""sampling_rate": 8000, "num_samples": 16000, "duration": 2"#
    #expect(try recording(right, "sound 8000 2 16000 16") == [])
    #expect(try recording(right, "sound 16000 2 32000 16") == ["recording-file-mismatch rate"])
    #expect(try recording(right, "sound 8000 2 12000 16") == ["recording-file-mismatch"])
    #expect(try recording(right, "sound 8000 1 16000 16") == ["recording-file-mismatch channel"])
  }

  @Test func aSampleAndAMillisecondOfAFileAreRounding() throws {
    let right = #""sampling_rate": 8000, "num_samples": 16000, "duration": 2"#
    #expect(try recording(right, "sound 8000 2 16008 16") == [])
    #expect(try recording(right, "sound 8000 2 16080 16") == ["recording-file-mismatch"])
  }

  /// A recording that is slowed down or resampled while it is loaded is not as long as its file.
  @Test func whatIsChangedOnLoadingIsNotItsFile() throws {
    let right = #""sampling_rate": 8000, "num_samples": 16000, "duration": 2, "transforms": "#
    #expect(try recording(right + #"[{"name": "Speed"}]"#, "sound 16000 1 90000 16") == [])
    #expect(try recording(right + "null", "sound 16000 2 32000 16") == ["recording-file-mismatch rate"])
  }

  @Test func aFileThatDoesNotSayHowLongItIsIsNoWitness() throws {
    let right = #""sampling_rate": 8000, "num_samples": 16000, "duration": 2"#
    #expect(try recording(right, "sound 8000 2 0 16") == [])
    #expect(try recording(right, "there") == [])
    #expect(try recording(right, "640 480 1") == [])
  }

  @Test func ofSeveralFilesNobodyKnowsWhichIsMeant() throws {
    let files =
      #"[{"type": "file", "channels": [0], "source": "a.wav"}, {"type": "file", "channels": [1], "source": "b.wav"}]"#
    #expect(
      try said(
        #"[{"id": "r", "sources": \#(files), "sampling_rate": 8000, "num_samples": 16000, "duration": 2}]"#,
        media: ["a.wav": "sound 16000 1 9 16", "b.wav": "sound 8000 1 16000 16"]) == [])
  }

  /// A part's own length is not its file's.
  @Test func aPartIsShorterThanItsFile() throws {
    #expect(try nemo(#""offset": 1, "duration": 2, "text": "yes""#, "sound 8000 1 80000 16") == [])
    #expect(
      try nemo(#""offset": 1, "duration": 2, "text": "yes""#, "sound 8000 1 16000 16") == [
        "speech-segment-beyond-recording"
      ])
    #expect(try nemo(#""offset": 1, "duration": 1.0009, "text": "yes""#, "sound 8000 1 16000 16") == [])
    #expect(try nemo(#""offset": 1, "duration": null, "text": "yes""#, "sound 8000 1 4000 16") == [])
  }

  @Test func aFileUnderNearlyItsNameIsTold() throws {
    #expect(try nemo(#""duration": 2, "text": "yes""#, "missing A.wav") == ["media-path-not-portable other"])
    // Files that were not brought along are not missed.
    #expect(try nemo(#""duration": 2, "text": "yes""#, "missing") == [])
  }

  @Test func aPartThatBeginsWithItsFileMayHaveARate() throws {
    #expect(try nemo(#""offset": 0, "duration": 2, "sampling_rate": 8000, "text": "yes""#, "there") == [])
    #expect(try nemo(#""duration": 2, "sampling_rate": 8000, "text": "yes""#, "there") == [])
    #expect(
      try nemo(#""offset": 1, "duration": 2, "sampling_rate": 8000, "text": "yes""#, "there") == [
        "speech-offset-with-sampling-rate"
      ])
  }

  // MARK: Fixes

  /// What the first fix of the only finding writes.
  private func written(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.speech, Array(text.utf8)))
    let found = bench.run()
    #expect(found.count == 1 && bench.complaints == [], "\(found)")
    return found.first?.fixes.first?.edits.map(\.value) ?? []
  }

  @Test func wordsEndWithTheirPart() throws {
    func words(_ word: String) -> String {
      #"{"language": "en", "segments": [{"start": 0, "end": 1, "text": "at", "words": [{"word": "at", \#(word)}]}]}"#
    }
    #expect(try written(words(#""start": 0.5, "end": 3"#)) == ["1"])
    #expect(try written(words(#""start": 0.5, "end": 0.2"#)) == ["0.2", "0.5"])
    // It belongs to another part.
    #expect(try written(words(#""start": 5, "end": 6"#)) == [])
  }

  @Test func aScriptOfOneLanguageSaysWhichItIs() throws {
    func said(_ text: String) -> String {
      #"[{"id": "u", "recording_id": "r", "start": 0, "duration": 9, "language": "en", "text": "\#(text)"}]"#
    }
    #expect(try written(said("สวัสดีค่ะวันนี้มีอะไรให้ช่วยไหมคะ")) == [#""th""#])
    #expect(try written(said("今日はとても天気がいいですね散歩に行きましょうか")) == [#""ja""#])
    // Many languages are written so.
    #expect(try written(said("сегодня хорошая погода пойдём гулять")) == [])
  }

  // MARK: Marks

  private func text(_ text: String) throws -> [String] {
    try said(#"[{"id": "u", "recording_id": "r", "start": 0, "duration": 9, "text": "\#(text)"}]"#)
  }

  @Test(arguments: [
    "[laughter] yes", "yes [inaudible 00:01:02] no", "3 < 4 and a <b", "a [0] and b[1", "x {COUGH} y",
    "so [laughter-what] now",
    "<laughter>well</laughter>", "<breath> <laughter>well</laughter>", "<|BGM|> hello <|Laughter|>", "&=laughs (.) xxx",
    "今日[笑い]は", "<unk> yes", "<strong>no</strong> [noise]", "i'm [breath] fine", "",
  ]) func marksThatAreRight(_ words: String) throws {
    #expect(try text(words).filter { $0.hasPrefix("para") } == [])
  }

  @Test(arguments: [
    ("well [laughter yes", "open"), ("wo[noise]rd", "inside"), ("well</laughter> yes", "end"), ("{cough yes", "open"),
    ("<a>well <b>yes</a></b>", "cross"),
  ]) func marksThatAreWrong(_ words: String, _ key: String) throws {
    #expect(try text(words).filter { $0.hasPrefix("para") } == ["paralinguistic-token-invalid \(key)"])
  }

  @Test func oneMarkInTwoBracketsIsMixed() throws {
    func said(_ texts: String...) throws -> [String] {
      let parts = texts.enumerated().map {
        #"{"id": "u\#($0)", "recording_id": "r", "start": \#($0 * 9), "duration": 9, "text": "\#($1)"}"#
      }
      return try self.said("[\(parts.joined(separator: ", "))]").filter { $0.hasPrefix("para") }
    }
    #expect(try said("[noise] a", "[noise] b", "<noise> c") == ["paralinguistic-token-invalid mixed"])
    // Different things may have different brackets.
    #expect(try said("[noise] a", "[noise] b", "<laugh> c") == [])
  }

  // MARK: Votes

  private func votes(_ label: String, _ votes: String) throws -> [String] {
    let turn =
      #"{"id": "t", "source": "m", "kind": "transcript", "text": "yes", "emotion": {"label": "\#(label)", "votes": \#(votes)}}"#
    return try said(
      #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "s", "sources": [{"id": "m", "modality": "audio"}], "annotations": [\#(turn)]}]}"#
    )
  }

  @Test func whereVotesAreTiedEachIsRight() throws {
    #expect(try votes("fear", #"{"fear": 2, "anger": 2}"#) == [])
    #expect(try votes("sadness", #"{"fear": 2, "anger": 2}"#) == [])
    #expect(try votes("xxx", #"{"fear": 2, "anger": 2}"#) == [])
  }

  /// IEMOCAP asks for more than half, MSP-Podcast for most.
  @Test func mostVotesAreNotAlwaysAgreement() throws {
    #expect(try votes("xxx", #"{"fear": 2, "anger": 1, "sadness": 1}"#) == [])
    #expect(try votes("no_agreement", #"{"fear": 3, "anger": 1}"#) == ["emotion-majority-not-derivable none"])
  }

  @Test func votesThatCantBeCountedSayNothing() throws {
    #expect(try votes("fear", #"{"anger": 1}"#) == [])
    #expect(try votes("fear", #"{"anger": 0}"#) == [])
    #expect(try votes("fear", #"{"anger": 1.5, "fear": 0}"#) == [])
    #expect(try votes("fear", "{}") == [])
  }

  // MARK: Sentences in pieces

  private func pieces(_ pieces: String...) throws -> [String] {
    try said(
      #"{"find": [{"data": [\#(pieces.map { #"{"text": "\#($0)"}"# }.joined(separator: ", "))]}]}"#)
  }

  @Test func piecesMeetAtSpacesSignsAndInScriptsWithoutSpaces() throws {
    #expect(try pieces("play ", "jazz", " now") == [])
    #expect(try pieces("what is ", "anna", "'s name") == [])
    #expect(try pieces("今日の", "天気", "は") == [])
    #expect(try pieces("", "jazz", "") == [])
    #expect(try pieces("play ", "jazz", "now") == ["entity-span-mismatch glued"])
  }

  // MARK: Quality

  @Test func scoresHaveTheirScale() throws {
    func source(_ members: String) throws -> [String] {
      try said(
        #"{"concord": "1.0", "domain": "speech", "samples": [{"id": "s", "sources": [{"id": "m", "modality": "audio", \#(members)}], "annotations": []}]}"#
      )
    }
    #expect(try source(#""mos": 1, "snr": -20"#) == [])
    #expect(try source(#""mos": 5, "snr": 80"#) == [])
    #expect(try source(#""mos": 5.1"#) == ["audio-quality-implausible score"])
    // Noise where noise is.
    #expect(try source(#""environment": "street", "snr": -3"#) == [])
  }
}
