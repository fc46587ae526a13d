import Glibc

extension FileSystem {
  package struct Status: Sendable, Hashable {
    package var kind: Kind
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int64
    /// Which file it is, whatever it is called.
    package var inode: UInt64

    package init(kind: Kind, size: Int, modified: Int64, inode: UInt64) {
      self.kind = kind
      self.size = size
      self.modified = modified
      self.inode = inode
    }
  }

  /// File systems count time in steps of at most so many nanoseconds: within one a file may change and look the same.
  package static let timeStep: Int64 = 2_000_000_000

  /// Nanoseconds since 1970, by the clock that files are stamped by.
  package static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
  }

  /// What stands at a path, following links; `nil` if nothing does or it may not be seen.
  package static func status(of path: String) -> Status? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Status(status)
  }

  /// The bytes of an ordinary file of at most `limit` bytes. Never waits on a device or a FIFO.
  ///
  /// What is looked at and what is read is the same file, whatever happens to its name meanwhile; what it grows beyond
  /// the limit while it is read is left out.
  package static func regularFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    try statedFile(path, limit: limit).bytes
  }

  /// The first bytes of an ordinary file, however large it is.
  package static func head(of path: String, limit: Int) throws(FileError) -> [UInt8] {
    try withFile(path) { (descriptor, found) throws(FileError) in
      guard Status(found).kind == .file else { throw notOrdinary(path) }
      return try bytes(from: descriptor, limit: limit, named: path)
    }
  }

  /// The same as `regularFile`, and what the file was when its reading began.
  package static func statedFile(
    _ path: String, limit: Int
  ) throws(FileError) -> (bytes: [UInt8], status: Status) {
    try withFile(path) { (descriptor, found) throws(FileError) in
      (try bytes(ofOrdinary: descriptor, found, limit: limit, named: path), Status(found))
    }
  }

  /// An ordinary file, open for reading; the caller closes it.
  static func opened(_ path: String, limit: Int) throws(FileError) -> (descriptor: Int32, status: Status) {
    let (descriptor, found) = try open(path)
    let status = Status(found)
    if status.kind == .file, status.size <= limit { return (descriptor, status) }
    close(descriptor)
    throw status.kind == .file ? tooLarge(path, status, limit) : notOrdinary(path)
  }

  /// Opens what stands at a path for reading, without waiting for anybody, and closes it.
  private static func withFile<Result>(
    _ path: String, _ body: (Int32, stat) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let (descriptor, found) = try open(path)
    defer { close(descriptor) }
    return try body(descriptor, found)
  }

  private static func open(_ path: String) throws(FileError) -> (Int32, stat) {
    // Opening some devices does something; opening a FIFO waits, if it is not told otherwise.
    if let status = Self.status(of: path), status.kind != .file { throw notOrdinary(path) }
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw error(errno, path) }
    var found = stat()
    guard unsafe fstat(descriptor, &found) == 0 else {
      let number = errno
      close(descriptor)
      throw error(number, path)
    }
    return (descriptor, found)
  }

  private static func tooLarge(_ path: String, _ status: Status, _ limit: Int) -> FileError {
    FileError(.failed, path: path, message: "It has \(status.size) bytes; the most that is read is \(limit).")
  }

  /// Everything in an open file, if it is an ordinary one that is not too large.
  static func bytes(
    ofOrdinary descriptor: Int32, _ status: stat, limit: Int, named path: String
  ) throws(FileError) -> [UInt8] {
    let status = Status(status)
    guard status.kind == .file else { throw notOrdinary(path) }
    guard status.size <= limit else { throw tooLarge(path, status, limit) }
    return try bytes(from: descriptor, limit: limit, expecting: status.size, named: path)
  }

  private static func notOrdinary(_ path: String) -> FileError {
    FileError(.notAFile, path: path, message: "It is not an ordinary file.")
  }
}

extension FileSystem.Status {
  init(_ status: stat) {
    let kind: FileSystem.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    let seconds = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
    self.init(
      kind: kind, size: Int(status.st_size), modified: seconds &+ Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino))
  }
}
