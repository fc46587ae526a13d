import Manifest
import TestSupport
import Testing
import Workspace

/// A plugin without code whose one format has every way to give an id: by key, by value, within a list, as a text or a number.
enum Boards {
  static let library = Result { try make(in: folder.get()) }
  /// Stays, because the list of colors is read again when somebody goes to a term.
  private static let folder = Result { try TemporaryFolder() }

  private static func make(in folder: TemporaryFolder) throws -> Library {
    _ = try folder.write("boards/plugin.json", descriptor)
    _ = try folder.write("boards/schemas/board.json", schema)
    _ = try folder.write("boards/ontologies/colors.json", colors)
    var options = LibraryOptions()
    options.folders = [folder.path]
    return Library(options)
  }

  private static let descriptor = #"""
    {"id": "boards", "version": "1.0.0", "name": "Boards", "dialects": [
      {"id": "board", "name": "boards", "syntax": "json", "schema": "schemas/board.json",
       "probe": {"required": ["board"]}, "records": ["/people/*", "/groups/*", "/groups/*/items/*"]}],
     "vocabularies": [{"id": "colors", "file": "ontologies/colors.json"}]}
    """#

  private static let schema = #"""
    {"type": "object", "properties": {
      "people": {"type": "object", "additionalProperties": {
        "type": "object", "x-role": "entity",
        "x-defines": {"kind": "person", "from": "key", "scope": "document", "name": "nick", "exports": ["team", "phone"]},
        "properties": {"nick": {"x-field": "name"}, "team": {"x-field": "team"}, "phone": {"x-private": true, "x-field": "phone"}}}},
      "agents": {"type": "object", "additionalProperties": {
        "type": "object", "x-defines": {"kind": "agent", "from": "key", "scope": "document", "name": "code"},
        "properties": {"code": {"x-private": true}}}},
      "shelves": {"type": "array", "items": {"x-defines": {"kind": "shelf", "from": "index", "scope": "document"}}},
      "groups": {"type": "array", "items": {"type": "object", "properties": {
        "id": {"type": "string", "pattern": "^[a-z]", "x-defines": {"kind": "group", "scope": "document", "name": "title"}},
        "title": {"type": "string"},
        "same": {"x-references": {"kind": "group", "scope": "document"}},
        "shelf": {"x-references": {"kind": "shelf", "scope": "document"}},
        "badge": {"x-private": true, "x-defines": {"kind": "badge", "scope": "document"}},
        "owner": {"x-references": {"kind": "person", "scope": "document"}},
        "agent": {"x-references": {"kind": "agent", "scope": "document"}},
        "remote": {"x-defines": {"kind": "remote", "scope": "dataset"}},
        "items": {"type": "array", "items": {"type": "object", "x-role": "region", "properties": {
          "id": {"type": "integer", "x-field": "id", "x-defines": {"kind": "item", "scope": "/groups/*"}},
          "next": {"x-references": {"kind": "item", "scope": "/groups/*"}},
          "color": {"x-field": "label", "x-term": {"ontology": "colors"}},
          "at": {"x-unit": "ms"},
          "far": {"x-unit": "m"},
          "box": {"x-geometry": {"type": "box", "convention": "xywh", "unit": "px"}},
          "corners": {"x-geometry": {"type": "polygon"}},
          "spot": {"x-geometry": {"type": "point"}},
          "span": {"x-geometry": {"type": "interval", "unit": "s"}}}}}}}}}}
    """#

  private static let colors = #"""
    {"id": "colors", "version": "3", "terms": [
      {"id": "warm", "prefLabel": {"en": "Warm colors", "vi": "Màu nóng"}},
      {"id": "red", "prefLabel": {"en": "Red", "vi": "Đỏ"}, "altLabels": {"en": ["crimson"]}, "broader": ["warm"],
       "definition": {"en": "Like *blood*."}, "scopeNote": {"en": "Not for pink."}, "changeNote": {"en": "Was two colors."}},
      {"id": "ruby", "prefLabel": {"en": "Ruby"}, "deprecated": true, "replacedBy": ["red"]},
      {"id": "teal", "prefLabel": "teal"}]}
    """#

  static func desk(_ text: [UInt8], rest: Duration = .zero) async throws -> Desk {
    try await Desk(text, rest: rest, library: try library.get())
  }

  static func desk(_ text: String) async throws -> Desk { try await desk(Array(text.utf8)) }
}
