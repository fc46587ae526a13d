import Findings
import Foundation
import Reporting
import Testing

/// What is printed from the rules, and committed, is what would be printed now.
@Suite struct StalePrintsTests {
  struct Descriptor: Decodable {
    var id: String
    var library: String?
  }

  /// The folders with a `plugin.json`.
  static var plugins: [String] {
    Repository.names(in: "Plugins").filter { (try? Repository.text("Plugins/\($0)/plugin.json")) != nil }
  }

  static func descriptor(_ plugin: String) throws -> Descriptor {
    try JSONDecoder().decode(Descriptor.self, from: Data(try Repository.text("Plugins/\(plugin)/plugin.json").utf8))
  }

  /// Every rule there is, as `concord explain` tells.
  static func rules() throws -> [RuleInfo] {
    struct Book: Decodable {
      struct Rule: Decodable {
        var id, form, severity, summary, why: String
      }
      var rules: [Rule]
    }
    let run = try ProgramRun("concord", ["explain", "--all", "--format", "json", "--plugins", "Plugins"])
    try #require(run.status == 0, "\(run.complaint)")
    return try JSONDecoder().decode(Book.self, from: run.output).rules.map { rule in
      RuleInfo(
        id: rule.id, form: try #require(RuleInfo.Form(rawValue: rule.form)),
        severity: try #require(Severity(name: rule.severity)), summary: rule.summary, why: rule.why, messages: [:])
    }
  }

  @Test(arguments: Self.plugins)
  func ruleInformation(plugin: String) throws {
    guard let name = try Self.descriptor(plugin).library else { return }
    let beside = "Plugins/\(plugin)/lib\(name).so"
    let isBeside = FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent(beside).path)
    let library = isBeside ? beside : Repository.products.appendingPathComponent("lib\(name).so").path
    let run = try ProgramRun("concord-worker", ["--describe", library])
    try #require(run.status == 0, "\(run.complaint)")
    try Repository.expectFresh("Plugins/\(plugin)/rules.json", run.text)
  }

  @Test func pages() throws {
    let run = try ProgramRun("concord", ["explain", "--all", "--plugins", "Plugins"])
    try #require(run.status == 0, "\(run.complaint)")
    try Repository.expectFresh("Docs/rules.md", run.text)
  }

  @Test(arguments: Self.plugins)
  func tableInReadme(plugin: String) throws {
    let (open, close) = ("<!-- rules -->\n", "<!-- end of rules -->")
    let path = "Plugins/\(plugin)/README.md"
    let text = try Repository.text(path)
    let start = try #require(text.range(of: open), "\(path) has no line \(open)").upperBound
    let end = try #require(text.range(of: close, range: start..<text.endIndex), "\(path) has no line \(close)")
      .lowerBound
    let id = try Self.descriptor(plugin).id
    let book = RuleBook(try Self.rules().filter { $0.id.hasPrefix(id + "/") })
    let table = book.table { "../../Docs/rules.md#\(RuleBook.anchor($0.id))" }
    try Repository.expectFresh(path, text[..<start] + table + text[end...])
  }

  @Test func ruleIdsAreUniqueAndWellFormed() throws {
    let rules = try Self.rules()
    #expect(!rules.isEmpty)
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules {
      let parts = rule.id.split(separator: "/", omittingEmptySubsequences: false)
      let isPlain = rule.id.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || rule.id.hasPrefix("schema/")
      }
      #expect(parts.count == 2 && isPlain, "\(rule.id)")
      #expect(!rule.summary.isEmpty, "\(rule.id) has no summary")
      #expect(!rule.why.isEmpty, "\(rule.id) does not say why it matters")
    }
  }
}
