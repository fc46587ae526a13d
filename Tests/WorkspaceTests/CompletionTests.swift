import Findings
import Manifest
import PluginHost
import Testing
import Workspace

/// What is offered in files of a known format, and what the text becomes. `▮` is the cursor; `$` stands for the pictures and categories
/// that the other lists of the file refer to.
@Suite struct CompletionTests {
  private static let rest = """
    "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}, {"id": 2, "file_name": "b.png", "width": 64, "height": 48}], \
    "categories": [{"id": 3, "name": "cat"}, {"id": 4, "name": "dog"}]
    """

  private func coco(_ text: String) async throws -> CompletionDesk {
    try await CompletionDesk(text.replacing("$", with: Self.rest))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var label: String
    var taken: String
    init(_ text: String, _ label: String, _ taken: String) {
      self.text = text
      self.label = label
      self.taken = taken
    }
    var testDescription: String { text }
  }

  static let keys: [Case] = [
    Case(#"{"annotations": [{▮}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{"▮}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{"▮"}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{"ima▮"}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{"ima▮}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{ima▮}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    Case(#"{"annotations": [{"id": 1, "ima▮}], $}"#, "image_id", #"{"annotations": [{"id": 1, "image_id": }], $}"#),
    Case(#"{"annotations": [{"id": 1, ima▮}], $}"#, "image_id", #"{"annotations": [{"id": 1, "image_id": }], $}"#),
    // A slip of the keyboard.
    Case(#"{"annotations": [{"imgae▮"}], $}"#, "image_id", #"{"annotations": [{"image_id": }], $}"#),
    // A colon stands there: the key alone.
    Case(
      #"{"annotations": [{"id": 1, "ima▮": 1}], $}"#, "image_id", #"{"annotations": [{"id": 1, "image_id": 1}], $}"#),
    Case(#"{"annotations": [{"cat▮egory": 3}], $}"#, "category_id", #"{"annotations": [{"category_id": 3}], $}"#),
    // Commas that are missing.
    Case(#"{"annotations": [{"id": 1 "ima▮}], $}"#, "image_id", #"{"annotations": [{"id": 1, "image_id": }], $}"#),
    Case(#"{"annotations": [{"id": 1 ▮}], $}"#, "image_id", #"{"annotations": [{"id": 1, "image_id": }], $}"#),
    Case(#"{"annotations": [{"ima▮ "id": 1}], $}"#, "image_id", #"{"annotations": [{"image_id": , "id": 1}], $}"#),
    Case(#"{"annotations": [{"ima▮" "id": 1}], $}"#, "image_id", #"{"annotations": [{"image_id": , "id": 1}], $}"#),
    Case(#"{"annotations": [{▮"id": 1}], $}"#, "image_id", #"{"annotations": [{"image_id": , "id": 1}], $}"#),
    Case(
      #"{"annotations": [{"id": 1, ▮ "area": 2}], $}"#, "image_id",
      #"{"annotations": [{"id": 1, "image_id": , "area": 2}], $}"#),
    Case(
      "{\n  \"images\": []\n  \"an▮\n}", "annotations", "{\n  \"images\": [],\n  \"annotations\": []\n}"),
    Case(
      "{\n  \"images\": [],\n  \"an▮\n  \"categories\": []\n}", "annotations",
      "{\n  \"images\": [],\n  \"annotations\": [],\n  \"categories\": []\n}"),
    Case(
      "{\"annotations\": [\n  {\n    \"id\": 1,\n    \"▮\n  },\n  {\"id\": 2}\n], $}", "image_id",
      "{\"annotations\": [\n  {\n    \"id\": 1,\n    \"image_id\": \n  },\n  {\"id\": 2}\n], $}"),
    // The end of a file that is still to be written.
    Case(#"{"ann▮"#, "annotations", #"{"annotations": []"#),
    Case(#"{▮"#, "annotations", #"{"annotations": []"#),
    // The list closes behind the record that is broken.
    Case(
      #"{"annotations": [{"id": 1}, {"ima▮}, {"id": 2}], $}"#, "image_id",
      #"{"annotations": [{"id": 1}, {"image_id": }, {"id": 2}], $}"#),
  ]

  @Test(arguments: keys) func keysAreOfferedWhereverTheyCanStand(_ row: Case) async throws {
    let desk = try await coco(row.text)
    #expect(try desk.taken(row.label) == row.taken.replacing("$", with: Self.rest))
  }

  static let values: [Case] = [
    Case(#"{"annotations": [{"category_id": ▮}], $}"#, "3", #"{"annotations": [{"category_id": 3}], $}"#),
    Case(
      #"{"annotations": [{"category_id": ▮, "id": 1}], $}"#, "4", #"{"annotations": [{"category_id": 4, "id": 1}], $}"#),
    Case(
      #"{"annotations": [{"category_id": ▮ "id": 1}], $}"#, "4", #"{"annotations": [{"category_id": 4, "id": 1}], $}"#),
    // By name; the quotes around a number go.
    Case(#"{"annotations": [{"category_id": "do▮"}], $}"#, "4", #"{"annotations": [{"category_id": 4}], $}"#),
    Case(
      #"{"annotations": [{"category_id": "do▮, "id": 1}], $}"#, "4",
      #"{"annotations": [{"category_id": 4, "id": 1}], $}"#),
    Case(
      #"{"annotations": [{"category_id": do▮ "id": 1}], $}"#, "4", #"{"annotations": [{"category_id": 4, "id": 1}], $}"#
    ),
    Case(
      #"{"annotations": [{"category_id": "▮, "id": 1}], $}"#, "4", #"{"annotations": [{"category_id": 4, "id": 1}], $}"#
    ),
    Case(#"{"annotations": [{"image_id": b.▮}], $}"#, "2", #"{"annotations": [{"image_id": 2}], $}"#),
    Case(#"{"annotations": [{"category_id": 3▮ }], $}"#, "3", #"{"annotations": [{"category_id": 3 }], $}"#),
    Case(#"{"annotations": [{"iscrowd": ▮ }], $}"#, "1", #"{"annotations": [{"iscrowd": 1 }], $}"#),
    // A value that stands behind the cursor is the one that is meant.
    Case(
      #"{"annotations": [{"category_id":▮ 3, "id": 1}], $}"#, "4", #"{"annotations": [{"category_id": 4, "id": 1}], $}"#
    ),
    Case(#"{"annotations": [{"category_id": ▮"x"}], $}"#, "4", #"{"annotations": [{"category_id": 4}], $}"#),
    Case(#"{"annotations": [{"iscrowd": ▮1}], $}"#, "0", #"{"annotations": [{"iscrowd": 0}], $}"#),
  ]

  @Test(arguments: values) func valuesTakeTheirPlace(_ row: Case) async throws {
    let desk = try await coco(row.text)
    #expect(try desk.taken(row.label) == row.taken.replacing("$", with: Self.rest))
  }

  @Test func idsSayWhatTheyName() async throws {
    let desk = try await coco(#"{"annotations": [{"category_id": ▮}], $}"#)
    #expect(desk.lines == ["3 — cat", "4 — dog"])
    #expect(desk.list.isIncomplete, "A name finds what a number does not begin with")
  }

  @Test func idsAreThoseOfTheFileAsItIsNow() async throws {
    let desk = try await coco(#"{"annotations": [{"category_id": ▮}], $}"#)
    try await desk.desk.replace(#""name": "dog""#, with: #""name": "hen""#)
    try await desk.desk.replace(#"{"id": 3, "name": "cat"}, "#, with: "")
    await desk.desk.workspace.settle(desk.desk.uri)
    let list = await desk.desk.workspace.completions(at: desk.cursor, in: try await desk.desk.snapshot)
    #expect(list.items.map { $0.label + ($0.detail ?? "") } == ["4 — hen"])
  }

  /// Behind the number of the entry before; where that is taken, behind the numbers that are.
  @Test(arguments: [
    (#"[{"id": ▮}]"#, "1"), (#"[{"id": 7, "image_id": 1}, {"id": ▮}]"#, "8"),
    (#"[{"id": 1}, {"id": ▮}, {"id": 2}, {"id": 3}, {"id": 4}, {"id": 5}]"#, "6"),
    (#"[{"id": ▮}, {"id": 1}, {"id": 2}]"#, "3"), (#"[{"id": 9}, {"id": 1▮}]"#, "10"),
  ]) func aNewEntryGetsTheNextFreeNumber(_ list: String, _ number: String) async throws {
    let desk = try await coco(#"{"annotations": \#(list), $}"#)
    let item = try desk.item(number)
    #expect(item.note == "next free number" && item.rank == desk.list.items.map(\.rank).min())
    #expect(desk.list.items.count { $0.note == "next free number" } == 1)
  }

  /// Where entries are called by names nobody is given a number, and neither is what names another entry.
  @Test(arguments: [
    #"{"concord": "1.0", "domain": "general", "samples": [{"id": "a"}, {"id": "▮"}]}"#,
    #"{"annotations": [{"id": "x", "image_id": 1}, {"id": ▮}], $}"#,
    #"{"annotations": [{"id": 1, "image_id": ▮}], $}"#, #"{"annotations": [{"id": 1, "area": ▮}], $}"#,
  ]) func numbersAreForNumberedEntries(_ text: String) async throws {
    let dialect = text.contains("concord") ? "vision/concord" : "vision/coco"
    let desk = try await CompletionDesk(text.replacing("$", with: Self.rest), dialect: dialect)
    #expect(!desk.list.items.contains { $0.note == "next free number" })
  }

  @Test func keysThatStandThereAreNotOffered() async throws {
    let desk = try await coco(#"{"annotations": [{"id": 1, "image_id": 1, ▮}], $}"#)
    #expect(!desk.labels.contains("id") && !desk.labels.contains("image_id") && desk.labels.contains("bbox"))
  }

  @Test func allThatIsMissingComesAsOne() async throws {
    let desk = try await coco(#"{"annotations": [{▮}], $}"#)
    let first = try #require(desk.list.items.first)
    #expect(first.label == "id, image_id")
    #expect(
      try desk.taken(first.label, snippets: true).hasPrefix(#"{"annotations": [{"id": ‹1›, "image_id": ‹2›}]"#))
  }

  static let elements: [(String, String)] = [
    (#"{"annotations": [▮], $}"#, #"[{E}]"#), (#"{"annotations": [{"id": 1}, ▮], $}"#, #"[{"id": 1}, {E}]"#),
    (#"{"annotations": [{"id": 1}▮], $}"#, #"[{"id": 1}, {E}]"#),
    (#"{"annotations": [▮{"id": 1}], $}"#, #"[{E}, {"id": 1}]"#),
    (#"{"annotations": [{"id": 1}, ▮ {"id": 2}], $}"#, #"[{"id": 1}, {E}, {"id": 2}]"#),
  ]

  @Test(arguments: elements) func aNewElementIsASnippet(_ text: String, _ taken: String) async throws {
    let element =
      #"{"id": ‹1›, "image_id": ‹2›, "category_id": ‹3›, "bbox": [‹4›, ‹5›, ‹6›, ‹7›], "iscrowd": 0}"#
    let desk = try await coco(text)
    let expected = #"{"annotations": "# + taken.replacing("{E}", with: element) + ", "
    #expect(try desk.taken("New box", snippets: true).hasPrefix(expected))
  }

  @Test func whatStandsBehindTheCursorCanBeKept() async throws {
    let text = #"{"concord": "1.0", "domain": "general", "samples": [{"split": "tr▮ue"}]}"#
    let desk = try await CompletionDesk(text, dialect: "vision/concord")
    #expect(try desk.taken("train").contains(#""split": "train"}"#))
    #expect(try desk.taken("train", keepsRest: true).contains(#""split": "trainue"}"#))
  }

  @Test func linesAreCompletedByThemselves() async throws {
    let lines = "{\"concord\": \"1.0\"}\n{\"id\": \"a\", \"annotations\": [{\"orig▮\n{\"id\": \"b\"}\n"
    let desk = try await CompletionDesk(lines, dialect: "vision/concord-lines", languageID: "jsonl")
    #expect(
      try desk.taken("origin")
        == "{\"concord\": \"1.0\"}\n{\"id\": \"a\", \"annotations\": [{\"origin\": \"\"\n{\"id\": \"b\"}\n")
  }

  @Test func nothingIsOfferedWhereNothingIsKnown() async throws {
    for text in [#"{"editor.fontSize": ▮}"#, #"{"cells": [{"▮"}]}"#] {
      let desk = try await CompletionDesk(text, dialect: nil)
      #expect(desk.list.items.isEmpty && !desk.list.isIncomplete)
    }
    #expect(try await coco("{\"images\": [], // no▮te\n \"annotations\": []}").list.items.isEmpty)
  }

  // MARK: Terms

  private static let shelf = """
    {"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "s", "sources": [{"id": "cam", "modality": "image", "view": "shelf", \
    "uri": "a.jpg", "width": 10, "height": 10}], "annotations": [{"id": "a1", "source": "cam", "kind": "bbox", "bbox": [1, 2, 3, 4], \
    "label": $}]}]}
    """

  @Test(arguments: [
    #""duong trang▮"#, #""duong trang▮""#, #""Đường tr▮""#, #""đường▮""#, #""duogn▮""#, #""white su▮""#,
    #"duong trang▮"#,
    #""89360000145▮""#,
  ])
  func aProductIsFoundByAnyOfItsNames(_ typed: String) async throws {
    let desk = try await CompletionDesk(Self.shelf.replacing("$", with: typed), dialect: "retail-sku/shelf")
    let item = try #require(desk.list.items.first)
    #expect(item.label == "White sugar 1 kg" && item.detail == " — 8936000014582")
    #expect(desk.list.isIncomplete)
    #expect(try desk.taken(item.label) == Self.shelf.replacing("$", with: #""8936000014582""#))
  }

  /// Editors drop what does not begin with the word before the cursor.
  @Test func theWordBeforeTheCursorFindsIt() async throws {
    let desk = try await CompletionDesk(
      Self.shelf.replacing("$", with: #""duong trang▮""#), dialect: "retail-sku/shelf")
    let item = try desk.item("White sugar 1 kg")
    #expect(item.filter == "trang")
    #expect(String(decoding: desk.text[item.edit.replace], as: UTF8.self) == "trang")
    #expect(
      item.edit.others == [
        TextEdit(range: item.edit.replace.lowerBound - 6..<item.edit.replace.lowerBound, replacement: [])
      ])
  }

  @Test func aTermTellsWhatItIs() async throws {
    let desk = try await CompletionDesk(Self.shelf.replacing("$", with: #""duong▮""#), dialect: "retail-sku/shelf")
    let page = try #require(try desk.item("White sugar 1 kg").page)
    let text = try #require(await desk.desk.workspace.text(of: page))
    #expect(text.contains("**White sugar 1 kg**") && text.contains("Đường trắng 1 kg"))
  }

  // MARK: Plugins

  @Test func aBarcodeIsFinishedWithItsCheckDigit() async throws {
    let desk = try await CompletionDesk(
      Self.shelf.replacing("$", with: #""893600007777▮""#), dialect: "retail-sku/shelf")
    let item = try #require(desk.list.items.first)
    #expect(item.label == "8936000077778" && item.note == "with its check digit")
    #expect(try desk.taken(item.label) == Self.shelf.replacing("$", with: #""8936000077778""#))
  }

  @Test func aPluginThatDawdlesIsLeftOut() async throws {
    let library = try TestPluginFolder().library()
    let pool = try #require(library.plugins.first?.pool)
    func desk(_ typed: String, patience: Duration = .seconds(600)) async throws -> CompletionDesk {
      try await CompletionDesk(
        #"{"flat": [{"command": "\#(typed)▮"}]}"#, dialect: "test/flat", library: library, pluginPatience: patience)
    }
    let prompt = try await desk("prompt")
    #expect(prompt.lines == ["in time"], "\(prompt.list)")
    let nonsense = try await desk("nonsense")
    #expect(nonsense.list.items.isEmpty)
    let late = try await desk("dawdle", patience: .milliseconds(30))
    #expect(late.list.items.isEmpty && late.list.isIncomplete)
    await pool.stop()
  }
}
