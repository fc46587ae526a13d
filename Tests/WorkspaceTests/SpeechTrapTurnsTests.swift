import Findings
import TestSupport
import Testing
import Workspace

/// What looks like a mistake in who speaks when and is none; beside it, the same with the mistake.
@Suite struct SpeechTrapTurnsTests {
  /// Who speaks: from, how long, name.
  private func turns(_ turns: (String, String, String)...) -> String {
    turns.map { "SPEAKER call 1 \($0) \($1) <NA> <NA> \($2) <NA>\n" }.joined()
  }

  // MARK: Lines of an RTTM file

  private func malformed(_ lines: String...) async throws -> [String] {
    try await Shop.found("speech/rttm-malformed-line", ["call.rttm": lines.joined(separator: "\n") + "\n"])
  }

  @Test func aLineMayHaveNineWordsOrTen() async throws {
    let nine = "SPEAKER call 1 0 2 <NA> <NA> anna <NA>"
    #expect(try await malformed(nine, nine + " <NA>") == [])
    #expect(try await malformed(nine, "SPEAKER call 1 0 2 anna") == ["call.rttm /1"])
  }

  @Test func notesAndEmptyLinesAreNoLinesOfSpeech() async throws {
    let turn = "SPEAKER call 1 0 2 <NA> <NA> anna <NA>"
    #expect(try await malformed(";; who speaks when", "", turn, "   ", ";; that was all") == [])
    #expect(try await malformed(";; who speaks when", "", turn, "that was all").count == 1)
  }

