import Glibc

/// The few system calls that walking and reading need.
///
/// Sound because every descriptor and folder stream opened here is closed in the same function,
/// and nothing of a C structure is kept beyond the call that filled it.
package enum FileSystem {
  package enum Kind: Sendable { case file, folder, link, other }

  /// What stands at a path. With `followingLinks`, a link counts as what it leads to.
  package static func kind(of path: String, followingLinks: Bool) throws(FileError) -> Kind {
    var status = stat()
    let result = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw error(errno, path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// Throws if a file can't be opened for reading.
  package static func checkReadable(_ path: String) throws(FileError) {
    guard unsafe access(path, R_OK) == 0 else { throw error(errno, path) }
  }

  /// The names in a folder, without `.` and `..`, in byte order.
  package static func names(in folder: String) throws(FileError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    try forEachName(in: folder) { name in
      names.append(name)
      return true
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether one of a folder's first `limit` names is as wanted; `false` of a folder that can't be read.
  package static func holds(_ folder: String, limit: Int, _ isWanted: ([UInt8]) -> Bool) -> Bool {
    var (seen, isFound) = (0, false)
    try? forEachName(in: folder) { name in
      seen += 1
      isFound = isWanted(name)
      return !isFound && seen < limit
    }
    return isFound
  }

  /// Goes through the names in a folder, without `.` and `..`, in any order, until it is told to stop.
  private static func forEachName(in folder: String, _ body: ([UInt8]) -> Bool) throws(FileError) {
    guard let stream = unsafe opendir(folder) else { throw error(errno, folder) }
    defer { unsafe closedir(stream) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          unsafe Array(UnsafeBufferPointer(start: bytes, count: strnlen(bytes, 256)))
        }
      }
      guard name == Array(".".utf8) || name == Array("..".utf8) || body(name) else { return }
    }
    if errno != 0 { throw error(errno, folder) }
  }

  /// The bytes of a file in a range, or all of it; fewer where the file ends before. Also reads pipes, from where they stand.
  package static func bytes(of path: String, in range: Range<Int>? = nil) throws(FileError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(errno, path) }
    defer { close(descriptor) }
    if let range, lseek(descriptor, range.lowerBound, SEEK_SET) < 0 { throw error(errno, path) }
    return try bytes(from: descriptor, limit: range?.count, named: path)
  }

  /// Everything that comes from standard input. Throws if that is more than `limit` bytes.
  package static func standardInput(limit: Int) throws(FileError) -> [UInt8] {
    try everything(from: 0, limit: limit, named: "-")
  }

  /// Everything that comes from a pipe, a terminal or a file. Throws if that is more than `limit` bytes, and for other
  /// devices: some never end, and reading some does something.
  package static func pipe(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw error(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw error(errno, path) }
    let isDevice = [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
    guard !isDevice || isatty(descriptor) == 1 else {
      throw FileError(.notAFile, path: path, message: "It is a device.")
    }
    return try everything(from: descriptor, limit: limit, named: path)
  }

  private static func everything(
    from descriptor: Int32, limit: Int, named path: String
  ) throws(FileError) -> [UInt8] {
    let all = try bytes(from: descriptor, limit: limit &+ 1, named: path)
    guard all.count <= limit else {
      throw FileError(.failed, path: path, message: "It has more than \(limit) bytes, the most that is read.")
    }
    return all
  }

  /// What can be read, up to a limit. Where so many bytes are expected, they are read to where they stay.
  static func bytes(
    from descriptor: Int32, limit: Int?, expecting expected: Int = 0, named path: String
  ) throws(FileError) -> [UInt8] {
    let first = min(limit ?? .max, max(1, expected) &+ 1)
    var all = try piece(of: first, from: descriptor, named: path)
    // It has more than it said.
    var isAtEnd = all.count < first
    while !isAtEnd, limit.map({ all.count < $0 }) ?? true {
      let wanted = min(1 << 18, limit.map { $0 - all.count } ?? 1 << 18)
      let piece = try piece(of: wanted, from: descriptor, named: path)
      all += piece
      isAtEnd = piece.count < wanted
    }
    return all
  }

  /// So many bytes, or fewer where there are no more.
  private static func piece(of count: Int, from descriptor: Int32, named path: String) throws(FileError) -> [UInt8] {
    var number: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, initialized in
      while initialized < count, let base = buffer.baseAddress {
        let read = unsafe read(descriptor, base + initialized, count - initialized)
        if read < 0, errno == EINTR { continue }
        if read < 0 { number = errno }
        if read <= 0 { break }
        initialized += read
      }
    }
    if number != 0 { throw error(number, path) }
    return bytes
  }

  /// Whether something is there, links followed.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The path without links, `.` and `..`.
  package static func resolved(_ path: String) throws(FileError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw error(errno, path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Puts new bytes in a file's place at once: whoever reads it sees the old ones or the new ones.
  ///
  /// Links lead to the file that is replaced; its rights stay.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let target = try resolved(path)
    var status = stat()
    guard unsafe stat(target, &status) == 0 else { throw error(errno, path) }
    let temporary = target + ".concord-\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw error(errno, path) }
    let isWhole =
      write(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o7777) == 0 && fsync(descriptor) == 0
    let number = errno
    close(descriptor)
    guard isWhole, unsafe rename(temporary, target) == 0 else {
      let number = isWhole ? errno : number
      _ = unsafe unlink(temporary)
      throw error(number, path)
    }
  }

  /// Makes a folder. Throws if anything is there already.
  package static func makeFolder(_ path: String) throws(FileError) {
    guard unsafe mkdir(path, 0o777) == 0 else { throw error(errno, path) }
  }

  /// Gives a file or folder another name in the same file system. A folder there must be empty; a file there is replaced.
  package static func move(_ path: String, to name: String) throws(FileError) {
    guard unsafe rename(path, name) == 0 else { throw error(errno, name) }
  }

  /// Writes a file that is not there yet. What can't be written whole is not left there.
  package static func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw error(errno, path) }
    defer { close(descriptor) }
    guard write(bytes, to: descriptor) else {
      let number = errno
      _ = unsafe unlink(path)
      throw error(number, path)
    }
  }

  /// Writes all of it; whether that went well.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || errno != EINTR {
        return false
      }
    }
    return true
  }

  static func error(_ number: Int32, _ path: String) -> FileError {
    switch number {
    case ENOENT, ENOTDIR:
      FileError(.notFound, path: path, message: "There is no such file or folder.")
    case EACCES, EPERM:
      FileError(.notPermitted, path: path, message: "You have no right to it.")
    case EEXIST:
      FileError(.failed, path: path, message: "There is something of this name already; it was left as it is.")
    case EISDIR:
      FileError(.notAFile, path: path, message: "It is a folder.")
    default:
      FileError(.failed, path: path, message: "It could not be used (\(unsafe String(cString: strerror(number)))).")
    }
  }
}
