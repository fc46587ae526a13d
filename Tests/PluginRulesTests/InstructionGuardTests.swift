import Testing

/// Cases in which a rule of instruction data could be wrong, and must be silent.
@Suite struct InstructionGuardTests {
  private func found(_ text: String) throws -> [Found] {
    let bench = try #require(Bench(Bench.instruction, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found
  }

  /// Rule and message of each finding, in order of place.
  private func said(_ text: String) throws -> [String] {
    try found(text).map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  // MARK: Nearly equal questions

  private func tasks(_ questions: String..., more: String = "") -> String {
    let samples = questions.enumerated().map {
      #"{"instruction": "\#($1)", "output": "\#($0)."\#(more.replacing("%", with: "\($0)"))}"#
    }
    return "[" + samples.joined(separator: ", ") + "]"
  }

  private let long =
    "Please read the letter below with care, write down who sent it, what they want, until when, and what they offer "
    + "for it, and then say in one sentence of your own whether you would agree to that, and why or why not, as if you "
    + "were writing to a friend who knows nothing of the whole matter."

  @Test func oneWordMoreIsNearlyTheSame() throws {
    #expect(try said(tasks(long, long + " Thanks!")) == ["instruction-near-duplicate"])
  }

  /// Equal questions are another rule's matter, and the first stands for all of them.
  @Test func eachPairIsToldOnce() throws {
    let found = try found(tasks(long, long + " Thanks!", long))
    #expect(found.map(\.rule) == ["instruction-near-duplicate", "instruction-duplicate"])
    #expect(try said(tasks(long, long + " Thanks!", long + " Bye!")).count == 3)
  }

  @Test func whatBelongsToATaskMakesAnotherOne() throws {
    let letters =
      #", "input": "Letter number % is about a house, a garden, a car and a boat in town %, sold by owner %.""#
    #expect(try said(tasks(long, long + " Thanks!", more: letters)) == [])
  }

  @Test func picturesMakeAnotherQuestion() throws {
    let picture = #", "images": ["%.png"]"#
    let marked = "<image>" + long
    #expect(try said(tasks(marked, marked + " Thanks!", more: picture)) == [])
  }

  @Test func shortQuestionsOfOnePatternAreDifferent() throws {
    #expect(try said(tasks("What is the capital of Laos?", "What is the capital of Cuba?")) == [])
    #expect(try said(tasks("Translate into French: cat", "Translate into French: dog")) == [])
    #expect(try said(tasks("2+2", "2+3")) == [])
  }

  @Test func scriptsWithoutSpacesAreComparedByLetters() throws {
    let text = "次の手紙をよく読んで、誰が送ったか、何を望んでいるか、いつまでか、何を差し出すかを書いてください"
    #expect(try said(tasks(text, text + "。")) == ["instruction-near-duplicate"])
    #expect(try said(tasks(text, "この写真には何が写っていますか。詳しく説明してください。")) == [])
  }

  /// More than eight that fall together: the first eight are compared, and nothing grows with the square of them.
  @Test func patternsOfManyAreComparedInPart() throws {
    let many = (0..<200).map { #"{"instruction": "\#(long) Number \#($0)", "output": "\#($0)."}"# }
    let found = try found("[" + many.joined(separator: ", ") + "]")
    #expect(found.count <= 14 * 28)
    #expect(found.allSatisfy { $0.rule == "instruction-near-duplicate" && $0.severity == 4 })
  }

  // MARK: Judgments

  private func sample(_ members: String, language: String = "") -> String {
    let tag = language.isEmpty ? "" : #""language": "\#(language)", "#
    return
      #"{"concord": "1.0", "domain": "instruction-data", "samples": [{"id": "s", \#(tag)"sources": [], "annotations": [{"id": "a", "kind": "message", "role": "assistant", \#(members)}]}]}"#
  }

  /// A list of phrases never makes a judgment by itself.
  @Test func aRefusalThatNobodyJudgedIsNoContradiction() throws {
    #expect(try said(sample(#""text": "I'm sorry, but I can't help with that.""#)) == [])
    #expect(try said(sample(#""refusal": "partial", "text": "I'm sorry, but I can't help with that.""#)) == [])
  }

  @Test func aRefusalInOtherWordsIsBelieved() throws {
    let gentle = String(
      repeating: "Perhaps a doctor is the one to ask about the dose; they know you and the drug. ", count: 3)
    #expect(try said(sample(#""refusal": "full", "text": "\#(gentle)I would rather not guess.""#)) == [])
    // Of a language without a list nothing is known.
    let other = String(repeating: "Das kann man so oder so sehen, wie es eben kommt. ", count: 4)
    #expect(try said(sample(#""refusal": "full", "text": "\#(other)""#, language: "de")) == [])
  }

  @Test func aWordOfRefusalWithinAnAnswerIsNone() throws {
    let text = String(repeating: "Mix flour and water and leave the dough to rest. ", count: 4)
    #expect(
      try said(sample(#""refusal": "none", "text": "\#(text) I cannot help with the oven, it is broken.""#)) == [])
  }

  @Test(arguments: [
    #""rating": 3, "reason": "The date is wrong.""#, #""rating": 5, "reason": "Not wrong at all.""#,
    #""rating": 5, "reason": "Nothing is incorrect.""#, #""rating": 1, "reason": "Hardly helpful.""#,
    #""rating": 5, "reason": "Không sai chỗ nào.""#,
    #""rating": 1, "reason": "Helpful, but it fails to name a source.""#,
    #""rating": 5, "reason": "Fine.""#, #""rating": "5", "reason": "wrong""#, #""rating": 5, "reason": 7"#,
  ])
  func reasonsWithTwoSidesSayNothing(_ members: String) throws {
    #expect(try said(sample(members + #", "text": "Yes.""#)) == [])
  }

  // MARK: Forms

  private func form(_ text: String, _ words: String...) -> String {
    let words = words.map { #"{"text": "\#($0)", "box": [0, 0, 9, 9]}"# }.joined(separator: ", ")
    return
      #"{"form": [{"id": 0, "text": "\#(text)", "label": "other", "box": [0, 0, 9, 9], "words": [\#(words)], "linking": []}]}"#
  }

  /// Numbers, currency, dates and capitals are written in many ways.
  @Test func waysOfWritingDontCount() throws {
    #expect(try said(form("$1,234.00", "1234")) == [])
    #expect(try said(form("12/03/2026", "12", "-", "03", "-", "2026")) == [])
    #expect(try said(form("TOTAL :", "Total")) == [])
    #expect(try said(form("☐", "[ ]")) == [])
    #expect(try said(form("Invoice number", "Invoice nurnber")) == [])
    #expect(try said(form("1,234.50", "1,234.56")) == [])
    #expect(try said(form("Received", "Returned")) == ["answer-not-in-region-text"])
  }

  @Test func aWordMayStandOutByAPixel() throws {
    func part(_ right: Int) -> String {
      #"{"form": [{"id": 0, "text": "a", "label": "other", "box": [10, 10, 60, 20], "words": [{"text": "a", "box": [9, 10, \#(right), 21]}], "linking": []}]}"#
    }
    #expect(try said(part(61)) == [])
    #expect(try said(part(62)) == ["document-link-invalid word"])
  }

  @Test(arguments: [
    "[[]]", "[[1]]", "[[0, 1, 2]]", "[7]", "[[\"a\", \"b\"]]", "{}", "null", "[[null, null]]", "[[1e9, 0]]",
  ])
  func whatIsNoLinkIsLeftToTheForm(_ links: String) throws {
    let text =
      #"{"form": [{"id": 0, "text": "a", "label": "other", "box": [0, 0, 9, 9], "words": [], "linking": \#(links)}, {"id": 1, "text": "b", "label": "other", "box": [0, 0, 9, 9], "words": [], "linking": []}]}"#
    #expect(try found(text).allSatisfy { $0.rule == "document-link-invalid" })
  }

  // MARK: Calls

  private func call(_ question: String, _ arguments: String) -> String {
    #"[{"messages": [{"role": "user", "content": "\#(question)"}, {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": \#(arguments)}}]}]}]"#
  }

  @Test func unitsAreComparedWithinAQuantity() throws {
    #expect(try said(call("How far is it in miles?", #"{"unit": "celsius"}"#)) == [])
    #expect(try said(call("How far is it in miles?", #"{"unit": "KM"}"#)) == ["tool-unit-contradicts"])
    #expect(try said(call("I'm a fan of the Miles Davis trio.", #"{"unit": "kg"}"#)) == [])
    #expect(try said(call("Turn 5 miles into km.", #"{"to": "km"}"#)) == [])
  }

  // MARK: Verdicts

  @Test func oneSideMayBeLarger() throws {
    func verdicts(_ good: Int, _ bad: Int) -> String {
      let all = Array(repeating: true, count: good) + Array(repeating: false, count: bad)
      return "["
        + all.enumerated().map { #"{"prompt": "p\#($0)", "completion": "a", "label": \#($1)}"# }.joined(separator: ", ")
        + "]"
    }
    #expect(try said(verdicts(40, 10)) == [])
    #expect(try said(verdicts(30, 1)) == [], "too few to tell")
    #expect(try said(verdicts(50, 12)) == ["preference-set-imbalance lopsided"])
  }

  /// Parts that bring what they show need no list; those that say only what they are do.
  @Test func partsBringWhatTheyShow() throws {
    func chat(_ parts: String, _ images: String) -> String {
      #"[{"messages": [{"role": "user", "content": [\#(parts), {"type": "text", "text": "What?"}]}, {"role": "assistant", "content": "A cup."}]\#(images)}]"#
    }
    let own = #"{"type": "image_url", "image_url": {"url": "a.png"}}"#
    let bare = #"{"type": "image", "text": null}"#
    #expect(try said(chat(own, "")) == [])
    #expect(try said(chat(own, #", "images": ["b.png", "c.png"]"#)) == [])
    #expect(try said(chat(bare, "")) == [])
    #expect(try said(chat(bare, #", "images": ["b.png"]"#)) == [])
    #expect(try said(chat(bare, #", "images": ["b.png", "c.png"]"#)) == ["chat-media-token-count parts"])
  }

  // MARK: Boxes in texts

  private func boxes(_ boxes: String...) -> String {
    let chats = boxes.enumerated().map {
      #"{"messages": [{"role": "user", "content": "<image>Where is cup \#($0)?"}, {"role": "assistant", "content": "\#($1)"}], "images": ["a.png"]}"#
    }
    return "[" + chats.joined(separator: ", ") + "]"
  }

  private func json(_ numbers: String) -> String { #"[{\"bbox_2d\": [\#(numbers)], \"label\": \"cup\"}]"# }

  /// Between tags they are thousandths; in JSON nobody knows, unless both ways are there.
  @Test func pixelsAreRightInJSON() throws {
    #expect(try said(boxes(json("30, 40, 1280, 900"), json("1, 2, 30, 40"))) == [])
    #expect(try said(boxes(json("0.1, 0.2, 0.3, 0.4"), json("0, 0, 1, 1"))) == [])
    #expect(
      try said(boxes(json("0.1, 0.2, 0.3, 0.4"), json("1, 2, 30, 40"))) == ["grounding-coordinate-convention"])
  }

  /// A box of whole numbers up to 1 may be a tiny one.
  @Test func aTinyBoxIsNoPart() throws {
    #expect(try said(boxes("<box>(0,0),(1,1)</box>", "<box>(0,0),(900,900)</box>")) == [])
  }

  @Test func aFewBoxesAreNoWayOfWriting() throws {
    let far = "<box>(10,20),(1280,900)</box>"
    let near = "<box>(10,20),(300,900)</box>"
    #expect(try said(boxes(far, near, near)) == ["grounding-box-invalid outside"])
  }

  @Test func wordsAboutBoxesAreNone() throws {
    #expect(try said(boxes("Write <box> and </box>.", #"The key is \"bbox_2d\", then the numbers."#)) == [])
  }

  @Test func pointsHaveTwoNumbers() throws {
    #expect(try said(boxes(#"[{\"point_2d\": [30, 40]}, {\"point_2d\": [30]}]"#)) == [])
  }

  // MARK: Verdicts and pairs

  /// Only both rankings of the same pair contradict each other.
  @Test func anotherAnswerMayBeTheBetterOne() throws {
    func pairs(_ pairs: (String, String)...) -> String {
      "[" + pairs.map { #"{"prompt": "Why?", "chosen": "\#($0)", "rejected": "\#($1)"}"# }.joined(separator: ", ") + "]"
    }
    func conflicts(_ text: String) throws -> [String] { try said(text).filter { $0.hasPrefix("preference-conflict") } }
    #expect(try conflicts(pairs(("One thing.", "Another."), ("One thing.", "A third."))) == [])
    #expect(try conflicts(pairs(("One thing.", "Another."), ("Another.", "One thing."))).count == 1)
  }

  /// Points that are equal say nothing against the choice.
  @Test func equalPointsMayBeChosenBetween() throws {
    func pair(_ chosen: String, _ rejected: String) -> String {
      #"[{"prompt": "Why?", "chosen": "One thing.", "rejected": "Another.", "chosen_score": \#(chosen), "rejected_score": \#(rejected)}]"#
    }
    #expect(try said(pair("4", "4")) == [])
    #expect(try said(pair("4.5", "4")) == [])
    #expect(try said(pair("3", "4")).map { $0.split(separator: " ")[0] } == ["preference-score-invalid"])
  }
}
