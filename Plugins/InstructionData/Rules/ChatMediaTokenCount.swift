import PluginKit

/// Pictures that the text does not name, or names that no picture is there for.
struct ChatMediaTokenCount: RecordRule {
  static let info = RuleInfo(
    id: "chat-media-token-count", severity: .error,
    summary: "The text names as many pictures, films and sounds as are listed.",
    why: "Trainers stop at such a sample, or show the model the wrong picture.",
    source: "LLaMA-Factory counts the words in the turns and compares them with its lists, for each kind.",
    message: "{token} in the text: {tokens}. Files in the list: {files}. There must be as many of one as of the other.",
    messages: [
      "listed": "Files in the list: {files}. {token} in the text: {tokens}. Write {token} where each file belongs.",
      "list": "This must be a list, also for one file: as text, each of its letters counts as a file.",
      "parts":
        "Parts of the kind {kind}: {parts}. Files in the list: {files}. There must be as many of one as of the other.",
      "wrap": "Put it in a list",
      "add": "Write {token} in front of the first question",
    ],
    good: [
      #"[{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["cup.png"]}]"#,
      #"[{"conversations": [{"from": "human", "value": "<image>\nHow do I show a picture in HTML?"}, {"from": "gpt", "value": "Not with <image>, but with <img>."}], "image": "page.png"}]"#,
      #"[{"messages": [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "What is it?"}]}, {"role": "assistant", "content": "A cup."}], "images": ["cup.png"]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": "user", "content": [{"type": "image"}, {"type": ⟪"image"⟫}, {"type": "text", "text": "What is it?"}]}, {"role": "assistant", "content": "A cup."}], "images": ["cup.png"]}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>⟪<image>⟫What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["cup.png"]}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["cup.png", ⟪"mug.png"⟫]}]"#,
      #"[{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ⟪"cup.png"⟫}]"#,
      #"[{"messages": [{"role": "user", "content": "\"⟪<audio>⟫\" What is it?"}, {"role": "assistant", "content": "A cup."}]}]"#,
    ])
  static let reads = Reads(
    fields: Turn.fields + [.turns, .images, .videos, .audios, .image, .video, .audio, .prompt, .answer, .partType])

  func check(_ record: Record, _ report: inout Report) {
    for (list, _) in Self.lists {
      guard let field = record.first(list), field.value.kind == .string else { continue }
      let wrap = Fix("wrap", isCertain: true, edits: [.replace(field, with: "[\(field.value.raw)]")])
      return report.finding(at: field, "list", fixes: field.value.isMalformed ? [] : [wrap])
    }
    guard let turns = record.first(.turns).map({ Turn.all(in: $0.value, of: record) }), !turns.isEmpty else { return }
    if turns.contains(where: { $0.content?.value.kind == .array }) { return checkParts(record, &report) }
    let isNamed =
      Text.mayHoldTokens(record) && turns.contains { $0.texts.contains { Text.holds($0.value, UInt8(ascii: "<")) } }
    guard isNamed || Self.lists.contains(where: { record.first($0) != nil || record.first($1) != nil }) else { return }
    let texts = turns.flatMap { turn in
      turn.texts.compactMap { field in field.value.text.map { (field, $0, turn.speaker) } }
    }
    for (kind, (list, single)) in zip(MediaKind.allCases, Self.lists) {
      compare(kind, texts, record.first(list) ?? record.first(single), &report)
    }
  }

  /// Parts that say only what they are stand for the files of a list, one after the other; others bring what they show.
  private func checkParts(_ record: Record, _ report: inout Report) {
    let parts = record.all(.partType).filter { part in
      part.value.parent.map { $0.children.allSatisfy { $0.key == "type" || $0.kind == .null } } ?? false
    }
    for (kind, (list, _)) in zip(MediaKind.allCases, Self.lists) {
      guard let files = record.first(list), files.value.kind == .array else { continue }
      let own = parts.filter { $0.text == kind.part }
      guard own.count != files.value.count else { continue }
      if own.count > files.value.count {
        report.finding(
          at: own[files.value.count], "parts", ["kind": kind.part, "parts": own.count, "files": files.value.count])
      } else if !own.isEmpty {
        let surplus: any Placed = files.value[own.count] ?? files.value
        report.finding(at: surplus, "parts", ["kind": kind.part, "parts": own.count, "files": files.value.count])
      }
    }
  }

  private static let lists: [(Field, Field)] = [(.images, .image), (.videos, .video), (.audios, .audio)]

  private func compare(
    _ kind: MediaKind, _ texts: [(FieldValue, String, Turn.Speaker?)], _ listed: FieldValue?, _ report: inout Report
  ) {
    let tokens = texts.flatMap { field, text, speaker in
      kind.offsets(in: Array(text.utf8)).map { (field, $0, speaker) }
    }
    let asked = tokens.filter { $0.2 != .assistant }
    let files = listed.map { $0.value.kind == .array ? $0.value.count : $0.value.kind == .null ? 0 : 1 } ?? 0
    // An answer may speak of the word itself.
    guard tokens.count != files, asked.count != files else { return }
    if asked.count > files {
      let (field, offset, _) = asked[files]
      let length = kind.token.utf8.count
      // Without any list, a question about the word itself is as likely as a list that was forgotten.
      return report.finding(
        at: Text.place(of: offset..<(offset + length), in: field.value), "",
        ["token": kind.token, "tokens": asked.count, "files": files], severity: listed == nil ? .warning : nil)
    }
    guard let listed else { return }
    let surplus = listed.value.kind == .array ? listed.value[asked.count] : nil
    let place: any Placed = surplus ?? listed.value
    report.finding(
      at: place, "listed", ["token": kind.token, "tokens": asked.count, "files": files],
      // Some trainers put the pictures in front of the first question themselves.
      severity: tokens.isEmpty ? .warning : nil,
      fixes: added(kind, files - asked.count, texts.first { $0.2 == .user }?.0))
  }

  private func added(_ kind: MediaKind, _ count: Int, _ question: FieldValue?) -> [Fix] {
    guard let question, let text = question.value.text, count <= 64 else { return [] }
    let tokens = String(repeating: kind.token, count: count)
    return [Fix("add", ["token": tokens], edits: [.replace(question, with: JSON.quoted(tokens + text))])]
  }
}
