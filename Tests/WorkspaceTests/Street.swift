/// A dataset of pictures and captions that speak of the same things, in the formats of a plugin of data alone.
enum Street {
  static let configuration = #"""
    {"vocabularies": {"objects": "lists/objects.csv"},
     "alignments": [{"name": "street", "subject": ["scene", "object"], "property": "class",
       "sources": [
         {"files": "camera/*.json", "records": "/annotations/*", "modality": "image",
          "scene": "image_id -> file_name | stem", "object": "attributes/track", "value": "category_id -> name"},
         {"files": "captions/*.jsonl", "modality": "text", "scene": "sample", "object": "object", "value": "label"}],
       "compare": {"by": "ontology", "ontology": "objects", "mode": "compatible"}}]}
    """#

  static let camera = #"""
    {"images": [{"id": 1, "file_name": "frames/0001.jpg"}, {"id": 2, "file_name": "frames/0002.jpg"}],
     "annotations": [
       {"id": 1, "image_id": 1, "category_id": 1, "attributes": {"track": "t1"}},
       {"id": 2, "image_id": 2, "category_id": 2, "attributes": {"track": "t1"}}],
     "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "person"}]}
    """#

  static let captions = """
    {"sample": "0001", "object": "t1", "label": "vehicle"}
    {"sample": "0002", "object": "t1", "label": "pedestrian"}

    """

  static let objects = """
    id,prefLabel,altLabel,broader
    vehicle,vehicle,,
    car,car,automobile,vehicle
    bus,bus,,vehicle
    person,person,pedestrian,

    """

  static let files = [
    "camera/a.json": camera, "captions/a.jsonl": captions, "lists/objects.csv": objects,
  ]

  static let plugin = [
    "plugin.json": #"""
    {"id": "own", "version": "1.0.0", "name": "Pictures", "dialects": [
      {"id": "camera", "name": "pictures", "syntax": "json", "schema": "camera.json", "files": ["*.json"],
       "probe": {"required": ["images", "annotations"]}, "records": ["/images/*", "/annotations/*", "/categories/*"]}]}
    """#,
    "camera.json": #"""
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
      "images": {"items": {"properties": {"id": {"x-defines": {"kind": "image", "scope": "document"}}}}},
      "categories": {"items": {"properties": {"id": {"x-defines": {"kind": "category", "scope": "document"}}}}},
      "annotations": {"items": {"properties": {
        "image_id": {"x-references": {"kind": "image", "scope": "document"}},
        "category_id": {"x-references": {"kind": "category", "scope": "document"}}}}}}}
    """#,
  ]

  static func shop(_ changes: [String: String] = [:], configuration: String = configuration) async throws -> Shop {
    try await Shop(files.merging(changes) { $1 }, plugin, configuration: configuration)
  }
}
