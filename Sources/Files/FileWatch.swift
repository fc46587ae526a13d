import Glibc

/// Tells which of a few files have been written anew or replaced. Costs nothing while nothing happens: the system wakes who waits.
///
/// Their folders are watched, since a file that is replaced is another one; a folder that goes away is watched no longer.
/// Where other programs of the user watch all that the system lets them, the files are looked at each second until it lets this one.
/// For one thread: whoever waits. The descriptor is closed with the last use.
package final class FileWatch {
  private let folders: Set<String>
  private let mayWatch: () -> Bool
  /// Less than 0 as long as the system can watch no more.
  private var descriptor: Int32 = -1
  /// Whether the files are looked at each second, and what was seen last.
  private var isLooking = false
  private var seen: [FileSystem.Status?] = []
  private var known: [(path: String, status: FileSystem.Status?)]

  /// `nil` if nothing is to be watched. A link is watched where it lies and where it leads to. `mayWatch` says no where the system
  /// would.
  package init?(_ paths: [String], mayWatch: @escaping () -> Bool = { true }) {
    known = paths.map { ($0, FileSystem.status(of: $0)) }
    let places = paths + paths.compactMap { try? FileSystem.resolved($0) }
    folders = Set(places.compactMap { path in path.lastIndex(of: "/").map { String(path[...$0]) } })
      .filter { FileSystem.status(of: $0)?.kind == .folder }
    self.mayWatch = mayWatch
    // Whoever throws away a half-made object has its `deinit` run.
    guard !folders.isEmpty else { return nil }
    descriptor = watching()
    isLooking = descriptor < 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits until some are other files than before, and says which; `nil` if nothing can be waited for any more.
  ///
  /// A file that is away is not told of until it is there again.
  package func next() -> [String]? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if let changed = lookEachSecond() { return changed }
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        return nil
      }
      // What happened is found by looking: events are only a reason to look, so one that was lost costs nothing.
      let changed = changed()
      if !changed.isEmpty { return changed }
    }
  }

  /// Looks until the system tells by itself. A file that is being written is waited for.
  private func lookEachSecond() -> [String]? {
    while isLooking {
      sleep(1)
      if descriptor < 0 { descriptor = watching() }
      let now = known.map { FileSystem.status(of: $0.path) }
      defer { seen = now }
      guard now == seen else { continue }
      let changed = changed()
      if !changed.isEmpty { return changed }
      isLooking = descriptor < 0
    }
    return nil
  }

  /// Those that are other files than when they were last looked at.
  private func changed() -> [String] {
    var changed: [String] = []
    for index in known.indices {
      guard let status = FileSystem.status(of: known[index].path), status.kind == .file, status != known[index].status
      else { continue }
      known[index].status = status
      changed.append(known[index].path)
    }
    return changed
  }

  /// A descriptor that tells of all folders that are there, or -1.
  private func watching() -> Int32 {
    guard mayWatch() else { return -1 }
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return -1 }
    for folder in folders {
      let watch = unsafe inotify_add_watch(descriptor, folder, UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO))
      if watch < 0, errno != ENOENT, errno != ENOTDIR {
        close(descriptor)
        return -1
      }
    }
    return descriptor
  }
}
