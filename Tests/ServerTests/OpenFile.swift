import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// A file as an editor has it: its text, its version, and what of it the server was told.
///
/// Counts places by itself, from Swift's own strings, so that the server's counting is held against another.
struct OpenFile: Sendable {
  let server: ServerProcess
  let uri: String
  let encoding: SessionOptions.Encoding
  private(set) var text: String
  private(set) var version: Int64 = 1

  /// Opens a text under a name in the example folder or, if absolute, anywhere.
  init(
    _ text: String, _ name: String, language: String = "json", encoding: SessionOptions.Encoding = .utf16,
    in server: ServerProcess
  ) {
    self.server = server
    self.text = text
    self.encoding = encoding
    uri = URL(fileURLWithPath: name, relativeTo: Build.shelf).absoluteString
    server.client.notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": .string(language), "version": 1, "text": .string(text),
        ]
      ])
  }

  /// Opens a file of the example folder.
  init(_ name: String, encoding: SessionOptions.Encoding = .utf16, in server: ServerProcess) throws {
    let text = try String(contentsOf: Build.shelf.appendingPathComponent(name), encoding: .utf8)
    self.init(text, name, encoding: encoding, in: server)
  }

  // MARK: Places

  /// The first place of `part`; with `after`, the first behind that.
  func range(_ part: String, after: String? = nil) throws -> Range<String.Index> {
    var rest = text[...]
    if let after {
      let found = rest.range(of: after)
      rest = text[try #require(found, "`\(after)` is not there").upperBound...]
    }
    let found = rest.range(of: part)
    return try #require(found, "`\(part)` is not there")
  }

  func position(_ index: String.Index) -> JSONValue {
    let before = text[..<index]
    let lineStart = before.unicodeScalars.lastIndex(of: "\n").map { text.unicodeScalars.index(after: $0) }
    let column = text[(lineStart ?? text.startIndex)..<index]
    let count =
      switch encoding {
      case .utf8: column.utf8.count
      case .utf16: column.utf16.count
      case .utf32: column.unicodeScalars.count
      }
    return [
      "line": .integer(Int64(before.unicodeScalars.count { $0 == "\n" })), "character": .integer(Int64(count)),
    ]
  }

  func place(_ range: Range<String.Index>) -> JSONValue {
    ["start": position(range.lowerBound), "end": position(range.upperBound)]
  }

  private func index(_ position: JSONValue) throws -> String.Index {
    let line = Int(try #require(position["line"]?.integer))
    let character = Int(try #require(position["character"]?.integer))
    var start = text.startIndex
    for _ in 0..<line {
      start = text.unicodeScalars.index(after: try #require(text.unicodeScalars[start...].firstIndex(of: "\n")))
    }
    return switch encoding {
    case .utf8: text.utf8.index(start, offsetBy: character)
    case .utf16: text.utf16.index(start, offsetBy: character)
    case .utf32: text.unicodeScalars.index(start, offsetBy: character)
    }
  }

  // MARK: Edits

  mutating func replace(_ range: Range<String.Index>, with new: String) {
    version += 1
    send([["range": place(range), "text": .string(new)]])
    text.unicodeScalars.replaceSubrange(range, with: new.unicodeScalars)
  }

  mutating func replace(_ old: String, with new: String, after: String? = nil) throws {
    replace(try range(old, after: after), with: new)
  }

  /// Gives the whole text anew, as undoing a lot does in some editors.
  mutating func replaceAll(with new: String) {
    version += 1
    text = new
    send([["text": .string(new)]])
  }

  /// Applies the edits of a workspace edit that names this file alone, last first, in one change.
  mutating func apply(_ edit: JSONValue?) throws {
    let changes = try #require(edit?["documentChanges"]?.array)
    try #require(changes.count == 1)
    #expect(changes[0]["textDocument"] == ["uri": .string(uri), "version": .integer(version)])
    let edits = try #require(changes[0]["edits"]?.array)
    version += 1
    send(edits.reversed().map { ["range": $0["range"] ?? nil, "text": $0["newText"] ?? nil] })
    for edit in edits.reversed() {
      let range = try #require(edit["range"])
      let start = try index(try #require(range["start"]))
      let end = try index(try #require(range["end"]))
      text.unicodeScalars.replaceSubrange(start..<end, with: try #require(edit["newText"]?.string).unicodeScalars)
    }
  }

  private func send(_ changes: [JSONValue]) {
    server.client.notify(
      "textDocument/didChange",
      ["textDocument": ["uri": .string(uri), "version": .integer(version)], "contentChanges": .array(changes)])
  }

  func save() { server.client.notify("textDocument/didSave", ["textDocument": ["uri": .string(uri)]]) }
  func close() { server.client.notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]]) }

  // MARK: Findings

  /// The first publication of this version that fits, now or later.
  func published(where fits: @escaping @Sendable ([JSONValue]) -> Bool) async throws -> [JSONValue] {
    let (uri, version) = (JSONValue.string(uri), JSONValue.integer(version))
    let message = await server.client.first {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["uri"] == uri
        && $0["params"]?["version"] == version && fits($0["params"]?["diagnostics"]?.array ?? [])
    }
    return try #require(message?["params"]?["diagnostics"]?.array, "The server ended")
  }

  /// Waits until this version is published with a finding of `rule` at `range`.
  @discardableResult
  func finding(_ rule: String, at range: Range<String.Index>) async throws -> JSONValue {
    let place = place(range)
    let findings = try await published { $0.contains { $0["code"] == .string(rule) && $0["range"] == place } }
    return try #require(findings.first { $0["code"] == .string(rule) && $0["range"] == place })
  }

  /// Waits until this version is published without any finding of `rule`.
  @discardableResult
  func noFinding(_ rule: String) async throws -> [JSONValue] {
    try await published { $0.allSatisfy { $0["code"] != .string(rule) } }
  }

  /// Asks for the findings; for sessions that pull.
  func pull() async throws -> [JSONValue] {
    let answer = await server.request("textDocument/diagnostic", ["textDocument": ["uri": .string(uri)]])
    return try #require(answer?["result"]?["items"]?.array, "\(answer ?? nil)")
  }

  /// The titles and the rest of what is offered for a range.
  func actions(at range: Range<String.Index>) async throws -> [JSONValue] {
    let answer = await server.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(uri)], "range": place(range), "context": ["diagnostics": []],
      ])
    return try #require(answer?["result"]?.array, "\(answer ?? nil)")
  }

  func hover(_ index: String.Index) async -> JSONValue? {
    await server.request(
      "textDocument/hover", ["textDocument": ["uri": .string(uri)], "position": position(index)])?["result"]
  }
}

extension [JSONValue] {
  /// `rule@line:character` of diagnostics, sorted.
  var lines: [String] {
    map { finding in
      let start = finding["range"]?["start"]
      return "\(finding["code"]?.string ?? "?")@\(start?["line"]?.integer ?? -1):\(start?["character"]?.integer ?? -1)"
    }.sorted()
  }
}