  /// NIST's form has other lines than those of who speaks, with other words in them.
  @Test func otherKindsOfLinesHaveTheirOwnWords() async throws {
    #expect(
      try await malformed(
        "SPKR-INFO call 1 <NA> <NA> <NA> unknown anna <NA>", "NON-SPEECH call 1 1 2 <NA> noise <NA>",
        "LEXEME call 1 1 2 yes lex anna <NA> <NA>") == [])
    #expect(try await malformed("NOISE call 1 1 2 <NA> noise <NA>") == ["call.rttm /0/type"])
  }

  @Test func timesMayBeWrittenInAnyWayNumbersAre() async throws {
    #expect(try await malformed("SPEAKER call 1 1e1 .5 <NA> <NA> anna <NA>") == [])
    #expect(try await malformed("SPEAKER call 1 0,5 .5 <NA> <NA> anna <NA>") == ["call.rttm /0/onset"])
  }

  /// Only where channel and times stand a word later has the name a space.
  @Test func aChannelMayBeALetterAndANameANumber() async throws {
    #expect(
      try await malformed(
        "SPEAKER call A 0 2 <NA> <NA> anna <NA> <NA>", "SPEAKER 2024 1 0 2 <NA> <NA> anna <NA> <NA>",
        "SPEAKER call <NA> 0 2 <NA> <NA> anna <NA> <NA>") == [])
    // Of nine words and of ten.
    #expect(try await malformed("SPEAKER my call 1 0 2 <NA> <NA> anna <NA>") == ["call.rttm /0/file"])
    #expect(try await malformed("SPEAKER my call 1 0 2 <NA> <NA> anna <NA> <NA>") == ["call.rttm /0/file"])
  }

  /// Programs put lines in order themselves.
  @Test func linesNeedNotBeInOrder() async throws {
    let lines = turns(("4", "2", "anna"), ("0", "2", "bob"), ("2", "1", "anna"))
    for rule in ["speech/rttm-malformed-line", "speech/speech-duration-nonpositive"] {
      #expect(try await Shop.found(rule, ["call.rttm": lines]) == [])
    }
    #expect(
      try await Shop.found(
        "speech/speech-duration-nonpositive",
        ["call.rttm": turns(("4", "0", "anna"), ("-1", "2", "bob"), ("2", "1", "anna"))]) == [
          "call.rttm /0/duration", "call.rttm /1/onset",
        ])
  }

  // MARK: Ends where lengths belong

  private func ends(_ files: [String: String]) async throws -> [String] {
    try await Shop.found("speech/rttm-end-as-duration", files)
  }

  private var fiveEnds: String {
    turns(("1", "2", "anna"), ("3", "4", "anna"), ("5", "8", "anna"), ("9", "12", "anna"), ("13", "15", "anna"))
  }

  @Test func aLengthThatIsMoreThanAStartIsALength() async throws {
    // Everybody speaks for longer than they waited, and nobody over themselves.
    #expect(
      try await ends([
        "call.rttm": turns(
          ("0", "2", "anna"), ("3", "4", "anna"), ("8", "9", "anna"), ("18", "19", "anna"), ("38", "40", "anna"))
      ]) == [])
    #expect(try await ends(["call.rttm": fiveEnds]) == ["call.rttm /1/duration"])
  }

  @Test func oneLengthLessThanItsStartSpeaksForAll() async throws {
    #expect(try await ends(["call.rttm": fiveEnds + turns(("16", "2", "anna"))]) == [])
    #expect(try await ends(["call.rttm": fiveEnds + turns(("16", "18", "anna"))]).count == 1)
  }

  @Test func fourLinesAreTooFewToTell() async throws {
    let four = fiveEnds.split(separator: "\n").prefix(4).joined(separator: "\n") + "\n"
    #expect(try await ends(["call.rttm": four]) == [])
    // Nor do lines of two files make five.
    #expect(try await ends(["call.rttm": four, "other.rttm": four.replacing("call", with: "other")]) == [])
    #expect(try await ends(["call.rttm": fiveEnds, "other.rttm": four.replacing("call", with: "other")]).count == 1)
  }

  /// In a meeting all may talk at once.
  @Test func differentSpeakersAtOnceAreNoSign() async throws {
    let many = turns(
      ("1", "2", "anna"), ("2", "4", "bob"), ("3", "8", "carl"), ("4", "12", "dora"), ("5", "15", "emil"),
      ("6", "17", "fay"))
    #expect(try await ends(["call.rttm": many]) == [])
    let one = turns(
      ("1", "2", "anna"), ("2", "3", "anna"), ("3", "4", "anna"), ("4", "5", "anna"), ("5", "6", "anna"),
      ("6", "17", "anna"))
    #expect(try await ends(["call.rttm": one]) == ["call.rttm /0/duration"])
  }

  /// Read as ends they overlap as well: then they are no ends.
  @Test func whereEndsWouldOverlapTooNothingIsSaid() async throws {
    #expect(
      try await ends([
        "call.rttm": turns(
          ("1", "4", "anna"), ("3", "6", "anna"), ("5", "8", "anna"), ("7", "10", "anna"), ("9", "12", "anna"))
      ]) == [])
  }

  @Test func wholeSecondsOfALongRecordingAreNoSamples() async throws {
    func file(_ times: Int) -> String {
      turns(
        ("0", "\(times)", "anna"), ("\(2 * times)", "\(3 * times)", "bob"), ("\(6 * times)", "\(7 * times)", "carl"),
        ("\(14 * times)", "\(15 * times)", "dora"), ("\(30 * times)", "\(31 * times)", "emil"))
    }
    #expect(try await ends(["call.rttm": file(900)]) == [])
    #expect(try await ends(["call.rttm": file(16_000)]) == ["call.rttm /0/duration"])
    #expect(try await ends(["call.rttm": file(16_000).replacing("16000 ", with: "16000.5 ")]) == [])
  }

  // MARK: How many speak

  private static let two = """
    SPEAKER call 1 0 2 <NA> <NA> anna <NA>
    SPEAKER call 1 2.5 2 <NA> <NA> bob <NA>

    """

  private func counted(_ count: String, _ more: String = "", recording: String = "call", turns: String = Self.two)
    async throws -> Bool
  {
    let line =
      #"{"audio_filepath": "wavs/\#(recording).wav", "label": "infer", "text": "-", "num_speakers": \#(count)\#(more)}"#
    let found = try await Shop.found(
      "speech/diarization-speaker-count", ["call.rttm": turns, "manifest.json": line + "\n"])
    #expect(found.allSatisfy { $0 == "manifest.json /0/num_speakers" })
    return found.count == 1
  }

  @Test func onlyThoseWhoSpeakInAPartAreCounted() async throws {
    #expect(try await !counted("1", #", "offset": 0, "duration": 2"#))
    #expect(try await !counted("1", #", "offset": 2.5, "duration": 2"#))
    #expect(try await counted("1", #", "offset": 0, "duration": 4"#))
    #expect(try await counted("2", #", "offset": 0, "duration": 2"#))
  }

  @Test func aTenthOfASecondInAPartIsRounding() async throws {
    #expect(try await !counted("1", #", "offset": 0, "duration": 2.55"#))
    #expect(try await counted("1", #", "offset": 0, "duration": 2.7"#))
    // A short word that lies wholly within is no rounding.
    let word = "SPEAKER call 1 5 0.08 <NA> <NA> carl <NA>\n"
    #expect(try await counted("2", turns: Self.two + word))
    #expect(try await !counted("3", turns: Self.two + word))
  }

  @Test func aNumberNobodyKnowsIsLeftOpen() async throws {
    #expect(try await !counted("null"))
    #expect(try await !counted("0"))
    #expect(try await counted("3"))
  }

  @Test func whoSpeaksTwiceIsOneSpeaker() async throws {
    #expect(try await !counted("2", turns: Self.two + Self.two.replacing("call 1 ", with: "call 1 1")))
    #expect(try await counted("2", turns: Self.two + Self.two.replacing("anna", with: "carl")))
  }

  @Test func otherRecordingsSayNothingOfThisOne() async throws {
    #expect(try await !counted("7", recording: "other"))
    #expect(try await counted("7", recording: "call"))
  }

  // MARK: Speakers of the other file

  private func speakers(_ words: String, turns: String = Self.two) async throws -> [String] {
    try await Shop.found("speech/speaker-reference-unresolved", ["call.rttm": turns, "call.ctm": words])
  }

  /// A program gave out its own names.
  @Test func aFileWithNamesOfItsOwnIsLeftAlone() async throws {
    #expect(try await speakers("call 1 0.1 0.3 yes NA lex S1\ncall 1 2.6 0.3 no NA lex S2\n") == [])
    #expect(
      try await speakers("call 1 0.1 0.3 yes NA lex anna\ncall 1 2.6 0.3 no NA lex S2\n") == ["call.ctm /1/speaker"])
  }

  @Test func speakersOfARecordingWithoutTurnsAreFine() async throws {
    let other = "call 1 0.1 0.3 yes NA lex anna\nother 1 0.1 0.3 no NA lex zoe\n"
    #expect(try await speakers(other) == [])
    #expect(try await speakers(other.replacing("other", with: "call")) == ["call.ctm /1/speaker"])
  }

  @Test func wordsWithoutASpeakerAreNobodysOnPurpose() async throws {
    #expect(try await speakers("call 1 0.1 0.3 yes NA lex anna\ncall 1 2.6 0.3 no NA lex NA\n") == [])
    #expect(try await speakers("call 1 0.1 0.3 yes NA lex anna\ncall 1 2.6 0.3 no\n") == [])
    #expect(
      try await speakers("call 1 0.1 0.3 yes NA lex anna\ncall 1 2.6 0.3 no NA lex carl\n") == ["call.ctm /1/speaker"])
  }

  @Test func withoutAFileOfTurnsNobodyIsMissing() async throws {
    let files = [
      "call.ctm": "call 1 0.1 0.3 yes NA lex anna\n", "call.stm": "call 1 anna 0 2 yes\ncall 1 bob 2 3 no\n",
    ]
    let rule = "speech/speaker-reference-unresolved"
    #expect(try await Shop.found(rule, files) == [])
    #expect(
      try await Shop.found(rule, files.merging(["call.rttm": turns(("0", "2", "anna"))]) { $1 }) == [
        "call.stm /1/speaker"
      ])
  }
}
