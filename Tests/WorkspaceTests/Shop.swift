import Foundation
import Findings
import Manifest
import Testing
import Workspace

/// A dataset on disk, its workspace, and a plugin of data alone.
struct Shop {
  let folder: TemporaryFolder
  let library: Library
  let workspace: Workspace

  /// `plugin` holds the plugin's files by name. Without a configuration the folder is no dataset.
  init(_ files: [String: String], _ plugin: [String: String], configuration: String? = "{}") async throws {
    folder = try TemporaryFolder()
    if let configuration { _ = try folder.write("concord.json", configuration) }
    for (name, text) in files { _ = try folder.write(name, text) }
    let plugins = try TemporaryFolder()
    for (name, text) in plugin { _ = try plugins.write("own/" + name, text) }
    var options = LibraryOptions()
    options.folders = [plugins.path]
    library = Library(options)
    workspace = Workspace(library: library)
    let publications = workspace.publications
    Task { for await _ in publications {} }
  }

  /// With the plugins that are built here.
  init(_ files: [String: String], configuration: String, library: Library) async throws {
    folder = try TemporaryFolder()
    _ = try folder.write("concord.json", configuration)
    for (name, text) in files { _ = try folder.write(name, text) }
    self.library = library
    workspace = Workspace(library: library)
    let publications = workspace.publications
    Task { for await _ in publications {} }
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func open(_ name: String) async throws {
    let text = try await text(name)
    await workspace.open(name, path: path(name), text: text)
  }

  func close(_ name: String) async { await workspace.close(name) }

  /// As it is open, or on disk.
  func text(_ name: String) async throws -> [UInt8] {
    if let open = await workspace.snapshot(name) { return open.document.allBytes() }
    return Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func replace(_ old: String, with new: String, in name: String) async throws {
    let start = try #require(try await text(name).firstOffset(of: old))
    await workspace.change(name, version: 1, edits: [.bytes(start..<start + old.utf8.count, Array(new.utf8))])
  }

  /// Writes a file of the dataset and says that it has changed.
  func save(_ name: String, _ text: String) async throws {
    await workspace.filesChanged([try folder.write(name, text)])
  }

  func shown(_ name: String) async throws -> [CheckedFinding] {
    await workspace.settle(name)
    return try #require(await workspace.snapshot(name)).checkedFindings(path: path(name))
  }

  func findings(_ name: String) async throws -> [String] { try await shown(name).map(\.line) }

  /// A fresh check of files as they are on disk.
  func check(_ names: [String]) async -> CheckReport {
    let items = names.map { CheckItem(path: path($0), content: nil, isNamed: true) }
    return await FileChecks(library: library, options: Workspace.Options(), jobs: 2).report(items, asOf: "2024-10-04")
  }
}
