import Manifest
import TestSupport
import Testing
import Workspace

/// What is said of the value at the cursor.
@Suite struct HoverTests {
  private func hover(_ marked: String, in language: String = "en") async throws -> (text: String, range: Range<Int>)? {
    let file = Fixture(marked).file
    let desk = try await Boards.desk(file.bytes)
    await desk.workspace.settle(desk.uri)
    let found = await (try desk.snapshot).inLanguage(language).hover(at: file.cursors[0], in: desk.workspace)
    if let expected = file.ranges.first { #expect(found?.range == expected) }
    return found.map { ($0.markdown, $0.range) }
  }

  private func item(_ members: String) -> String {
    #"{"board": 1, "groups": [{"items": [{"id": 1, \#(members)}]}]}"#
  }

  struct Words: Sendable, CustomTestStringConvertible {
    var members: String
    var text: String
    var testDescription: String { members }
  }

  @Test(arguments: [
    Words(members: #""box": ⟪[412, ▮88.5, 63, 141]⟫"#, text: "left 412, top 88.5, 63 wide, 141 high, pixels"),
    Words(members: #""box▮": ⟪[0.1, 0.2, 1e2, 3]⟫"#, text: "left 0.1, top 0.2, 100 wide, 3 high, pixels"),
    Words(members: #""spot": ⟪[▮5, 8]⟫"#, text: "5 from the left, 8 from the top, pixels"),
    Words(
      members: #""corners": ⟪[1, 2, 11, 2▮, 6, 9]⟫"#,
      text: "3 corners; left 1, top 2, 10 wide, 7 high, pixels"),
    Words(members: #""span": ⟪[12.5, ▮74.25]⟫"#, text: "from 0:12.5 to 1:14.25, 1:01.75 long"),
    Words(members: #""span": ⟪[0, ▮7261]⟫"#, text: "from 0:00 to 2:01:01, 2:01:01 long"),
    Words(members: #""at": ⟪9▮0500⟫"#, text: "1:30.5"),
    Words(members: #""far": ⟪1▮2.50⟫"#, text: "12.50 meters"),
  ])
  func numbersInWords(_ test: Words) async throws {
    #expect(try await hover(item(test.members))?.text == test.text)
  }

  @Test(arguments: [
    #""box": [1, 2, ▮3]"#, #""box": [1, "a", ▮3, 4]"#, #""span": [1e999, ▮2]"#, #""corners": [1, ▮2, 3]"#,
    #""at": "▮x""#,
    #""span": "▮""#, #""box": ▮null"#,
  ])
  func nothingIsSaidOfWhatIsNoShape(members: String) async throws {
    #expect(try await hover(item(members)) == nil)
  }

  @Test func aTermsCard() async throws {
    let text = try #require(await hover(item(#""color": ⟪"r▮ed"⟫"#))?.text)
    #expect(
      text == """
        **Red** `red`

        Like \\*blood\\*.

        When to use it: Not for pink.

        What changed: Was two colors.

        Also called: crimson, Đỏ

        Belongs to: Warm colors `warm`
        """)
    let vietnamese = try #require(await hover(item(#""color": "r▮ed""#), in: "vi-VN")?.text)
    #expect(vietnamese.hasPrefix("**Đỏ** `red`"))
    #expect(vietnamese.hasSuffix("Thuộc nhóm: Màu nóng `warm`"))
    let old = try #require(await hover(item(#""color": "r▮uby""#))?.text)
    #expect(old.hasPrefix("Ruby was taken out of use"))
    #expect(old.hasSuffix("**Ruby** `ruby`\n\nNo longer in use. Use instead: Red `red`."))
    let unknown = try #require(await hover(item(#""color": "no▮ne""#))?.text)
    #expect(!unknown.contains("**"))
  }

  @Test func whatStandsBehindAnID() async throws {
    let text = try await hover(
      """
      {"board": 1,
       "people": {"ann": {"nick": "An*n", "team": "blue", "phone": "555-1234"}},
       "groups": [{"owner": ⟪"an▮n"⟫}]}
      """)?.text
    #expect(
      text == """
        person `ann`: **An\\*n**

        - team: blue
        - phone: not shown here

        Given in line 2.
        """)
    let nobody = try await hover(#"{"board": 1, "groups": [{"owner": "an▮n"}]}"#)?.text
    #expect(nobody?.contains("person") == false)
    // One that has neither name nor anything else to tell.
    let bare = try await hover(#"{"board": 1, "groups": [{"id": "a"}, {"same": "▮a"}]}"#)?.text
    #expect(bare == "group `a`")
  }

  @Test func aWholeRecord() async throws {
    let card = try await hover(
      #"{"board": 1, "groups": [{"items": [⟪▮{⟫"id": 1, "color": "red", "box": [1, 2, 3, 4]}]}]}"#)?.text
    #expect(
      card == """
        - id: 1
        - color: red (Red)
        - box: left 1, top 2, 3 wide, 4 high, pixels
        """)
    let keyed = try await hover(
      #"{"board": 1, "people": {⟪"an▮n"⟫: {"nick": "A", "team": "blue", "phone": "555-1234"}}}"#)?.text
    #expect(
      keyed == """
        - nick: A
        - team: blue
        - phone: not shown here
        """)
  }

  @Test func whatMustNotBeShownIsNowhere() async throws {
    let text =
      #"{"board": 1, "people": {"ann": {"phone": "555-1234"}}, "agents": {"x": {"code": "secret-9"}}, "#
      + #""groups": [{"badge": "secret-8", "agent": "x", "owner": "ann"}]}"#
    let desk = try await Boards.desk(text)
    await desk.workspace.settle(desk.uri)
    let snapshot = try await desk.snapshot
    let bytes = try await desk.text
    var said = ""
    for offset in 0...bytes.count { said += await snapshot.hover(at: offset, in: desk.workspace)?.markdown ?? "" }
    said += await snapshot.hints(in: 0..<bytes.count, in: desk.workspace).map(\.text).joined()
    func collect(_ items: [OutlineItem]) {
      for item in items {
        said += item.name + (item.detail ?? "")
        collect(item.children)
      }
    }
    collect(await snapshot.outline(in: desk.workspace))
    #expect(said.contains("ann"))
    #expect(!said.contains("555") && !said.contains("secret"))
  }
}
