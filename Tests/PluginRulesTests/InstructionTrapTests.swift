import TestSupport
import Testing

/// What looks like a mistake in one file of instruction data and is none; beside it, the same with the mistake.
@Suite struct InstructionTrapTests {
  /// Rule and message of each finding, in order of place.
  private func said(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.instruction, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  /// What the format itself says of ids.
  private func links(_ text: String) throws -> [String] {
    try #require(Bench(Bench.instruction, Array(text.utf8))).linkFindings.map(\.rule)
  }

  private func list(_ samples: String...) -> String { "[" + samples.joined(separator: ", ") + "]" }

  private func turn(_ role: String, _ text: String, _ more: String = "") -> String {
    #"{"role": "\#(role)", "content": "\#(text)"\#(more)}"#
  }

  private func chat(_ turns: String..., more: String = "") -> String {
    #"{"messages": [\#(turns.joined(separator: ", "))]\#(more)}"#
  }

  // MARK: Forms of samples (row 32)

  @Test func samplesOfOneFormNeedNotHaveTheSameMembers() throws {
    let short = #"{"instruction": "Say hello.", "output": "Hello!"}"#
    let long = #"{"instruction": "Say bye.", "input": "", "output": "Bye!", "system": "Be kind.", "history": []}"#
    #expect(try said(list(short, long)) == [])
    #expect(try said(list(short, #"{"prompt": "Say bye.", "completion": "Bye!"}"#)) == ["chat-schema-mixed"])
  }

  @Test func membersNobodyKnowsAreTheOwnersMatter() throws {
    #expect(try said(list(#"{"instruction": "Say hello.", "output": "Hello!", "mesages": 3}"#)) == [])
    let first = #"{"instruction": "Say bye.", "output": "Bye!"}"#
    #expect(try said(list(first, #"{"instrution": "Say hello.", "otput": "Hello!"}"#)) == ["chat-schema-mixed near"])
  }

  // MARK: Speakers (rows 33 and 34)

  @Test func aConversationMayUseTheOtherFormsWordsThroughout() throws {
    func conversation(_ asks: String, _ answers: String) -> String {
      #"{"conversations": [{"from": "\#(asks)", "value": "Hi"}, {"from": "\#(answers)", "value": "Hello!"}]}"#
    }
    #expect(try said(list(conversation("user", "assistant"))) == [])
    #expect(try said(list(conversation("human", "assistant"))) == ["chat-role-unknown"])
  }

  @Test func severalPeopleMayAskOneAfterTheOther() throws {
    func asks(_ first: String, _ second: String) -> String {
      list(chat(turn("user", "Hi", first), turn("user", "Hello", second), turn("assistant", "Welcome!")))
    }
    #expect(try said(asks(#", "name": "anna""#, #", "name": "binh""#)) == [])
    #expect(try said(asks(#", "name": "anna""#, #", "name": "anna""#)) == ["chat-role-order"])
    #expect(try said(asks("", "")) == ["chat-role-order"])
  }

  /// Answers are not there yet where they are to be found by trying.
  @Test func aQuestionAloneIsEnoughToTryOn() throws {
    #expect(try said(list(chat(turn("user", "What is 3 + 4?"), more: #", "solution": "7""#))) == [])
    #expect(try said(list(chat(turn("user", "What is 3 + 4?")))) == ["chat-assistant-missing-or-empty missing"])
  }

  // MARK: Pictures and what stands for them (rows 36 and 37)

  /// An answer about HTML, a text read from a picture.
  @Test func theWordForAPictureInAnAnswerIsNotCounted() throws {
    func sample(_ question: String, _ answer: String) -> String {
      list(chat(turn("user", question), turn("assistant", answer), more: #", "images": ["a.png"]"#))
    }
    #expect(try said(sample("<image>What is it?", "Write `<image>` there.")) == ["chat-special-token-in-content media"])
    #expect(try said(sample("<image><image>What is it?", "A cup.")) == ["chat-media-token-count"])
  }

  @Test func signsOfATemplateAreMeantWhereTheyAreQuoted() throws {
    func severity(_ answer: String) throws -> [UInt8] {
      let text = list(chat(turn("user", "How does it end?"), turn("assistant", answer)))
      return try #require(Bench(Bench.instruction, Array(text.utf8))).run().map(\.severity)
    }
    #expect(try severity("With `</s>`.") == [4])
    #expect(try severity(#"With \"</s>\"."#) == [4])
    #expect(try severity(#"So:\n```\n</s>\n```"#) == [4])
    #expect(try severity("Goodbye.</s>") == [2])
    #expect(try severity("A line through: <s>old</s >, x[0] and [INSTALL].") == [])
  }

  // MARK: Calls (rows 39 to 42)

  private func call(_ arguments: String, _ parameters: String, name: String = "f") -> String {
    func quoted(_ text: String) -> String { text.replacing(#"""#, with: #"\""#) }
    let text = quoted(#"{"name": "\#(name)", "arguments": \#(arguments)}"#)
    let tools = quoted(#"[{"name": "f", "parameters": \#(parameters)}]"#)
    return
      #"[{"conversations": [{"from": "human", "value": "Do it."}, {"from": "function_call", "value": "\#(text)"}], "tools": "\#(tools)"}]"#
  }

  @Test func toolsThatNobodyListsMayBeCalled() throws {
    let alone =
      #"[{"conversations": [{"from": "human", "value": "Do it."}, {"from": "function_call", "value": "{\"name\": \"g\", \"arguments\": {}}"}], "tools": ""}]"#
    #expect(try said(alone) == [])
    #expect(try said(call("{}", "{}", name: "g")) == ["tool-call-undeclared"])
  }

  @Test func aToolMaySayThatItTakesMore() throws {
    let properties = #""properties": {"a": {"type": "string"}}"#
    #expect(try said(call(#"{"b": 1}"#, "{\(properties), \"additionalProperties\": true}")) == [])
    #expect(try said(call(#"{"b": 1}"#, #"{\#(properties), "anyOf": [{"required": ["b"]}]}"#)) == [])
    #expect(try said(call(#"{"b": 1}"#, #"{\#(properties), "patternProperties": {"b": {}}}"#)) == [])
    #expect(try said(call(#"{"b": 1}"#, #"{"type": "object"}"#)) == [])
    #expect(try said(call(#"{"b": 1}"#, "{\(properties)}")) == ["tool-arguments-schema unknown"])
  }

  /// Words that JSON Schema does not have, whole numbers with a point, nothing where nothing is allowed.
  @Test func kindsAreReadGenerously() throws {
    func one(_ value: String, _ description: String) throws -> [String] {
      try said(call(#"{"a": \#(value)}"#, #"{"properties": {"a": \#(description)}}"#))
    }
    #expect(try one("7", #"{"type": "float"}"#) == [])
    #expect(try one("{}", #"{"type": "dict"}"#) == [])
    #expect(try one("7.0", #"{"type": "integer"}"#) == [])
    #expect(try one("null", #"{"type": "string", "nullable": true}"#) == [])
    #expect(try one("null", #"{"type": ["string", "null"]}"#) == [])
    #expect(try one("null", #"{"type": "string"}"#) == ["tool-arguments-schema kind"])
    #expect(try one("7.5", #"{"type": "integer"}"#) == ["tool-arguments-schema kind"])
  }

  /// Objects within may hold what they like unless the tool says otherwise; what it does say of them holds.
  @Test func argumentsWithinArgumentsAreJudged() throws {
    func stops(_ stop: String, _ more: String = "") throws -> [String] {
      try said(
        call(
          #"{"stops": [\#(stop)]}"#,
          #"{"properties": {"stops": {"type": "array", "items": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]\#(more)}}}}"#
        ))
    }
    #expect(try stops(#"{"city": "Hue"}"#) == [])
    #expect(try stops(#"{"city": "Hue", "note": 1}"#) == [])
    #expect(try stops(#"{"city": "Hue", "note": 1}"#, #", "additionalProperties": false"#).count == 1)
    #expect(try stops(#"{"city": 5}"#) == ["tool-arguments-schema kind"])
    #expect(try stops(#"{"town": "Hue"}"#) == ["tool-arguments-schema"])
  }

  /// A finding stands at the argument itself, also where its name stands elsewhere as a value, in another call, or is written with escapes.
  @Test(arguments: [
    (#"{\"city\": \"days\", \"days\": ⟪\"two\"⟫}"#, ["days"]),
    (#"{\"note\": {\"days\": \"two\"}, \"days\": ⟪\"two\"⟫}"#, ["days"]),
    (#"{\"d\\u0061ys\" : ⟪\"two\"⟫, \"city\": \"\\u0111\\\"\"}"#, ["days"]),
    (#"{\"days\": 1, \"stops\": [{\"days\": 1}, {\"days\": ⟪\"two\"⟫}]}"#, ["stops[1].days"]),
    (#"⟪{\"city\": \"days\", \"stops\": [⟪{}⟫]}⟫"#, ["days", "stops[0].days"]),
  ])
  func theArgumentItselfIsMarked(_ marked: String, _ names: [String]) throws {
    let object = #"\"properties\": {\"days\": {\"type\": \"integer\"}, \"stops\": {\"type\": \"array\", \"items\": %}}"#
    let inner =
      #"{\"type\": \"object\", \"properties\": {\"days\": {\"type\": \"integer\"}}, \"required\": [\"days\"]}"#
    let required = names.count > 1 ? #", \"required\": [\"days\"]"# : ""
    let text =
      #"[{"conversations": [{"from": "human", "value": "Plan."}, {"from": "function_call", "value": "[{\"name\": \"f\", \"arguments\": {\"days\": 1}}, {\"name\": \"f\", \"arguments\": \#(marked)}]"}], "tools": "[{\"name\": \"f\", \"parameters\": {\#(object.replacing("%", with: inner)), \"additionalProperties\": true\#(required)}}]"}]"#
    let file = Fixture(text).file
    let found = try #require(Bench(Bench.instruction, file.bytes)).run()
    #expect(found.map { $0.arguments["name"] } == names)
    #expect(found.map(\.range) == file.ranges)
  }

  @Test func everyChatMayCountItsCallsAnew() throws {
    func calls(_ id: String) -> String {
      chat(
        turn("user", "Do \(id)."),
        #"{"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}"#,
        #"{"role": "tool", "tool_call_id": "\#(id)", "content": "done"}"#, turn("assistant", "Done."))
    }
    #expect(try links(list(calls("call_1"), calls("call_1"))) == [])
    #expect(try links(list(calls("call_1"), calls("call_2"))) == ["instruction-data/tool-call-unlinked"])
  }

  // MARK: Pairs (rows 43 to 47)

  private func pairs(_ pairs: (String, String, String)...) -> String {
    "["
      + pairs.map { #"{"prompt": "\#($0)", "chosen": "\#($1)", "rejected": "\#($2)"}"# }.joined(separator: ", ") + "]"
  }

  @Test func rankingsThatEndSomewhereAreNoCircle() throws {
    let line = [("Which?", "Ann", "Bob"), ("Which?", "Bob", "Cyd"), ("Which?", "Ann", "Cyd"), ("Which?", "Cyd", "Dan")]
    #expect(try said(pairs(line[0], line[1], line[2], line[3])) == [])
    #expect(try said(pairs(line[0], line[1], line[3], ("Which?", "Dan", "Ann"))) == ["preference-conflict circle"])
    // Said once, though the circle is there twice.
    #expect(
      try said(pairs(line[0], line[1], ("Which?", "Cyd", "Ann"), ("Which?", "Cyd", "Ann")))
        .filter { $0 == "preference-conflict circle" }.count <= 2)
  }

  @Test func answersToOtherQuestionsMakeNoCircle() throws {
    let two = [("Which?", "Ann", "Bob"), ("Which?", "Bob", "Cyd")]
    #expect(try said(pairs(two[0], two[1], ("Who?", "Cyd", "Ann"))) == [])
    #expect(try said(pairs(two[0], two[1], ("which? ", "Cyd", "Ann"))) == ["preference-conflict circle"])
  }

  @Test func whatIsRankedBothWaysIsToldOnce() throws {
    #expect(try said(pairs(("Which?", "Ann", "Bob"), ("Which?", "Bob", "Ann"))) == ["preference-conflict"])
    #expect(try said(pairs(("Which?", "Ann", "Bob"), ("Which?", "Ann", "Bob"))) == [])
  }

  /// Where both sides repeat the talk so far, it may go on differently from the first answer.
  @Test func talksMayPartAfterTheSharedQuestion() throws {
    func side(_ answer: String, _ next: String) -> String {
      #"[{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "\#(answer)"}, {"role": "user", "content": "\#(next)"}, {"role": "assistant", "content": "Yes."}]"#
    }
    func pair(_ prompt: String) -> String {
      #"[{\#(prompt)"chosen": \#(side("4", "Sure?")), "rejected": \#(side("5", "Really?"))}]"#
    }
    #expect(try said(pair("")) == [])
    let asked = #"{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}, "#
    #expect(
      try said(pair(#""prompt": [\#(asked){"role": "user", "content": "Sure?"}], "#))
        == ["preference-prompt-differs prompt"])
  }

  @Test func whoNamesNoBetterAnswerMaySayThatNeitherIs() throws {
    func compared(_ strength: String) -> String {
      #"[{"prompt": "2 + 2?", "response_1": "4", "response_2": "four", "preference_strength": \#(strength)}]"#
    }
    #expect(try said(compared("0")) == [])
    #expect(try said(compared("-3")) == [])
    #expect(try said(compared("null")) == [])
    #expect(try said(compared("4")) == ["preference-score-invalid strength"])
    #expect(
      try said(#"[{"prompt": "2 + 2?", "chosen": "4", "rejected": "5", "preference_strength": 0}]"#)
        == ["preference-score-invalid none"])
  }

  /// Where points are written in quotes by the form itself, they are numbers all the same; none may apply.
  @Test func pointsOfASideMayBeTextOrNotApply() throws {
    func rated(_ rating: String, _ score: String = "7.5") -> String {
      #"[{"instruction": "2 + 2?", "completions": [{"response": "4", "annotations": {"honesty": {"Rating": \#(rating), "Rationale": "So."}}, "overall_score": \#(score), "critique": "So."}]}]"#
    }
    for rating in [#""1""#, #""5""#, #""N/A""#, "3"] { #expect(try said(rated(rating)) == []) }
    #expect(try said(rated(#""0""#)) == ["preference-score-invalid scale"])
    #expect(try said(rated(#""good""#)) == ["preference-score-invalid kind"])
    #expect(try said(rated(#""3""#, "0.5")) == ["preference-score-invalid scale"])
    #expect(try said(rated(#""3""#, #""9""#)) == ["preference-score-invalid text"])
  }

  @Test func oneTaskMayHaveManyRatedAnswers() throws {
    func rated(_ answer: String) -> String {
      #"{"prompt": "Name a fruit that floats.", "response": "\#(answer)", "helpfulness": 4, "correctness": 4}"#
    }
    #expect(try said(list(rated("An apple."), rated("A plum."))) == [])
  }

  // MARK: Doubles (row 48)

  @Test func shortAnswersMayRepeatTheirQuestion() throws {
    func asked(_ text: String, _ answer: String) -> String { list(chat(turn("user", text), turn("assistant", answer))) }
    #expect(try said(asked("Good morning!", "Good morning!")) == [])
    let long = "Please tell me what the weather will be like in Hue tomorrow."
    #expect(try said(asked(long, long)) == ["instruction-duplicate echo"])
    #expect(try said(asked(long, "PLEASE tell me what the weather will be like in Hue tomorrow. ")).count == 1)
    #expect(try said(asked(long, "Please tell me where you are, and I tell you about tomorrow's weather.")) == [])
  }

  // MARK: What is learned from (row 52)

  private func parts(_ text: String, _ parts: (Int, Int)...) -> String {
    let list = parts.map { #"{"begin_offset": \#($0), "end_offset": \#($1), "train": true}"# }.joined(separator: ", ")
    return list.isEmpty
      ? self.list(chat(turn("user", "Hi"), turn("assistant", text)))
      : self.list(chat(turn("user", "Hi"), turn("assistant", text, #", "train_detail": [\#(list)]"#)))
  }

  @Test func theLastLetterBelongsToThePart() throws {
    #expect(try said(parts("Hello!", (0, 5))) == [])
    #expect(try said(parts("Hello!", (0, 6))) == ["train-mask-invalid outside"])
    #expect(try said(parts("Hello!", (0, 2), (3, 5))) == [])
    #expect(try said(parts("Hello!", (0, 3), (3, 5))) == ["train-mask-invalid overlap"])
    #expect(try said(parts("Hello!", (2, 2))) == [])
    #expect(try said(parts("Hello!", (2, 1))) == ["train-mask-invalid turned"])
    #expect(try said(parts("Hello!", (-1, 1))) == ["train-mask-invalid outside"])
  }

  @Test func lettersOfAllScriptsCountAsOne() throws {
    #expect(try said(parts("Được 😀", (0, 5))) == [])
    #expect(try said(parts("Được 😀", (0, 6))) == ["train-mask-invalid outside"])
  }

  @Test func weightsMayBeLeftOutOrBeWrittenWithAPoint() throws {
    func weighted(_ weight: String) -> String {
      list(chat(turn("user", "Hi"), turn("assistant", "Hello!", #", "weight": \#(weight)"#)))
    }
    #expect(try said(weighted("1.0")) == [])
    #expect(try said(weighted("null")) == [])
    #expect(try said(weighted("0")) == ["train-mask-invalid none"])
    #expect(try said(weighted("true")) == ["train-mask-invalid"])
  }

  // MARK: Votes (row 56)

  private func votes(_ counts: String, _ votes: String...) throws -> [String] {
    let answers = votes.map { #"{"answer": "\#($0)"}"# }.joined(separator: ", ")
    return try said(
      #"{"annotations": [{"question_id": 1, "image_id": 7, "multiple_choice_answer": "\#(counts)", "answers": [\#(answers)]}]}"#
    )
  }

  @Test func ofEquallyFrequentAnswersAnyCounts() throws {
    #expect(try votes("two", "two", "2") == [])
    #expect(try votes("2", "two", "2") == [])
    #expect(try votes("2", "two", "2", "two") == ["qa-majority-wrong fewer"])
  }

  @Test func capitalsAndSpacesMakeNoOtherAnswer() throws {
    #expect(try votes("Red", "red ", "RED", "blue") == [])
    #expect(try votes("Red", "reddish", "reddish") == ["qa-majority-wrong"])
  }
}
