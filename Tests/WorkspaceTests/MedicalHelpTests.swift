import Findings
import Testing
import Workspace

/// What is offered while images are labelled: numbers, identifiers of other files, codes, sides, categories.
@Suite struct MedicalHelpTests {
  /// Behind the highest of the mask's own; each mask has numbers of its own.
  @Test(arguments: [
    (#"[[{"labelID": 1}, {"labelID": ▮}]]"#, "2"), (#"[[{"labelID": 1}, {"labelID": 2}], [{"labelID": ▮}]]"#, "1"),
    (#"[[{"labelID": 7}], [{"labelID": 1}, {"labelID": 3}, {"labelID": ▮}]]"#, "4"),
  ]) func aSegmentGetsTheNextFreeNumber(_ list: String, _ number: String) async throws {
    let desk = try await CompletionDesk(#"{"segmentAttributes": \#(list)}"#, dialect: "medical-imaging/segments")
    #expect(desk.list.items.filter { $0.note == "next free number" }.map(\.label) == [number])
    #expect(desk.list.items.first?.label == number)
  }

  private static let headers =
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3.4.5"]}, "0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "00081030": {"vr": "LO", "Value": ["CHEST"]}, "0020000E": {"vr": "UI", "Value": ["1.2.3.4"]}, "0008103E": {"vr": "LO", "Value": ["LUNG 1MM"]}, "00200052": {"vr": "UI", "Value": ["1.2.3.9"]}}]"#
  private static let viewer =
    #"{"studies": [{"StudyInstanceUID": "1.2.7", "series": [{"SeriesInstanceUID": "1.2.7.4", "instances": [{"metadata": {"SOPInstanceUID": "1.2.7.4.5"}, "url": "dicomweb:a"}]}]}]}"#

  /// Identifiers that the headers of other files have, each kind where it belongs, with what the series or study is called.
  @Test(arguments: [
    (
      "notes.json", #"{"p": {"text": "No nodule .", "study_uid": "▮", "entities": {}}}"#,
      ["1.2.3 — CHEST", "1.2.7"]
    ),
    (
      "measured.json",
      #"{"Measurements": [{"TrackingIdentifier": "a", "SourceSeriesForImageSegmentation": "▮", "measurementItems": []}]}"#,
      ["1.2.3.4 — LUNG 1MM", "1.2.7.4"]
    ),
    (
      "measured.json",
      #"{"Measurements": [{"TrackingIdentifier": "a", "segmentationSOPInstanceUID": "▮", "measurementItems": []}]}"#,
      ["1.2.3.4.5", "1.2.7.4.5"]
    ),
    (
      "study.json",
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s", "sources": [{"id": "ct", "modality": "image", "frameUid": "▮"}]}]}"#,
      ["1.2.3.9"]
    ),
  ]) func identifiersOfOtherFilesAreOffered(_ name: String, _ marked: String, _ expected: [String]) async throws {
    let offset = try #require(Array(marked.utf8).firstOffset(of: "▮"))
    let shop = try await Shop(
      [name: marked.replacing("▮", with: ""), "headers.json": Self.headers, "viewer.json": Self.viewer],
      configuration: "{}", library: Installation.library.get())
    try await shop.open(name)
    await shop.workspace.settle(name)
    let snapshot = try #require(await shop.workspace.snapshot(name))
    let list = await shop.workspace.completions(at: offset, in: snapshot)
    let ids = list.items.filter { $0.kind == .identifier }
    #expect(ids.map { $0.label + ($0.detail ?? "") }.sorted() == expected)
  }

  /// What was not brought along is not missed.
  @Test func anIdentifierOfNoFileIsNoMistake() async throws {
    let shop = try await Shop(
      [
        "notes.json": #"{"p": {"text": "No nodule .", "study_uid": "1.9.9", "entities": {}}}"#,
        "headers.json": Self.headers,
      ], configuration: "{}", library: Installation.library.get())
    try await shop.open("notes.json")
    #expect(try await shop.findings("notes.json") == [])
  }

  /// The rows that the size leaves open, by the mean of both diameters where both are known.
  @Test(arguments: [
    (#""longAxis": 9, "shortAxis": 8"#, ["**4A**"], ["**3**"]), (#""longAxis": 9"#, ["**4A**", "**3**"], ["**2**"]),
  ]) func aCategoryShowsItsRow(_ size: String, _ shown: [String], _ hidden: [String]) async throws {
    let text =
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "classification", "label": "nodule", "noduleType": "solid", "noduleStatus": "baseline", \#(size), "category": {"system": "Lung-RADS", "version": "2022", "value": "4A"}}]}]}"#
    let desk = try await Desk(text)
    let cursor = try #require(Array(text.utf8).firstOffset(of: #""4A""#)) + 1
    let hover = try #require(await desk.snapshot.hover(at: cursor, in: desk.workspace)).markdown
    #expect(hover.contains("under 15 mm 4A"))
    for value in shown { #expect(hover.contains(value)) }
    for value in hidden { #expect(!hover.contains(value)) }
  }

  /// A reading names labels of its own sample.
  @Test func aReadingIsOfferedTheLabelsOfItsSample() async throws {
    let desk = try await CompletionDesk(
      #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a1", "kind": "classification"}], "readings": [{"pass": "adjudication", "of": ["▮"]}]}, {"id": "t", "sources": [], "annotations": [{"id": "b1", "kind": "classification"}]}]}"#,
      dialect: "medical-imaging/study")
    #expect(desk.list.items.filter { $0.kind == .identifier }.map(\.label) == ["a1"])
  }
}
