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

  @Test func timesAreShownAsClocksDo() async throws {
    let text = parts(#""speaker": "anna", "text": "good morning to you""#)
    let desk = try await Desk(Array(text.utf8), dialect: "speech/lhotse-supervisions")
    let snapshot = try await desk.snapshot
    let offset = try #require(Array(text.utf8).firstOffset(of: "61.5"))
    let hover = try #require(await snapshot.hover(at: offset, in: desk.workspace))
    #expect(hover.markdown.contains("**anna** · 1:01.5 – 1:03.5 · 2 s · 8 / s"))
  }
}
