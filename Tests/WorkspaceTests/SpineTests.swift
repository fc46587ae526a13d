import Testing

/// One mistake in a file of each format, as an editor shows it.
@Suite struct SpineTests {
  @Test func boxLeavesItsPictureInCOCO() async throws {
    try await checkFindings(
      #"""
      {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": ⟪[90, 10, 11, 40]⟫}],
       "categories": [{"id": 1, "name": "cup"}]}
      """#, "vision/bbox-out-of-image")
  }

  @Test func idsAndReferencesInCOCO() async throws {
    try await checkFindings(
      #"""
      {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80},
                  {"id": ⟪1⟫, "file_name": "b.png", "width": 100, "height": 80}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": ⟪2⟫, "bbox": [1, 1, 9, 9]},
                       {"id": ⟪⟪1.0⟫⟫, "image_id": ⟪3⟫, "category_id": 1, "bbox": [1, 1, 9, 9]}],
       "categories": [{"id": 1, "name": "cup"}]}
      """#, "vision/duplicate-record-id", "vision/unresolved-record-ref", "vision/duplicate-record-id",
      "vision/id-representation-hazard", "vision/unresolved-record-ref")
  }

  @Test func theSameObjectTwiceInCOCO() async throws {
    try await checkFindings(
      #"""
      {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40]},
                       {"id": 2, "image_id": 1, "category_id": 1, "bbox": ⟪[10, 10, 40, 40.5]⟫}],
       "categories": [{"id": 1, "name": "cup"}]}
      """#, "vision/duplicate-geometry")
  }

  @Test func concordLabels() async throws {
    try await checkFindings(
      #"""
      {"concord": "1.0", "domain": "general", "samples": [
        {"id": "s1",
         "sources": [{"id": "front", "modality": "image", "uri": "a.png", "width": 64, "height": 48}],
         "annotations": [
           {"id": "a1", "source": "front", "kind": "bbox", "bbox": ⟪[60, 10, 20, 20]⟫, "label": "cup"},
           {"id": "a2", "source": ⟪"back"⟫, "kind": "bbox", "bbox": [1, 1, 2, 2], "label": "cup"}]},
        {"id": "s2",
         "sources": [{"id": "back", "modality": "image", "uri": "b.png", "width": 100, "height": 48}],
         "annotations": [{"id": "a1", "source": "back", "kind": "bbox", "bbox": [60, 10, 20, 20], "label": "cup"}]},
        {"id": ⟪"s1"⟫, "sources": []}]}
      """#, "vision/bbox-out-of-image", "vision/unresolved-record-ref", "vision/duplicate-record-id")
  }

  @Test func concordLabelsASampleALine() async throws {
    try await checkFindings(
      #"""
      {"concord": "1.0", "batch": "b"}
      {"id": "s1", "sources": [{"id": "f", "modality": "image", "uri": "a.png", "width": 64, "height": 48}], "annotations": [{"id": "a1", "source": "f", "kind": "bbox", "bbox": ⟪[60, 10, 20, 20]⟫, "label": "cup"}]}
      {"id": ⟪"s1"⟫, "sources": [], "annotations": [{"id": "a1", "source": ⟪"f"⟫, "kind": "bbox", "bbox": [60, 10, 20, 20], "label": "cup"}]}
      """#, "vision/bbox-out-of-image", "vision/duplicate-record-id", "vision/unresolved-record-ref",
      languageID: "jsonl")
  }

  @Test func shelf() async throws {
    try await checkFindings(
      #"""
      {"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [
        {"id": "s1",
         "sources": [{"id": "front", "modality": "image", "view": "shelf", "uri": "a.png", "width": 640, "height": 480}],
         "annotations": [
           {"id": "a1", "source": "front", "kind": "bbox", "bbox": [18, 28, 57, 105], "label": ⟪"8936000010141"⟫, "row": 3},
           {"id": "a2", "source": "front", "kind": "bbox", "bbox": ⟪[40, 29, 57, 104]⟫, "label": "8936000010140", "row": 3},
           {"id": "a3", "source": "front", "kind": "bbox", "bbox": [300, 29, 57, 104], "label": ⟪"unknown"⟫, "row": 3}]}]}
      """#, "retail-sku/gtin-check-digit", "retail-sku/shelf-box-overlaps-neighbour",
      "retail-sku/unrecognised-without-disposition")
  }

  @Test func tillAndPictureDisagree() async throws {
    try await checkFindings(
      #"""
      {"concord": "1.0", "domain": "retail-sku", "samples": [
        {"id": "c1",
         "sources": [{"id": "cam", "modality": "image", "view": "checkout", "uri": "a.png", "width": 640, "height": 480},
                     {"id": "pos", "modality": "text", "view": "receipt", "uri": "a.txt"}],
         "annotations": [
           {"id": "a1", "source": "cam", "kind": "bbox", "bbox": [40, 120, 70, 150], "label": "8934563138165"},
           {"id": "a2", "source": "cam", "kind": "bbox", "bbox": [132, 120, 70, 150], "label": "8934563138165"},
           {"id": "t1", "source": "pos", "kind": "span", "span": [0, 9], "label": ⟪"8934563138165"⟫, "quantity": 3}]}]}
      """#, "retail-sku/basket-visual-mismatch")
  }

  @Test func syntaxAndDoubledMembers() async throws {
    try await checkFindings(
      #"""
      {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80, ⟪"width"⟫: 100}],
       "annotations": [{"id": 1, "image_id": 1 ⟪⟫"category_id": 1, "bbox": [1, 1, 9, 9]}],
       "categories": [{"id": 1, "name": "cup"}]}
      """#, "syntax/duplicate-key", "syntax/missing-comma")
  }

  @Test func wrongConventionSilencesWhatItExplains() async throws {
    let boxes = (0..<24).map {
      #"{"id": \#($0 + 1), "image_id": 1, "category_id": 1, "bbox": \#($0 == 0 ? "⟪" : "")[\#(20 + 10 * $0), \#(130 + 4 * $0), \#(300 + 10 * $0), \#(330 + 4 * $0)]\#($0 == 0 ? "⟫" : "")}"#
    }
    try await checkFindings(
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": ["#
        + boxes.joined(separator: ", ") + #"], "categories": [{"id": 1, "name": "cup"}]}"#,
      "vision/bbox-convention-suspect")
  }
}
