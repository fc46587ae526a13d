import Findings
import Testing
import Workspace

/// Chats, pairs and questions of one shop, with every rule's mistake in them once.
@Suite struct InstructionExampleTests {
  @Test(arguments: [
    (
      "chat.jsonl", "chat-lines",
      [
        "instruction-data/chat-role-unknown /1/messages/0/role",
        "instruction-data/chat-role-order /2/messages/1/role",
        "instruction-data/chat-assistant-missing-or-empty /3/messages/1/content",
        "instruction-data/chat-special-token-in-content /4/messages/1/content",
        "instruction-data/train-mask-invalid /5/messages/1/weight",
        "instruction-data/secret-or-pii-in-text /6/messages/1/content",
        "instruction-data/tool-call-undeclared /7/messages/1/tool_calls/0/function/name",
        "schema/required /8/messages/1/tool_calls/0/function/arguments",
        "instruction-data/tool-arguments-schema /9/messages/1/tool_calls/0/function/arguments",
        "instruction-data/tool-arguments-invalid /10/messages/1/tool_calls/0/function/arguments",
        "instruction-data/tool-call-unlinked /11/messages/2/tool_call_id",
        "instruction-data/tool-call-unanswered /12/messages/1/role",
        "instruction-data/tool-arguments-mixed /13/messages/1/tool_calls/0/function/arguments",
        "instruction-data/instruction-duplicate /15/messages", "instruction-data/chat-schema-mixed /16",
        "instruction-data/instruction-near-duplicate /18/messages",
        "instruction-data/tool-unit-contradicts /19/messages/1/tool_calls/0/function/arguments",
      ]
    ),
    (
      "pictures.json", "chat",
      [
        "instruction-data/chat-media-token-count /1/messages/0/content",
        "instruction-data/chat-media-token-count /2/audios",
        "instruction-data/grounding-box-invalid /3/messages/1/content",
        "vision/media-file-absent /4/images/0",
      ]
    ),
    ("boxes.json", "chat", ["instruction-data/grounding-coordinate-convention /2/messages/1/content"]),
    (
      "pairs.json", "preferences",
      [
        "instruction-data/preference-score-invalid /0/score_chosen",
        "instruction-data/preference-chosen-equals-rejected /1/rejected",
        "instruction-data/preference-prompt-differs /2/rejected/0/content",
        "instruction-data/preference-conflict /3/chosen",
      ]
    ),
    ("verdicts.jsonl", "completions-lines", ["instruction-data/preference-set-imbalance /0/label"]),
    (
      "dataset_info.json", "dataset-info",
      [
        "instruction-data/dataset-registry-mismatch /chats/columns/tools",
        "instruction-data/dataset-registry-mismatch /pairs/ranking",
        "instruction-data/dataset-column-unknown /pictures/columns/messages",
      ]
    ),
    ("questions.json", "vqa-questions", ["instruction-data/qa-join-broken /questions/2/question_id"]),
    (
      "form.json", "form-parts",
      [
        "instruction-data/document-link-invalid /form/2/linking/1",
        "instruction-data/document-link-one-sided /form/3/linking/1",
        "instruction-data/answer-not-in-region-text /form/5/text",
        "instruction-data/document-link-invalid /form/5/label",
      ]
    ),
    (
      "ratings.json", "sample",
      ["instruction-data/judgement-contradicts-text /samples/0/annotations/1/refusal"]
    ),
    (
      "splits/train.jsonl", "alpaca-lines",
      [
        "instruction-data/train-eval-leak /1/instruction", "instruction-data/train-eval-overlap /2/instruction",
      ]
    ),
    ("splits/test.jsonl", "alpaca-lines", []),
    ("choices/samples.jsonl", "alpaca-lines", ["instruction-data/purpose-mismatch /0/instruction"]),
    (
      "answers.json", "vqa-answers",
      [
        "instruction-data/qa-majority-wrong /annotations/1/multiple_choice_answer",
        "instruction-data/qa-join-incomplete /annotations/2/question_id",
      ]
    ),
  ])
  func plantedMistakesAreFound(_ name: String, _ format: String, _ expected: [String]) async throws {
    let path = Installation.repository + "/Examples/instruction/" + name
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let report = await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    let file = try #require(report.files.first)
    #expect(file.dialect == "instruction-data/" + format)
    #expect(file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() == expected.sorted())
    #expect(report.notRun == [])
  }

