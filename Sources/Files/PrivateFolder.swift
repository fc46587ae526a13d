import Glibc

/// A folder whose files only this user writes, such as a cache: nothing in it is believed that somebody else may have put there.
package struct PrivateFolder: Sendable {
  package let path: String
  /// What a file is called while it is written.
  private static let unfinished = ".new-"
  /// Seconds after which nobody is writing it any more.
  private static let abandoned: Int64 = 3600

  package struct Entry: Sendable, Hashable {
    package var name: String
    package var status: FileSystem.Status
  }

  /// `nil` if the folder is not there and can't be made, or if somebody else has it or may write in it.
  package init?(_ path: String, making isMade: Bool) {
    if isMade { Self.make(path) }
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, Self.isOwn(status) else { return nil }
    self.path = path
  }

  /// Whether there is such a folder that this user may write in, or could be.
  package static func canBe(at path: String) -> Bool {
    if let folder = PrivateFolder(path, making: false) { return unsafe access(folder.path, W_OK | X_OK) == 0 }
    var path = path[...]
    while unsafe access(path.isEmpty ? "/" : String(path), F_OK) != 0 {
      guard errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return false }
      path = path[..<slash]
      if unsafe access(path.isEmpty ? "/" : String(path), W_OK | X_OK) == 0 { return true }
    }
    // Something is there that is no such folder.
    return false
  }

  /// Makes the folder and those above it that are not there. What fails is seen by looking.
  private static func make(_ path: String) {
    var end = path.utf8.startIndex
    while let slash = path.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/")) {
      end = slash
      _ = unsafe mkdir(String(path[..<end]), 0o700)
    }
    _ = unsafe mkdir(path, 0o700)
  }

  private static func isOwn(_ status: stat) -> Bool {
    status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  // MARK: Files

  /// A file of the folder in memory; `nil` if there is none that only this user may write. It counts as used now.
  package func map(_ name: String) -> MappedFile? {
    let descriptor = unsafe open(path + "/" + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Self.isOwn(status) else {
      close(descriptor)
      return nil
    }
    _ = futimens(descriptor, nil)
    return MappedFile(descriptor, count: Int(status.st_size))
  }

  /// The bytes of a file of the folder; `nil` if somebody else has it or may write it. Throws if there is none, it is larger than
  /// `limit`, or no ordinary file.
  package func bytes(of name: String, limit: Int) throws(FileError) -> [UInt8]? {
    let path = path + "/" + name
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { throw FileSystem.error(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileSystem.error(errno, path) }
    guard Self.isOwn(status) else { return nil }
    return try FileSystem.bytes(ofOrdinary: descriptor, status, limit: limit, named: path)
  }

  /// Puts a file in its place at once: whoever opens it finds the one before or this one, and who has the one before keeps it.
  package func write(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    let random = UInt64.random(in: 0...UInt64.max)
    let temporary = path + "/" + Self.unfinished + String(random, radix: 36)
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileSystem.error(errno, temporary) }
    let isWhole = FileSystem.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let number = errno
    close(descriptor)
    guard isWhole, unsafe rename(temporary, path + "/" + name) == 0 else {
      let number = isWhole ? errno : number
      _ = unsafe unlink(temporary)
      throw FileSystem.error(number, path + "/" + name)
    }
  }

  package func remove(_ name: String) { _ = unsafe unlink(path + "/" + name) }

  /// The files in it, the one used longest ago first.
  package var entries: [Entry] {
    let names = (try? FileSystem.names(in: path)) ?? []
    return names.compactMap { name -> Entry? in
      let name = String(decoding: name, as: UTF8.self)
      var status = stat()
      guard unsafe lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return Entry(name: name, status: FileSystem.Status(status))
    }.sorted { ($0.status.modified, $0.name) < ($1.status.modified, $1.name) }
  }

  /// Takes out what was used longest ago until so many bytes are left, and what was never finished. Files in use stay in use.
  package func trim(to limit: Int) {
    let now = Int64(time(nil))
    var kept: [Entry] = []
    for entry in entries {
      if !entry.name.hasPrefix(Self.unfinished) {
        kept.append(entry)
      } else if now - entry.status.modified / 1_000_000_000 > Self.abandoned {
        remove(entry.name)
      }
    }
    var total = kept.reduce(0) { $0 + $1.status.size }
    for entry in kept where total > limit {
      remove(entry.name)
      total -= entry.status.size
    }
  }
}
