import Findings
import Manifest
import Testing
import Workspace

/// A dataset's own list `labels`, which formats of pictures hold their names against where there is one.
@Suite struct LabelListTests {
  private static let list = """
    id,label,synonyms,deprecated,replaced_by
    person,person,pedestrian,,
    traffic_light,traffic light,,,
    bike,bicycle,,,
    cycle,old bicycle,,yes,bike

    """

  private func shop(_ file: String, _ text: String, configuration: String = #"{"vocabularies": ["labels.csv"]}"#)
    async throws -> Shop
  {
    let shop = try await Shop(
      [file: text, "labels.csv": Self.list], configuration: configuration, library: Installation.library.get())
    try await shop.open(file)
    return shop
  }

  private func coco(_ names: String...) -> String {
    let categories = names.enumerated().map { #"{"id": \#($0 + 1), "name": "\#($1)"}"# }
    return
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "categories": [\#(categories.joined(separator: ", "))], "annotations": []}"#
  }

  private func terms(_ shop: Shop, in file: String) async throws -> [String] {
    try await shop.shown(file).filter { $0.rule.hasPrefix("term/") }.map { "\($0.rule) \($0.pointer)" }
  }

  /// By id, by name or by a synonym; capitals and hyphens make another class of it.
  @Test func namesStandInTheList() async throws {
    let text = coco("person", "traffic_light", "traffic light", "pedestrian", "Person", "traffic-light", "cycle")
    let shop = try await shop("a.json", text)
    #expect(
      try await terms(shop, in: "a.json") == [
        "term/unknown /categories/4/name", "term/unknown /categories/5/name", "term/deprecated /categories/6/name",
      ])
  }

  @Test(arguments: ["{}", #"{"vocabularies": [{"id": "others", "file": "labels.csv"}]}"#])
  func withoutAListNobodyMissesIt(_ configuration: String) async throws {
    let shop = try await shop("a.json", coco("giraffe"), configuration: configuration)
    #expect(try await terms(shop, in: "a.json") == [])
    #expect(try #require(await shop.workspace.snapshot("a.json")).faults == [])
  }

  /// A list that is edited is heard by the file beside it.
  @Test func theListMayGrow() async throws {
    let shop = try await shop("a.json", coco("giraffe"))
    #expect(try await terms(shop, in: "a.json").count == 1)
    try await shop.open("labels.csv")
    try await shop.replace("bike,bicycle", with: "giraffe,giraffe,,,\nbike,bicycle", in: "labels.csv")
    #expect(try await terms(shop, in: "a.json") == [])
  }

  @Test(arguments: [
    (
      "labelme.json",
      #"{"version": "5.0", "imagePath": "a.png", "imageHeight": 480, "imageWidth": 640, "imageData": null, "flags": {}, "shapes": [{"label": "persn", "points": [[1, 1], [20, 20]], "shape_type": "rectangle", "group_id": null, "flags": {}}]}"#,
      "/shapes/0/label"
    ),
    (
      "studio.json",
      #"[{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "result": [{"id": "r1", "type": "rectanglelabels", "from_name": "label", "to_name": "image", "original_width": 640, "original_height": 480, "value": {"x": 1, "y": 1, "width": 10, "height": 10, "rotation": 0, "rectanglelabels": ["persn"]}}]}]}]"#,
      "/0/annotations/0/result/0/value/rectanglelabels/0"
    ),
  ])
  func otherFormatsAsk(_ file: String, _ text: String, _ place: String) async throws {
    let shop = try await shop(file, text)
    #expect(try await terms(shop, in: file) == ["term/unknown \(place)"])
  }
}

/// What a project's list of tags says of who may have them.
@Suite struct ProjectTagTests {
  private static func meta(_ tag: String) -> String {
    #"{"classes": [{"title": "cup", "shape": "any"}, {"title": "car", "shape": "any"}], "tags": [{"name": "parked", "value_type": "none", \#(tag)}]}"#
  }
  private static let objectsOfCars = meta(#""applicable_type": "objectsOnly", "classes": ["car"]"#)

  /// A picture with a tag, and one object of each class with it.
  private static let picture =
    #"{"tags": [{"name": "parked"}], "size": {"height": 48, "width": 64}, "objects": [{"classTitle": "cup", "tags": [{"name": "parked"}]}, {"classTitle": "car", "tags": [{"name": "parked"}]}]}"#

  private func found(_ files: [String: String]) async throws -> [String] {
    let shop = try await Shop(
      files.merging(["a.json": Self.picture]) { own, _ in own }, configuration: "{}",
      library: Installation.library.get())
    try await shop.open("a.json")
    return try await shop.shown("a.json").filter { $0.rule == "vision/attribute-scope-violation" }.map(\.pointer)
  }

  @Test func tagsAreForThoseTheListNames() async throws {
    #expect(try await found(["meta.json": Self.objectsOfCars]) == ["/tags/0/name", "/objects/0/tags/0/name"])
    #expect(
      try await found(["meta.json": Self.meta(#""applicable_type": "imagesOnly""#)])
        == ["/objects/0/tags/0/name", "/objects/1/tags/0/name"])
  }

  /// Nothing is said without a list, of a tag that anybody may have, or where two projects have lists of their own.
  @Test(arguments: [
    [:], ["meta.json": meta(#""applicable_type": "all", "classes": []"#)], ["meta.json": meta(#""color": "red""#)],
    ["meta.json": objectsOfCars, "other/meta.json": meta(#""applicable_type": "all""#)],
  ])
  func otherwiseNothingIsSaid(_ files: [String: String]) async throws {
    #expect(try await found(files) == [])
  }
}
