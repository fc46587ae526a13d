import Findings
import Foundation
import Testing
import Workspace

extension Installation {
  /// For what has a list of products of its own: workers know one list of a name at a time, and tests run side by side.
  static let storeLibrary = Result { try makeLibrary() }
}

/// A shop with its list of products, its shelf plan and what was labelled there; beside it, every rule's mistake once.
@Suite struct StoreExampleTests {
  private static let folder = Installation.repository + "/Examples/store/"
  private static let files = [
    "products.json", "plan.json", "shelves.json", "checkout.json", "till.jsonl", "events.json",
  ]

  /// Rule and place of each finding, by file.
  private func found(_ names: [String]) async throws -> [String: [String]] {
    let checks = FileChecks(library: try Installation.storeLibrary.get(), options: Workspace.Options())
    let items = names.map { CheckItem(path: Self.folder + $0, content: nil, isNamed: true) }
    let report = await checks.report(items, asOf: "2026-11-21")
    try #require(report.files.count == names.count)
    let found = report.files.map { file in file.findings.map { "\($0.rule) \($0.pointer)" }.sorted() }
    return Dictionary(uniqueKeysWithValues: zip(names, found))
  }

  @Test func theShopIsClean() async throws {
    let found = try await found(Self.files + ["skus.csv", "products.csv", "gpc.json"])
    #expect(found.filter { !$0.value.isEmpty } == [:])
  }

  @Test func plantedMistakesAreFoundAndNothingElse() async throws {
    let found = try await found(StoreMistakes.planted.keys.sorted().map { "mistakes/" + $0 })
    for (name, places) in StoreMistakes.planted { #expect(found["mistakes/" + name] == places, "\(name)") }
  }

  @Test func everyRuleOfBothPluginsHasItsMistake() throws {
    let rules = try Installation.storeLibrary.get().allRules.map(\.id).filter {
      $0.hasPrefix("vision/") || $0.hasPrefix("retail-sku/")
    }
    let planted = Set(
      StoreMistakes.planted.values.joined().compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(Set(rules).subtracting(planted) == [])
    #expect(rules.count > 40)
  }

  /// Whoever changes the plan sees at once what it means for the labels.
  @Test func aChangedPlanShowsInTheLabels() async throws {
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: Self.folder + name)), as: UTF8.self)
    }
    let shop = try await Shop(
      ["plan.json": text("plan.json"), "shelves.json": text("shelves.json")], configuration: "{}",
      library: Installation.library.get())
    try await shop.open("plan.json")
    try await shop.open("shelves.json")
    func shown() async throws -> [String] {
      try await shop.shown("shelves.json").filter { $0.rule.hasPrefix("retail-sku/") }
        .map { "\($0.rule) \($0.pointer)" }
    }
    #expect(try await shown() == [])
    try await shop.replace(#""row": 1,"#, with: #""row": 4,"#, in: "plan.json")
    #expect(try await shown() == [])
    try await shop.replace(#""id": "1-2-1""#, with: #""id": "1-2-9""#, in: "plan.json")
    #expect(try await shown() == ["retail-sku/compliance-contradicts-layout /samples/1/annotations/0/compliance"])
  }
}
