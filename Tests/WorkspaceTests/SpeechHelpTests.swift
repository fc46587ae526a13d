import Findings
import Testing
import Workspace

/// What speech's plugin offers while labels are written, and shows of them.
@Suite struct SpeechHelpTests {
  private func parts(_ members: String) -> String {
    #"[{"id": "u1", "recording_id": "r", "start": 61.5, "duration": 2, \#(members)}]"#
  }

  @Test func languagesAreFoundByTheirNames() async throws {
    let desk = try await CompletionDesk(parts(#""language": "▮""#), dialect: "speech/lhotse-supervisions")
    #expect(desk.labels.contains("vietnamese, tiếng việt") && desk.labels.contains("thai, ภาษาไทย"))
    #expect(try desk.taken("vietnamese, tiếng việt").contains(#""language": "vi""#))
  }

  @Test func speakersAreThoseOfTheRecording() async throws {
    let text =
      #"[{"id": "a", "recording_id": "r", "start": 0, "duration": 1, "speaker": "anna"}, {"id": "b", "recording_id": "q", "start": 0, "duration": 1, "speaker": "carl"}, {"id": "c", "recording_id": "r", "start": 1, "duration": 1, "speaker": "▮"}]"#
    let desk = try await CompletionDesk(text, dialect: "speech/lhotse-supervisions")
    #expect(desk.labels.contains("anna") && !desk.labels.contains("carl"))
    #expect(try desk.taken("anna").contains(#""duration": 1, "speaker": "anna"}]"#))
  }

  @Test func marksAreOfferedBehindTheirBracket() async throws {
    let desk = try await CompletionDesk(parts(#""text": "well [la▮""#), dialect: "speech/lhotse-supervisions")
    #expect(try desk.taken("[laughter]").contains(#""text": "well [laughter]""#))
    let closed = try await CompletionDesk(parts(#""text": "well [noise] la▮""#), dialect: "speech/lhotse-supervisions")
    #expect(!closed.labels.contains("[laughter]"))
  }

  @Test func timesAreShownAsClocksDo() async throws {
    let text = parts(#""speaker": "anna", "text": "good morning to you""#)
    let desk = try await Desk(Array(text.utf8), dialect: "speech/lhotse-supervisions")
    let snapshot = try await desk.snapshot
    let offset = try #require(Array(text.utf8).firstOffset(of: "61.5"))
    let hover = try #require(await snapshot.hover(at: offset, in: desk.workspace))
    #expect(hover.markdown.contains("**anna** · 1:01.5 – 1:03.5 · 2 s · 8 / s"))
  }

  /// Times of the first minute are as easily read in seconds.
  @Test func timesHaveClocksBesideThem() async throws {
    let turns = "SPEAKER c 1 61.5 2.0 <NA> <NA> anna <NA> <NA>\nSPEAKER c 1 9.5 2.0 <NA> <NA> anna <NA> <NA>\n"
    let desk = try await Desk(Array(turns.utf8), dialect: "speech/rttm")
    await desk.workspace.settle(desk.uri)
    let hints = await (try desk.snapshot).hints(in: 0..<turns.utf8.count, in: desk.workspace)
    #expect(hints.map(\.text) == ["1:01.5"])
    #expect(hints.map(\.offset) == [Array(turns.utf8).firstOffset(of: "61.5").map { $0 + 4 }])
  }

  @Test func turnsStandInTheOutline() async throws {
    let turns = "SPEAKER c 1 61.5 2.0 <NA> <NA> anna <NA> <NA>\nSPEAKER c 1 9.5 2.0 <NA> <NA> spk1 <NA> <NA>\n"
    let desk = try await Desk(Array(turns.utf8), dialect: "speech/rttm")
    await desk.workspace.settle(desk.uri)
    let items = await (try desk.snapshot).outline(in: desk.workspace)
    #expect(items.first?.name == "anna")
    #expect(items.map(\.detail) == ["1:01.5", "0:09.5"])
  }
}
