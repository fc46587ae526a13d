import Files

/// Which bytes a file had when it was read, so that it can be told later whether it still has them.
struct FileStamp: Sendable {
  private let status: FileSystem.Status
  /// Kept only where a change may have left the status as it was.
  private let digest: String?

  init(_ bytes: [UInt8], _ status: FileSystem.Status) {
    self.status = status
    digest = FileSystem.now - status.modified > FileSystem.timeStep ? nil : Digest.sha256(bytes)
  }

  var byteCount: Int { status.size }

  /// Whether these bytes are the same. A file that was only touched counts as another.
  func covers(_ bytes: [UInt8], _ status: FileSystem.Status) -> Bool {
    digest.map { $0 == Digest.sha256(bytes) } ?? (status == self.status)
  }
}
