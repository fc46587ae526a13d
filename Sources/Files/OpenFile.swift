import Glibc

/// An ordinary file that stays open, to be read in parts. What is read is always the same file, whatever happens to its name.
package final class OpenFile: Sendable {
  private let descriptor: Int32
  package let status: FileSystem.Status

  /// Throws if there is no ordinary file that can be read, or it has more than `limit` bytes.
  package init(_ path: String, limit: Int) throws(FileError) {
    (descriptor, status) = try FileSystem.opened(path, limit: limit)
  }

  deinit { close(descriptor) }

  /// The bytes of a range; fewer where the file has become shorter, or can't be read any more.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    guard range.lowerBound >= 0 else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      while initialized < range.count, let base = buffer.baseAddress {
        let read = unsafe pread(
          descriptor, base + initialized, range.count - initialized, range.lowerBound + initialized)
        if read < 0, errno == EINTR { continue }
        if read <= 0 { break }
        initialized += read
      }
    }
  }
}
