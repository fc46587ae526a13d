import Files
import Foundation
import Synchronization
import Testing

/// Files that are built anew while somebody waits for it.
@Suite(.timeLimit(.minutes(2))) struct FileWatchTests {
  /// What is told, from a thread that waits; it watches when this returns.
  private func changes(
    of paths: [String], mayWatch: @escaping @Sendable () -> Bool
  ) async -> AsyncStream<[String]>.Iterator {
    let (changes, told) = AsyncStream<[String]>.makeStream()
    var iterator = changes.makeAsyncIterator()
    Thread.detachNewThread {
      let watch = FileWatch(paths, mayWatch: mayWatch)
      told.yield([])
      while let changed = watch?.next() {
        if case .terminated = told.yield(changed) { return }
      }
      told.finish()
    }
    _ = await iterator.next(isolation: nil)
    return iterator
  }

  @Test(arguments: [true, false]) func aFileIsToldOfWhetherOrNotTheSystemWatches(_ mayWatch: Bool) async throws {
    let folder = try TemporaryFolder(["one.so": "1", "two.so": "2"])
    let paths = ["one.so", "two.so"].map { folder.path + "/" + $0 }
    var changes = await changes(of: paths) { mayWatch }
    try Data("new".utf8).write(to: URL(fileURLWithPath: paths[1]))
    #expect(await changes.next(isolation: nil) == [paths[1]])
    try Data("newer".utf8).write(to: URL(fileURLWithPath: paths[0]), options: .atomic)
    #expect(await changes.next(isolation: nil) == [paths[0]])
  }

  @Test func whatHappensBeforeTheSystemWatchesIsToldAndWhatHappensAfterIt() async throws {
    let folder = try TemporaryFolder(["one.so": "1"])
    let path = folder.path + "/one.so"
    let isFree = Flag()
    var changes = await changes(of: [path]) { isFree.isOn.load(ordering: .relaxed) }
    try Data("new".utf8).write(to: URL(fileURLWithPath: path))
    #expect(await changes.next(isolation: nil) == [path])
    isFree.isOn.store(true, ordering: .relaxed)
    try Data("newer".utf8).write(to: URL(fileURLWithPath: path))
    #expect(await changes.next(isolation: nil) == [path])
  }

  @Test func aFolderThatIsNotThereIsNotWatched() {
    #expect(FileWatch(["/nowhere/at/all.so"]) == nil)
  }
}

private final class Flag: Sendable {
  let isOn = Atomic(false)
}
