import Manifest
import TestSupport
import Testing
@testable import Workspace

/// From an id to where it is given and named, over the files of a dataset.
@Suite struct JoinedNavigationTests {
  private static let everywhere = """
    //- a/recordings.jsonl
    {"recording": "r0", "title": "Wind"}
    {"title": "Sáng", "recording": ⟪"r1"⟫, "seconds": 4, "phone": "0912"}
    //- b/segments.jsonl
    {"segment": "s1", "of": ⟪"r▮1"⟫}
    {"segment": "s2", "of": "r0"}
    {"segment": "s3", "of": ⟪"\\u00721"⟫}
    //- lists/evening.json
    {"plays": {
      "r0": {},
      ⟪"r1"⟫: {"then": ⟪"r1"⟫}}}
    """

  @Test(arguments: [false, true]) func anIDLeadsToTheFileThatGivesIt(allOpen: Bool) async throws {
    let radio = try await Radio(Self.everywhere, allOpen: allOpen)
    let (snapshot, offset) = try await radio.cursor()
    let found = try #require(await snapshot.definitions(at: offset, in: radio.shop.workspace))
    #expect(found.places.count == 1)
    let place = try #require(found.places.first)
    #expect(radio.line(radio.name(ofURI: place.uri), place.selection) == radio.marks.first)
    #expect(place.document.position(at: place.selection.lowerBound, in: .utf16) == LinePosition(line: 1, character: 31))
    #expect(place.uri == (allOpen ? "a/recordings.jsonl" : Paths.uri(ofPath: radio.shop.path("a/recordings.jsonl"))))
  }

  @Test(arguments: [false, true]) func allPlacesAreListed(allOpen: Bool) async throws {
    let radio = try await Radio(Self.everywhere, allOpen: allOpen)
    let (snapshot, offset) = try await radio.cursor()
    let all = try #require(
      await snapshot.occurrences(at: offset, withDefinitions: true, encoding: .utf16, in: radio.shop.workspace))
    #expect(all.map { radio.line(radio.name(ofURI: $0.uri), $0.range) } == radio.marks)
    #expect(all.map(\.isDefinition) == [true, false, false, false, false])
    #expect(all.first?.start == LinePosition(line: 1, character: 31))
    let uses = await snapshot.occurrences(at: offset, withDefinitions: false, in: radio.shop.workspace)
    #expect(uses?.map { radio.line(radio.name(ofURI: $0.uri), $0.range) } == Array(radio.marks.dropFirst()))
    // In an editor only what stands in the same file is marked.
    let near = await snapshot.highlights(at: offset, in: radio.shop.workspace)
    #expect(near?.map { radio.line($0.uri, $0.range) } == Array(radio.marks[1...2]))
  }

  @Test func theBufferGoesBeforeTheFile() async throws {
    let radio = try await Radio(Self.everywhere, allOpen: true)
    try await radio.shop.replace(#"{"title""#, with: #"{"note": "moved", "title""#, in: "a/recordings.jsonl")
    let (snapshot, offset) = try await radio.cursor()
    let place = try #require(await snapshot.definitions(at: offset, in: radio.shop.workspace)?.places.first)
    #expect(place.document.bytes(in: place.selection) == Array(#""r1""#.utf8))
    await radio.shop.close("a/recordings.jsonl")
    await radio.shop.workspace.settle("b/segments.jsonl")
    let onDisk = try #require(await snapshot.definitions(at: offset, in: radio.shop.workspace)?.places.first)
    #expect(onDisk.selection.lowerBound == place.selection.lowerBound - #""note": "moved", "#.utf8.count)
  }

  @Test func whatItIsCalledIsToldFarFromWhereItIsGiven() async throws {
    let radio = try await Radio(Self.everywhere)
    let (snapshot, offset) = try await radio.cursor()
    let hints = await snapshot.hints(in: 0..<snapshot.document.byteCount, in: radio.shop.workspace)
    #expect(hints.map(\.text) == ["Sáng", "Wind", "Sáng"])
    let card = try #require(await snapshot.hover(at: offset, in: radio.shop.workspace)?.markdown)
    #expect(card.contains("recording `r1`: **Sáng**"))
    #expect(card.contains("- seconds: 4"))
    #expect(card.contains("Given in a/recordings.jsonl, line 2."))
    #expect(!card.contains("0912"))
  }

  @Test func anIDGivenInTwoFilesLeadsToBoth() async throws {
    let radio = try await Radio(
      """
      //- a.jsonl
      {"recording": ⟪"r1"⟫}
      //- b.jsonl
      {"recording": ⟪"r1"⟫}
      //- c.jsonl
      {"segment": "s1", "of": "▮r1"}
      """)
    let (snapshot, offset) = try await radio.cursor()
    let found = await snapshot.definitions(at: offset, in: radio.shop.workspace)?.places ?? []
    #expect(found.map { radio.line(radio.name(ofURI: $0.uri), $0.selection) } == radio.marks)
  }

  /// Places are those of the bytes that were looked at; a file that has others by now is read again before anything is said of it.
  @Test func aFileThatChangedUnseenIsReadAgain() async throws {
    let radio = try await Radio(Self.everywhere)
    let (snapshot, offset) = try await radio.cursor()
    await radio.shop.workspace.letGoOfTexts(beside: "b/segments.jsonl")
    _ = try radio.shop.folder.write("lists/evening.json", #"{"plays": {"r0": {}, "r2": {}, "r1": {}}}"#)
    let all = await snapshot.occurrences(at: offset, withDefinitions: false, in: radio.shop.workspace) ?? []
    #expect(all.map { radio.line(radio.name(ofURI: $0.uri), $0.range) }.last == "lists/evening.json 31..<35")
    #expect(all.count == 3)
  }

  @Test func outsideOfADatasetAFileIsOnItsOwn() async throws {
    let radio = try await Radio(Self.everywhere, configuration: nil)
    let (snapshot, offset) = try await radio.cursor()
    #expect(await snapshot.definitions(at: offset, in: radio.shop.workspace)?.places.isEmpty == true)
    let all = await snapshot.occurrences(at: offset, withDefinitions: true, in: radio.shop.workspace) ?? []
    #expect(all.map(\.uri) == ["b/segments.jsonl", "b/segments.jsonl"])
  }
}
