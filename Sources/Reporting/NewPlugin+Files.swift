extension NewPlugin {
  static let ownLabels = Labels(
    fileName: "labels.csv", bytes: Array(vocabulary.utf8),
    columns: [
      ("id", "id"), ("english", "prefLabel@en"), ("vietnamese", "prefLabel@vi"), ("also", "altLabels@en"),
      ("kind", "broader"),
    ], ids: ["cat", "bicycle", "other"])

  static func descriptor(_ name: String, _ labels: Labels, library: String?) -> String {
    let columns = labels.columns.map { "\(quoted($0.header)): \(quoted($0.member))" }.joined(separator: ", ")
    let given = labels.columns.isEmpty ? "" : ",\n      \"columns\": { \(columns) }"
    return """
      {
        "id": "\(name)",
        "version": "0.1.0",
        "name": "\(name)",\(library.map { "\n  \"library\": \"\($0)\"," } ?? "")
        "dialects": [
          {
            "id": "labels",
            "name": "\(name) labels",
            "syntax": "json",
            "schema": "schemas/labels.json",
            "files": ["*.json"],
            "probe": { "required": ["format", "items"], "values": { "/format": "\(name)" } },
            "records": ["/items/*"]
          }
        ],
        "vocabularies": [
          {
            "id": "\(name)-labels",
            "file": \(quoted("ontologies/" + labels.fileName))\(given)
          }
        ]
      }

      """
  }

  static func messages(hasSchemaRule: Bool, hasCode: Bool) -> String {
    let rule = """

        "other-without-note": {
          "": "Với nhãn `other`, hãy ghi vào `note` bạn đã thấy gì: sau này không ai biết được nữa."
        },
      """
    let code = """

        "note-says-otherwise": {
          "": "Ghi chú nói {said}, còn số đếm là {count}. Một trong hai bị sai: hãy xem lại ảnh."
        },
      """
    let texts = """

          "Whoever chooses `other` says what it is.": "Ai chọn `other` thì phải ghi đó là gì.",
          "A label that could be anything teaches nothing, and nobody can add what is missing to the list.": "Nhãn có thể là bất cứ thứ gì thì không dạy được gì, và không ai thêm được phần còn thiếu vào danh sách.",
      """
    return """
      {\(hasSchemaRule ? rule : "")\(hasCode ? code : "")
        "texts": {\(hasSchemaRule ? texts : "")
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
  }

  private static func id(_ labels: Labels, _ index: Int) -> String {
    quoted(labels.ids[index % max(1, labels.ids.count)])
  }

  static func good(_ name: String, _ labels: Labels) -> String {
    """
    {
      "format": "\(name)",
      "items": [
        { "id": "p1", "picture": "pictures/0001.jpg", "label": \(id(labels, 0)), "count": 2, "note": "2 of them, one hidden" },
        { "id": "p2", "picture": "pictures/0002.jpg", "label": \(id(labels, 1)) },
        { "id": "p3", "picture": "pictures/0003.jpg", "label": \(id(labels, 2)), "note": "seen from behind" }
      ]
    }

    """
  }

  static func bad(_ name: String, _ labels: Labels, hasSchemaRule: Bool, hasCode: Bool) -> String {
    let last =
      hasSchemaRule
      ? "\"label\": \(id(labels, 2))"
      : "\"label\": \(id(labels, 2))" + (hasCode ? ", \"count\": 2, \"note\": \"3 of them\"" : ", \"note\": \"\"")
    return """
      {
        "format": "\(name)",
        "items": [
          { "id": "p1", "picture": "pictures/0001.jpg", "label": \(id(labels, 0)), "count": 0 },
          { "id": "p1", "picture": "pictures/0002.jpg", "label": \(quoted(misspelled(labels))) },
          { "id": "p3", "picture": "pictures/0003.jpg", \(last) }
        ]
      }

      """
  }

  /// A label as it is easily mistyped: none of the list's.
  private static func misspelled(_ labels: Labels) -> String {
    let id = labels.ids[1 % max(1, labels.ids.count)]
    var letters = Array(id)
    // A letter too few is found again by the search for what was meant; of a short one nothing would be left.
    if letters.count > 4 { letters.remove(at: letters.count / 2) } else { letters.append(letters.last ?? "x") }
    var text = String(letters)
    while labels.known(text) { text += "x" }
    return text
  }

  static func readme(_ labels: Labels, _ sort: Sort, hasSchemaRule: Bool) -> String {
    let first =
      switch sort {
      case .data:
        "What Concord knows about this kind of file. Nothing here is a program: every file is data, and each may be changed."
      case .swift:
        "What Concord knows about this kind of file. The rules in `Sources` are Swift, a file each; everything else is data."
      case .c: "What Concord knows about this kind of file. The rule in `plugin.c` is C; everything else is data."
      }
    let code =
      switch sort {
      case .data: ""
      case .swift:
        """

        | `Sources/Plugin.swift` | the list of the rules |
        | `Sources/NoteSaysOtherwise.swift` | a rule: its page, its examples and its code |
        | `Package.swift`, `build.sh` | how it is built; `rules.json` and the library come of it |
        """
      case .c:
        """

        | `plugin.c` | a rule: its page, its examples and its code |
        | `build.sh` | how it is built; `rules.json` and the library come of it |
        """
      }
    let rules = hasSchemaRule ? ", and rules (`x-rule`) with their messages" : ""
    return """
      # NAME

      \(first)

      | file | holds |
      | --- | --- |
      | `plugin.json` | the plugin's name and version, how its files are recognised, where its lists are |
      | `schemas/labels.json` | what may stand in a file\(rules) |
      | `ontologies/\(labels.fileName)` | the labels: open it in a spreadsheet, a row a label |
      | `messages/vi.json` | the messages in Vietnamese; another language is another file |\(code)
      | `Examples/` | files that must be clean, and ones whose names begin with `bad`, in which something must be found |

      Try it from the folder around this one:

      ```
      \(sort == .data ? "" : "sh NAME/build.sh\n")concord check --plugins NAME NAME/Examples
      concord plugin test NAME
      concord plugin pack NAME
      ```

      """
  }
}

extension NewPlugin.Labels {
  fileprivate func known(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return !wanted.isEmpty && ids.contains { $0.utf8.elementsEqual(wanted) }
  }
}
