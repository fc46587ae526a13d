import Testing
import Workspace

/// One desk, labelled with one tool after the other, with mistakes in every file: rules ask for boxes and pictures, so they
/// find the same in each.
@Suite struct DeskExampleTests {
  @Test(arguments: [
    (
      "cvat.json", "vision/cvat",
      [
        "vision/duplicate-geometry /0/shapes/1/points", "vision/bbox-malformed /0/shapes/2/points",
        "schema/min-items /0/tracks/0/shapes",
      ]
    ),
    (
      "datumaro.json", "vision/datumaro",
      [
        "vision/bbox-out-of-image /items/0/annotations/0/bbox", "vision/duplicate-geometry /items/0/annotations/2/bbox",
        "vision/unresolved-record-ref /items/0/annotations/3/label_id",
        "vision/bbox-malformed /items/0/annotations/4/bbox", "vision/duplicate-record-id /items/1/id",
      ]
    ),
    (
      "label-studio.json", "vision/label-studio",
      [
        "vision/bbox-out-of-image /0/annotations/0/result/0/value",
        "vision/duplicate-geometry /0/annotations/0/result/2/value",
        "vision/unresolved-record-ref /0/annotations/0/result/3/to_id", "vision/duplicate-record-id /1/id",
        "vision/bbox-malformed /1/annotations/0/result/0/value", "schema/type /1/annotations/0/result/1/value/width",
      ]
    ),
    (
      "labelbox.ndjson", "vision/labelbox",
      [
        "vision/bbox-out-of-image /0/projects/desk/labels/0/annotations/objects/0/bounding_box",
        "vision/duplicate-record-id /0/projects/desk/labels/0/annotations/objects/2/feature_id",
        "vision/duplicate-geometry /0/projects/desk/labels/0/annotations/objects/2/bounding_box",
        "vision/duplicate-record-id /1/data_row/id",
      ]
    ),
    (
      "labelme.json", "vision/labelme",
      [
        "vision/duplicate-geometry /shapes/1/points", "vision/bbox-out-of-image /shapes/2/points",
        "schema/min-items /shapes/3/points", "vision/bbox-malformed /shapes/4/points",
        "vision/media-size-disagrees /imageWidth",
      ]
    ),
    (
      "panoptic.coco.json", "vision/coco",
      [
        "vision/duplicate-record-id /annotations/0/segments_info/1/id",
        "vision/unresolved-record-ref /annotations/0/segments_info/1/category_id",
      ]
    ),
    (
      "sagemaker.manifest", "vision/sagemaker",
      [
        "vision/bbox-out-of-image /0/boxes/annotations/0", "vision/duplicate-geometry /0/boxes/annotations/2",
        "vision/bbox-malformed /1/boxes/annotations/0", "schema/required /1/boxes/annotations/1",
      ]
    ),
    (
      "supervisely.json", "vision/supervisely",
      [
        "vision/bbox-out-of-image /objects/0/points/exterior", "vision/duplicate-record-id /objects/2/id",
        "vision/duplicate-geometry /objects/2/points/exterior", "schema/min-items /objects/3/points/exterior",
      ]
    ),
    (
      "via.json", "vision/via",
      [
        "vision/duplicate-geometry /desk-0001.png4218/regions/1/shape_attributes",
        "vision/bbox-malformed /desk-0001.png4218/regions/2/shape_attributes",
        "schema/required /desk-0001.png4218/regions/3/shape_attributes",
        "schema/enum /desk-0001.png4218/regions/4/shape_attributes/name",
      ]
    ),
  ])
  func plantedMistakesAreFound(_ name: String, _ format: String, _ expected: [String]) async throws {
    let path = Installation.repository + "/Examples/desk/desk." + name
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let report = await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    let file = try #require(report.files.first)
    #expect(file.dialect == format)
    #expect(file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() == expected.sorted())
    #expect(report.notRun == [])
  }

  /// What people made apart is not compared: two people's boxes, boxes of two pictures under one name.
  @Test func twoPeopleMayDrawTheSameBox() async throws {
    try await checkFindings(
      #"""
      [{"id": 1, "data": {"image": "a.png"}, "annotations": [
        {"id": 1, "result": [{"id": "a", "type": "rectangle", "from_name": "box", "to_name": "image", "original_width": 100, "original_height": 100,
          "value": {"x": 10, "y": 10, "width": 20, "height": 20}}]},
        {"id": 2, "result": [{"id": "a", "type": "rectangle", "from_name": "box", "to_name": "image", "original_width": 100, "original_height": 100,
          "value": {"x": 10, "y": 10, "width": 20, "height": 20}}]}]}]
      """#)
  }

  /// A turned box's corners are not where its numbers say; nothing is said of it.
  @Test func turnedBoxesAreLeftAlone() async throws {
    try await checkFindings(
      #"""
      [{"id": 1, "data": {"image": "a.png"}, "annotations": [
        {"id": 1, "result": [{"id": "a", "type": "rectangle", "from_name": "box", "to_name": "image", "original_width": 100, "original_height": 100,
          "value": {"x": 95, "y": 10, "width": 20, "height": 20, "rotation": 90}}]}]}]
      """#)
  }

  /// One missing pair of brackets is one finding, however many numbers stand there.
  @Test func anOutlineWithoutBracketsOfItsOwnIsToldOnce() async throws {
    try await checkFindings(
      #"""
      {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 100}],
        "categories": [{"id": 1, "name": "lamp"}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 20], "area": 400, "iscrowd": 0,
          "segmentation": ⟪[10, 10, 30, 10, 30, 30, 10, 30]⟫}]}
      """#, "schema/not")
  }
}
