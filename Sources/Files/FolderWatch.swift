import Glibc

/// Tells which files below a folder are written, replaced, moved or removed. Costs nothing while nothing happens: a thread of its
/// own waits for the system to wake it, and ends with the process.
///
/// Hidden folders are left out, as in `FileWalk`; links are not followed.
package final class FolderWatch {
  /// Folders beyond these are not watched.
  private static let folderLimit = 8192
  private static let wanted: UInt32 = [
    IN_CLOSE_WRITE, IN_MOVED_TO, IN_MOVED_FROM, IN_DELETE, IN_CREATE, IN_ONLYDIR, IN_DONT_FOLLOW,
  ].reduce(0) { $0 | UInt32(bitPattern: Int32($1)) }
  /// What stands before the name in an event: watch, mask, cookie and length of the name, four bytes each.
  private static let headSize = 16

  private let descriptor: Int32
  private let root: String
  private var folders: [Int32: String] = [:]

  /// Starts to watch; `told` gets the paths of files, some of which may be as before. `false` if there is no such folder, or no
  /// thread to be had.
  ///
  /// Where other programs of the user watch all that the system lets them, it is tried again now and then; what changed until then
  /// is told at once: the files there are then, and those that were there. `mayBegin` says no where the system would.
  package static func start(
    below folder: String, mayBegin: @escaping @Sendable () -> Bool = { true },
    _ told: @escaping @Sendable ([String]) -> Void
  ) -> Bool {
    guard FileSystem.status(of: folder)?.kind == .folder else { return false }
    let first = mayBegin() ? FolderWatch(folder) : nil
    let before = first == nil ? files(below: folder) : []
    let work = Work {
      guard let watch = first ?? Self.patiently(folder, before, mayBegin, told) else { return }
      while let changed = watch.next() { if !changed.isEmpty { told(changed) } }
    }
    var thread = pthread_t()
    let argument = unsafe Unmanaged.passRetained(work).toOpaque()
    // The thread takes its work over, and with it what is to be freed.
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, argument)
    guard status == 0 else {
      unsafe Unmanaged<Work>.fromOpaque(argument).release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// Waits until the system lets it watch; `nil` when the folder is gone.
  private static func patiently(
    _ folder: String, _ before: Set<String>, _ mayBegin: () -> Bool, _ told: ([String]) -> Void
  ) -> FolderWatch? {
    var pause: UInt32 = 1
    while FileSystem.status(of: folder)?.kind == .folder {
      sleep(pause)
      pause = min(pause * 2, 64)
      guard mayBegin(), let watch = FolderWatch(folder) else { continue }
      let files = files(below: folder).union(before).sorted()
      if !files.isEmpty { told(files) }
      return watch
    }
    return nil
  }

  private static func files(below folder: String) -> Set<String> { Set(FileWalk(below: folder) { _ in true }.files) }

  /// A class, because a thread takes one word with it.
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private init?(_ folder: String) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    root = folder
    _ = add(folder)
    // Whoever throws away a half-made object has its `deinit` run.
    guard !folders.isEmpty else { return nil }
  }

  deinit { close(descriptor) }

  /// Watches a folder and those in it; returns the files that are in them.
  private func add(_ start: String) -> [String] {
    var files: [String] = []
    var waiting = [start]
    while let folder = waiting.popLast() {
      guard folders.count < Self.folderLimit else { break }
      let watch = unsafe inotify_add_watch(descriptor, folder, Self.wanted)
      guard watch >= 0 else { continue }
      folders[watch] = folder
      for name in (try? FileSystem.names(in: folder)) ?? [] where name.first != UInt8(ascii: ".") {
        guard let name = String(validating: name, as: UTF8.self) else { continue }
        let path = folder + "/" + name
        switch FileSystem.status(of: path)?.kind {
        case .folder: waiting.append(path)
        case .file: files.append(path)
        default: break
        }
      }
    }
    return files
  }

  /// Waits for what happens next; `nil` if nothing can be waited for any more.
  private func next() -> [String]? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && errno == EINTR ? [] : nil }
    var changed: [String] = []
    var at = 0
    while at + Self.headSize <= count {
      let watch = Int32(bitPattern: Self.word(buffer, at))
      let mask = Self.word(buffer, at + 4)
      let end = min(count, at + Self.headSize + Int(Self.word(buffer, at + 12)))
      let name = buffer[(at + Self.headSize)..<end].prefix { $0 != 0 }
      note(watch, mask, String(validating: name, as: UTF8.self) ?? "", &changed)
      at = end
    }
    return changed
  }

  private func note(_ watch: Int32, _ mask: UInt32, _ name: String, _ changed: inout [String]) {
    func has(_ flag: Int32) -> Bool { mask & UInt32(bitPattern: flag) != 0 }
    if has(IN_Q_OVERFLOW) {
      // More happened than was kept: anything may have.
      changed += add(root)
    } else if has(IN_IGNORED) {
      folders[watch] = nil
    } else if let folder = folders[watch], !name.isEmpty, !name.hasPrefix(".") {
      let path = folder + "/" + name
      if !has(IN_ISDIR) {
        // A file that is made is told of when it is written.
        if !has(IN_CREATE) { changed.append(path) }
      } else if has(IN_CREATE) || has(IN_MOVED_TO) {
        changed += add(path)
      }
    }
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
  }
}
