import Glibc

extension FileSystem {
  package struct Status: Sendable, Hashable {
    package var kind: Kind
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
  }

  /// What stands at a path, following links; `nil` if nothing does or it may not be seen.
  package static func status(of path: String) -> Status? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    let seconds = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
    return Status(kind: kind, size: Int(status.st_size), modified: seconds &+ Int64(status.st_mtim.tv_nsec))
  }

  /// The bytes of an ordinary file of at most `limit` bytes. Never waits on a device or a FIFO.
  package static func regularFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    guard let status = status(of: path) else { return try bytes(of: path) }
    guard status.kind == .file else {
      throw FileError(.notAFile, path: path, message: "It is not an ordinary file.")
    }
    guard status.size <= limit else {
      throw FileError(.failed, path: path, message: "It has \(status.size) bytes; the most that is read is \(limit).")
    }
    return try bytes(of: path, in: 0..<limit)
  }
}
