import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest

/// `concord.nextDisagreement(uri, position)`: leads to the next place behind a position where joined files say different things of the
/// same, in this file, then in the others, then from the beginning. Answers `{uri, range, rule, message}`, or `null` if all agree; and
/// has the client show the place, if it can.
enum NextDisagreementCommand: EditorCommand {
  static let name = "concord.nextDisagreement"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard let uri = arguments.first?.string else {
      throw ResponseError(.invalidParams, "`\(name)` takes the address of an open file, and a position in it")
    }
    guard let document = await context.engine.snapshot(uri) else {
      throw ResponseError(.requestFailed, "Open the file first.")
    }
    var offset = -1
    if arguments.count > 1, let line = arguments[1]["line"]?.integer,
      let character = arguments[1]["character"]?.integer
    {
      let position = Position(line: Int(clamping: line), character: Int(clamping: character))
      offset = context.session.offset(of: position, in: document)
    }
    guard let next = await context.engine.nextDisagreement(after: offset, in: uri) else { return .null }
    await context.show(next.place)
    return [
      "uri": .string(next.place.uri), "range": .init(PositionRange(next.place.selection)), "rule": .string(next.rule),
      "message": .string(next.message),
    ]
  }
}

extension JSONValue {
  init(_ range: PositionRange) {
    func position(_ position: Position) -> JSONValue {
      ["line": .integer(Int64(position.line)), "character": .integer(Int64(position.character))]
    }
    self = ["start": position(range.start), "end": position(range.end)]
  }
}
