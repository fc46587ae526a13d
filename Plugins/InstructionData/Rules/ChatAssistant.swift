import PluginKit

/// Helps while chats are written: who may speak next, where pictures belong; and shows a chat so that it can be read.
struct ChatAssistant: Assistant {
  static let reads = Reads(
    fields: Turn.fields + Tools.fields + [
      .turns, .prompt, .promptInput, .answer, .chosen, .rejected, .images, .videos, .audios,
      .image, .video, .audio,
    ])

  // MARK: Completion

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    for list in record.all(.turns) {
      let turns = Turn.all(in: list.value, of: record)
      guard let index = turns.firstIndex(where: { $0.value.holds(value) }) else { continue }
      let turn = turns[index]
      if turn.role?.value.place == value.place || value.key == "role" || value.key == "from" {
        let isFrom = turn.isFrom || value.key == "from"
        for role in next(after: turns[..<index], isFrom: isFrom) { offers.add(role, value: JSON.quoted(role)) }
      } else if turn.calls.contains(where: { $0.value.holds(value) }) {
        offerArguments(record, value, &offers)
      } else if turn.role?.value.isText("function_call") == true, turn.role?.value.place != value.place {
        offerCalls(record, value, &offers)
      } else if turn.speaker != .assistant, let text = value.text,
        turn.texts.contains(where: { $0.value.place == value.place })
      {
        offerMedia(record, turns, text, &offers)
      }
    }
  }

  /// Who may speak, the likeliest first.
  private func next(after turns: ArraySlice<Turn>, isFrom: Bool) -> [String] {
    let (user, model, tool, call) =
      isFrom ? ("human", "gpt", "observation", ["function_call"]) : ("user", "assistant", "tool", [])
    guard let last = turns.last else { return [user, "system"] }
    switch last.speaker {
    case .system: return [user]
    case .user: return [model] + call
    case .assistant: return last.isCall ? [tool] : [user]
    case .tool: return [model, tool] + call
    case nil: return [user, model]
    }
  }

  /// What the tool that is called wants to know; in a string where it is written so.
  private func offerArguments(_ record: Record, _ value: Value, _ offers: inout Offers) {
    let isOne = value.key != "arguments"
    guard let holder = isOne ? value.parent : value, holder.key == "arguments",
      let name = record.all(.callName).last(where: { $0.value.parent?.holds(holder) ?? false })?.text,
      let tool = Tools.declared(by: record)?[Array(name.utf8)], let arguments = ArgumentOffers(tool)
    else { return }
    if isOne {
      for literal in arguments.values(of: value.key ?? "").compactMap(ArgumentOffers.literal) {
        offers.add(literal.label, value: literal.text)
      }
    } else {
      for offer in arguments.offers(after: value.text ?? "") {
        offers.add(offer.label, value: value.kind == .object ? offer.text : JSON.quoted(offer.text))
      }
    }
  }

  /// Longer texts are not looked into, and more tools not offered.
  private static let longestCall = 1 << 14
  private static let mostTools = 32

  /// A call written as text: of any tool where none is named yet, else what its tool wants to know.
  private func offerCalls(_ record: Record, _ value: Value, _ offers: inout Offers) {
    guard let text = value.text, text.utf8.count <= Self.longestCall, let tools = Tools.declared(by: record) else {
      return
    }
    let written = WrittenJSON(text)
    let members = written.members(of: written.root)
    guard let given = members.last(where: { $0.name == "arguments" }) else {
      for tool in tools.values.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
        .prefix(Self.mostTools)
      {
        let arguments = ArgumentOffers(tool)?.offers(after: "").first?.text ?? "{}"
        let call = "{\"name\": \(JSON.quoted(tool.name)), \"arguments\": \(arguments)}"
        offers.add(tool.name, value: JSON.quoted(call))
      }
      return
    }
    let bytes = Array(text.utf8)
    guard let named = members.last(where: { $0.name == "name" }),
      let name = JSON(parsing: String(decoding: bytes[named.value], as: UTF8.self))?.text,
      let tool = tools[Array(name.utf8)], let arguments = ArgumentOffers(tool)
    else { return }
    for offer in arguments.offers(after: String(decoding: bytes[given.value], as: UTF8.self)) {
      let call = bytes[..<given.value.lowerBound] + offer.text.utf8 + bytes[given.value.upperBound...]
      offers.add(offer.label, value: JSON.quoted(String(decoding: call, as: UTF8.self)))
    }
  }

  private static let lists: [(MediaKind, Field, Field)] = [
    (.image, .images, .image), (.video, .videos, .video), (.audio, .audios, .audio),
  ]

  /// The text with a place for a file that has none yet.
  private func offerMedia(_ record: Record, _ turns: [Turn], _ text: String, _ offers: inout Offers) {
    for (kind, list, single) in Self.lists {
      guard let files = record.first(list) ?? record.first(single) else { continue }
      let count = files.value.kind == .array ? files.value.count : files.value.kind == .null ? 0 : 1
      let placed = turns.flatMap(\.texts).reduce(0) { sum, field in
        sum + kind.offsets(in: Array((field.value.text ?? "").utf8)).count
      }
      if placed < count { offers.add(kind.token, value: JSON.quoted(kind.token + text)) }
    }
  }

  // MARK: Hover

  private static let mostTurns = 40
  private static let mostLetters = 600

  /// Over a turn, which one it is; over the sample, all of it, to be read.
  func hover(_ record: Record, at value: Value, _ hover: inout Hover) {
    let lists = record.all(.turns).map { Turn.all(in: $0.value, of: record) }
    for turns in lists {
      guard let index = turns.firstIndex(where: { $0.value.holds(value) }) else { continue }
      let turn = turns[index]
      guard turn.value.place == value.place || turn.role?.value.place == value.place else { return }
      return hover.show(head(turn, index, of: turns.count, record))
    }
    guard value.place == record.root.place || lists.isEmpty == false && record.first(.turns)?.value.place == value.place
    else { return }
    var parts: [String] = []
    for turns in lists {
      for (index, turn) in turns.prefix(Self.mostTurns).enumerated() {
        parts.append(head(turn, index, of: turns.count, record))
        parts += turn.texts.compactMap(\.value.text).map(quoted)
        parts += turn.calls.map { quoted($0.value.raw) }
      }
      if turns.count > Self.mostTurns { parts.append("…") }
    }
    for field in [Field.prompt, .promptInput, .answer, .chosen, .rejected] where lists.isEmpty {
      guard let found = record.first(field), let text = found.value.text, !Text.isBlank(text) else { continue }
      parts.append("`\(plain(found.value.key ?? ""))`")
      parts.append(quoted(text))
    }
    if !parts.isEmpty { hover.show(parts.joined(separator: "\n\n")) }
  }

  /// `3/7 assistant → rain`: words of the file alone, so that it reads the same in every language.
  private func head(_ turn: Turn, _ index: Int, of count: Int, _ record: Record) -> String {
    let calls = record.all(.callName).filter { turn.value.holds($0.value) }.compactMap(\.text)
    let called = calls.isEmpty ? "" : " → " + calls.prefix(8).map { "`\(plain($0))`" }.joined(separator: ", ")
    return "**\(index + 1)/\(count)** `\(plain(turn.role?.text ?? "?"))`" + called
  }

  /// Keys and numbers that somebody could act with are shown nowhere, here neither.
  private func withoutSecrets(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for found in PersonalData(text: bytes).found.reversed() where found.kind.isSecret {
      bytes.replaceSubrange(found.range, with: Array(found.kind.placeholder.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func plain(_ text: String) -> String {
    String(text.prefix(64).map { $0 == "`" || $0.isNewline ? " " : $0 })
  }

  /// In a block of its own, which nothing in the text can end.
  private func quoted(_ text: String) -> String {
    let open = withoutSecrets(text)
    let shown = open.count > Self.mostLetters ? open.prefix(Self.mostLetters) + "…" : open
    var longest = 3
    var run = 0
    for character in shown {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run + 1)
    }
    let fence = String(repeating: "`", count: longest)
    return "\(fence)text\n\(shown)\n\(fence)"
  }
}

extension Value {
  /// Whether another value is this one or stands in it.
  fileprivate func holds(_ other: Value) -> Bool { place.start <= other.place.start && other.place.end <= place.end }
}
