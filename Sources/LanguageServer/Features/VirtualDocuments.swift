import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// Texts that stand in no file: the page of a rule, and one entry of a file that is too large for an editor.
enum VirtualDocument: Equatable {
  static let scheme = "concord"
  case rule(String)
  case record(RecordAddress, uri: String)

  /// `concord:rule/<id>.md`, `concord:record/<number>.json?<address>` or `concord:record/entry.json?<address>#<pointer>`.
  init?(uri: String) {
    guard uri.hasPrefix("concord:") else { return nil }
    let path = uri.dropFirst("concord:".count)
    if path.hasPrefix("rule/"), path.hasSuffix(".md") {
      self = .rule(Self.decoded(path.dropFirst(5).dropLast(3)))
      return
    }
    guard path.hasPrefix("record/"), let question = path.firstIndex(of: "?") else { return nil }
    let name = path[path.index(path.startIndex, offsetBy: 7)..<question]
    let rest = path[path.index(after: question)...].split(
      separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let file = Self.decoded(rest[0])
    if rest.count == 2 {
      self = .record(.pointer(Self.decoded(rest[1])), uri: file)
    } else if name.hasSuffix(".json"), let number = Int(name.dropLast(5)) {
      self = .record(.number(number), uri: file)
    } else {
      return nil
    }
  }

  var uri: String {
    switch self {
    case .rule(let id): "concord:rule/" + Self.encoded(id, except: "/") + ".md"
    case .record(.number(let number), let uri): "concord:record/\(number).json?" + Self.encoded(uri)
    case .record(.pointer(let pointer), let uri):
      "concord:record/entry.json?" + Self.encoded(uri) + "#" + Self.encoded(pointer)
    }
  }

  private static func encoded(_ text: String, except kept: String = "") -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let plain = Array(("-._~" + kept).utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || plain.contains(byte)
      out += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func decoded(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let digits = bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.count ? bytes[index + 1...index + 2] : []
      if let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), digits.count == 2 {
        out.append(byte)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// `workspace/textDocumentContent` of the protocol's version 3.18.
enum TextDocumentContentFeature: GlobalFeature {
  static let method = "workspace/textDocumentContent"
  static let support = [
    Support(
      .text318, "The page of a check, and one entry of a file that is too large for an editor",
      test: "CommandTests/theSeventhEntryOfALargeFileIsATextOfItsOwn")
  ]
  static let effect = Effect.reads(.workspace)

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    guard client.showsMadeTexts else { return [] }
    return [.init("workspace", ["textDocumentContent": ["schemes": [.string(VirtualDocument.scheme)]]])]
  }

  static func respond(
    to params: TextDocumentContentParams, in context: ServerContext
  ) async throws(ResponseError) -> TextDocumentContentResult {
    switch VirtualDocument(uri: params.uri) {
    case .rule(let id):
      guard let page = await context.engine.page(of: id) else {
        throw ResponseError(.requestFailed, "There is no check called `\(id)`.")
      }
      return TextDocumentContentResult(text: page.markdown)
    case .record(let address, let uri):
      guard let record = await context.engine.place(of: address, in: uri) else {
        throw ResponseError(.requestFailed, "There is no such entry in the file any more.")
      }
      return TextDocumentContentResult(text: String(decoding: record.text, as: UTF8.self) + "\n")
    case nil: throw ResponseError(.invalidParams, "`\(params.uri)` is no text that is made here")
    }
  }
}
