import ArgumentParser
import Findings
import Reporting

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "explain", abstract: "Show a rule's page.")

  enum Format: String, CaseIterable, ExpressibleByArgument { case markdown, json }

  @Argument(help: ArgumentHelp("The rule, as findings name it: retail-sku/gtin-check-digit.", valueName: "rule"))
  var rule: String?

  @Flag(help: "Every rule.")
  var all = false

  @Option(help: "How to print it.")
  var format = Format.markdown

  @OptionGroup var pluginOptions: PluginOptions

  func validate() throws {
    if all == (rule != nil) { throw ValidationError("Name one rule, or say --all.") }
  }

  func run() async throws {
    let engine = try await makeEngine(EngineOptions(pluginFolders: pluginOptions.plugins, asOf: Day.today.text))
    let rules = try chosen(of: engine.rules)
    switch format {
    case .markdown:
      Output.print(all ? RuleBook(rules).markdown : rules.map { RulePage($0).markdown }.joined())
    case .json:
      Output.write(RuleBook(rules).json)
    }
  }

  private func chosen(of rules: [RuleInfo]) throws(CommandFailure) -> [RuleInfo] {
    guard let rule else { return rules }
    // The name behind the slash will do where only one rule has it.
    let named = rules.filter { $0.id == rule || $0.id.split(separator: "/").last.map(String.init) == rule }
    let exact = named.filter { $0.id == rule }
    if let only = exact.first ?? (named.count == 1 ? named.first : nil) { return [only] }
    if named.isEmpty {
      throw CommandFailure(message: "there is no rule `\(rule)` here; `concord explain --all` shows all there are")
    }
    throw CommandFailure(message: "`\(rule)` could be " + named.map { "`\($0.id)`" }.joined(separator: " or "))
  }
}
