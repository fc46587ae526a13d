import Findings
import InstructionDataRules
import PluginKit
import RetailSKURules
import Schema
import SpeechRules
import TestSupport
import Testing
import VisionRules

/// One example of a rule's page.
struct RuleExample: Sendable, CustomTestStringConvertible {
  var plugin: String
  var rule: String
  var text: String
  var isBad: Bool
  var testDescription: String { "\(plugin)/\(rule) \(isBad ? "bad" : "good"): \(text.prefix(400))" }

  /// Those of several files are a dataset, and tried by `concord plugin test`.
  static func all(of plugin: Plugin) -> [RuleExample] {
    plugin.ruleInfos.flatMap { info in
      info.good.map { RuleExample(plugin: plugin.id, rule: info.id, text: $0, isBad: false) }
        + info.bad.map { RuleExample(plugin: plugin.id, rule: info.id, text: $0, isBad: true) }
    }.filter { !$0.text.hasPrefix("//- ") }
  }

  func check() throws {
    let tables = try #require(Bench.plugins.first { $0.id == plugin })
    let file = Fixture(text).file
    let bench = try #require(Bench(tables, file.bytes), "no format takes this file")
    let found = bench.run().filter { $0.rule == rule }
    #expect(found.map(\.range) == file.ranges)
    #expect(bench.complaints == [])
    #expect(isBad == !file.ranges.isEmpty)
  }
}

@Suite struct ExampleTests {
  @Test(arguments: RuleExample.all(of: VisionRules.plugin)) func visionRule(_ example: RuleExample) throws {
    try example.check()
  }

  @Test(arguments: RuleExample.all(of: RetailSKURules.plugin)) func retailRule(_ example: RuleExample) throws {
    try example.check()
  }

  @Test(arguments: RuleExample.all(of: InstructionDataRules.plugin)) func instructionRule(_ example: RuleExample) throws
  {
    try example.check()
  }

  @Test(arguments: RuleExample.all(of: SpeechRules.plugin)) func speechRule(_ example: RuleExample) throws {
    try example.check()
  }

  /// Formats whose own rules are looked at: not those that another one's schema was made from, or serves too.
  static let declaringFormats = Bench.formats.map(\.id).filter { id in
    id.hasPrefix("vision/")
      || id.hasPrefix("instruction-data/") && !id.hasSuffix("-lines") && id != "instruction-data/sample"
      || ["speech/lhotse-recordings", "speech/lhotse-supervisions"].contains(id)
  }

  /// Rules that stand in a schema, without code.
  @Test(arguments: declaringFormats) func declaredRule(_ format: String) throws {
    let program = try #require(Bench.formats.first { $0.id == format }).program
    let plugin = try #require(Bench.plugins.first { format.hasPrefix($0.id + "/") })
    let inCode = Set(plugin.rules.map { "\(plugin.id)/\($0.id)" })
    for info in program.ruleInfos where format != "vision/coco-results" && !inCode.contains(info.id) {
      #expect(!info.why.isEmpty && !info.good.isEmpty && !info.bad.isEmpty)
      for text in info.good + info.bad {
        let file = Fixture(text).file
        let bench = try #require(Bench(plugin, file.bytes))
        #expect(bench.schemaFindings == [])
        #expect(bench.linkFindings.filter { $0.rule == info.id }.map(\.range) == file.ranges)
      }
    }
  }

  @Test func everySchemaCompilesWithoutAComplaint() {
    #expect(Bench.formats.count == 62)
    for format in Bench.formats { #expect(format.problems.map(\.message) == [], "\(format.id)") }
  }
}
