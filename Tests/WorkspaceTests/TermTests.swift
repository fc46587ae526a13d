import Findings
import Manifest
import TestSupport
import Testing
import Workspace

/// A dataset's own list of labels, with no plugin installed: what is wrong with labels follows the list.
@Suite struct TermTests {
  static let schema = #"""
    {"type": "object", "properties": {"samples": {"type": "array", "items": {"type": "object", "properties": {
      "label": {"type": "string", "x-term": {"ontology": "things"}},
      "color": {"type": "string", "x-term": {"ontology": "things", "form": "label", "under": "color"}}}}}}}
    """#
  static let list = """
    id,label,synonyms,parent,deprecated,replaced_by
    milk,Sữa,leche|milch,,,
    bread,Bánh mì,,,,
    loaf,Ổ bánh,,,yes,bread
    crumb,Vụn,,,yes,
    roll,Bánh tròn,,,yes,bread|milk
    color,Màu,,,,
    red,Đỏ,,color,,

    """

  struct Dataset {
    let folder: TemporaryFolder
    let desk: Desk
    let listPath: String

    init(
      _ manifest: String, list: String = TermTests.list, configuration: String = #"{"vocabularies": ["things.csv"]}"#,
      listName: String = "things.csv", other: (name: String, text: String)? = nil
    ) async throws {
      folder = try TemporaryFolder()
      _ = try folder.write("concord.json", configuration)
      listPath = try folder.write(listName, list)
      if let other { _ = try folder.write(other.name, other.text) }
      var options = LibraryOptions()
      options.schema = try folder.write("schemas/labels.schema", TermTests.schema)
      let path = try folder.write("a.json", manifest)
      desk = try await Desk(Array(manifest.utf8), path: path, library: Library(options))
    }

    func openList(_ text: String = TermTests.list) async {
      await desk.workspace.open(
        "list", path: listPath, languageID: "csv", text: Array(text.utf8))
    }

    /// Puts one text in the place of another in the open list.
    func type(_ old: String, _ new: String) async throws {
      let text = try #require(await desk.workspace.snapshot("list")).document.allBytes()
      let start = try #require(text.firstOffset(of: old))
      await desk.workspace.change(
        "list", version: 1, edits: [.bytes(start..<start + old.utf8.count, Array(new.utf8))])
    }

    /// `concord check` of what stands on the disk now.
    func check() async throws -> [String] {
      try await report().files.flatMap(\.findings).map { "\($0.line) \($0.message)" }
    }

    func report() async throws -> CheckReport {
      let checks = FileChecks(library: desk.workspace.library, options: Workspace.Options())
      let path = try #require(await desk.snapshot.path)
      return await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    }

    var told: [String] {
      get async throws { try await desk.findings.map { "\($0.line) \($0.message)" } }
    }
  }

  private func labels(_ labels: String...) -> String {
    #"{"samples": ["# + labels.map { #"{"label": "\#($0)"}"# }.joined(separator: ", ") + "]}"
  }

  @Test(arguments: [
    ("milk", nil), ("mlik", "The list `things` has no mlik. Did you mean milk (Sữa)?"),
    ("butter", "The list `things` has no butter. Check the spelling, or add it to the list."),
    ("Sua", "The list `things` has no Sua. Did you mean milk (Sữa)?"),
    ("Milch", "The list `things` has no Milch. Did you mean milk (Sữa)?"),
    ("loaf", "Ổ bánh was taken out of use in the list `things`. bread (Bánh mì) is used instead."),
    ("crumb", "Vụn was taken out of use in the list `things`. Choose another label."),
    (
      "roll",
      "Bánh tròn was taken out of use in the list `things`. Use one of these instead: bread (Bánh mì), milk (Sữa)."
    ),
  ]) func aLabelIsHeldAgainstTheList(_ label: String, _ message: String?) async throws {
    let dataset = try await Dataset(labels(label))
    #expect(try await dataset.desk.findings.map(\.message) == [message].compactMap(\.self))
    #expect(try await dataset.told == dataset.check())
  }

  @Test(arguments: [
    ("Đỏ", nil), ("Sữa", "Sữa is in the list `things`, but is no kind of Màu, which belongs here. Choose another one."),
    ("leche", "leche is in the list `things`, but is no kind of Màu, which belongs here. Choose another one."),
    ("red", "The list `things` has no red. Did you mean red (Đỏ)?"),
  ]) func aLabelBelongsToItsBranch(_ label: String, _ message: String?) async throws {
    let dataset = try await Dataset(#"{"samples": [{"color": "\#(label)"}]}"#)
    #expect(try await dataset.desk.findings.map(\.message) == [message].compactMap(\.self))
  }

  @Test func fixesPutTheRightIdIn() async throws {
    let dataset = try await Dataset(labels("loaf", "Sua"))
    let fixes = try await dataset.desk.findings.flatMap(\.fixes)
    #expect(fixes.map(\.title) == ["Use bread (Bánh mì)", "Use milk (Sữa)"])
    #expect(fixes.map(\.isCertain) == [true, false])
    #expect(fixes.flatMap(\.edits).map(\.text) == [#""bread""#, #""milk""#])
  }

  static let pages = TermRules.all.flatMap { $0.good + $0.bad }

  @Test(arguments: pages) func pageShowsWhatTheRuleSays(_ example: String) async throws {
    let file = Fixture(example).file
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", #"{"vocabularies": ["things.csv"]}"#)
    _ = try folder.write("things.csv", "id,label,deprecated\nmilk,Milk,\nmilk-old,Fresh milk,yes\n")
    var options = LibraryOptions()
    options.schema = try folder.write(
      "labels.schema", #"{"properties": {"label": {"x-term": {"ontology": "things"}}}}"#)
    let path = try folder.write("a.json", "")
    let desk = try await Desk(file.bytes, path: path, library: Library(options))
    #expect(try await desk.findings.map(\.bytes) == file.ranges)
  }

  /// Typing in the open list changes what is said of an open manifest; the buffer goes before the file.
  @Test func typingInTheListIsHeard() async throws {
    let dataset = try await Dataset(labels("milk", "butter", "loaf"))
    #expect(try await dataset.desk.lines.count == 2)
    await dataset.openList()
    try await dataset.type("bread,Bánh mì", "butter,Bơ")
    let told = try await dataset.told
    #expect(
      try await dataset.desk.findings.map(\.message) == [
        "Ổ bánh was taken out of use in the list `things`. Choose another label."
      ])
    _ = try dataset.folder.write("things.csv", Self.list.replacing("bread,Bánh mì", with: "butter,Bơ"))
    #expect(try await dataset.check() == told)
    try await dataset.type("milk,", "mil,")
    #expect(try await dataset.desk.lines.count == 2)
    // Closed without saving, the file counts again.
    await dataset.desk.workspace.close("list")
    #expect(try await dataset.told == told)
  }

  /// A list saved in another editor is taken up when the client says so.
  @Test func aListSavedElsewhereIsHeard() async throws {
    let dataset = try await Dataset(labels("milk", "butter"))
    #expect(try await dataset.desk.lines.count == 1)
    _ = try dataset.folder.write("things.csv", Self.list + "butter,Bơ,,,,\n")
    await dataset.desk.workspace.filesChanged([dataset.listPath])
    #expect(try await dataset.desk.lines == [])
    #expect(try await dataset.check() == [])
  }

  @Test func aHeaderTypedAnewChangesEverything() async throws {
    let dataset = try await Dataset(labels("milk", "bread"))
    await dataset.openList()
    try await dataset.type("id,label", "label,id")
    #expect(try await dataset.desk.lines.count == 2)
    try await dataset.type("label,id", "id,label")
    #expect(try await dataset.desk.lines == [])
  }

  /// A list that knows hardly any label is to blame itself.
  @Test func aWrongListIsOneFinding() async throws {
    let words = (0..<40).map { "word\($0)" } + ["milk", "bread"]
    let manifest = #"{"samples": ["# + words.map { #"{"label": "\#($0)"}"# }.joined(separator: ", ") + "]}"
    let dataset = try await Dataset(manifest)
    let finding = try #require(try await dataset.desk.findings.first)
    #expect(try await dataset.desk.findings.count == 1)
    #expect(finding.message.hasPrefix("40 of the 42 labels here are not in the list `things`."))
    await dataset.openList()
    try await dataset.type("milk,", (0..<36).map { "word\($0),W,,,,\n" }.joined() + "milk,")
    #expect(try await dataset.desk.findings.count == 4)
  }

  /// Columns are named in `concord.json`; a mapping adds successors; JSON lists work the same.
  @Test func listsOfEveryForm() async throws {
    let columns =
      #"{"vocabularies": [{"id": "things", "file": "x.csv", "columns": {"What": "id", "Gone": "deprecated"}}]}"#
    let named = try await Dataset(
      labels("a", "b", "c"), list: "What,Gone\na,\nb,yes\n", configuration: columns, listName: "x.csv")
    #expect(try await named.desk.findings.map(\.rule) == ["term/deprecated", "term/unknown"])
    let json = try await Dataset(
      labels("a", "b"), list: #"{"version": "2", "terms": [{"id": "a", "prefLabel": {"en": "A"}}]}"#,
      configuration: #"{"vocabularies": {"things": "lists/t.json"}}"#, listName: "lists/t.json")
    #expect(try await json.desk.findings.map(\.rule) == ["term/unknown"])
    let outside = try await Dataset(labels("zzz"), configuration: #"{"vocabularies": ["../things.csv"]}"#)
    #expect(try await outside.desk.findings == [])
    let mapped = try await Dataset(labels("crumb"), configuration: #"{"vocabularies": ["things.csv", "map.csv"]}"#)
    _ = try mapped.folder.write("map.csv", "from,relation,to\ncrumb,replacedBy,bread\n")
    await mapped.desk.workspace.filesChanged([mapped.folder.path + "/map.csv"])
    #expect(try await mapped.desk.findings.first?.fixes.first?.title == "Use bread (Bánh mì)")
  }
}

/// Plugins' code looks terms up in the dataset's list too.
@Suite struct PluginTermTests {
  /// A label that is a product's name: the rule tells its barcode once the list knows it.
  @Test func codeIsJudgedByTheListAsItIsTyped() async throws {
    let manifest = #"""
      {"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s1",
        "sources": [{"id": "front", "modality": "image", "uri": "a.jpg", "width": 1000, "height": 800}],
        "annotations": [{"id": "a1", "source": "front", "kind": "bbox", "bbox": [1, 2, 30, 40], "label": "Trà gạo lứt"}]}]}
      """#
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", #"{"vocabularies": {"skus": "own.csv"}}"#)
    let list = "id,name\n8936000010515,Trà khác\n"
    let listPath = try folder.write("own.csv", list)
    let path = try folder.write("a.json", manifest)
    let desk = try await Desk(Array(manifest.utf8), path: path, languageID: "json", library: Installation.makeLibrary())
    let rule = "retail-sku/gtin-form-invalid"
    func fixes() async throws -> [String] {
      try await desk.findings.filter { $0.rule == rule }.flatMap(\.fixes).flatMap(\.edits).map(\.text)
    }
    #expect(try await fixes() == [])
    await desk.workspace.open("list", path: listPath, languageID: "csv", text: Array(list.utf8))
    let start = try #require(Array(list.utf8).firstOffset(of: "khác"))
    await desk.workspace.change(
      "list", version: 1, edits: [.bytes(start..<start + "khác".utf8.count, Array("gạo lứt".utf8))])
    #expect(try await fixes() == [#""8936000010515""#])
    await desk.workspace.close("list")
    #expect(try await fixes() == [])
  }
}
