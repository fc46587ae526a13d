import PluginKit

/// A dataset whose members LLaMA-Factory will not find.
struct DatasetRegistryMismatch: RecordRule {
  static let info = RuleInfo(
    id: "dataset-registry-mismatch", severity: .error,
    summary: "A list of datasets says what the members of each are called, without gaps.",
    why: "What is not named is read as nothing, and every sample is dropped without a line number.",
    source: "LLaMA-Factory: where `columns` is given, a name that is left out means that there is no such member.",
    message: "This name is empty, so nothing is read here. Write the member's name in the file, or take the line out.",
    messages: [
      "ranking":
        "There are two answers each, but nothing says what they are called: add `chosen` and `rejected` to `columns`.",
      "prompt": "`columns` does not say what the task is called, so every sample is read without one. Add `prompt`.",
      "messages":
        "`columns` does not say what the turns are called, so every sample is read without them. Add `messages`.",
      "form":
        "`columns` speaks of turns, but without `formatting` the samples are read as tasks. Add \"formatting\": \"sharegpt\".",
      "remove": "Take the line out",
      "add": "Add \"formatting\": \"sharegpt\"",
    ],
    good: [
      #"{"a": {"file_name": "a.json"}, "b": {"file_name": "b.json", "formatting": "sharegpt", "columns": {"messages": "conversations"}}}"#,
      #"{"a": {"file_name": "a.json", "ranking": true, "columns": {"prompt": "question", "chosen": "good", "rejected": "bad"}}, "b": {"file_name": "b.json", "columns": {"prompt": "text"}}}"#,
    ],
    bad: [
      #"{"a": {"file_name": "a.json", "columns": {"prompt": "question", "query": ⟪""⟫}}}"#,
      #"{"a": {"file_name": "a.json", "ranking": ⟪true⟫}}"#,
      #"{"a": {"file_name": "a.json", "columns": ⟪{⟫"response": "answer"}}}"#,
      #"{"a": {"file_name": "a.json", "formatting": "sharegpt", "columns": ⟪{⟫"images": "pictures"}}}"#,
      #"{"a": {"file_name": "a.json", "columns": {"messages": ⟪"turns"⟫}}}"#,
    ])
  static let reads = Reads(
    fields: [
      .formatting, .ranking, .columns, .column, .columnPrompt, .columnMessages, .columnChosen, .columnRejected,
    ])

  func check(_ record: Record, _ report: inout Report) {
    for column in record.all(.column) {
      guard let name = column.value.text, Text.isBlank(name) else { continue }
      report.finding(at: column, fixes: [Fix("remove", edits: [.remove(column)])])
    }
    if let ranking = record.first(.ranking), ranking.value.bool == true,
      record.first(.columnChosen) == nil || record.first(.columnRejected) == nil
    {
      // Without any names, a program elsewhere may bring the two answers in its own way.
      report.finding(at: ranking, "ranking", severity: record.first(.columns) == nil ? .warning : nil)
    }
    guard let columns = record.first(.columns), columns.value.kind == .object else { return }
    let head = columns.place.part(offset: 0, count: 1)
    let isOfTasks = record.first(.formatting).map { $0.value.isText("alpaca") } ?? true
    let messages = record.first(.columnMessages)
    if !isOfTasks {
      if messages == nil { report.finding(at: head, "messages") }
    } else if let messages, record.first(.columnPrompt) == nil {
      let isOpen = record.first(.formatting) == nil
      let add = Fix("add", edits: [.insertMember(into: record, key: "formatting", value: "\"sharegpt\"")])
      report.finding(at: messages, "form", fixes: isOpen ? [add] : [])
    } else if record.first(.columnPrompt) == nil, columns.value.count > 0 {
      report.finding(at: head, "prompt")
    }
  }
}
