import Glibc

/// A plugin that can be used: what its folder says, and where its code lies.
package struct LoadedPlugin: Sendable, Hashable {
  package var folder: String
  package var descriptor: PluginDescriptor
  /// Absent in a plugin that is data alone.
  package var code: Code?
  package var trust: PluginTrust

  package struct Code: Sendable, Hashable {
    package var library: String
    /// The library as it was compared with what was installed; `nil` where it is taken as it lies there.
    package var sealed: SealedLibrary?
    package var rules: PluginRules
    /// What its code may read: the plugin's folder, in which its resources lie, and what it declares of the system's.
    package var readable: [String]
    package init(library: String, sealed: SealedLibrary? = nil, rules: PluginRules, readable: [String] = []) {
      self.library = library
      self.sealed = sealed
      self.rules = rules
      self.readable = readable
    }
  }

  /// Reads a plugin's folder: `plugin.json`, `rules.json` and where the library lies, never the library itself.
  ///
  /// The library is looked for in the folder, then in `programFolder`, where the concord executable is. That of an installed
  /// plugin must lie in its folder and be the one that was installed. Cost: two small files, and the library if it was installed.
  package static func load(_ place: PluginPlace, programFolder: String?) throws(PluginProblem) -> LoadedPlugin {
    let folder = place.folder
    guard let json = File.read(folder + "/plugin.json", limit: 1 << 20) else {
      throw PluginProblem("There is no readable `plugin.json` in this folder.")
    }
    let descriptor = try PluginDescriptor(json: json)
    guard let name = descriptor.library else {
      return LoadedPlugin(folder: folder, descriptor: descriptor, code: nil, trust: place.trust)
    }
    let places = place.trust == .installed ? [folder] : [folder, programFolder].compactMap { $0 }
    guard let library = places.map({ $0 + "/lib" + name + ".so" }).first(where: File.exists) else {
      throw PluginProblem("Its library `lib\(name).so` is neither in its folder nor beside the program.")
    }
    let besides = [folder + "/rules.json", folder + "/lib" + name + ".rules.json", library.dropLast(3) + ".rules.json"]
    guard let rulesFile = besides.lazy.compactMap({ File.read($0, limit: 16 << 20) }).first else {
      throw PluginProblem("It has a library but no `rules.json`. Write it with `concord-worker --describe`.")
    }
    do {
      let rules = try PluginRules(json: rulesFile)
      guard rules.id == descriptor.id else {
        throw PluginProblem("`plugin.json` says `\(descriptor.id)`, `rules.json` says `\(rules.id)`.")
      }
      let sealed = place.trust == .installed ? try installed(library, of: folder) : nil
      let readable = [folder] + descriptor.sharedResources(besides: programFolder)
      let code = Code(library: library, sealed: sealed, rules: rules, readable: readable)
      return LoadedPlugin(folder: folder, descriptor: descriptor, code: code, trust: place.trust)
    } catch let problem as PluginRules.Problem {
      throw PluginProblem(problem.message)
    } catch let problem as PluginProblem {
      throw problem
    } catch {
      throw PluginProblem("Its `rules.json` can't be read.")
    }
  }

  /// The library, if it is the one that was installed.
  private static func installed(_ library: String, of folder: String) throws(PluginProblem) -> SealedLibrary {
    guard let record = InstallRecord(ofPlugin: folder) else {
      throw PluginProblem("It was not installed with `concord plugin install`, so its code is not run.")
    }
    let sealed = try SealedLibrary(library)
    guard sealed.sha256 == record.sha256 else {
      throw PluginProblem("Its library is not the one that was installed. Install it again if the change is yours.")
    }
    return sealed
  }
}

/// What was found in the plugin folders, in order: plugins to use, and the others with the reason.
package struct PluginDiscovery: Sendable {
  package private(set) var plugins: [LoadedPlugin] = []
  package private(set) var refused: [Refused] = []

  package struct Refused: Sendable, Hashable {
    package var folder: String
    package var reason: String
  }

  /// Looks through the folders given, first ones first. Names that begin with a dot are passed over.
  ///
  /// Of two plugins with one id the first counts. Cost: one listing a folder, two small files a plugin.
  package init(_ places: [PluginPlace], programFolder: String?) {
    for place in places {
      let folder = place.folder
      if File.exists(folder + "/plugin.json") {
        add(place, programFolder)
        continue
      }
      let names = File.names(in: folder).filter { !$0.hasPrefix(".") }.sorted()
      for name in names where File.exists(folder + "/" + name + "/plugin.json") {
        add(PluginPlace(folder + "/" + name, place.trust), programFolder)
      }
    }
  }

  private mutating func add(_ place: PluginPlace, _ programFolder: String?) {
    let folder = place.folder
    do throws(PluginProblem) {
      let plugin = try LoadedPlugin.load(place, programFolder: programFolder)
      if let first = plugins.first(where: { $0.descriptor.id == plugin.descriptor.id }) {
        throw PluginProblem("A plugin `\(plugin.descriptor.id)` was already found in \(first.folder).")
      }
      plugins.append(plugin)
    } catch {
      refused.append(Refused(folder: folder, reason: error.message))
    }
  }
}

/// Small files, read whole.
enum File {
  /// `nil` if it is no readable, regular file, or larger than `limit`.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      return nil
    }
    return everything(from: descriptor, limit: limit)
  }

  /// All that comes from a descriptor; `nil` if that is more than `limit` bytes, or can't be read.
  static func everything(from descriptor: Int32, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { return nil }
    }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// Names in a folder, in no order; empty if it can't be listed.
  static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
