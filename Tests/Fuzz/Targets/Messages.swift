import JSONCodec
import JSONRPC
import LanguageServerProtocol

extension FuzzTarget {
  /// The body of a message, read as every kind of parameters that an editor sends. What was read as any value and written
  /// again reads as the same.
  static let messages = FuzzTarget("messages") { bytes in
    guard let message = try? ParsedJSON(bytes).root else { return }
    _ = message["id"]?.integer(Int64.self)
    _ = message["method"]?.string
    readAll(message["params"] ?? message)
    guard let value = try? message.decode(JSONValue.self), let written = try? JSONCodec.encode(value) else { return }
    let again = try? JSONCodec.decode(JSONValue.self, from: written)
    precondition(again == value, "a value written and read again is another")
  }

  private static func readAll(_ params: JSONElement) {
    _ = try? params.decode(InitializeParams.self)
    _ = try? params.decode(DidOpenTextDocumentParams.self)
    _ = try? params.decode(DidChangeTextDocumentParams.self)
    _ = try? params.decode(TextDocumentParams.self)
    _ = try? params.decode(TextDocumentPositionParams.self)
    _ = try? params.decode(DocumentRangeParams.self)
    _ = try? params.decode(CodeActionParams.self)
    _ = try? params.decode(ReferenceParams.self)
    _ = try? params.decode(RenameParams.self)
    _ = try? params.decode(DidChangeConfigurationParams.self)
    _ = try? params.decode(DidChangeWatchedFilesParams.self)
    _ = try? params.decode(ExecuteCommandParams.self)
    _ = try? params.decode(ResponseError.self)
  }
}
