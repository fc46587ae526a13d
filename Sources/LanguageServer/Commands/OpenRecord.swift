import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// `concord.openRecord(uri, entry)`: opens an entry of a file by its number, counted from 1 (a line of a file of lines, or an entry of the
/// longest list), or by the address that `concord check` prints (`/annotations/3`).
///
/// Answers `{uri, range}` in the file; or, where the file is not open and larger than what editors hand to a server,
/// `{uri, text}` of a text with that entry alone (`concord:record/…`). Has the client show it, if it can.
enum OpenRecordCommand: EditorCommand {
  static let name = "concord.openRecord"
  /// VS Code hands no larger file to a server.
  private static let editorLimit = 50_000_000
  /// Longer entries are shown, but not answered with.
  private static let textLimit = 1 << 20

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard arguments.count == 2, let uri = arguments[0].string, let address = address(arguments[1]) else {
      throw ResponseError(.invalidParams, "`\(name)` takes the address of a file, and an entry's number or address")
    }
    guard let record = await context.engine.place(of: address, in: uri) else {
      throw ResponseError(.requestFailed, "There is no such entry in the file.")
    }
    if record.isOpen || record.fileSize <= editorLimit {
      await context.show(record.place)
      return ["uri": .string(uri), "range": .init(PositionRange(record.place.range))]
    }
    let made = VirtualDocument.record(address, uri: uri).uri
    if context.session.client.showsMadeTexts { await context.show(made) }
    guard record.text.count <= textLimit else { return ["uri": .string(made)] }
    return ["uri": .string(made), "text": .string(String(decoding: record.text, as: UTF8.self))]
  }

  private static func address(_ value: JSONValue) -> RecordAddress? {
    if let number = value.integer { return .number(Int(clamping: number)) }
    guard let text = value.string else { return nil }
    return text.hasPrefix("/") ? .pointer(text) : Int(text).map { .number($0) }
  }
}
