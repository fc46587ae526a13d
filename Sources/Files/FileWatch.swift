import Glibc

/// Tells which of a few files have been written anew or replaced. Costs nothing while nothing happens: the system wakes who waits.
///
/// Their folders are watched, since a file that is replaced is another one; a folder that goes away is watched no longer.
/// Sound because one thread waits, and everything else is constant. The descriptor is closed with the last use.
package final class FileWatch {
  private let descriptor: Int32
  private var known: [(path: String, status: FileSystem.Status?)]

  /// `nil` if the system can watch no more, or nothing is to be watched. A link is watched where it lies and where it leads to.
  package init?(_ paths: [String]) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    known = paths.map { ($0, FileSystem.status(of: $0)) }
    let places = paths + paths.compactMap { try? FileSystem.resolved($0) }
    let folders = Set(places.compactMap { path in path.lastIndex(of: "/").map { String(path[...$0]) } })
    let watched = folders.filter { folder in
      unsafe inotify_add_watch(descriptor, folder, UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO)) >= 0
    }
    // Whoever throws away a half-made object has its `deinit` run.
    guard !watched.isEmpty else { return nil }
  }

  deinit { close(descriptor) }

  /// Waits until some are other files than before, and says which; `nil` if nothing can be waited for any more.
  ///
  /// A file that is away is not told of until it is there again.
  package func next() -> [String]? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      // What happened is found by looking: events are only a reason to look, so one that was lost costs nothing.
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        return nil
      }
      var changed: [String] = []
      for index in known.indices {
        guard let status = FileSystem.status(of: known[index].path), status.kind == .file,
          status != known[index].status
        else { continue }
        known[index].status = status
        changed.append(known[index].path)
      }
      if !changed.isEmpty { return changed }
    }
  }
}
