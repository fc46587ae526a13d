import CDigest
import Glibc

/// What Concord asks of the file system: whole regular files, listings and names. Nothing here follows a name
/// it was not given, and nothing blocks on a device or a FIFO.
package enum Files {
  /// Largest file read whole; larger ones are refused, not truncated.
  package static let sizeLimit = 2 << 30

  /// The bytes of a regular file. A file that shrinks or grows while it is read gives the bytes that were there.
  package static func read(_ path: String, limit: Int = sizeLimit) throws(FileError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileError(errno: errno, path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(errno: errno, path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(.notAFile, path, "`\(path)` is not an ordinary file")
    }
    guard status.st_size <= limit else {
      throw FileError(.tooLarge, path, "`\(path)` has \(status.st_size) bytes; the limit is \(limit)")
    }
    return try readAll(descriptor, expecting: Int(status.st_size), limit: limit, path: path)
  }

  /// All bytes of an open descriptor, such as standard input.
  package static func readAll(
    _ descriptor: Int32, expecting: Int = 0, limit: Int = sizeLimit, path: String
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expecting + 1)
    var failure: Int32 = 0
    while true {
      let step = max(65_536, expecting - bytes.count + 1)
      let part = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
        let got = unsafe Glibc.read(descriptor, buffer.baseAddress, step)
        failure = got < 0 ? errno : 0
        count = max(0, got)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw FileError(errno: failure, path: path) }
      guard !part.isEmpty else { return bytes }
      guard bytes.count + part.count <= limit else {
        throw FileError(.tooLarge, path, "`\(path)` has more than \(limit) bytes")
      }
      if bytes.isEmpty && part.count >= expecting { bytes = part } else { bytes += part }
    }
  }

  package struct Status: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case file, folder, other }
    package var kind: Kind
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var device: UInt64
    package var inode: UInt64
  }

  /// What stands at a path, following symbolic links; `nil` if nothing does or it may not be seen.
  package static func status(_ path: String) -> Status? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    let kind: Status.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    let seconds = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    return Status(
      kind: kind, size: Int(status.st_size), modified: seconds.partialValue &+ Int64(status.st_mtim.tv_nsec),
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// The names in a folder, sorted by bytes, without `.` and `..`.
  package static func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(errno: errno, path: path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path with symbolic links, `.` and `..` resolved; `nil` if nothing stands there.
  package static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  package static func sha256(_ bytes: [UInt8]) -> String {
    var out = [CChar](repeating: 0, count: 65)
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe out.withUnsafeMutableBufferPointer { output in
        unsafe concord_sha256_hex(input.baseAddress, input.count, output.baseAddress!)
      }
    }
    return String(decoding: out.prefix(64).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
