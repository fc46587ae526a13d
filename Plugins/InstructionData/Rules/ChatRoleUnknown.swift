import PluginKit

/// A turn of somebody no trainer knows.
struct ChatRoleUnknown: RecordRule {
  static let info = RuleInfo(
    id: "chat-role-unknown", severity: .error,
    summary: "Every turn says who speaks, in a word that its format knows.",
    why: "Trainers drop the chat, or read the turn as somebody else's.",
    source: "OpenAI's fine-tuning form; the tags that LLaMA-Factory takes when none are given.",
    message: "No trainer knows the speaker {role}. Write one of {known}.",
    messages: ["rename": "Write {role}"],
    good: [
      #"[{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]}]"#,
      #"[{"conversations": [{"from": "user", "value": "Hi"}, {"from": "assistant", "value": "Hello!"}]}]"#,
    ],
    bad: [
      #"[{"messages": [{"role": ⟪"human"⟫, "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}]"#,
      #"[{"conversations": [{"from": "human", "value": "Hi"}, {"from": ⟪"assistant"⟫, "value": "Hello!"}]}]"#,
    ])
  static let reads = Reads(fields: [.role, .fromRole])

  static let roles = ["user", "assistant", "system", "developer", "tool", "function"]
  static let fromRoles = ["human", "gpt", "system", "function_call", "observation"]
  /// Words that trainers are told to expect in `messages`, by their own settings.
  private static let configured = ["observation", "function_call"]
  /// Words of the other form, which a conversation may use throughout.
  private static let otherWords = ["user", "assistant", "User", "Assistant", "tool", "function"]
  private static let users = ["user", "human", "prompter", "questioner"]
  private static let models = ["assistant", "gpt", "chatgpt", "bot", "model", "ai", "bard", "bing", "claude"]

  func check(_ record: Record, _ report: inout Report) {
    for role in record.each(.role) where !Self.isUsual(role.value) {
      check(role, Self.roles, silent: Self.configured, user: "user", model: "assistant", tool: "tool", &report)
    }
    let from = record.all(.fromRole)
    let isMixed = from.contains { $0.value.isText("human") || $0.value.isText("gpt") }
    for role in from {
      check(
        role, Self.fromRoles, silent: isMixed ? [] : Self.otherWords, user: "human", model: "gpt", tool: "observation",
        &report)
    }
  }

  /// Most words are these. Compares bytes where they lie.
  private static func isUsual(_ role: Value) -> Bool {
    role.isText("user") || role.isText("assistant") || role.isText("system") || role.isText("tool")
  }

  private func check(
    _ role: FieldValue, _ known: [String], silent: [String], user: String, model: String, tool: String,
    _ report: inout Report
  ) {
    guard let text = role.value.text, !contains(known, text), !contains(silent, text) else { return }
    let word = text.lowercased()
    let meant =
      contains(Self.users, word)
      ? user : contains(Self.models, word) ? model : contains(["tool", "observation", "ipython"], word) ? tool : nil
    let right = meant ?? nearest(word, known)
    let fixes = right.map { [Fix("rename", ["role": $0], edits: [.replace(role, with: JSON.quoted($0))])] }
    report.finding(
      at: role, "", ["role": text, "known": known.joined(separator: ", ")], fixes: fixes ?? [], fold: text)
  }

  /// The one word that is at most two letters away.
  private func nearest(_ word: String, _ known: [String]) -> String? {
    if contains(known, word) { return word }
    let near = known.filter { Text.distance($0, word, limit: 2) != nil }
    return near.count == 1 && word.utf8.count > 3 ? near.first : nil
  }

  private func contains(_ words: [String], _ text: String) -> Bool {
    words.contains { $0.utf8.elementsEqual(text.utf8) }
  }
}
