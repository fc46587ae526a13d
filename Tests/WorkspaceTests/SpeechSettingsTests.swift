import TestSupport
import Testing
import Workspace

/// What a dataset says of its own recordings, and what is judged by it.
@Suite struct SpeechSettingsTests {
  private func found(_ settings: String, _ entries: String..., language: String = "en") async throws -> [String] {
    let items = entries.enumerated().map {
      #"{"id": "u\#($0)", "recording_id": "r", "start": \#($0 * 400), "duration": 300, "language": "\#(language)", \#($1)}"#
    }
    let shop = try await Shop(
      ["said.json": "[\(items.joined(separator: ",\n"))]"],
      configuration: #"{"plugins": {"speech": {"settings": {\#(settings)}}}}"#, library: try Installation.library.get())
    try await shop.open("said.json")
    return try await shop.shown("said.json").map(\.rule).filter { $0 != "speech/speech-rate-outlier" }
  }

  @Test func withoutAWordOfItNothingIsAgreed() async throws {
    #expect(try await found("", #""text": "um, at 7 [whoop]""#, #""text": "umm yes""#) == [])
  }

  @Test func marksAreThoseThatWereAgreed() async throws {
    let tokens = #""marks": ["laughter", "noise"]"#
    #expect(try await found(tokens, #""text": "well [laughter] then""#) == [])
    #expect(try await found(tokens, #""text": "well [LAUGHTER] then""#) == [])
    #expect(try await found(tokens, #""text": "well [laughter-what] then""#) == [])
    #expect(
      try await found(tokens, #""text": "well [laughing] then""#) == ["speech/paralinguistic-token-invalid"])
  }

  @Test func cleanTextsHaveNoUm() async throws {
    let clean = #""transcripts": "clean""#
    #expect(try await found(clean, #""text": "Um, so what""#) == ["speech/transcript-policy-violation"])
    // A word that holds one, and a language in which it is a word.
    #expect(try await found(clean, #""text": "an umbrella in the album""#) == [])
    #expect(try await found(clean, #""text": "um die Ecke""#, language: "de") == [])
    #expect(try await found(clean, #""text": "um so what""#, language: "xho") == [])
  }

  @Test func verbatimTextsHaveSomeUmInTenMinutes() async throws {
    let verbatim = #""transcripts": "verbatim""#
    #expect(try await found(verbatim, #""text": "so what""#) == [])
    #expect(
      try await found(verbatim, #""text": "so what""#, #""text": "so there""#) == [
        "speech/transcript-policy-violation"
      ])
    #expect(try await found(verbatim, #""text": "so what""#, #""text": "um so there""#) == [])
  }

  @Test func numbersAreWrittenAsAgreed() async throws {
    #expect(try await found(#""spokenNumbers": "words""#, #""text": "at seven [inaudible 00:01:02]""#) == [])
    #expect(
      try await found(#""spokenNumbers": "words""#, #""text": "at 7""#) == ["speech/transcript-policy-violation"])
    #expect(try await found(#""spokenNumbers": "digits""#, #""text": "at seven or 7""#) == [])
  }

  @Test(
    arguments: [
      ("{recording}-{number}", "call-1-7", []),
      ("{recording}-{number}", "call-2-7", ["speech/id-pattern-inconsistent"]),
      ("{recording}-{number}", "other", []), ("{recording", "call-2-7", []), ("{a}{b}", "call-2-7", []),
      ("x_{recording}_{number}", "x_call-1_7", []), ("{speaker}_{number}", "anna_1", []),
      ("{speaker}_{number}", "bob_1", ["speech/id-pattern-inconsistent"]), ("{language}_{number}", "EN_1", []),
      ("{language}_{number}", "VI_1", ["speech/id-pattern-inconsistent"]), ("{language}_{number}", "zz9_1", []),
    ] as [(String, String, [String])]) func namesAreAsTheirPatternSays(
      _ pattern: String, _ id: String, _ expected: [String]
    ) async throws
  {
    let entry =
      #"[{"id": "\#(id)", "recording_id": "call-1", "start": 0, "duration": 1, "speaker": "anna", "language": "en", "text": "yes"}]"#
    let shop = try await Shop(
      ["said.json": entry], configuration: #"{"plugins": {"speech": {"settings": {"partNames": ["\#(pattern)"]}}}}"#,
      library: try Installation.library.get())
    try await shop.open("said.json")
    #expect(try await shop.shown("said.json").map(\.rule) == expected)
  }

  private static let turns = """
    SPEAKER call 1 0.00 2.00 <NA> <NA> anna <NA> <NA>
    SPEAKER call 1 2.00 1.50 <NA> <NA> bob <NA> <NA>

    """

  /// Who speaks when, by two people, as `concord.json` compares it.
  @Test(
    arguments: [
      ("call 1 anna 0 2 yes\ncall 1 bob 2 3.5 no\n", true), ("call 1 a 0 2 yes\ncall 1 b 2 3.5 no\n", true),
      ("call 1 anna 0.1 2.1 yes\ncall 1 bob 2.1 3.5 no\n", true), ("call 1 anna 0 3.5 yes\n", false),
      ("call 1 anna 0 2 yes\n", false),
    ] as [(String, Bool)]) func whoSpeaksWhenAgrees(_ texts: String, _ agrees: Bool) async throws
  {
    let configuration = """
      {"alignments": [{"name": "who", "subject": ["recording"], "property": "speakers", "collect": "sequence",
        "sources": [
          {"files": "*.rttm", "records": "/*", "modality": "audio", "recording": "file", "value": "speaker", "start": "onset", "duration": "duration"},
          {"files": "*.stm", "records": "/*", "modality": "text", "recording": "file", "value": "speaker", "start": "start", "end": "end"}],
        "compare": {"by": "turns", "maximumDER": 0.05, "collar": 0.25}}]}
      """
    let shop = try await Shop(
      ["call.rttm": Self.turns, "call.stm": texts], configuration: configuration,
      library: try Installation.library.get())
    try await shop.open("call.rttm")
    let shown = try await shop.shown("call.rttm").filter { $0.rule == "agreement/disagrees" }
    #expect(shown.isEmpty == agrees, "\(shown.map(\.message))")
    if !agrees { #expect(shown[0].message.contains("of 100 seconds of speech"), "\(shown[0].message)") }
  }
}
