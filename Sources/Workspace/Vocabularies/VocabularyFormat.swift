import Facts
import Findings
import JSONCodec
import Manifest
import PluginHost
import Schema

/// The formats of vocabulary files, which Concord brings along.
enum VocabularyFormat {
  static let json = "concord/vocabulary"
  static let table = "concord/vocabulary-table"

  /// Kinds of facts that the host states of the terms of a list.
  static let step = "concord/vocabulary/step"
  static let jsonLabel = "concord/vocabulary/label"
  static let tableLabel = "concord/vocabulary-table/label"
  static let tableTerm = "concord/vocabulary-table/term"
  static let tableReference = "concord/vocabulary-table/reference"

  /// A JSON file of no name is one if its first entry has a preferred label.
  static let descriptor = try? JSONCodec.decode(
    PluginDescriptor.Dialect.self,
    from: Array(#"{"id": "vocabulary", "probe": {"required": ["/terms", "/terms/0/prefLabel"]}}"#.utf8))

  static var sources: [(source: Dialect.Source, descriptor: PluginDescriptor.Dialect?)] {
    let terms = RecordShape.Pattern("/terms/*").map { [$0] } ?? []
    return [
      (
        Dialect.Source(
          id: json, plugin: "concord", name: "vocabulary", syntax: .json, program: program(schema),
          shape: RecordShape(terms), patterns: terms.map(\.path)), descriptor
      ),
      (
        Dialect.Source(
          id: table, plugin: "concord", name: "vocabulary table", syntax: .csv, program: program("{}"), shape: .rows,
          patterns: ["/*"]), nil
      ),
    ]
  }

  private static func program(_ text: String) -> SchemaProgram {
    SchemaProgram.compile(SchemaSource(uri: "concord:vocabulary", bytes: Array(text.utf8)), resolve: { _ in nil }).0
  }

  /// What the schema cannot declare: ids and links of tables, whose columns have any name, and names given twice.
  static var links: [LinkDeclaration] {
    func link(_ role: LinkDeclaration.Role, _ family: String, _ kind: String, _ rule: RuleInfo) -> LinkDeclaration {
      LinkDeclaration(role: role, family: family, kind: kind, rule: rule.id, severity: rule.severity, scope: .document)
    }
    return [
      link(.definition, "concord/vocabulary-table:term", tableTerm, VocabularyRules.duplicateID),
      link(.reference, "concord/vocabulary-table:term", tableReference, VocabularyRules.unknownTerm),
      link(.definition, "concord/vocabulary-table:label", tableLabel, VocabularyRules.duplicateLabel),
      link(.definition, "concord/vocabulary:label", jsonLabel, VocabularyRules.duplicateLabel),
    ]
  }

  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Vocabulary",
      "type": "object",
      "required": ["terms"],
      "properties": {
        "id": {"title": "What formats call the list", "type": "string"},
        "version": {"title": "Version of the list", "type": "string"},
        "terms": {"type": "array", "items": {"$ref": "#/$defs/term"}}
      },
      "$defs": {
        "term": {
          "title": "One entry of the list",
          "type": "object",
          "x-role": "entity",
          "properties": {
            "id": {
              "title": "What labels say", "type": "string", "x-field": "id",
              "x-defines": {"kind": "term", "scope": "document", "rule": "vocabulary/duplicate-id", "name": "prefLabel/en ?? prefLabel"}
            },
            "prefLabel": {"title": "Its name, by language", "$ref": "#/$defs/labels"},
            "altLabels": {"title": "Other names, by language", "$ref": "#/$defs/labels"},
            "hiddenLabels": {"title": "Names it is found by and not shown with", "$ref": "#/$defs/labels"},
            "definition": {"title": "What it means", "$ref": "#/$defs/labels"},
            "scopeNote": {"title": "When to use it", "$ref": "#/$defs/labels"},
            "example": {"$ref": "#/$defs/labels"},
            "changeNote": {"title": "What changed", "$ref": "#/$defs/labels"},
            "broader": {"title": "Entries one step up", "$ref": "#/$defs/terms"},
            "replacedBy": {"title": "What is used instead", "$ref": "#/$defs/terms"},
            "canonical": {"title": "The entry it is a variant of", "$ref": "#/$defs/reference"},
            "exactMatch": {"$ref": "#/$defs/ids"},
            "closeMatch": {"$ref": "#/$defs/ids"},
            "broadMatch": {"$ref": "#/$defs/ids"},
            "narrowMatch": {"$ref": "#/$defs/ids"},
            "deprecated": {"title": "Taken out of use", "type": "boolean"},
            "since": {"title": "The version that brought it", "type": "string"},
            "attributes": {"type": "object"}
          }
        },
        "labels": {
          "type": ["string", "array", "object"],
          "items": {"type": "string"},
          "additionalProperties": {"type": ["string", "array"], "items": {"type": "string"}}
        },
        "ids": {"type": ["string", "array"], "items": {"type": "string"}},
        "reference": {
          "type": "string",
          "x-references": {"kind": "term", "scope": "document", "rule": "vocabulary/unknown-term"}
        },
        "terms": {
          "type": ["string", "array"],
          "items": {"$ref": "#/$defs/reference"},
          "if": {"type": "string"}, "then": {"$ref": "#/$defs/reference"}
        }
      }
    }
    """#
}
