import PluginKit

/// A list of datasets that speaks of members which a dataset's file does not have.
struct DatasetColumnUnknown: RecordRule {
  static let info = RuleInfo(
    id: "dataset-column-unknown", severity: .error,
    summary: "What a list of datasets calls the members of a file is what they are called there.",
    why: "What is not found is read as nothing, or the training stops, without a word about where.",
    source:
      "LLaMA-Factory: names in `columns`; without them `instruction`, `input` and `output` of tasks, `conversations` of conversations. All samples are looked at, of a large file the first.",
    message: "No sample of {file} has a member `{name}`, so nothing is read here. They have {members}.",
    messages: [
      "file": "There is no file here under this name, but there is {found}.",
      "default":
        "No sample of this file has a member `{name}`, which is read where `columns` says nothing. They have {members}: say in `columns` which is which.",
      "turns":
        "The samples of this file are conversations, but without `formatting` they are read as tasks. Add \"formatting\": \"sharegpt\".",
      "unread": "Samples of this file have `{name}`, but `columns` does not name it, so it is not read.",
      "write": "Write {name}",
      "add": "Add {name} to `columns`",
      "formatting": "Add \"formatting\": \"sharegpt\"",
    ],
    good: [
      example(
        #"{"a": {"file_name": "a.json"}, "b": {"file_name": "elsewhere.json", "columns": {"prompt": "question"}}}"#),
      example(
        #"{"a": {"file_name": "a.json", "columns": {"prompt": "instruction", "response": "output", "history": "before"}}}"#,
        isLong: true),
    ],
    bad: [
      example(#"{"a": {"file_name": "a.json", "columns": {"prompt": ⟪"instructions"⟫, "response": "output"}}}"#),
      example(#"{"a": {"file_name": ⟪"A.json"⟫}}"#),
      example(#"{"a": {"file_name": ⟪"a.json"⟫, "formatting": "sharegpt"}}"#),
      example(
        #"{"a": {"file_name": ⟪"a.json"⟫}}"#,
        sample: #"{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]}"#),
      example(
        #"{"a": {"file_name": "a.json", "columns": ⟪{⟫"prompt": "instruction", "response": "output"}}}"#,
        sample: #"{"instruction": "Write.", "output": "Done.", "system": "You write."}"#),
    ])
  static let found = Lookup.facts(.dataFile, keyedBy: .dataFile)
  static let reads = Reads(
    fields: [.dataFile, .formatting, .columns, .column], needs: [.dataFile], lookups: [found])

  /// Without these nothing can be learned; others may be in some samples only.
  private static let required = ["prompt", "response", "messages", "chosen", "rejected", "kto_tag"]
  /// Members of which every reader of samples knows what they are, and the entry of `columns` that reads them.
  private static let standard = [
    (name: "input", column: "query"), ("system", "system"), ("tools", "tools"), ("images", "images"),
    ("videos", "videos"), ("audios", "audios"),
  ]
  private static let mostNamesToTell = 8

  func check(_ record: Record, _ report: inout Report) {
    guard let file = record.first(.dataFile), let known = record.facts(Self.found).first?.text else { return }
    let words = known.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return }
    if words[0] == "missing" {
      let write = Fix("write", ["name": words[1]], edits: [.replace(file, with: JSON.quoted(words[1]))])
      return report.finding(at: file, "file", ["found": words[1]], fixes: [write])
    }
    guard let names = JSON(parsing: words[1])?.array?.compactMap(\.text) else { return }
    let samples = Samples(names: names, isAll: words[0] == "all")
    if let columns = record.first(.columns), columns.value.kind == .object, columns.value.count > 0 {
      let entries = record.all(.column)
      for entry in entries { check(entry, samples, file.text ?? "", &report) }
      checkUnread(columns, entries, samples, &report)
    } else {
      checkDefaults(record, file, samples, &report)
    }
  }

  private struct Samples {
    var names: [String]
    var isAll: Bool

    func has(_ name: String) -> Bool { names.contains { $0.utf8.elementsEqual(name.utf8) } }
    var told: String {
      names.prefix(mostNamesToTell).joined(separator: ", ") + (names.count > mostNamesToTell ? ", …" : "")
    }
  }

  private func check(_ entry: FieldValue, _ samples: Samples, _ file: String, _ report: inout Report) {
    guard let name = entry.value.text, !Text.isBlank(name), !samples.has(name) else { return }
    let near = samples.names.filter { Text.distance($0.lowercased(), name.lowercased(), limit: 2) != nil }
    let isRequired = entry.value.key.map { Self.required.contains($0) } ?? false
    // What only some samples have may come later in a long file.
    guard samples.isAll || isRequired || near.count == 1 else { return }
    let write =
      near.count == 1
      ? [Fix("write", ["name": near[0]], edits: [.replace(entry, with: JSON.quoted(near[0]))])] : []
    report.finding(at: entry, "", ["file": file, "name": name, "members": samples.told], fixes: write)
  }

  private func checkUnread(
    _ columns: FieldValue, _ entries: [FieldValue], _ samples: Samples, _ report: inout Report
  ) {
    for (name, column) in Self.standard where samples.has(name) {
      let isRead = entries.contains { $0.text == name || $0.value.key == column }
      guard !isRead else { continue }
      let add = Fix(
        "add", ["name": column], edits: [.insertMember(into: columns, key: column, value: JSON.quoted(name))])
      report.finding(
        at: columns.place.part(offset: 0, count: 1), "unread", ["name": name], severity: .warning, fixes: [add])
    }
  }

  private func checkDefaults(
    _ record: Record, _ file: FieldValue, _ samples: Samples, _ report: inout Report
  ) {
    let formatting = record.first(.formatting)
    let isOfTasks = formatting.map { $0.value.isText("alpaca") } ?? true
    let name = isOfTasks ? "instruction" : "conversations"
    guard !samples.has(name) else { return }
    if formatting == nil, samples.has("conversations") {
      let add = Fix("formatting", edits: [.insertMember(into: record, key: "formatting", value: "\"sharegpt\"")])
      return report.finding(at: file, "turns", fixes: [add])
    }
    report.finding(at: file, "default", ["name": name, "members": samples.told])
  }

  // MARK: Examples

  private static func example(
    _ list: String, sample: String = #"{"instruction": "Write.", "output": "Done."}"#, isLong: Bool = false
  ) -> String {
    let samples = (0..<(isLong ? 300 : 1)).map { _ in sample }
    return """
      //- dataset_info.json
      \(list)
      //- a.json
      [\(samples.joined(separator: ", "))]
      """
  }
}
