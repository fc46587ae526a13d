import Manifest
import TestSupport
import Testing
import Workspace

/// What is shown beside and around the text.
@Suite struct OutlineTests {
  /// Hints stand behind `▮`, in order.
  private func checkHints(_ marked: String, _ expected: String...) async throws {
    let file = Fixture(marked).file
    let desk = try await Boards.desk(file.bytes)
    await desk.workspace.settle(desk.uri)
    let range = file.ranges.first ?? 0..<file.bytes.count
    let hints = await (try desk.snapshot).hints(in: range, in: desk.workspace)
    #expect(hints.map(\.offset) == file.cursors)
    #expect(hints.map(\.text) == expected)
  }

  @Test func hintsSayWhatAValueNames() async throws {
    try await checkHints(
      #"""
      {"board": 1, "people": {"ann": {"nick": "Ann B"}},
       "groups": [{"id": "a", "title": "A", "owner": "ann"▮, "items": [{"color": "red"▮}, {"color": "teal"}, {"color": "?"}]},
                  {"same": "a"▮}, {"same": "zz"}]}
      """#, "Ann B", "Red", "A")
  }

  /// From the line on which something opens to the one before it closes; what lies on one line has nothing to fold.
  @Test func whatIsSpreadOverLinesCanBeFolded() async throws {
    let text =
      "{\"board\": 1,\n\"groups\": [\n{\n\"id\": \"a\",\n\"items\": [{\n\"color\": \"red\"\n}]\n},\n{\"id\": \"b\"}\n]\n}"
    let snapshot = try await Boards.desk(Array(text.utf8)).snapshot
    #expect(snapshot.folds(limit: 100) == [0...9, 1...8, 2...6, 4...5])
    // The whole and its records before what stands in them.
    #expect(snapshot.folds(limit: 3) == [0...9, 1...8, 2...6])
    #expect(snapshot.folds(limit: 0) == [])
  }

  @Test func onlyTheAskedRangeHasHints() async throws {
    try await checkHints(
      #"{"board": 1, "groups": [{"items": [{"color": "red"}, ⟪{"color": "red"▮}⟫, {"color": "red"}]}]}"#, "Red")
  }

  @Test func aHintIsShort() async throws {
    let long = String(repeating: "đ", count: 100)
    try await checkHints(
      #"{"board": 1, "groups": [{"id": "a", "title": "\#(long)"}, {"same": "a"▮}, {"id": "b", "title": "img/2/c.png"}, {"same": "b"▮}]}"#,
      String(repeating: "đ", count: 39) + "…", "c.png")
  }

  @Test func hintsAreBoundedInOneLine() async throws {
    let items = (1...5000).map { #"{"id": \#($0), "color": "red"}"# }.joined(separator: ", ")
    let desk = try await Boards.desk(#"{"board": 1, "groups": [{"items": ["# + items + "]}]}")
    let count = try await desk.text.count
    let hints = await (try desk.snapshot).hints(in: 0..<count, in: desk.workspace)
    #expect((1...1000).contains(hints.count))
  }

  private func lines(_ items: [OutlineItem], _ depth: Int = 0) -> [String] {
    items.flatMap { item in
      [String(repeating: "  ", count: depth) + item.name + (item.detail.map { " | \($0)" } ?? "")]
        + lines(item.children, depth + 1)
    }
  }

  @Test func theOutlineFollowsTheRecords() async throws {
    let desk = try await Boards.desk(
      #"""
      {"board": 1, "people": {"ann": {"nick": "Ann B"}, "bob": {}},
       "groups": [{"id": "a", "owner": "ann", "items": [{"id": 1, "color": "red"}, {}]}, {"id": "b", "title": "Second"}],
       "note": null}
      """#)
    await desk.workspace.settle(desk.uri)
    #expect(
      lines(await (try desk.snapshot).outline(in: desk.workspace)) == [
        "board | 1", "people | 2", "  Ann B", "  bob", "groups | 2", "  a | Ann B", "    items | 2", "      1 | Red",
        "      entry 2", "  Second", "note",
      ])
  }

  /// Lists of objects inside an entry are there as well, called by their first words.
  @Test func turnsOfAChatAreEntries() async throws {
    let text =
      #"[{"messages": [{"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So."}, {"content": null}]}]"#
    let desk = try await Desk(Array(text.utf8), dialect: "instruction-data/chat")
    await desk.workspace.settle(desk.uri)
    #expect(
      lines(await (try desk.snapshot).outline(in: desk.workspace)) == [
        "entry 1", "  messages", "    user | Why?", "    assistant | So.", "    entry 3",
      ])
  }

  /// What a rule has found to be nobody's business stands in no outline.
  @Test func whatIsSecretIsNoName() async throws {
    let desk = try await Desk(
      #"[{"messages": [{"role": "user", "content": "Pay NL31INGB0004719385."}, {"role": "assistant", "content": "Paid."}]}]"#
    )
    await desk.workspace.settle(desk.uri)
    #expect(
      lines(await (try desk.snapshot).outline(in: desk.workspace)) == [
        "entry 1", "  messages", "    user", "    assistant | Paid.",
      ])
  }

  /// Lines stand in no brackets.
  @Test func linesAreEntriesToo() async throws {
    let text = #"""
      {"messages": [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]}

      {"messages": [{"role": "user", "content": "How?"}]}

      """#
    let desk = try await Desk(Array(text.utf8), languageID: "jsonl", dialect: "instruction-data/chat-lines")
    await desk.workspace.settle(desk.uri)
    #expect(
      lines(await (try desk.snapshot).outline(in: desk.workspace)) == [
        "entry 1", "  messages", "    user | Why?", "    assistant | So.", "entry 3", "  messages", "    user | How?",
      ])
  }

  @Test func selectionsLieInTheirRangesAndChildrenInTheirParents() async throws {
    let texts = [
      #"{"board": 1, "people": {"ann": {"nick": "A"}, "b": 3, "": {}}, "groups": [[], {"items": {}}, {"items": [{"id":"#,
      #"{"board": "#, #"{"board": 1, "groups": [{"id": "a" "items": [{{"id": 1}, ]}, "people": {"#,
    ]
    for text in texts {
      let desk = try await Boards.desk(text)
      func check(_ items: [OutlineItem], in outer: Range<Int>) {
        for item in items {
          #expect(outer.lowerBound <= item.range.lowerBound && item.range.upperBound <= outer.upperBound)
          #expect(
            item.range.lowerBound <= item.selection.lowerBound && item.selection.upperBound <= item.range.upperBound)
          #expect(!item.name.isEmpty)
          check(item.children, in: item.range)
        }
      }
      check(await (try desk.snapshot).outline(in: desk.workspace), in: 0..<text.utf8.count)
    }
  }

  @Test func whatIsTooManyIsFolded() async throws {
    let items = (1...300).map { #"{"id": \#($0)}"# }.joined(separator: ", ")
    let groups = (1...1500).map { #"{"id": "g\#($0)", "items": [\#($0 < 4 ? items : "")]}"# }.joined(separator: ", ")
    let desk = try await Boards.desk(#"{"board": 1, "groups": ["# + groups + "]}")
    let outline = await (try desk.snapshot).outline(in: desk.workspace)
    let list = try #require(outline.last)
    #expect(list.children.count == 1001)
    #expect(list.children.last?.name == "500 more")
    let first = try #require(list.children.first?.children.first)
    #expect(first.children.count == 101)
    #expect(first.children.last?.name == "200 more")
    #expect(first.children.last?.kind == .rest)
  }
}
