import ArgumentParser
import Files
import FoundationEssentials
import PluginHost
import Workspace

extension PluginCommand {
  struct Install: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "install", abstract: "Keep a plugin for every session of yours, with a record of what its code is.",
      discussion: """
        Of an archive every part is compared with what was packed, and its code started once, confined, before anything is kept.
        A folder is copied. From then on the plugin's code runs only as long as its library is the one that was
        installed. Installing a plugin again replaces it. To take it out, delete what was made.
        """)

    @Argument(help: ArgumentHelp("The plugin's archive, or its folder.", valueName: "file|dir"), completion: .file())
    var path: String

    func run() async throws {
      let file = try PluginFile(path)
      if file.contents != nil {
        let problems = await file.problems()
        guard problems.isEmpty else {
          for problem in problems { Output.complain("concord: \(path): \(problem)") }
          throw ExitCode(2)
        }
      }
      let home = try Self.home()
      Output.print(try PluginInstaller(file.plugin, home: home).install())
      withExtendedLifetime(file) {}
    }

    private static func home() throws(CommandFailure) -> PrivateFolder {
      guard let path = InstalledPlugins.path else {
        throw CommandFailure(message: "your home folder is not known: set HOME")
      }
      let real = (try? FileSystem.resolved(path)) ?? path
      guard let home = PrivateFolder(real, making: true) else {
        throw CommandFailure(message: "\(path) can't be used: it must be a folder that only you may write to")
      }
      return home
    }
  }
}

/// Copies a plugin into the user's folder.
private struct PluginInstaller {
  private static let fileLimit = 256 << 20
  private static let countLimit = 10_000
  private let plugin: LoadedPlugin
  private let home: PrivateFolder
  private let unfinished: String

  init(_ plugin: LoadedPlugin, home: PrivateFolder) {
    self.plugin = plugin
    self.home = home
    unfinished = home.path + "/.new-\(UUID().uuidString)"
  }

  /// What was done, for the person who asked. Nothing is left behind if it can't be done.
  func install() throws(CommandFailure) -> String {
    let target = home.path + "/" + plugin.descriptor.id
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    do {
      var count = 0
      try copy(plugin.folder, to: unfinished, &count)
      let record = try copyCode()
      // The record is taken away first and comes last: in between, the plugin's code is not run.
      home.remove(Paths.name(of: InstallRecord.path(ofPlugin: target)))
      if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
      try FileSystem.move(unfinished, to: target)
      let name = "\(plugin.descriptor.id) \(plugin.descriptor.version)"
      guard let record else { return "Installed \(name) in \(target). It has no code." }
      let library = Paths.join(plugin.descriptor.id, libraryName)
      try home.write(
        Paths.name(of: InstallRecord.path(ofPlugin: target)), Array(record.text(library: library).utf8))
      return "Installed \(name) in \(target). Its code's SHA-256 is \(record.sha256)."
    } catch let error as CommandFailure {
      throw error
    } catch let error as FileError {
      throw CommandFailure(message: "\(error.path): \(error.message)")
    } catch {
      throw CommandFailure(message: "\(target): what was installed there before can't be taken away")
    }
  }

  private var libraryName: String { "lib\(plugin.descriptor.library ?? "").so" }

  /// The library and the description of its rules, wherever they were found; the record of what was copied.
  private func copyCode() throws -> InstallRecord? {
    guard let code = plugin.code else { return nil }
    let bytes = try FileSystem.regularFile(code.library, limit: Self.fileLimit)
    try put(bytes, at: unfinished + "/" + libraryName)
    let rules = unfinished + "/rules.json"
    if FileSystem.status(of: rules) == nil {
      let besides = [unfinished + "/" + libraryName, code.library].map { String($0.dropLast(3)) + ".rules.json" }
      guard let found = besides.first(where: { FileSystem.status(of: $0)?.kind == .file }) else {
        throw CommandFailure(message: "\(plugin.folder): its `rules.json` is gone")
      }
      try put(try FileSystem.regularFile(found, limit: Self.fileLimit), at: rules)
    }
    return InstallRecord(sha256: Digest.sha256(bytes))
  }

  private func put(_ bytes: [UInt8], at path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    try FileSystem.create(path, with: bytes)
  }

  /// Ordinary files and folders. Names that begin with a dot are left out; a link or a device is refused, since what it leads to
  /// may be another tomorrow.
  private func copy(_ from: String, to: String, _ count: inout Int) throws {
    try FileSystem.makeFolder(to)
    for name in try FileSystem.names(in: from) where name.first != UInt8(ascii: ".") {
      guard let name = String(validating: name, as: UTF8.self) else {
        throw CommandFailure(message: "\(from): a name in it is not valid text (UTF-8)")
      }
      count += 1
      guard count <= Self.countLimit else {
        throw CommandFailure(message: "\(plugin.folder): it holds more than \(Self.countLimit) files")
      }
      let path = from + "/" + name
      switch try FileSystem.kind(of: path, followingLinks: false) {
      case .folder: try copy(path, to: to + "/" + name, &count)
      case .file: try FileSystem.create(to + "/" + name, with: FileSystem.regularFile(path, limit: Self.fileLimit))
      case .link, .other:
        throw CommandFailure(message: "\(path): it is a link or a device; a plugin holds ordinary files")
      }
    }
  }
}
