import Foundation
import Workspace

/// The plugins as they are built and described, and the programs that run them.
enum Installation {
  /// Where the build put workers and plugins: beside the test bundle.
  static let buildFolder: String = {
    var url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<3 where !FileManager.default.fileExists(atPath: url.appendingPathComponent("concord-worker").path) {
      url.deleteLastPathComponent()
    }
    return url.path
  }()

  static let repository: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// A library with workers of its own.
  static func makeLibrary() throws -> Library {
    var options = LibraryOptions()
    options.folders = [repository + "/Plugins"]
    options.worker = buildFolder + "/concord-worker"
    options.mediaWorker = buildFolder + "/concord-media"
    options.libraryFolder = buildFolder
    options.asOf = 20_000
    return Library(options)
  }

  /// One library, and so one set of workers, for all tests that don't harm them.
  static let library = Result { try makeLibrary() }
}

/// A folder of its own that is gone at the end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }
}
