import Manifest
import TestSupport
import Testing
import Workspace

/// A dataset of recordings, their segments, and playlists that name recordings by key: three formats of one plugin.
struct Radio {
  let shop: Shop
  /// With the names of the dataset's files.
  let files: [Fixture.File]

  /// The files of a fixture on disk. Those with a cursor are open; all of them if `allOpen`.
  init(_ marked: String, allOpen: Bool = false, configuration: String? = "{}") async throws {
    files = Fixture(marked).files
    var texts: [String: String] = [:]
    for file in files { texts[file.name] = String(decoding: file.bytes, as: UTF8.self) }
    shop = try await Shop(texts, Self.plugin, configuration: configuration)
    for file in files where allOpen || !file.cursors.isEmpty { try await shop.open(file.name) }
  }

  /// Where the (first) cursor is.
  func cursor() async throws -> (snapshot: DocumentSnapshot, offset: Int) {
    let file = try #require(files.first { !$0.cursors.isEmpty })
    await shop.workspace.settle(file.name)
    return (try #require(await shop.workspace.snapshot(file.name)), file.cursors[0])
  }

  /// `file start..<end` of every mark, in order of files and places.
  var marks: [String] { files.flatMap { file in file.ranges.map { line(file.name, $0) } }.sorted() }

  func line(_ file: String, _ range: Range<Int>) -> String { "\(file) \(range)" }

  /// The name of a file as the fixture has it.
  func name(ofURI uri: String) -> String {
    Paths.path(ofURI: uri).flatMap { Paths.relative($0, to: shop.folder.path) } ?? uri
  }

  /// Applies edits as an editor does: to what is open in its buffer, to the rest on disk.
  func apply(_ renaming: Renaming) async throws {
    for file in renaming.files {
      let name = name(ofURI: file.uri)
      let edits = file.edits.reversed()
      if let version = file.version {
        await shop.workspace.change(
          name, version: version + 1, edits: edits.map { .bytes($0.range, $0.replacement) })
      } else {
        var text = try await shop.text(name)
        for edit in edits { text.replaceSubrange(edit.range, with: edit.replacement) }
        try await shop.save(name, String(decoding: text, as: UTF8.self))
      }
    }
  }

  func text(_ name: String) async throws -> String { String(decoding: try await shop.text(name), as: UTF8.self) }

  static let plugin = RadioPlugin.files
}
