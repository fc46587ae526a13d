import Files
import FoundationEssentials
import PluginHost
import Workspace

/// A plugin that somebody hands over: a folder, or an archive, which is unpacked for as long as this is looked at.
///
/// A class because what was unpacked goes away with it.
final class PluginFile {
  let folder: String
  let plugin: LoadedPlugin
  /// What the archive says of itself; `nil` of a folder.
  let contents: PluginContents?
  private let unpacked: String?

  /// Throws in plain words if it is no plugin.
  init(_ path: String) throws(CommandFailure) {
    guard FileSystem.status(of: path)?.kind == .file else {
      (contents, unpacked, folder) = (nil, nil, path)
      plugin = try Self.plugin(in: path, named: path)
      return
    }
    // Of the user alone: nobody else may change what is looked at before it is run.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
    guard let home = PrivateFolder(scratch, making: true), let real = try? FileSystem.resolved(home.path) else {
      throw CommandFailure(message: "\(scratch): there is no room to unpack it")
    }
    do throws(CommandFailure) {
      contents = try Self.unpack(path, into: real)
      plugin = try Self.plugin(in: real, named: path)
      guard let contents, contents.id == plugin.descriptor.id, contents.version == plugin.descriptor.version else {
        throw CommandFailure(message: "\(path): it is called another name or version than the plugin in it")
      }
      guard (contents.machine == nil) == (plugin.code == nil) else {
        throw CommandFailure(message: "\(path): it says of its code what is not so")
      }
    } catch {
      try? FileManager.default.removeItem(atPath: scratch)
      throw error
    }
    (unpacked, folder) = (scratch, real)
  }

  deinit {
    if let unpacked { try? FileManager.default.removeItem(atPath: unpacked) }
  }

  private static func unpack(_ path: String, into folder: String) throws(CommandFailure) -> PluginContents {
    do {
      return try PluginArchive.unpack(path, into: folder)
    } catch {
      throw CommandFailure(message: "\(path): \(error.message)")
    }
  }

  private static func plugin(in folder: String, named path: String) throws(CommandFailure) -> LoadedPlugin {
    let found = PluginDiscovery([PluginPlace(folder, .unverified)], programFolder: Installation.folder)
    if let plugin = found.plugins.first, plugin.folder == folder { return plugin }
    if let refused = found.refused.first(where: { $0.folder == folder }) {
      throw CommandFailure(message: "\(path): \(refused.reason)")
    }
    throw CommandFailure(message: "\(path): this is no plugin's folder: it has no `plugin.json`")
  }

  /// What keeps it from working here, one sentence each: data that can't be used, code for another machine, code that does not
  /// start or is not what its description says. The code is run, confined.
  func problems() async -> [String] {
    var options = LibraryOptions()
    options.folders = [folder]
    options.libraryFolder = Installation.folder
    options.worker = Installation.worker
    var problems = Library(options).problems.map { Self.without($0, folder + "/") }
    guard let code = plugin.code else { return problems }
    if contents != nil, let problem = loaderProblem(code) {
      problems.append(problem)
    } else if let problem = await PluginHandshake.problem(of: code, worker: Installation.worker) {
      problems.append(problem)
    }
    return problems
  }

  private func loaderProblem(_ code: LoadedPlugin.Code) -> String? {
    do {
      let bytes = try FileSystem.regularFile(code.library, limit: 256 << 20)
      let machine = try PluginArchive.checkedMachine(bytes, Paths.name(of: code.library))
      return machine == LoaderNeeds.here ? nil : "Its code is for \(machine), and this machine is \(LoaderNeeds.here)."
    } catch let error as PluginProblem {
      return error.message
    } catch {
      return "Its library can't be read."
    }
  }

  private static func without(_ text: String, _ prefix: String) -> String {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }
}
