import Findings
import Foundation
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
        // Those of several files are tried by `concord plugin test`.
        let rule = rule.withSingleFiles
        return rule.good.map { Example(rule: rule.id, text: $0, isBad: false) }
          + rule.bad.map { Example(rule: rule.id, text: $0, isBad: true) }
      }
    }
  }()

  @Test(arguments: examples) func pageShowsWhatTheRuleSays(_ example: Example) async throws {
    let file = Fixture(example.text).file
    // Examples leave out what marks a file as COCO.
    let isCOCO = example.rule.hasPrefix("vision/") && file.bytes.firstOffset(of: "\"images\"") != nil
    let desk = try await Desk(file.bytes, dialect: isCOCO ? "vision/coco" : nil)
    #expect(try await desk.snapshot.dialect != nil)
    let found = try await desk.findings.filter { $0.rule == example.rule }
    #expect(found.map(\.bytes) == file.ranges)
    #expect(example.isBad == !found.isEmpty)
  }

  @Test func everyPluginLoads() throws {
    let library = try Installation.library.get()
    #expect(library.problems == [])
    #expect(
      library.plugins.map(\.id).sorted() == [
        "geospatial-sar", "instruction-data", "medical-imaging", "retail-sku", "speech", "vision",
      ])
    #expect(library.plugins.filter { !$0.hasCode }.isEmpty)
    #expect(Self.examples.count > 40)
  }

  /// Files of plugins' `Examples` whose names begin with `clean`.
  static let cleanFiles: [String] = [
    "Vision", "RetailSKU", "InstructionData", "MedicalImaging", "Speech", "GeospatialSAR",
  ].flatMap { plugin in
    let folder = "Plugins/\(plugin)/Examples"
    let names = try? FileManager.default.contentsOfDirectory(atPath: Installation.repository + "/" + folder)
    return (names ?? []).filter { $0.hasPrefix("clean") }.sorted().map { folder + "/" + $0 }
  }

  private func check(_ name: String) async throws -> (file: CheckedFile, notRun: [String]) {
    let path = Installation.repository + "/" + name
    let checks = FileChecks(library: try Installation.library.get(), options: Workspace.Options())
    let report = await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    return (try #require(report.files.first), report.notRun)
  }

  @Test(arguments: cleanFiles) func cleanFileIsClean(_ name: String) async throws {
    let (file, notRun) = try await check(name)
    #expect(file.dialect != nil)
    #expect(file.findings.map(\.line) == [])
    #expect(notRun == [])
  }

  @Test(arguments: ["vision/", "instruction-data/", "medical-imaging/", "speech/", "geospatial-sar/"])
  func everyFormatHasACleanFile(_ plugin: String) async throws {
    var formats: Set<String> = []
    for name in Self.cleanFiles { formats.formUnion([try await check(name).file.dialect].compactMap { $0 }) }
    let known = try Installation.library.get().dialects.keys.filter { $0.hasPrefix(plugin) }
    #expect(formats.isSuperset(of: known))
  }
}

extension RuleInfo {
  /// Without the examples that consist of several files.
  fileprivate var withSingleFiles: RuleInfo {
    var rule = self
    rule.good.removeAll { $0.hasPrefix("//- ") }
    rule.bad.removeAll { $0.hasPrefix("//- ") }
    return rule
  }
}
