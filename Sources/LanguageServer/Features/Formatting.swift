import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest
import Workspace

/// Lays a file of labels out with an entry a line; numbers and texts stay as they are. Refused, with the reason, for what is too
/// large or can't be read; nothing for plain `json`, and where the setting `formatting` is off.
enum FormattingFeature: DocumentFeature {
  static let method = "textDocument/formatting"
  static let support = [
    Support(
      .formatting, "An entry a line; numbers and texts stay byte for byte", test: "FormattingTests/anEntryALine")
  ]
  static let nothing: [LanguageServerProtocol.TextEdit]? = nil

  /// Clients that can be asked later are: see `registerFormatting`.
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.formats && !client.registersFormatting ? [.init("documentFormattingProvider", true)] : []
  }

  static func respond(
    to params: DocumentFormattingParams, in context: DocumentContext
  ) throws(ResponseError) -> [LanguageServerProtocol.TextEdit]? {
    try context.layout(in: nil, params.options)
  }
}

enum RangeFormattingFeature: DocumentFeature {
  static let method = "textDocument/rangeFormatting"
  static let support = [
    Support(
      .formatting, "An entry a line; numbers and texts stay byte for byte", test: "FormattingTests/onlyWhatIsChosen")
  ]
  static let nothing: [LanguageServerProtocol.TextEdit]? = nil

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.formatsRanges && !client.registersRangeFormatting ? [.init("documentRangeFormattingProvider", true)] : []
  }

  static func respond(
    to params: DocumentRangeFormattingParams, in context: DocumentContext
  ) throws(ResponseError) -> [LanguageServerProtocol.TextEdit]? {
    try context.layout(in: context.session.bytes(of: params.range, in: context.document), params.options)
  }
}

/// Puts an entry on one line when it is closed, where the entry before it stands on one, too.
enum OnTypeFormattingFeature: DocumentFeature {
  static let method = "textDocument/onTypeFormatting"
  static let support = [
    Support(
      .formatting, "An entry a line; numbers and texts stay byte for byte",
      test: "FormattingTests/anEntryThatIsClosedGoesOnOneLine")
  ]
  static let nothing: [LanguageServerProtocol.TextEdit]? = nil
  static let trigger = "}"

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    guard client.formatsOnType, !client.registersOnTypeFormatting else { return [] }
    return [.init("documentOnTypeFormattingProvider", ["firstTriggerCharacter": .string(trigger)])]
  }

  static func respond(
    to params: DocumentOnTypeFormattingParams, in context: DocumentContext
  ) throws(ResponseError) -> [LanguageServerProtocol.TextEdit]? {
    guard context.isFormatted, params.ch == trigger else { return nil }
    let offset = context.session.offset(of: params.position, in: context.document)
    return context.textEdits(context.document.layout(closedAt: offset))
  }
}

extension DocumentContext {
  fileprivate var isFormatted: Bool { session.settings(for: uri).formatting != false }

  fileprivate func layout(
    in range: Range<Int>?, _ options: FormattingOptions
  ) throws(ResponseError) -> [LanguageServerProtocol.TextEdit]? {
    guard isFormatted else { return nil }
    let options = LayoutOptions(
      tabSize: options.tabSize, insertsSpaces: options.insertSpaces,
      insertsFinalNewline: range == nil && options.insertFinalNewline == true,
      trimsFinalNewlines: range == nil && options.trimFinalNewlines == true)
    do throws(EngineError) {
      return textEdits(try document.layout(in: range, options) ?? [])
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }

  fileprivate func textEdits(_ edits: [(Range<Int>, [UInt8])]) -> [LanguageServerProtocol.TextEdit] {
    let offsets = edits.flatMap { [$0.0.lowerBound, $0.0.upperBound] }
    let positions = document.positions(at: offsets, in: session.encoding).map {
      Position(line: $0.line, character: $0.character)
    }
    return edits.indices.map { index in
      LanguageServerProtocol.TextEdit(
        range: PositionRange(start: positions[2 * index], end: positions[2 * index + 1]),
        newText: String(decoding: edits[index].1, as: UTF8.self))
    }
  }
}
