/// A format of its own, so that counts don't change with a plugin's: as much as labels of pictures need.
enum Format {
  static let paths = ["/images/*", "/annotations/*", "/categories/*"]

  static let descriptor = """
    {"id": "counted", "version": "1.0.0", "name": "Counted", "dialects": [
      {"id": "coco", "name": "labels", "syntax": "json", "schema": "schema.json", "files": ["*.json"],
       "probe": {"required": ["images", "annotations"]}, "records": ["/images/*", "/annotations/*", "/categories/*"]}]}
    """

  static let schema = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
     "required": ["images", "annotations"],
     "properties": {
       "images": {"type": "array", "items": {"$ref": "#/$defs/image"}},
       "annotations": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
       "categories": {"type": "array", "items": {"$ref": "#/$defs/category"}}},
     "$defs": {
       "image": {"type": "object", "x-role": "asset", "required": ["id", "width", "height"],
         "if": {"required": ["coco_url"]}, "else": {"required": ["file_name"]},
         "properties": {
           "id": {"type": "integer", "x-field": "id",
             "x-defines": {"kind": "image", "scope": "document", "name": "file_name", "exports": ["width", "height"]}},
           "file_name": {"type": "string", "minLength": 1, "pattern": "^[0-9]+\\\\.(jpg|png)$"},
           "width": {"type": "integer", "minimum": 1, "x-field": "width"},
           "height": {"type": "integer", "minimum": 1, "x-field": "height"}}},
       "category": {"type": "object", "required": ["id", "name"], "additionalProperties": false, "properties": {
         "id": {"type": "integer", "x-defines": {"kind": "category", "scope": "document", "name": "name"}},
         "name": {"type": "string", "minLength": 1}}},
       "annotation": {"type": "object", "x-role": "region", "required": ["id", "image_id"], "properties": {
         "id": {"type": "integer", "x-field": "id", "x-defines": {"kind": "annotation", "scope": "document"}},
         "image_id": {"type": "integer", "x-field": "asset", "x-references": {"kind": "image", "scope": "document"}},
         "category_id": {"type": "integer", "x-field": "label",
           "x-references": {"kind": "category", "scope": "document"}},
         "bbox": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"},
           "x-field": "box", "x-geometry": {"type": "box", "convention": "xywh", "unit": "px"}},
         "segmentation": {"oneOf": [
           {"type": "object", "required": ["counts", "size"]},
           {"type": "array", "items": {"type": "array", "minItems": 6, "items": {"type": "number"}}}]},
         "area": {"type": "number", "minimum": 0},
         "iscrowd": {"type": "integer", "enum": [0, 1]}}}}}
    """
}
