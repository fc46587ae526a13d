import Workspace
import Testing
@Test func explore() async throws {
  let images = #""images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}, {"id": 2, "file_name": "b.png", "width": 64, "height": 48}], "categories": [{"id": 3, "name": "cat"}, {"id": 4, "name": "dog"}]"#
  let cases = [
    #"{"annotations": [{▮}], $}"#,
    #"{"annotations": [{"▮}], $}"#,
    #"{"annotations": [{"▮"}], $}"#,
    #"{"annotations": [{"ima▮"}], $}"#,
    #"{"annotations": [{"ima▮}], $}"#,
    #"{"annotations": [{ima▮}], $}"#,
    #"{"annotations": [{"id": 1, "ima▮}], $}"#,
    #"{"annotations": [{"id": 1, ima▮}], $}"#,
    #"{"annotations": [{"id": 1, "ima▮": 1}], $}"#,
    #"{"annotations": [{"id": 1 "ima▮}], $}"#,
    #"{"annotations": [{"id": 1 ▮}], $}"#,
    #"{"annotations": [{"ima▮ "id": 1}], $}"#,
    #"{"annotations": [{"ima▮" "id": 1}], $}"#,
    #"{"annotations": [{▮"id": 1}], $}"#,
    #"{"annotations": [{"id": 1, ▮ "bbox": [1,2,3,4]}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": ▮}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": ▮, "image_id": 1}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": "▮, "image_id": 1}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": "c▮", "image_id": 1}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": ca▮ "image_id": 1}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": 3▮ }], $}"#,
    #"{"annotations": [{"id": 1, "iscrowd": ▮ }], $}"#,
    #"{"annotations": [▮], $}"#,
    #"{"annotations": [{"id": 1}, ▮], $}"#,
    #"{"annotations": [{"id": 1}▮], $}"#,
    #"{"annotations": [▮{"id": 1}], $}"#,
    #"{"annotations": [{"id": 1}, ▮ {"id": 2}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": ▮"#,
    #"{"ann▮"#,
    #"{▮"#,
    #"▮"#,
    #"{"annotations": [{"id": 1, "bbox": [▮]}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": unknown cat▮}], $}"#,
    #"{"annotations": [{"id": 1, "category_id": "the c▮}], $}"#,
    #"{"annotations": [{"id": 1, "cat▮egory_idx": 3}], $}"#,
    #"{"annotations": [{"id": 1, "imgae▮"}], $}"#,
    #"{"annotations": [{"id": 1}, "▮], $}"#,
    #"{"annotations": [{"id": 1}, {"ima▮, {"id": 2}], $}"#,
    "{\n  \"annotations\": [\n    {\n      \"id\": 1,\n      \"▮\n    },\n    {\"id\": 2}\n  ],\n  $\n}",
    "{\n  \"images\": []\n  ▮\n}",
    "{\n  \"images\": []\n  \"an▮\n}",
    "{\n  \"images\": [],\n  \"an▮\n  \"categories\": []\n}",
  ]
  for text in cases {
    let desk = try await CompletionDesk(text.replacing("$", with: images))
    print("======", text.replacing("\n", with: "⏎"))
    print("   ", desk.lines.prefix(8), desk.list.isIncomplete)
    for label in desk.labels.prefix(2) {
      print("      →", label, "→", try desk.taken(label, snippets: true).replacing(images, with: "$").replacing("\n", with: "⏎"), "|", desk.list.items[0].filter ?? "-")
    }
  }
}
