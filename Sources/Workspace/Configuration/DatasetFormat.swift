import Manifest
import Schema

/// The format of `concord.json`, which Concord brings along, so that it is completed and checked like any file.
enum DatasetFormat {
  static let id = "concord/dataset"

  static var source: Dialect.Source {
    let program = SchemaProgram.compile(
      SchemaSource(uri: "concord:dataset", bytes: Array(schema.utf8)), resolve: { _ in nil }
    ).0
    return Dialect.Source(
      id: id, plugin: "concord", name: "dataset", syntax: .json, program: program, shape: .whole, patterns: [])
  }

  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Dataset",
      "type": "object",
      "properties": {
        "include": {"title": "Files that belong to it; without, all", "$ref": "#/$defs/patterns"},
        "exclude": {"title": "Files that don't", "$ref": "#/$defs/patterns"},
        "files": {
          "title": "What format files have", "description": "A pattern of names, and the format: `\"camera/*.json\": \"vision/coco\"`. The last that fits wins.",
          "type": "object", "additionalProperties": {"type": "string"}
        },
        "plugins": {
          "title": "Settings, by plugin", "type": "object",
          "additionalProperties": {
            "type": ["object", "string"],
            "properties": {"version": {"title": "Versions it works with", "type": "string"}, "settings": {"type": "object"}}
          }
        },
        "vocabularies": {
          "title": "Lists of labels in this folder", "description": "A name that formats know, and the file: `\"objects\": \"lists/objects.csv\"`.",
          "type": ["object", "array"],
          "items": {"$ref": "#/$defs/vocabulary"}, "additionalProperties": {"$ref": "#/$defs/vocabulary"}
        },
        "rules": {
          "title": "How much each check matters here", "type": "object",
          "description": "The check, and how much it matters: `\"link/duplicate-id\": \"warning\"`. With `files`, in these files only; of several entries in a list the last that fits counts.",
          "additionalProperties": {
            "if": {"type": "array"},
            "then": {"items": {"$ref": "#/$defs/rule"}},
            "else": {"$ref": "#/$defs/rule"}
          }
        },
        "splits": {
          "title": "What files are for", "type": "object",
          "description": "What its samples are for, and the files: `\"train\": \"train/*.jsonl\"`. What stands in two of them is found.",
          "examples": [{"train": "train*.jsonl", "test": "test*.jsonl"}],
          "additionalProperties": {"$ref": "#/$defs/patterns"}
        },
        "decisions": {"title": "The file that keeps what was decided", "type": "string", "x-file": true},
        "gold": {"title": "Files whose labels are known to be right", "$ref": "#/$defs/patterns"},
        "alignments": {
          "title": "Files that speak of the same things", "type": "array", "maxItems": 64, "items": {"$ref": "#/$defs/alignment"}
        }
      },
      "$defs": {
        "patterns": {"type": ["string", "array"], "items": {"type": "string"}},
        "level": {"enum": ["off", "hint", "information", "warning", "error"]},
        "rule": {
          "if": {"type": "object"},
          "then": {
            "required": ["severity"],
            "properties": {
              "severity": {"$ref": "#/$defs/level"},
              "reason": {"title": "Why, for whoever reads this later", "type": "string"},
              "files": {"title": "In these files only", "$ref": "#/$defs/patterns"}
            },
            "additionalProperties": false
          },
          "else": {"$ref": "#/$defs/level"}
        },
        "vocabulary": {
          "type": ["string", "object"], "required": ["file"],
          "if": {"type": "string"}, "then": {"x-file": true},
          "properties": {
            "id": {"title": "What formats call the list", "type": "string"},
            "file": {"title": "Where it is, below this folder", "type": "string", "x-file": true},
            "columns": {"title": "What its columns hold", "type": "object", "additionalProperties": {"type": "string"}}
          }
        },
        "alignment": {
          "title": "alignment", "description": "Files that speak of the same things, and what must agree in them.", "type": "object", "required": ["subject", "property", "sources", "compare"],
          "properties": {
            "name": {"title": "What to call it", "type": "string"},
            "subject": {
              "title": "What must be the same for labels to meet", "description": "Names of your own, outermost first, like `[\"scene\", \"object\"]`. Each of the sources says where it has them.",
              "type": ["array", "string"], "items": {"type": "string"}, "minItems": 1, "maxItems": 16
            },
            "property": {"title": "What is compared: `class`, `count`, `start` …", "type": "string", "minLength": 1},
            "sources": {
              "title": "Where the labels stand", "type": "array", "minItems": 1, "maxItems": 32, "items": {"$ref": "#/$defs/source"}
            },
            "compare": {"$ref": "#/$defs/compare"},
            "collect": {
              "title": "What of each side is compared", "description": "`each` label, or of all that speak of one thing the `count`, the `sum(path)`, or the whole `sequence`.",
              "type": "string", "pattern": "^(each|count|sequence|sum(\\(.*\\))?)$", "default": "each"
            },
            "modalities": {"title": "Only these kinds of sources", "type": "array", "items": {"$ref": "#/$defs/modality"}},
            "requires": {"title": "Kinds of sources that must all speak of it", "type": "array", "items": {"$ref": "#/$defs/modality"}},
            "adjudication": {
              "title": "Differences are decided by somebody who looks again", "description": "No side's value is offered in place of the other's; one person's own labels are not compared; and nothing more is said once a reading whose `pass` is `adjudication` says what is right.",
              "type": "boolean", "default": false
            },
            "severity": {"enum": ["hint", "information", "warning", "error"], "default": "error"}
          }
        },
        "source": {
          "title": "source",
          "description": "Files, and where they have what is compared. Paths begin at an entry: `attributes/track_id`. `../` is the entry around, `a -> b` reads `b` of what `a` names, `a ?? b` is the first that is there; `| stem`, `| lower`, `| split(\"/\", -1)` and `| regex(\"…\")` change what was read.",
          "type": "object", "required": ["files"],
          "properties": {
            "files": {"title": "A pattern of names below this folder, like `camera/*.json`", "type": "string", "minLength": 1},
            "records": {
              "title": "The list its entries are in, like `/annotations/*`", "description": "Without it, each line of a file of lines, or the whole file.", "type": "string"
            },
            "modality": {"title": "What kind of source it is", "anyOf": [{"$ref": "#/$defs/modality"}, {"type": "string"}]},
            "value": {"title": "Where the label is", "type": "string"},
            "by": {"title": "Where it says who made the label", "type": "string"},
            "origin": {"title": "Where it says what made it: human, model …", "type": "string"},
            "pass": {"title": "Where it says which reading it is: first, blind, second, adjudication …", "type": "string"},
            "confidence": {"title": "Where it says how sure that is", "type": "string"},
            "at": {"title": "Where it says when", "type": "string"},
            "batch": {"title": "Where it says in which batch", "type": "string"},
            "language": {"title": "Where it says in which language", "type": "string"},
            "start": {"title": "Where it says from when, in seconds", "type": "string"},
            "end": {"title": "Where it says until when, in seconds", "type": "string"},
            "duration": {"title": "Where it says how long, in seconds", "type": "string"},
            "team": {"title": "Where it says by which team", "type": "string"}
          },
          "additionalProperties": {"type": "string"}
        },
        "modality": {
          "enum": ["image", "video", "audio", "text", "document", "pointcloud", "radar", "sar", "optical", "depth", "tabular", "message"]
        },
        "compare": {
          "title": "comparison", "description": "When two labels agree.", "type": "object", "required": ["by"],
          "properties": {
            "by": {
              "enum": ["equal", "ontology", "number", "interval", "text", "box", "set", "multiset", "turns"],
              "enumDescriptions": ["They are the same", "A list of labels says that they fit", "They are as many, give or take", "They are at the same time", "They are the same words", "They cover the same ground", "They name the same things", "They name the same things as often", "The same people speak at the same times"]
            },
            "ontology": {"title": "The list", "type": "string"},
            "mode": {
              "enum": ["same", "canonical", "compatible"],
              "enumDescriptions": ["The same entry, by any of its names", "The same after variants and successors", "The same, or one is a kind of the other"]
            },
            "absolute": {"title": "How far apart numbers may be", "type": "number", "minimum": 0},
            "relative": {"title": "How far apart, as a part of the greater one", "type": "number", "minimum": 0},
            "unit": {"title": "The unit of that distance", "type": "string"},
            "overlap": {"title": "The part of their time that they must share", "type": "number", "minimum": 0, "maximum": 1},
            "contains": {"title": "One must lie within the other", "type": "boolean"},
            "start": {"title": "How far apart the beginnings may be", "type": "number", "minimum": 0},
            "end": {"title": "How far apart the ends may be", "type": "number", "minimum": 0},
            "maximumWER": {"title": "The part of the words that may differ", "type": "number", "minimum": 0},
            "maximumCER": {"title": "The part of the letters that may differ", "type": "number", "minimum": 0},
            "maximumDER": {"title": "The part of all speech that may be somebody else's or nobody's", "type": "number", "minimum": 0},
            "collar": {"title": "How many seconds around each start and end don't count", "type": "number", "minimum": 0},
            "skipOverlap": {"title": "Whether it doesn't count where several speak at once", "type": "boolean"},
            "minimumIoU": {"title": "The part of their ground that boxes must share", "type": "number", "minimum": 0, "maximum": 1}
          },
          "if": {"properties": {"by": {"const": "ontology"}}}, "then": {"required": ["ontology"]}
        }
      }
    }
    """#
}
