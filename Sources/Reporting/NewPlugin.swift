/// The files of a new plugin that is data alone: a format, a list of labels, a rule, messages and examples that work as they are.
package struct NewPlugin: Sendable {
  /// Path below the plugin's folder, and text; in the order they are to be written.
  package let files: [(path: String, text: String)]

  /// What keeps a text from being a plugin's id, as a sentence; `nil` if it can be one.
  package static func problem(withName name: String) -> String? {
    let bytes = Array(name.utf8)
    let isPlain = bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    guard isPlain, let first = bytes.first, (97...122).contains(first), bytes.last != 45, bytes.count <= 64 else {
      return "a plugin's name begins with a letter and holds lower-case letters, digits and hyphens, at most 64: "
        + "`my-labels`"
    }
    return reserved.contains(name) ? "the name `\(name)` is taken by rules of Concord's own" : nil
  }

  /// What stands before the slash in ids of the host's rules.
  private static let reserved = ["concord", "link", "schema", "syntax", "term", "vocabulary"]

  /// - Parameter name: an id without a `problem(withName:)`.
  package init(name: String) {
    files = Self.templates.map { path, text in (path, text.split(separator: "NAME").joined(separator: name)) }
  }

  private static let templates: [(path: String, text: String)] = [
    ("plugin.json", descriptor), ("schemas/labels.json", schema), ("ontologies/labels.csv", vocabulary),
    ("messages/vi.json", messages), ("Examples/good.json", good), ("Examples/bad.json", bad), ("README.md", readme),
  ]

  private static let descriptor = """
    {
      "id": "NAME",
      "version": "0.1.0",
      "name": "NAME",
      "dialects": [
        {
          "id": "labels",
          "name": "NAME labels",
          "syntax": "json",
          "schema": "schemas/labels.json",
          "files": ["*.json"],
          "probe": { "required": ["format", "items"], "values": { "/format": "NAME" } },
          "records": ["/items/*"]
        }
      ],
      "vocabularies": [
        {
          "id": "NAME-labels",
          "file": "ontologies/labels.csv",
          "columns": { "id": "id", "english": "prefLabel@en", "vietnamese": "prefLabel@vi", "also": "altLabels@en", "kind": "broader" }
        }
      ]
    }

    """

  private static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "NAME labels",
      "type": "object",
      "required": ["format", "items"],
      "properties": {
        "format": { "const": "NAME" },
        "items": { "title": "The pictures and what is on them", "type": "array", "items": { "$ref": "#/$defs/item" } }
      },
      "additionalProperties": false,
      "$defs": {
        "item": {
          "title": "Picture",
          "x-role": "region",
          "type": "object",
          "required": ["id", "picture", "label"],
          "properties": {
            "id": {
              "title": "The entry's name",
              "type": "string",
              "minLength": 1,
              "x-field": "id",
              "x-defines": { "kind": "item", "scope": "document", "message": "Two entries are called {id}. Give this one a name of its own." }
            },
            "picture": { "title": "The picture's file", "type": "string", "minLength": 1 },
            "label": {
              "title": "What is on the picture",
              "type": "string",
              "x-field": "label",
              "x-term": { "ontology": "NAME-labels", "form": "id" }
            },
            "count": { "title": "How many", "type": "integer", "minimum": 1 },
            "note": { "title": "What you saw", "type": "string", "minLength": 1 }
          },
          "additionalProperties": false,
          "allOf": [
            {
              "x-rule": {
                "id": "other-without-note",
                "severity": "error",
                "summary": "Whoever chooses `other` says what it is.",
                "why": "A label that could be anything teaches nothing, and nobody can add what is missing to the list.",
                "message": "For the label `other`, write in `note` what you saw: nobody can tell it later.",
                "good": ["{\"format\": \"NAME\", \"items\": [{\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"other\", \"note\": \"a kite\"}]}"],
                "bad": ["{\"format\": \"NAME\", \"items\": [⟪{⟫\"id\": \"1\", \"picture\": \"1.jpg\", \"label\": \"other\"}]}"]
              },
              "if": { "properties": { "label": { "const": "other" } }, "required": ["label"] },
              "then": { "required": ["note"] }
            }
          ]
        }
      }
    }

    """#

  private static let vocabulary = """
    id,english,vietnamese,also,kind
    animal,Animal,Động vật,,
    cat,Cat,Mèo,kitten,animal
    dog,Dog,Chó,puppy,animal
    vehicle,Vehicle,Xe cộ,,
    bicycle,Bicycle,Xe đạp,bike,vehicle
    car,Car,Ô tô,automobile,vehicle
    other,Something else,Thứ khác,,

    """

  private static let messages = """
    {
      "other-without-note": {
        "": "Với nhãn `other`, hãy ghi vào `note` bạn đã thấy gì: sau này không ai biết được nữa."
      },
      "texts": {
        "Whoever chooses `other` says what it is.": "Ai chọn `other` thì phải ghi đó là gì.",
        "A label that could be anything teaches nothing, and nobody can add what is missing to the list.": "Nhãn có thể là bất cứ thứ gì thì không dạy được gì, và không ai thêm được phần còn thiếu vào danh sách.",
        "Two entries are called {id}. Give this one a name of its own.": "Có hai mục cùng tên {id}. Hãy đặt cho mục này một tên riêng.",
        "The pictures and what is on them": "Các ảnh và những gì có trong đó",
        "Picture": "Ảnh",
        "picture": "ảnh",
        "The entry's name": "Tên mục",
        "The picture's file": "Tệp ảnh",
        "What is on the picture": "Trong ảnh có gì",
        "How many": "Bao nhiêu",
        "What you saw": "Bạn đã thấy gì"
      }
    }

    """

  private static let good = """
    {
      "format": "NAME",
      "items": [
        { "id": "p1", "picture": "pictures/0001.jpg", "label": "cat", "count": 2 },
        { "id": "p2", "picture": "pictures/0002.jpg", "label": "bicycle" },
        { "id": "p3", "picture": "pictures/0003.jpg", "label": "other", "note": "a kite" }
      ]
    }

    """

  private static let bad = """
    {
      "format": "NAME",
      "items": [
        { "id": "p1", "picture": "pictures/0001.jpg", "label": "cat", "count": 0 },
        { "id": "p1", "picture": "pictures/0002.jpg", "label": "bicicle" },
        { "id": "p3", "picture": "pictures/0003.jpg", "label": "other" }
      ]
    }

    """

  private static let readme = """
    # NAME

    What Concord knows about this kind of file. Nothing here is a program: every file is data, and each may be changed.

    | file | holds |
    | --- | --- |
    | `plugin.json` | the plugin's name and version, how its files are recognised, where its lists are |
    | `schemas/labels.json` | what may stand in a file, and rules (`x-rule`) with their messages |
    | `ontologies/labels.csv` | the labels: open it in a spreadsheet, a row a label |
    | `messages/vi.json` | the messages in Vietnamese; another language is another file |
    | `Examples/` | files that must be clean, and ones whose names begin with `bad`, in which something must be found |

    Try it from the folder around this one:

    ```
    concord check --plugins NAME NAME/Examples
    concord plugin verify NAME
    ```

    """
}
