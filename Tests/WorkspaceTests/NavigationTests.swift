import Manifest
import TestSupport
import Testing
import Workspace

/// Where ids are given and where else they stand.
@Suite struct NavigationTests {
  @Test(arguments: [
    // By value, from a name and from itself.
    #"{"board": 1, "groups": [{"id": ⟪"a"⟫}, {"id": "b", "same": ▮"a"}]}"#,
    #"{"board": 1, "groups": [{"id": ⟪"▮a"⟫}]}"#,
    // A person is given by a key.
    #"{"board": 1, "people": {"x": {}, ⟪"ann"⟫: {"nick": "A"}}, "groups": [{"owner": "a▮nn"}]}"#,
    #"{"board": 1, "people": {⟪"a▮nn"⟫: {}}}"#,
    // An id counts within its group.
    #"{"board": 1, "groups": [{"items": [{"id": 7}]}, {"items": [{"id": ⟪7⟫}, {"id": 8, "next": 7▮}]}]}"#,
    // Other spellings of one id; a number is no text.
    #"{"board": 1, "groups": [{"items": [{"id": ⟪70⟫}, {"next": 7▮e1}]}]}"#,
    #"{"board": 1, "groups": [{"id": ⟪"\u0061"⟫}, {"same": "▮a"}]}"#,
    #"{"board": 1, "groups": [{"items": [{"id": 7}, {"next": "▮7"}]}]}"#,
    // Given twice, in a place of a list, nowhere.
    #"{"board": 1, "groups": [{"id": ⟪"a"⟫}, {"id": ⟪"a"⟫}, {"same": "▮a"}]}"#,
    #"{"board": 1, "shelves": ["x", ⟪"y"⟫], "groups": [{"shelf": ▮1}]}"#,
    #"{"board": 1, "groups": [{"same": "▮zz"}]}"#,
    #"{"board": 1, "groups": [{"title": "▮a", "id": "a"}]}"#,
    // In a text that is not well formed.
    #"{"board": 1, "groups": [{"id": ⟪"a"⟫, "title": }, {"id": "b" "same": "▮a""#,
  ])
  func definition(marked: String) async throws {
    let file = Fixture(marked).file
    let desk = try await Boards.desk(file.bytes)
    await desk.workspace.settle(desk.uri)
    let found = await (try desk.snapshot).definitions(at: file.cursors[0], in: desk.workspace)
    #expect(found?.places.map(\.selection) ?? [] == file.ranges, "\(marked)")
  }

  @Test func aTermIsFoundInItsList() async throws {
    let file = Fixture(#"{"board": 1, "groups": [{"items": [{"id": 1, "color": "▮ruby"}]}]}"#).file
    let desk = try await Boards.desk(file.bytes)
    let found = try #require(await (try desk.snapshot).definitions(at: file.cursors[0], in: desk.workspace))
    let place = try #require(found.places.first)
    #expect(place.uri.hasSuffix("/ontologies/colors.json"))
    let start = place.document.position(at: place.selection.lowerBound, in: .utf16)
    #expect(place.firstLine + start.line == 4)
    #expect(place.document.bytes(in: place.selection) == Array(#""ruby""#.utf8))
  }

  @Test(arguments: [
    #"{"board": 1, "groups": [{"id": ⟪"a"⟫}, {"id": "b", "same": ⟪"▮a"⟫}, {"same": ⟪"a"⟫}]}"#,
    #"{"board": 1, "people": {⟪"ann"⟫: {}}, "groups": [{"owner": ⟪"▮ann"⟫}, {"owner": "bob"}, {"owner": ⟪"ann"⟫}]}"#,
    #"{"board": 1, "groups": [{"items": [{"id": ⟪7⟫, "next": ⟪7.0⟫}]}, {"items": [{"id": 7}, {"next": 7}]}, {"id": "▮"}], "people": {}}"#,
  ])
  func references(marked: String) async throws {
    let file = Fixture(marked).file
    let desk = try await Boards.desk(file.bytes)
    // Where the cursor marks nothing, the first of the marked places is asked about.
    let first = try #require(file.ranges.first)
    let cursor = file.ranges.contains { $0.contains(file.cursors[0]) } ? file.cursors[0] : first.lowerBound
    let all = await (try desk.snapshot).occurrences(at: cursor, withDefinitions: true, in: desk.workspace)
    #expect(all?.map(\.range) == file.ranges)
    #expect(all?.filter(\.isDefinition).map(\.range) == [first])
    let uses = await (try desk.snapshot).occurrences(at: cursor, withDefinitions: false, in: desk.workspace)
    #expect(uses?.map(\.range) == Array(file.ranges.dropFirst()))
    let near = await (try desk.snapshot).highlights(at: cursor, in: desk.workspace)
    #expect(near?.map(\.range) == file.ranges)
  }

  @Test func placesMoveWithTheTextWhileItIsEdited() async throws {
    let desk = try await Boards.desk(
      #"{"board": 1, "groups": [{"id": "a"}, {"id": "b", "same": "a"}, {"id": "c", "same": "a"}]}"#)
    await desk.workspace.settle(desk.uri)
    try await desk.replace(#"{"id": "a"}"#, with: #"{"title": "✎ first", "id": "a"}"#)
    try await desk.replace(#"{"id": "b""#, with: #"{"title": "broken, "id": "b""#)
    let bytes = try await desk.text
    let cursor = try #require(bytes.firstOffset(of: #""same": "a"}]"#)) + 9
    let found = await (try desk.snapshot).definitions(at: cursor, in: desk.workspace)
    let selection = try #require(found?.places.first?.selection)
    #expect(found?.places.count == 1)
    #expect(bytes[selection].elementsEqual(#""a""#.utf8))
    #expect(bytes[..<selection.lowerBound].suffix(6).elementsEqual(#""id": "#.utf8))
  }

  /// The facts have 3,000 places of one id; those around the cursor are marked.
  @Test func highlightsStayNearTheCursor() async throws {
    let items = (1...3000).map { #"{"id": \#($0), "next": 1}"# }.joined(separator: ", ")
    let desk = try await Boards.desk(#"{"board": 1, "groups": [{"items": ["# + items + "]}]}")
    let bytes = try await desk.text
    let cursor = try #require(bytes.firstOffset(of: #"{"id": 1500,"#)) + 21
    await desk.workspace.settle(desk.uri)
    let near = try #require(await (try desk.snapshot).highlights(at: cursor, in: desk.workspace))
    #expect(near.count <= 81)
    #expect(near.contains { $0.range.contains(cursor) })
    #expect(near.contains { $0.isDefinition })
    let all = await (try desk.snapshot).occurrences(at: cursor, withDefinitions: true, in: desk.workspace)
    #expect(all?.count == 3001)
  }

  @Test func aFileOfNoKnownFormatHasNothing() async throws {
    let desk = try await Boards.desk(#"{"name": "x", "id": 1}"#)
    let snapshot = try await desk.snapshot
    #expect(await snapshot.definitions(at: 10, in: desk.workspace) == nil)
    #expect(await snapshot.outline(in: desk.workspace).isEmpty)
    #expect(await snapshot.hints(in: 0..<20, in: desk.workspace).isEmpty)
    #expect(await snapshot.hover(at: 10, in: desk.workspace) == nil)
  }
}
