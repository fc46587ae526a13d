import Findings
import Manifest
import Testing
import Workspace

/// What stands in files to learn from and in files to be examined with, as `splits` says what they are for.
@Suite struct SplitTests {
  private static let train = #"""
    {"instruction": "Say hello.", "output": "Hello!"}
    {"id": "bye-0001", "instruction": "Say bye.", "output": "Bye!"}
    {"id": 7, "instruction": "Say thanks.", "output": "Thanks!"}

    """#
  private static let test = #"""
    {"instruction": "say  hello.", "output": "Hi."}
    {"id": "bye-0001", "instruction": "Say see you.", "output": "See you!"}
    {"id": 7, "instruction": "Say sorry.", "output": "Sorry!"}

    """#

  private func shop(_ configuration: String, test: String = test) async throws -> Shop {
    let shop = try await Shop(
      ["train/a.jsonl": Self.train, "test.jsonl": test], configuration: configuration,
      library: Installation.library.get())
    try await shop.open("train/a.jsonl")
    return shop
  }

  private func leaks(_ shop: Shop, in name: String = "train/a.jsonl") async throws -> [String] {
    try await shop.shown(name).filter { $0.rule == "instruction-data/train-eval-leak" }
      .map { "\($0.pointer) \($0.severity.name)" }
  }

  private static let splits = #"{"splits": {"train": "train/*.jsonl", "test": ["test.jsonl"]}}"#

  @Test func questionsAndIdsAreFoundWhereTheyAreLearned() async throws {
    let shop = try await shop(Self.splits)
    #expect(try await leaks(shop) == ["/0/instruction error", "/1/id warning"])
    try await shop.open("test.jsonl")
    #expect(try await leaks(shop, in: "test.jsonl") == [])
  }

  @Test func anEditInOneFileIsSeenInTheOther() async throws {
    let shop = try await shop(Self.splits)
    try await shop.open("test.jsonl")
    try await shop.replace("say  hello.", with: "Say hello, please.", in: "test.jsonl")
    #expect(try await leaks(shop) == ["/1/id warning"])
    try await shop.replace("Say hello, please.", with: "SAY HELLO.", in: "test.jsonl")
    #expect(try await leaks(shop) == ["/0/instruction error", "/1/id warning"])
  }

  /// Numbers begin anew in every file; what nobody has said is no split; and files for one purpose may share what they like.
  @Test(arguments: [
    "{}", #"{"splits": {"train": ["train/*.jsonl", "test.jsonl"]}}"#, #"{"splits": {"train": "train/*.jsonl"}}"#,
    #"{"splits": {"validation": "train/*.jsonl", "test": "test.jsonl"}}"#,
  ])
  func otherwiseNothingIsSaid(_ configuration: String) async throws {
    #expect(try await leaks(shop(configuration)) == [])
  }

  /// A pattern that fits later counts.
  @Test func theLastPatternThatFitsCounts() async throws {
    let shop = try await shop(#"{"splits": {"train": "*.jsonl", "test": "test.jsonl"}}"#)
    #expect(try await leaks(shop) == ["/0/instruction error", "/1/id warning"])
  }

  /// What stands under `plugins` is told to rules where no entry says it.
  @Test func settingsOfADatasetReachItsRules() async throws {
    let lines = (0..<20).map { #"{"instruction": "Number \#($0)?", "output": "\#($0)"}"# }.joined(separator: "\n")
    func found(_ purpose: String) async throws -> [String] {
      let shop = try await Shop(
        ["a.jsonl": lines],
        configuration: #"{"plugins": {"instruction-data": {"settings": {"purpose": "\#(purpose)"}}}}"#,
        library: Installation.library.get())
      try await shop.open("a.jsonl")
      return try await shop.shown("a.jsonl").map(\.rule)
    }
    #expect(try await found("preference") == ["instruction-data/purpose-mismatch"])
    #expect(try await found("domain") == ["instruction-data/purpose-mismatch"])
    #expect(try await found("instruction") == [])
    #expect(try await found("anything") == [])
  }

  // MARK: Passages

  private static let passage =
    "The ferry leaves the old harbor at seven, calls at both islands in the bay, and is back before noon, unless the wind blows from the north, when it stays where it is until somebody tells the people at the pier."

  private func overlaps(learned: [String], examined: [String]) async throws -> [String] {
    func lines(_ questions: [String]) -> String {
      questions.enumerated().map { #"{"instruction": "\#($1)", "output": "\#($0)"}"# }.joined(separator: "\n") + "\n"
    }
    let shop = try await Shop(
      ["train/a.jsonl": lines(learned), "test.jsonl": lines(examined)], configuration: Self.splits,
      library: Installation.library.get())
    try await shop.open("train/a.jsonl")
    return try await shop.shown("train/a.jsonl").filter { $0.rule.hasPrefix("instruction-data/train-eval") }
      .map { "\($0.rule.dropFirst(17)) \($0.pointer)" }
  }

  @Test func aPassageOfTheExaminationIsFoundWhereItIsLearned() async throws {
    let asked = Self.passage + " When is it back?"
    #expect(
      try await overlaps(learned: ["Read: \(Self.passage) Who runs it?", "Who runs it?"], examined: [asked])
        == ["train-eval-overlap /0/instruction"])
    // Capitals and white space don't count.
    #expect(
      try await overlaps(learned: ["READ:  " + Self.passage.uppercased()], examined: [asked])
        == ["train-eval-overlap /0/instruction"])
  }

  /// The whole question is told of once, by the rule for whole questions.
  @Test func aWholeQuestionIsNoPassage() async throws {
    #expect(
      try await overlaps(learned: [Self.passage], examined: [Self.passage]) == ["train-eval-leak /0/instruction"])
  }

  @Test func aFewWordsInCommonAreNoPassage() async throws {
    let few = "The ferry leaves the old harbor at seven, calls at both islands in winter only."
    #expect(try await overlaps(learned: [few], examined: [Self.passage]) == [])
  }

  /// What many questions begin with is a form of words.
  @Test func aFormOfWordsIsNoPassage() async throws {
    func asked(_ count: Int, _ word: String) -> [String] { (0..<count).map { "\(Self.passage) \(word) \($0)?" } }
    #expect(try await overlaps(learned: asked(4, "Who is"), examined: asked(3, "What is")).count == 4)
    #expect(try await overlaps(learned: asked(4, "Who is"), examined: asked(4, "What is")) == [])
  }
}
