import Findings
import Manifest
import TestSupport
import Testing
import Workspace

/// What chats' plugin offers while they are written, and shows of them.
@Suite struct ChatHelpTests {
  private func roles(_ turns: String, known: Set<String>) async throws -> [String] {
    let desk = try await CompletionDesk(#"[{"messages": [\#(turns)]}]"#, dialect: "instruction-data/chat")
    return desk.labels.filter { known.contains($0) }
  }

  private let all: Set<String> = ["user", "assistant", "system", "tool", "developer"]

  /// Who may speak next stands first.
  @Test(arguments: [
    (#"{"role": "▮"}"#, "user"),
    (#"{"role": "system", "content": "Be kind."}, {"role": "▮"}"#, "user"),
    (#"{"role": "user", "content": "Hi"}, {"role": "▮"}"#, "assistant"),
    (#"{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hi"}, {"role": "▮"}"#, "user"),
    (
      #"{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "f", "arguments": "{}"}}]}, {"role": "▮"}"#,
      "tool"
    ),
  ])
  func rolesInTheirTurn(_ turns: String, _ first: String) async throws {
    #expect(try await roles(turns, known: all).first == first)
  }

  @Test func conversationsHaveTheirOwnWords() async throws {
    let desk = try await CompletionDesk(
      #"[{"conversations": [{"from": "human", "value": "Hi"}, {"from": "▮"}]}]"#, dialect: "instruction-data/sharegpt")
    #expect(desk.labels.first { ["human", "gpt", "observation"].contains($0) } == "gpt")
  }

  @Test func toolsAndTheirArgumentsAreOffered() async throws {
    let tools =
      #""tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}}}}}]"#
    func chat(_ function: String) -> String {
      #"[{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": \#(function)}]}], \#(tools)}]"#
    }
    let names = try await CompletionDesk(chat(#"{"name": "▮", "arguments": "{}"}"#), dialect: "instruction-data/chat")
    #expect(names.labels.contains("rain"))
    let given = try await CompletionDesk(
      chat(#"{"name": "rain", "arguments": "▮"}"#), dialect: "instruction-data/chat")
    #expect(
      try given.taken("city: string, unit: C|F").contains(#""arguments": "{\"city\": \"\", \"unit\": \"C\"}""#))
  }

  private static let rain =
    #"""
    {"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}, "days": {"type": "integer"}, "unit": {"enum": ["C", "F"]}}}}}
    """#

  /// What is there stays, what is half typed is finished; the text remains one text.
  @Test(arguments: [
    (#""{\"city\": \"Hue\", \"▮\"}""#, "unit: F", #""{\"city\": \"Hue\", \"unit\": \"F\"}""#),
    (#""{\"city\": \"Hue\"▮}""#, "days: integer", #""{\"city\": \"Hue\", \"days\": 0}""#),
    (#""{\"un▮\", \"city\": \"{a, b}\"}""#, "unit: C", #""{\"unit\": \"C\", \"city\": \"{a, b}\"}""#),
    (#""{▮}""#, "city: string", #""{\"city\": \"\"}""#),
    (#"{"city": "Hue", "unit": "▮"}"#, "F", #"{"city": "Hue", "unit": "F"}"#),
  ])
  func argumentsAreOfferedWithinTheirText(_ arguments: String, _ label: String, _ expected: String) async throws {
    func chat(_ arguments: String) -> String {
      #"[{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "rain", "arguments": \#(arguments)}}]}], "tools": [\#(Self.rain)]}]"#
    }
    let desk = try await CompletionDesk(chat(arguments), dialect: "instruction-data/chat")
    #expect(try desk.taken(label) == chat(expected))
    #expect(!desk.labels.contains { $0.hasPrefix("city") && arguments.contains("Hue") })
  }

  /// Where a quote is missing nobody knows what belongs together.
  @Test func nothingThatIsThereIsLost() async throws {
    let desk = try await CompletionDesk(
      #"[{"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "rain", "arguments": "{\"u▮, \"city\": \"a,b\"}"}}]}], "tools": [\#(Self.rain)]}]"#,
      dialect: "instruction-data/chat")
    #expect(!desk.labels.contains { $0.hasPrefix("unit") || $0.hasPrefix("city") })
  }

  /// Also where the whole call is a text.
  @Test func callsAreOfferedAsText() async throws {
    func talk(_ call: String) -> String {
      let tools = "\"[" + Self.rain.replacing("\"", with: "\\\"") + "]\""
      return
        #"[{"conversations": [{"from": "human", "value": "?"}, {"from": "function_call", "value": "\#(call)"}], "tools": \#(tools)}]"#
    }
    let open = try await CompletionDesk(talk("▮"), dialect: "instruction-data/sharegpt")
    #expect(try open.taken("rain") == talk(#"{\"name\": \"rain\", \"arguments\": {\"city\": \"\"}}"#))
    let named = try await CompletionDesk(
      talk(#"{\"name\": \"rain\", \"arguments\": {\"city\": \"Hue\"▮}}"#), dialect: "instruction-data/sharegpt")
    #expect(
      try named.taken("unit: C")
        == talk(#"{\"name\": \"rain\", \"arguments\": {\"city\": \"Hue\", \"unit\": \"C\"}}"#))
  }

  @Test func aPictureWithoutAPlaceGetsOne() async throws {
    func chat(_ images: String) -> String {
      #"[{"messages": [{"role": "user", "content": "What is it?▮"}, {"role": "assistant", "content": "A cup."}]\#(images)}]"#
    }
    let desk = try await CompletionDesk(chat(#", "images": ["cup.png"]"#), dialect: "instruction-data/chat")
    #expect(try desk.taken("<image>").contains(#""content": "<image>What is it?""#))
    #expect(try await !CompletionDesk(chat(""), dialect: "instruction-data/chat").labels.contains("<image>"))
  }

  private func hover(_ marked: String) async throws -> String {
    let file = Fixture(marked).file
    let desk = try await Desk(file.bytes, dialect: "instruction-data/chat")
    await desk.workspace.settle(desk.uri)
    let found = await (try desk.snapshot).hover(at: file.cursors[0], in: desk.workspace)
    return found?.markdown ?? ""
  }

  @Test func aTurnTellsWhichItIs() async throws {
    let text = try await hover(
      #"[{"messages": [{"role": "user", "content": "Rain?"}, {"role": "▮assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}]}]"#
    )
    #expect(text.contains("**2/2** `assistant` → `rain`"))
  }

  /// Over its beginning a sample is shown as it reads: line breaks as such, and nothing in it can end the block it stands in.
  @Test func aSampleIsShownToBeRead() async throws {
    let text = try await hover(
      #"[▮{"messages": [{"role": "user", "content": "Hi\nthere"}, {"role": "assistant", "content": "```\nx\n```"}]}]"#)
    #expect(text.contains("**1/2** `user`\n\n```text\nHi\nthere\n```"))
    let secret = try await hover(
      #"[▮{"messages": [{"role": "user", "content": "Pay NL31INGB0004719385 now"}, {"role": "assistant", "content": "Paid."}]}]"#
    )
    #expect(secret.contains("```text\nPay [ACCOUNT NUMBER] now\n```"))
    #expect(!secret.contains("0004719385") && secret.contains("Paid."))
    #expect(text.contains("````text\n```\nx\n```\n````"))
  }
}

/// What is told of a whole file.
@Suite struct FileCountTests {
  private func counts(_ text: String, _ language: String = "en") async throws -> String? {
    let desk = try await Desk(text)
    await desk.workspace.settle(desk.uri)
    return await (try desk.snapshot).inLanguage(language).counts(in: desk.workspace)
  }

  @Test func chatsAreCountedByWhatTheyAre() async throws {
    let long = String(repeating: "Yes, of course. ", count: 20)
    let text = #"""
      [{"messages": [{"role": "user", "content": "Quán mở cửa lúc mấy giờ, và có giao hàng không?"}, {"role": "assistant", "content": "7 giờ."}]},
       {"messages": [{"role": "user", "content": "Do you deliver?"}, {"role": "assistant", "content": "\#(long)"}]},
       {"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A cup."}], "images": ["a.png"]}]
      """#
    #expect(
      try await counts(text)
        == "one question each 2, with pictures or sounds 1 · other Latin script 2, Vietnamese 1 · short answers 2, longer answers 1"
    )
    #expect(try await counts(text, "vi")?.hasPrefix("mỗi mẫu một câu hỏi 2") == true)
  }

  @Test func labelsAreCountedByWhoMadeThem() async throws {
    let found = try await counts(
      #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "message", "role": "user", "text": "Hi", "origin": "human"}, {"id": "b", "kind": "message", "role": "assistant", "text": "Hello", "origin": "model", "refusal": "none"}, {"id": "c", "kind": "message", "role": "assistant", "text": "No.", "origin": "model", "refusal": "full"}]}]}"#
    )
    #expect(found == "made by models 2, written by people 1 · not refused 1, refused 1")
  }

  /// What is taken out counts no more.
  @Test func editsChangeTheCounts() async throws {
    let desk = try await Desk(
      #"[{"instruction": "Say hi.", "output": "Hi."}, {"instruction": "Say bye.", "output": "Bye."}]"#)
    #expect(await (try desk.snapshot).counts(in: desk.workspace)?.hasPrefix("one question each 2") == true)
    try await desk.replace(#", {"instruction": "Say bye.", "output": "Bye."}"#, with: "")
    #expect(await (try desk.snapshot).counts(in: desk.workspace)?.hasPrefix("one question each 1") == true)
  }

  @Test func otherFilesHaveNone() async throws {
    #expect(try await counts(#"{"images": [], "annotations": [], "categories": []}"#) == nil)
  }
}
