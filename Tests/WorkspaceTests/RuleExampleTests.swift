import Findings
import TestSupport
import Testing
import Workspace

/// The examples on every rule's page, through plugins' real processes: what a page promises is what an editor shows.
@Suite struct RuleExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var rule: String
    var text: String
    var isBad: Bool
    var testDescription: String { "\(rule) \(isBad ? "bad" : "good"): \(text.prefix(200))" }
  }

  /// Rules of plugins; those of the host show their examples in formats of no plugin.
  static let examples: [Example] = {
    guard let library = try? Installation.library.get() else { return [] }
    return library.plugins.flatMap { plugin in
      library.allRules.filter { $0.id.hasPrefix(plugin.id + "/") }.flatMap { rule in
        rule.good.map { Example(rule: rule.id, text: $0, isBad: false) }
          + rule.bad.map { Example(rule: rule.id, text: $0, isBad: true) }
      }
    }
  }()

  @Test(arguments: examples) func pageShowsWhatTheRuleSays(_ example: Example) async throws {
    let file = Fixture(example.text).file
    // Examples leave out what marks a file as COCO.
    let isCOCO = file.bytes.firstOffset(of: "\"images\"") != nil
    let desk = try await Desk(file.bytes, dialect: isCOCO ? "vision/coco" : nil)
    #expect(try await desk.snapshot.dialect != nil)
    let found = try await desk.findings.filter { $0.rule == example.rule }
    #expect(found.map(\.bytes) == file.ranges)
    #expect(example.isBad == !found.isEmpty)
  }

  @Test func everyPluginLoads() throws {
    let library = try Installation.library.get()
    #expect(library.problems == [])
    #expect(library.plugins.map(\.id).sorted() == ["retail-sku", "vision"])
    #expect(library.plugins.filter { !$0.hasCode }.isEmpty)
    #expect(Self.examples.count > 40)
  }

  @Test(arguments: [
    "Plugins/Vision/Examples/clean.coco.json", "Plugins/Vision/Examples/clean.concord.json",
    "Plugins/Vision/Examples/clean.results.json", "Plugins/Vision/Examples/clean.concord.jsonl",
    "Plugins/RetailSKU/Examples/clean-shelf.json", "Plugins/RetailSKU/Examples/clean-checkout.json",
  ]) func cleanFileIsClean(_ name: String) async throws {
    let path = Installation.repository + "/" + name
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let report = await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    let file = try #require(report.files.first)
    #expect(file.dialect != nil)
    #expect(file.findings.map(\.line) == [])
    #expect(report.notRun == [])
  }
}
