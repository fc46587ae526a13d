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
}
