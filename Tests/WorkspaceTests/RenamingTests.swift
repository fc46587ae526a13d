import Manifest
import TestSupport
import Testing
import Workspace

/// An id gets another name everywhere, or the person reads why not.
@Suite struct RenamingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var before: String
    var name: String
    var after: String
    var testDescription: String { "\(before) → \(name)" }
  }

  @Test(arguments: [
    Case(
      before: #"{"board": 1, "groups": [{"id": "a"}, {"id": "b", "same": "▮a"}, {"same": "\u0061"}]}"#, name: "abc",
      after: #"{"board": 1, "groups": [{"id": "abc"}, {"id": "b", "same": "abc"}, {"same": "abc"}]}"#),
    Case(
      before: #"{"board": 1, "people": {"a▮nn": {}}, "groups": [{"owner": "ann"}]}"#, name: "a\"n\\ đ",
      after: #"{"board": 1, "people": {"a\"n\\ đ": {}}, "groups": [{"owner": "a\"n\\ đ"}]}"#),
    Case(
      before: #"{"board": 1, "groups": [{"items": [{"id": 7, "next": 7.0}]}, {"items": [{"id": ▮7}, {"next": 7}]}]}"#,
      name: " 12 ",
      after: #"{"board": 1, "groups": [{"items": [{"id": 7, "next": 7.0}]}, {"items": [{"id": 12}, {"next": 12}]}]}"#),
    // Quotes around the new name are JSON's; a number in a text stays a text.
    Case(
      before: #"{"board": 1, "groups": [{"id": "▮a"}]}"#, name: #""b""#,
      after: #"{"board": 1, "groups": [{"id": "b"}]}"#),
    Case(before: #"{"board": 1, "people": {"▮a": {}}}"#, name: "12", after: #"{"board": 1, "people": {"12": {}}}"#),
    // What is broken elsewhere stays as it is.
    Case(
      before: #"{"board": 1, "groups": [{"id": "▮a", "title": }, {"same": "a""#, name: "b",
      after: #"{"board": 1, "groups": [{"id": "b", "title": }, {"same": "b""#),
  ])
  func renames(_ test: Case) async throws {
    let file = Fixture(test.before).file
    let desk = try await Boards.desk(file.bytes)
    let renaming = try await (try desk.snapshot).rename(at: file.cursors[0], to: test.name, in: desk.workspace)
    #expect(renaming.files.map(\.uri) == [desk.uri])
    let edits = renaming.files.flatMap(\.edits)
    await desk.workspace.change(
      desk.uri, version: 1, edits: edits.reversed().map { .bytes($0.range, $0.replacement) })
    #expect(String(decoding: try await desk.text, as: UTF8.self) == test.after)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var text: String
    var name: String
    var reason: String
    var testDescription: String { "\(text) → \(name)" }
  }

  @Test(arguments: [
    Refusal(text: #"{"board": 1, "groups": [{"title": "▮a"}]}"#, name: "b", reason: "Nothing here can be renamed"),
    Refusal(text: #"{"board": 1, "groups": [{"same": "▮a"}]}"#, name: "b", reason: "nothing to rename"),
    Refusal(
      text: #"{"board": 1, "groups": [{"id": "▮a"}, {"id": "a"}]}"#, name: "b", reason: "given more than once"),
    Refusal(text: #"{"board": 1, "groups": [{"id": "▮a"}, {"id": "b"}]}"#, name: "b", reason: "taken already"),
    // Nothing is called so, but something asks for it.
    Refusal(text: #"{"board": 1, "groups": [{"id": "▮a"}, {"same": "b"}]}"#, name: "b", reason: "taken already"),
    Refusal(text: #"{"board": 1, "groups": [{"id": "▮a"}]}"#, name: " ", reason: "can't be empty"),
    Refusal(text: #"{"board": 1, "groups": [{"id": "▮a"}]}"#, name: #""""#, reason: "can't be empty"),
    Refusal(text: #"{"board": 1, "groups": [{"id": "▮a"}]}"#, name: "9", reason: "can't be used here"),
    Refusal(text: #"{"board": 1, "groups": [{"items": [{"id": ▮1}]}]}"#, name: "x", reason: "is a number"),
    Refusal(text: #"{"board": 1, "groups": [{"items": [{"id": ▮1}]}]}"#, name: #""2""#, reason: "is a number"),
    Refusal(text: #"{"board": 1, "groups": [{"items": [{"id": ▮1}]}]}"#, name: "1.5", reason: "can't be used here"),
    Refusal(
      text: #"{"board": 1, "shelves": ["x"], "groups": [{"shelf": ▮0}]}"#, name: "1", reason: "place in its list"),
    Refusal(text: #"{"board": 1, "groups": [{"remote": "▮a"}]}"#, name: "b", reason: "Other files"),
  ])
  func refuses(_ test: Refusal) async throws {
    let file = Fixture(test.text).file
    let desk = try await Boards.desk(file.bytes)
    let snapshot = try await desk.snapshot
    await #expect {
      _ = try await snapshot.rename(at: file.cursors[0], to: test.name, in: desk.workspace)
    } throws: { error in
      (error as? RenameRefusal)?.message.contains(test.reason) == true
    }
  }

  @Test func theSameNameInAnotherSpellingIsNoOtherName() async throws {
    let desk = try await Boards.desk(#"{"board": 1, "groups": [{"items": [{"id": 7.0}, {"next": 7}]}]}"#)
    let cursor = try #require(try await desk.text.firstOffset(of: "7.0"))
    let renaming = try await (try desk.snapshot).rename(at: cursor, to: "7", in: desk.workspace)
    #expect(renaming.files.flatMap(\.edits).map(\.replacement) == [Array("7".utf8), Array("7".utf8)])
  }

  @Test func whatIsTypedOverIsTheIDWithoutItsQuotes() async throws {
    let file = Fixture(#"{"board": 1, "people": {"⟪a\"n▮n⟫": {}}, "groups": [{"badge": "⟪1▮23⟫"}]}"#).file
    let desk = try await Boards.desk(file.bytes)
    let key = try await (try desk.snapshot).renameStart(at: file.cursors[0], in: desk.workspace)
    #expect(key.range == file.ranges[0])
    #expect(key.text == #"a"nn"#)
    // What must not be shown is not repeated.
    let badge = try await (try desk.snapshot).renameStart(at: file.cursors[1], in: desk.workspace)
    #expect(badge.range == file.ranges[1])
    #expect(badge.text == nil)
  }

  @Test func anEditInBetweenMakesItWorthless() async throws {
    let desk = try await Boards.desk(#"{"board": 1, "groups": [{"id": "a"}]}"#)
    let old = try await desk.snapshot
    await desk.workspace.change(desk.uri, version: 7, edits: [.bytes(0..<0, [0x20])])
    await #expect(throws: RenameRefusal.self) { _ = try await old.rename(at: 31, to: "b", in: desk.workspace) }
    #expect(await old.occurrences(at: 31, withDefinitions: true, in: desk.workspace) == nil)
  }
}