  @Test func everyRuleIsPlanted() throws {
    let rules = try Installation.library.get().allRules.map(\.id).filter { $0.hasPrefix("instruction-data/") }
    #expect(Set(rules) == Set(InstructionData.planted))
  }

  /// What a rule marks as nobody's business stands in no word of the report.
  @Test func whatIsSecretIsNotShown() async throws {
    let desk = try await Desk(#"[{"instruction": "Pay NL31INGB0004719385.", "output": "Paid."}]"#)
    let finding = try #require(await desk.findings.first { $0.rule == "instruction-data/secret-or-pii-in-text" })
    #expect(!finding.message.contains("7193"))
    #expect(!finding.line.contains("7193"))
  }

  // MARK: Calls of tools in the open

  private func calls(_ name: String, _ arguments: String, tools: String = rain) -> String {
    #"""
    [{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function",
      "function": {"name": \#(name), "arguments": \#(arguments)}}]}], "tools": \#(tools)}]
    """#
  }
  private static let rain =
    #"[{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}}, "required": ["city"]}}}]"#

  @Test func argumentsAreJudgedByTheirTool() async throws {
    try await checkFindings(calls(#""rain""#, #""{\"city\": \"Hue\"}""#))
    try await checkFindings(calls(#""rain""#, #""{\"city\": ⟪5⟫}""#), "schema/type")
    try await checkFindings(calls(#""rain""#, #""{\"city\": \"Hue\", \"unit\": ⟪\"K\"⟫}""#), "schema/enum")
    try await checkFindings(calls(#""rain""#, #""{\"city\": \"Hue\"⟪,⟫}""#), "syntax/trailing-comma")
    try await checkFindings(
      calls(#""rain""#, #""{\"city\": \"Hue\", ⟪\"town\"⟫: 1}""#), "instruction-data/tool-arguments-schema")
  }

  @Test func toolsAreCalledByTheirNames() async throws {
    try await checkFindings(calls(#"⟪"wind"⟫"#, #""{}""#), "instruction-data/tool-call-undeclared")
    // What a chat does not list may stand in what the model is told.
    try await checkFindings(calls(#""wind""#, #""{}""#, tools: "[]"))
  }

  /// A question without words is a question that nobody sees; an answer's own rule speaks of answers.
  @Test func whoAsksSaysSomething() async throws {
    func chat(_ turn: String) -> String {
      #"[{"messages": [\#(turn), {"role": "assistant", "content": "Hello!"}]}]"#
    }
    try await checkFindings(chat(#"{"role": "user", ⟪"contnt"⟫: "Hi"}"#), "schema/required")
    try await checkFindings(chat(#"⟪{⟫"role": "user"}"#), "schema/required")
    try await checkFindings(chat(#"{"role": "user", "content": "Hi"}"#))
  }

  /// Form by form: each line is read for itself, and a mixture is said once.
  @Test func everyLineIsReadByItsOwnForm() async throws {
    try await checkFindings(
      """
      {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
      ⟪{⟫"conversations": [{"from": "human", "value": "Hi"}, {"from": ⟪"bot"⟫, "value": "Hello!"}]}
      {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Bye!"}]}
      """, "instruction-data/chat-schema-mixed", "instruction-data/chat-role-unknown", languageID: "jsonl")
  }
}

/// Rules that have a mistake planted in `Examples/instruction`.
private enum InstructionData {
  static let planted = [
    "chat-assistant-missing-or-empty", "chat-media-token-count", "chat-role-order", "chat-role-unknown",
    "chat-schema-mixed", "chat-special-token-in-content", "dataset-registry-mismatch", "grounding-box-invalid",
    "instruction-duplicate", "preference-chosen-equals-rejected", "preference-conflict",
    "preference-prompt-differs",
    "preference-score-invalid", "preference-set-imbalance", "qa-join-broken", "qa-majority-wrong",
    "secret-or-pii-in-text", "tool-arguments-invalid", "tool-arguments-mixed", "tool-arguments-schema",
    "tool-call-unanswered",
    "tool-call-undeclared", "tool-call-unlinked", "train-mask-invalid", "instruction-near-duplicate", "train-eval-leak",
    "document-link-invalid", "document-link-one-sided", "answer-not-in-region-text", "judgement-contradicts-text",
    "tool-unit-contradicts", "purpose-mismatch", "dataset-column-unknown", "grounding-coordinate-convention",
    "qa-join-incomplete", "train-eval-overlap",
  ].map { "instruction-data/" + $0 }
}
