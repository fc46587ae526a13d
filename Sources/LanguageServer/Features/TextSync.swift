import JSONCodec
import LanguageServerProtocol
import Logging
import Manifest

/// Opening, changing, saving and closing documents. Each is applied before the next message is looked at; only of a large document
/// that is opened, nothing but what concerns it waits.
enum DidOpenFeature: NotificationFeature {
  static let method = "textDocument/didOpen"

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("textDocumentSync", ["openClose": true, "change": 2, "save": true])]
  }

  static func receive(_ params: DidOpenTextDocumentParams, in server: LanguageServer) async {
    let item = params.textDocument
    await server.opened(item.uri)
    await server.dropReaders(of: item.uri)
    await server.publisher.opened(item.uri, version: item.version)
    await server.open(item)
  }
}

enum DidChangeFeature: NotificationFeature {
  static let method = "textDocument/didChange"
  static let support = [
    Support(
      .textSync, "An edit costs the entry it touches, however large the file",
      test: "ShelfTests/editsBehindOtherScriptsAppearAndVanish")
  ]

  static func receive(_ params: DidChangeTextDocumentParams, in server: LanguageServer) async {
    await server.change(params)
  }
}

enum DidSaveFeature: NotificationFeature {
  static let method = "textDocument/didSave"

  static func receive(_ params: TextDocumentParams, in server: LanguageServer) async {
    await server.opened(params.uri)
    await server.publisher.saved(params.uri)
    await server.engine.saved(params.uri)
  }
}

enum DidCloseFeature: NotificationFeature {
  static let method = "textDocument/didClose"

  static func receive(_ params: TextDocumentParams, in server: LanguageServer) async {
    await server.opened(params.uri)
    await server.dropReaders(of: params.uri)
    // In this order: what is found in the file when nobody has it open may come at once.
    await server.publisher.closed(params.uri)
    await server.engine.close(params.uri)
    server.hints.closed(params.uri)
    server.joined.closed(params.uri)
    server.tokens.closed(params.uri)
  }
}

extension LanguageServer {
  func change(_ params: DidChangeTextDocumentParams) async {
    let uri = params.uri
    let version = params.textDocument.version
    await opened(uri)
    guard let before = await engine.snapshot(uri) else {
      return logger.warning("An edit of a document that is not open: \(uri)")
    }
    dropReaders(of: uri)
    let changes = params.contentChanges.map { change in
      ContentChange(
        range: change.range.map { .init(start: LinePosition($0.start), end: LinePosition($0.end)) },
        text: change.text.bytes)
    }
    // Findings of the new version may be on their way before `change` returns.
    let isTyping = changes.count == 1 && session.settings.typingPause > .zero
    guard isTyping, let span = changes[0].range else {
      await publisher.edited(uri, version: version, nil)
      return await engine.change(uri, version: version, changes: changes)
    }
    let start = before.offset(of: span.start, in: session.encoding)
    let end = max(start, before.offset(of: span.end, in: session.encoding))
    await publisher.hold(uri)
    await engine.change(uri, version: version, changes: changes)
    let length = changes[0].text.count
    let value = await engine.snapshot(uri)?.value(around: start + length)
    await publisher.edited(uri, version: version, value.map { (start..<end, length, $0) })
  }
}
