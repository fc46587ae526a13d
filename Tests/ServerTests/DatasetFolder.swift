import Foundation
import JSONCodec

/// A folder of files for the built server, in which the files of one dataset lie.
struct DatasetFolder {
  let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appendingPathComponent("concord-\(UUID().uuidString)")

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }
  func uri(_ name: String) -> JSONValue { .string(file(name).absoluteString) }

  func write(_ name: String, _ text: String) throws {
    let url = file(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url, options: .atomic)
  }

  /// Opens a file as it is on disk.
  func open(_ name: String, in server: ServerProcess) throws -> OpenFile {
    OpenFile(
      try String(contentsOf: file(name), encoding: .utf8), file(name).path,
      language: name.hasSuffix("l") ? "jsonl" : "json", in: server)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}

extension DatasetFolder {
  /// Fills it with a copy of an example.
  func copyExample(_ name: String) throws {
    try FileManager.default.copyItem(at: Build.repository.appendingPathComponent("Examples/" + name), to: url)
  }
}
