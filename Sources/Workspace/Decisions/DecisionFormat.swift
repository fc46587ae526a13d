import Manifest
import Schema

/// The format of a dataset's decisions, which Concord brings along, so that they are completed and checked like any file.
enum DecisionFormat {
  static let id = "concord/decisions"
  static let fileName = "concord.decisions.jsonl"

  static var source: Dialect.Source {
    let program = SchemaProgram.compile(
      SchemaSource(uri: "concord:decisions", bytes: Array(schema.utf8)), resolve: { _ in nil }
    ).0
    let shape = RecordShape([RecordShape.Pattern("/*")].compactMap(\.self))
    return Dialect.Source(
      id: id, plugin: "concord", name: "decisions", syntax: .jsonl, program: program, shape: shape,
      patterns: shape.patterns.map(\.path), describesLines: true)
  }

  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Decision",
      "description": "What somebody looked at and found right, with the reason. It counts while the judged values stay as they are.",
      "type": "object",
      "required": ["fingerprint", "rule", "scope"],
      "properties": {
        "reason": {"title": "Why this is right", "type": "string"},
        "rule": {"title": "The check whose finding it is about", "type": "string"},
        "values": {
          "title": "What was judged, as it was shown", "description": "Empty where it must not be shown.",
          "type": "array", "items": {"type": "string"}
        },
        "actor": {"title": "Who decided", "type": "string"},
        "time": {"title": "When", "type": "string", "format": "date-time"},
        "scope": {
          "title": "How far it reaches",
          "enum": ["label", "kind"], "enumDescriptions": ["This one place", "Everything of this kind in the dataset"]
        },
        "file": {"title": "The file it was found in", "type": "string"},
        "fingerprint": {
          "title": "What it is about, whatever is moved or laid out anew", "type": "string", "pattern": "^[0-9a-f]{32}$"
        },
        "versions": {
          "title": "What it was found with", "type": "object",
          "properties": {
            "concord": {"type": "string"},
            "plugins": {"type": "object", "additionalProperties": {"type": "string"}},
            "vocabularies": {"type": "object", "additionalProperties": {"type": "string"}}
          }
        }
      },
      "additionalProperties": false
    }
    """#
}
