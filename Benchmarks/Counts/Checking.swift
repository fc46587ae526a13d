import Facts
import Findings
import Foundation
import Manifest
import Schema
import Workspace

extension Piece {
  /// What is read is held against a schema, stated as facts, and checked as a whole.
  static let checking = [
    Piece(name: "validate") {
      let document = coco()
      let source = SchemaSource(uri: "counted:schema", bytes: Array(Format.schema.utf8))
      let compiled = SchemaProgram.compile(source, plugin: "counted")
      guard compiled.problems.isEmpty else { throw WrongWork(description: "\(compiled.problems)") }
      let entries = Format.paths.map { compiled.program.entry(for: RecordShape.Pattern($0)) }
      let trees = document.records().compactMap { record in
        record.type == 0 ? nil : document.tree(of: record.id).map { (entry: entries[record.type - 1], tree: $0) }
      }
      return {
        let evaluator = SchemaEvaluator(compiled.program)
        var stated = 0
        for (entry, tree) in trees {
          let evaluation = evaluator.evaluate(tree, at: entry)
          stated += evaluation.definitions.count + evaluation.references.count
          guard evaluation.isValid else { throw WrongWork(description: "A record is not as the schema wants it") }
        }
        return stated
      }
    },
    Piece(name: "facts") {
      let plan = try FactWork.plan()
      return { try FactWork(plan).run() }
    },
    Piece(name: "check") {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-counts-\(getpid())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try Data(Format.descriptor.utf8).write(to: folder.appendingPathComponent("plugin.json"))
      try Data(Format.schema.utf8).write(to: folder.appendingPathComponent("schema.json"))
      var options = LibraryOptions()
      options.folders = [folder.path]
      let library = Library(options)
      guard library.problems.isEmpty else { throw WrongWork(description: "\(library.problems)") }
      let text = Texts.coco(100_000)
      return { try await check(text, with: library) }
    },
  ]

  /// Opens the text as an editor does, makes ten ids wrong, one after the other, and right again.
  private static func check(_ text: [UInt8], with library: Library) async throws -> Int {
    var options = Workspace.Options()
    // Nothing waits for a clock: publications come when all is worked out.
    options.publicationDelay = .seconds(100_000)
    options.restBeforeLoss = .zero
    let workspace = Workspace(library: library, options: options)
    await workspace.open("counted", path: nil, languageID: "json", text: text)
    await workspace.settle("counted")
    var chance = Chance(4)
    var found = 0
    for version in 1...10 {
      guard let at = text.offset(of: "\"category_id\": ", from: chance.next(text.count / 2)) else { continue }
      let place = at + 15
      await workspace.change("counted", version: 2 * version, edits: [.bytes(place..<place, Array("900".utf8))])
      await workspace.settle("counted")
      found += await workspace.snapshot("counted")?.checkedFindings(path: "counted").count ?? 0
      await workspace.change("counted", version: 2 * version + 1, edits: [.bytes(place..<place + 3, [])])
      await workspace.settle("counted")
    }
    let left = await workspace.snapshot("counted")?.checkedFindings(path: "counted").count
    guard found == 10, left == 0 else { throw WrongWork(description: "\(found) findings, then \(left ?? -1)") }
    await workspace.close("counted")
    return found
  }
}
