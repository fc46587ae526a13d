import Findings
import Manifest
import Schema
import TestSupport
import Testing
import Workspace

/// What is offered at the cursor `▮` of a text, and what the text becomes when something is taken.
struct CompletionDesk {
  let desk: Desk
  let list: CompletionList
  let text: [UInt8]
  let cursor: Int

  init(
    _ marked: String, dialect: String? = "vision/coco", languageID: String = "json", library: Library? = nil,
    pluginPatience: Duration = .seconds(60)
  ) async throws {
    let file = Fixture(marked).file
    text = file.bytes
    desk = try await Desk(
      text, languageID: languageID, dialect: dialect, library: library, pluginPatience: pluginPatience)
    await desk.workspace.settle(desk.uri)
    cursor = try #require(file.cursors.first)
    list = await desk.workspace.completions(at: cursor, in: try await desk.snapshot)
  }

  var labels: [String] { list.items.map(\.label) }

  /// Labels with what follows them.
  var lines: [String] { list.items.map { $0.label + ($0.detail ?? "") } }

  func item(_ label: String) throws -> CompletionItem {
    try #require(list.items.first { $0.label == label }, "`\(label)` is not among \(labels.prefix(20))")
  }

  /// The text after an item was taken; `$1` stands for gaps if `snippets`.
  func taken(_ label: String, snippets: Bool = false, keepsRest: Bool = false) throws -> String {
    String(
      decoding: CompletionDesk.applied(try item(label).edit, to: text, snippets: snippets, keepsRest: keepsRest),
      as: UTF8.self)
  }

  static func applied(_ edit: CompletionEdit, to text: [UInt8], snippets: Bool = false, keepsRest: Bool = false)
    -> [UInt8]
  {
    var body = edit.body.plain
    if snippets {
      body = edit.body.parts.flatMap { part -> [UInt8] in
        switch part {
        case .text(let bytes): bytes
        case .gap(let number, let initial): Array("‹\(number)".utf8) + initial + Array("›".utf8)
        }
      }
    }
    var text = text
    let main = TextEdit(range: keepsRest ? edit.insert : edit.replace, replacement: body)
    // From the back; at one place the main edit stands behind the others.
    let edits =
      (edit.others.filter { $0.range.upperBound <= main.range.lowerBound } + [main]
        + edit.others.filter { $0.range.upperBound > main.range.lowerBound })
    for edit in edits.reversed() { text.replaceSubrange(edit.range, with: edit.replacement) }
    return text
  }
}
