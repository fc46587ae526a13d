import Testing

/// What the examples of instruction data's rules don't show: guards, traps, and cases in which nothing may be said.
@Suite struct InstructionTests {
  private func found(_ text: String) throws -> [Found] {
    let bench = try #require(Bench(Bench.instruction, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found
  }

  /// Rule and severity of each finding, in order of place.
  private func said(_ text: String) throws -> [String] {
    try found(text).map { "\($0.rule) \($0.severity)" }
  }

  private func chat(_ turns: String, _ rest: String = "") -> String { #"[{"messages": [\#(turns)]\#(rest)}]"# }
  private let asked = #"{"role": "user", "content": "Hi"}"#
  private let answered = #"{"role": "assistant", "content": "Hello!"}"#
  private let calling =
    #"{"role": "assistant", "content": null, "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}"#
  private let resulting = #"{"role": "tool", "tool_call_id": "a", "content": "1"}"#

  // MARK: Chats

  @Test func nothingIsSaidInACallsText() throws {
    #expect(try said(chat([asked, calling, resulting, answered].joined(separator: ","))) == [])
  }

  @Test func aChatMayEndWithACall() throws {
    #expect(try said(chat([asked, calling].joined(separator: ","))) == [])
  }

  /// Personas and examples begin so: worth knowing, no mistake.
  @Test func theModelMaySpeakFirst() throws {
    #expect(try said(chat([answered, asked, answered].joined(separator: ","))) == ["chat-role-order 3"])
  }

  @Test func aSystemTurnMayBeAbsentOrTwofold() throws {
    #expect(try said(chat([asked, answered].joined(separator: ","))) == [])
    let told = #"{"role": "system", "content": "a"}, {"role": "developer", "content": "b"}, "#
    #expect(try said(chat(told + [asked, answered].joined(separator: ","))) == [])
  }

  @Test func aMisspelledModelIsNotAMissingAnswer() throws {
    #expect(try said(chat(#"\#(asked), {"role": "asistant", "content": "Hello!"}"#)) == ["chat-role-unknown 1"])
  }

  @Test func thoughtsAreSomething() throws {
    #expect(
      try said(chat(#"\#(asked), {"role": "assistant", "content": null, "reasoning_content": "Let me think."}"#)) == [])
  }

  @Test(arguments: ["[]", "[{}]", "[7]", "[null]", "{}", "7", "[[]]", "[\"\"]", #"[{"role": 7}]"#])
  func whatIsNoChatIsLeftToTheForm(_ turns: String) throws {
    let text = #"[{"messages": [\#(asked), \#(answered)]}, {"messages": \#(turns)}]"#
    #expect(try found(text).allSatisfy { $0.rule != "chat-role-order" })
  }

  @Test func aTaskMayHaveAHistory() throws {
    #expect(
      try said(
        #"[{"instruction": "And tomorrow?", "output": "Rain.", "history": [["How is the weather?", "Sunny."]]}]"#) == []
    )
  }

  // MARK: Pictures

  /// An answer about HTML, a text read from a picture: the word itself, and no picture.
  @Test func anAnswerMaySpeakOfThePlaceOfAPicture() throws {
    let answer = #"{"role": "assistant", "content": "Write `<image>` there."}"#
    #expect(try said(chat("\(asked), \(answer)")) == ["chat-special-token-in-content 4"])
    let fenced = #"{"role": "assistant", "content": "So:\n```\nx <image> y\n```"}"#
    #expect(try said(chat("\(asked), \(fenced)")) == ["chat-special-token-in-content 4"])
  }

  @Test(arguments: [
    (#"["a.png", "b.png"]"#, [1]), (#"["a.png"]"#, []), ("[]", [1]), ("null", [1]), (#""a.png""#, [1]),
  ])
  func placesAreCounted(_ images: String, _ severities: [UInt8]) throws {
    let question = #"{"role": "user", "content": "<image>What?"}"#
    let text = chat("\(question), \(answered)", #", "images": \#(images)"#)
    #expect(try found(text).map(\.severity) == severities)
  }

  /// Some trainers write the places themselves; without a list the question may be about the word.
  @Test func oneSideAloneMayBeMeant() throws {
    #expect(
      try said(chat("\(asked), \(answered)", #", "images": ["a.png"]"#)) == ["chat-media-token-count 2"])
    let question = #"{"role": "user", "content": "<image>What?"}"#
    #expect(try said(chat("\(question), \(answered)")) == ["chat-media-token-count 2"])
  }

  @Test func placesAreWritten() throws {
    let text = chat("\(asked), \(answered)", #", "images": ["a.png", "b.png"]"#)
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(FixTests.apply(fix.edits, to: text) == text.replacing(#""Hi""#, with: #""<image><image>Hi""#))
  }

  @Test func aListIsMadeOfOneFile() throws {
    let text = chat(#"{"role": "user", "content": "<image>What?"}, \#(answered)"#, #", "images": "a.png""#)
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(fix.isCertain)
    #expect(FixTests.apply(fix.edits, to: text) == text.replacing(#""a.png""#, with: #"["a.png"]"#))
  }

  // MARK: Calls

  @Test func argumentsAreUnwrapped() throws {
    let text = chat(
      #"\#(asked), {"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "f", "arguments": "\"{\\\"n\\\": 1}\""}}]}"#
    )
    let fix = try #require(try found(text).first?.fixes.first)
    #expect(
      FixTests.apply(fix.edits, to: text)
        == text.replacing(#""\"{\\\"n\\\": 1}\"""#, with: #""{\"n\": 1}""#))
  }

  @Test func twoToolsMayAnswerInAnyOrder() throws {
    let two =
      #"{"role": "assistant", "tool_calls": [{"id": "a", "function": {"name": "f", "arguments": "{}"}}, {"id": "b", "function": {"name": "g", "arguments": "{}"}}]}"#
    let results =
      #"{"role": "tool", "tool_call_id": "b", "content": "2"}, {"role": "tool", "tool_call_id": "a", "content": "1"}"#
    #expect(try said(chat("\(asked), \(two), \(results), \(answered)")) == [])
  }

  // MARK: Pairs

  @Test(arguments: [
    ("a.", "b.", []), ("x = 1", "X = 1", [2]), (" same", "same\n", [1]), ("", "", []), ("é", "e\u{301}", []),
  ])
  func answersAreCompared(_ chosen: String, _ rejected: String, _ severities: [UInt8]) throws {
    let escaped = rejected.replacing("\n", with: "\\n")
    let text = #"[{"prompt": "p", "chosen": "\#(chosen)", "rejected": "\#(escaped)"}]"#
    #expect(try found(text).filter { $0.rule == "preference-chosen-equals-rejected" }.map(\.severity) == severities)
  }

  @Test func longAnswersMayBeNearlyTheSame() throws {
    let words = (0..<400).map { "word\($0)" }
    let chosen = words.joined(separator: " ")
    let rejected = (words.dropLast() + ["other"]).joined(separator: " ")
    let found = try found(#"[{"prompt": "p", "chosen": "\#(chosen)", "rejected": "\#(rejected)"}]"#)
    #expect(found.map(\.message) == ["near"] && found.map(\.severity) == [3])
  }

  @Test func longerChoicesAreToldOfManyPairsOnly() throws {
    func pairs(_ longer: Int, of all: Int) -> String {
      "["
        + (0..<all).map { #"{"prompt": "p\#($0)", "chosen": "\#($0 < longer ? "longer" : "s")", "rejected": "mid"}"# }
        .joined(separator: ", ") + "]"
    }
    #expect(try said(pairs(99, of: 99)) == [])
    #expect(try said(pairs(64, of: 100)) == [], "chance alone gives that to some sets")
    #expect(try said(pairs(65, of: 100)) == ["preference-set-imbalance 3"])
    #expect(try said(pairs(239, of: 400)) == [])
    #expect(try said(pairs(240, of: 400)) == ["preference-set-imbalance 3"])
  }

  // MARK: Doubles

  @Test func answersToOneQuestionMayDiffer() throws {
    let text =
      #"[{"instruction": "Name a fruit.", "output": "Mango."}, {"instruction": "Name a fruit.", "output": "Plum."}]"#
    #expect(try said(text) == ["instruction-duplicate 4"])
  }

  @Test func whatTheModelIsToldMakesAnotherQuestion() throws {
    let first = #"{"messages": [{"role": "system", "content": "Be brief."}, \#(asked), \#(answered)]}"#
    let second = #"{"messages": [{"role": "system", "content": "Be kind."}, \#(asked), \#(answered)]}"#
    #expect(try said("[\(first), \(second)]") == [])
    #expect(try said("[\(first), \(first), \(first)]").count == 2)
  }
}
