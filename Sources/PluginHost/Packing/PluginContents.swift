import Files
import JSONCodec

/// What is in a plugin's archive: `contents.json`, its first file.
package struct PluginContents: Sendable, Hashable, Codable {
  /// Of the archive's own form.
  package var format: Int
  package var id: String
  package var version: String
  /// The version of Concord that packed it.
  package var concord: String
  /// `linux-x86_64` where it has code; absent where it has none and runs anywhere.
  package var machine: String?
  /// Every other file, in the order they follow.
  package var files: [PackedFile]

  package struct PackedFile: Sendable, Hashable, Codable {
    package var path: String
    package var bytes: Int
    package var sha256: String
  }

  static let name = "contents.json"
  static let format = 1
  static let countLimit = 10_000
  static let fileLimit = 256 << 20
  static let totalLimit = 512 << 20
  static let listLimit = 4 << 20
  private static let pathLimit = 250
  private static let depthLimit = 16

  /// The file's name: `shoes-0.1.0.concord-plugin`, with the machine where it has code.
  package var archiveName: String {
    id + "-" + version + (machine.map { "-" + $0 } ?? "") + PluginArchive.ending
  }

  /// Why this can't be an archive's contents, in a sentence; `nil` if it can.
  var problem: String? {
    guard format == Self.format else { return "it was packed by a newer Concord; get that first" }
    guard PluginRules.isName(id) else { return "it names no plugin" }
    guard files.count <= Self.countLimit else { return "it holds more than \(Self.countLimit) files" }
    var total = 0
    var seen: Set<[UInt8]> = []
    for file in files {
      guard Self.isSafe(file.path) else {
        return "`\(file.path.prefix(100))` in it is no plain name of a file below the plugin's folder"
      }
      guard seen.insert(Array(file.path.utf8)).inserted else { return "`\(file.path)` is in it twice" }
      guard (0...Self.fileLimit).contains(file.bytes) else {
        return "`\(file.path)` in it has more than \(Self.fileLimit >> 20) MB"
      }
      total += file.bytes
      guard total <= Self.totalLimit else { return "its files have more than \(Self.totalLimit >> 20) MB together" }
    }
    guard files.contains(where: { $0.path == "plugin.json" }) else { return "there is no `plugin.json` in it" }
    return nil
  }

  /// Whether a path leads below the folder it is put in, through nothing hidden, in every program's eyes.
  static func isSafe(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty, bytes.count <= pathLimit, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0x5C }) else {
      return false
    }
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count <= depthLimit && parts.allSatisfy { !$0.isEmpty && $0.first != UInt8(ascii: ".") }
      && path != name
  }
}
