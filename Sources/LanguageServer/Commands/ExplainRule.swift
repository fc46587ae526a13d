import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// `concord.explainRule(rule)`: the page of a check. Answers `{uri, markdown}`; has the client show it, if it can: as a text that is made
/// here where it takes such, else in the plugin's README.
enum ExplainRuleCommand: EditorCommand {
  static let name = "concord.explainRule"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard let rule = arguments.first?.string else {
      throw ResponseError(.invalidParams, "`\(name)` takes the name of a check, like `link/dangling`")
    }
    guard let page = await context.engine.page(of: rule) else {
      throw ResponseError(.requestFailed, "There is no check called `\(rule)`.")
    }
    let made = VirtualDocument.rule(rule).uri
    if context.session.client.showsMadeTexts {
      await context.show(made)
    } else if let address = page.address {
      await context.show(address)
    }
    return ["uri": .string(made), "markdown": .string(page.markdown)]
  }
}
