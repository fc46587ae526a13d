import Files
import JSONCodec

/// A plugin in one file, to be given to others: its files as `tar` and `gzip` keep them, and before them what they are.
package enum PluginArchive {
  package static let ending = ".concord-plugin"
  private static let archiveLimit = 256 << 20

  // MARK: Packing

  /// What code is made from, and what is left of making it: nobody needs it to run the plugin.
  private static func isSource(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    if ["Sources", "Package.swift", "Package.resolved", "build.sh", PluginContents.name].contains(path) { return true }
    return [".swift", ".c", ".h", ".cc", ".cpp", ".rs", ".o", ".a", ".new", ending].contains { name.hasSuffix($0) }
  }

  /// Packs a plugin's folder, its code wherever it was found. The same files give the same bytes.
  ///
  /// Left out: names that begin with a dot, and what code is made from. Throws in plain words, also where a file is a link or
  /// the code asks for libraries that others may lack.
  package static func pack(
    _ plugin: LoadedPlugin, concord: String
  ) throws(PluginProblem) -> (contents: PluginContents, bytes: [UInt8]) {
    var files: [(path: String, bytes: [UInt8])] = []
    do {
      try collect(plugin.folder, below: "", &files)
      if let code = plugin.code {
        try add("lib\(plugin.descriptor.library ?? "").so", code.library, to: &files)
        if !files.contains(where: { $0.path == "rules.json" }) {
          throw PluginProblem("its `rules.json` is not in its folder; `concord plugin describe` writes it")
        }
      }
    } catch let error as FileError {
      throw PluginProblem("\(error.path): \(error.message)")
    } catch let error as PluginProblem {
      throw error
    } catch {
      throw PluginProblem("it can't be read")
    }
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var machine: String?
    if plugin.code != nil, let library = files.first(where: { $0.path == "lib\(plugin.descriptor.library ?? "").so" }) {
      machine = try checkedMachine(library.bytes, library.path)
    }
    let contents = PluginContents(
      format: PluginContents.format, id: plugin.descriptor.id, version: plugin.descriptor.version, concord: concord,
      machine: machine.map { "linux-" + $0 },
      files: files.map { .init(path: $0.path, bytes: $0.bytes.count, sha256: Digest.sha256($0.bytes)) })
    if let problem = contents.problem { throw PluginProblem(problem) }
    return (contents, try archive(contents, files))
  }

  /// The machine a library is for, if it may be given to others.
  package static func checkedMachine(_ library: [UInt8], _ name: String) throws(PluginProblem) -> String {
    do throws(PluginProblem) {
      let needs = try LoaderNeeds(library)
      if let problem = needs.problem { throw PluginProblem(problem) }
      return needs.machine
    } catch {
      throw PluginProblem("`\(name)` can't be given to others: \(error.message)")
    }
  }

  private static func collect(
    _ folder: String, below: String, _ files: inout [(path: String, bytes: [UInt8])]
  ) throws {
    for name in try FileSystem.names(in: folder) where name.first != UInt8(ascii: ".") {
      guard let name = String(validating: name, as: UTF8.self) else {
        throw PluginProblem("a name in `\(folder)` is not valid text (UTF-8)")
      }
      let path = below + name
      if isSource(path) { continue }
      switch try FileSystem.kind(of: folder + "/" + name, followingLinks: false) {
      case .folder:
        guard path.split(separator: "/").count < 16 else { throw PluginProblem("its folders are too deep: `\(path)`") }
        try collect(folder + "/" + name, below: path + "/", &files)
      case .file:
        guard files.count < PluginContents.countLimit else {
          throw PluginProblem("it holds more than \(PluginContents.countLimit) files")
        }
        try add(path, folder + "/" + name, to: &files)
      case .link, .other: throw PluginProblem("`\(path)` is a link or a device; a plugin holds ordinary files")
      }
    }
  }

  private static func add(
    _ path: String, _ file: String, to files: inout [(path: String, bytes: [UInt8])]
  ) throws {
    guard !files.contains(where: { $0.path == path }) else { return }
    files.append((path, try FileSystem.regularFile(file, limit: PluginContents.fileLimit)))
    guard files.reduce(0, { $0 + $1.bytes.count }) <= PluginContents.totalLimit else {
      throw PluginProblem("its files have more than \(PluginContents.totalLimit >> 20) MB together")
    }
  }

  private static func archive(
    _ contents: PluginContents, _ files: [(path: String, bytes: [UInt8])]
  ) throws(PluginProblem) -> [UInt8] {
    do {
      var out: [UInt8] = []
      for file in [(PluginContents.name, try JSONCodec.encode(contents))] + files {
        guard let header = Tar.header(file.0, size: file.1.count) else {
          throw PluginProblem("the name `\(file.0)` is too long")
        }
        out += header
        out += file.1
        out += [UInt8](repeating: 0, count: Tar.padding(file.1.count))
      }
      out += [UInt8](repeating: 0, count: 2 * Tar.block)
      return try Gzip.packed(out)
    } catch let error as PluginProblem {
      throw error
    } catch {
      throw PluginProblem("it could not be packed")
    }
  }

  // MARK: Unpacking

  /// Unpacks an archive into a folder that is there and empty, and says what it holds.
  ///
  /// Every file is one that its contents announce, of the size and SHA-256 announced; nothing is read beyond that. Throws in plain words;
  /// what was unpacked until then is the caller's to take away.
  package static func unpack(_ path: String, into folder: String) throws(PluginProblem) -> PluginContents {
    do {
      let packed = try FileSystem.regularFile(path, limit: archiveLimit)
      guard packed.starts(with: [0x1F, 0x8B]) else { throw PluginProblem("it is no archive of a plugin") }
      let source = try Gunzip(packed)
      let first = try next(source)
      guard first.kind == .file, first.name.elementsEqual(PluginContents.name.utf8),
        first.size <= PluginContents.listLimit
      else { throw PluginProblem("it is no archive of a plugin: it does not say what it holds") }
      let contents = try decoded(try body(first.size, source))
      for file in contents.files {
        let entry = try next(source)
        guard entry.kind == .file else {
          throw PluginProblem(
            "`\(printed(entry.name))` in it is a link, a folder or a device; a plugin holds ordinary files")
        }
        guard entry.name.elementsEqual(file.path.utf8), entry.size == file.bytes else {
          throw PluginProblem("it holds `\(printed(entry.name))` where it says it holds `\(file.path)`")
        }
        let bytes = try body(entry.size, source)
        guard Digest.sha256(bytes) == file.sha256 else {
          throw PluginProblem("`\(file.path)` in it is not what was packed: its SHA-256 is another")
        }
        try put(bytes, file.path, in: folder)
      }
      let end = try source.read(2 * Tar.block + 1)
      guard end.count == 2 * Tar.block, end.allSatisfy({ $0 == 0 }) else {
        throw PluginProblem("it holds more than it says")
      }
      return contents
    } catch let error as PluginProblem {
      throw error
    } catch let error as FileError {
      throw PluginProblem((error.path.isEmpty || error.path == path ? "" : error.path + ": ") + error.message)
    } catch {
      throw PluginProblem("it can't be read")
    }
  }

  private static func decoded(_ bytes: [UInt8]) throws(PluginProblem) -> PluginContents {
    let limits = JSONCodec.Limits(depth: 16, bytes: PluginContents.listLimit)
    guard let contents = try? JSONCodec.decode(PluginContents.self, from: bytes, limits: limits) else {
      throw PluginProblem("it is no archive of a plugin: what it says of itself can't be read")
    }
    if let problem = contents.problem { throw PluginProblem(problem) }
    return contents
  }

  private static func next(_ source: Gunzip) throws -> Tar.Entry {
    let header = try source.read(Tar.block)
    guard header.count == Tar.block else { throw PluginProblem("it ends too early: it was not copied whole") }
    guard let entry = Tar.entry(header) else { throw PluginProblem("it is damaged, or holds less than it says") }
    return entry
  }

  private static func body(_ size: Int, _ source: Gunzip) throws -> [UInt8] {
    guard size <= PluginContents.fileLimit else { throw PluginProblem("a file in it is too large") }
    let bytes = try source.read(size)
    let padding = try source.read(Tar.padding(size))
    guard bytes.count == size, padding.count == Tar.padding(size) else {
      throw PluginProblem("it ends too early: it was not copied whole")
    }
    return bytes
  }

  private static func put(_ bytes: [UInt8], _ path: String, in folder: String) throws {
    var at = folder
    for part in path.split(separator: "/").dropLast() {
      at += "/" + part
      if !FileSystem.exists(at) { try FileSystem.makeFolder(at) }
    }
    try FileSystem.create(folder + "/" + path, with: bytes)
  }

  private static func printed(_ name: [UInt8]) -> String {
    String(
      String(decoding: name.prefix(100), as: UTF8.self).map { $0.isASCII && ($0.asciiValue ?? 0) < 0x20 ? "?" : $0 })
  }
}
