import Files
import JSONCodec

/// What the user alone says, for every folder they open: `concord/config.json` among their configuration files.
///
/// It can make Concord run code, which nothing in an opened folder can, so it counts only if nobody else may write it.
package struct UserConfiguration: Sendable {
  /// Folders of plugins whose code the user trusts, without `~`.
  package private(set) var pluginFolders: [String] = []
  /// What makes no sense in it, one plain sentence each.
  package private(set) var problems: [String] = []

  package static var standardPath: String? { UserFolders.configuration.map { $0 + "/concord/config.json" } }

  /// Nothing is said where there is no file. Links lead to the file that counts.
  package init(at path: String?) {
    guard let path, let real = try? FileSystem.resolved(path) else { return }
    do throws(FileError) {
      let folder = PrivateFolder(Paths.folder(of: real), making: false)
      guard let bytes = try folder?.bytes(of: Paths.name(of: real), limit: 1 << 20) else {
        problems = ["\(path): It is passed over, because somebody else could write to it."]
        return
      }
      read(bytes, at: path)
    } catch {
      problems = ["\(path): \(error.message)"]
    }
  }

  /// What the text of such a file says; `path` is where it stands.
  package init(_ bytes: [UInt8], at path: String) { read(bytes, at: path) }

  private mutating func read(_ bytes: [UInt8], at path: String) {
    do {
      read(try JSONCodec.decode(JSONValue.self, from: bytes), at: path)
    } catch {
      problems = ["\(path): It is not well-formed JSON, so nothing in it counts."]
    }
  }

  private mutating func read(_ value: JSONValue, at path: String) {
    guard let members = value.members else {
      return problems = ["\(path): It must be a JSON object, such as {\"plugins\": [\"~/my-plugins\"]}."]
    }
    for member in members where member.key != "plugins" {
      problems.append("\(path): Nobody knows what `\(member.key)` is to mean.")
    }
    guard let plugins = value["plugins"] else { return }
    guard let named = plugins.array?.map(\.string), !named.contains(nil) else {
      return problems.append("\(path): `plugins` must be a list of folders.")
    }
    for name in named.compactMap(\.self) {
      let folder = try? FileSystem.resolved(Self.folder(name, from: Paths.folder(of: path)))
      if let folder, FileSystem.status(of: folder)?.kind == .folder {
        pluginFolders.append(folder)
      } else {
        problems.append("\(path): \(name): there is no such folder of plugins.")
      }
    }
  }

  /// `~/` is the user's home; other relative paths begin at the configuration's folder.
  private static func folder(_ name: String, from base: String) -> String {
    if name.hasPrefix("~/"), let home = UserFolders.home { return home + name.dropFirst(1) }
    return Paths.join(base, name)
  }
}
