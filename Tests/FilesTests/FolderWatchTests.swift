import Files
import Foundation
import Synchronization
import Testing

/// What changes below a folder is told, wherever and however it changes.
@Suite(.timeLimit(.minutes(2))) struct FolderWatchTests {
  /// What is told of a folder, one path after the other.
  private func changes(below folder: String) throws -> AsyncStream<String>.Iterator {
    let (paths, told) = AsyncStream<String>.makeStream()
    try #require(FolderWatch.start(below: folder) { for path in $0 { told.yield(path) } })
    return paths.makeAsyncIterator()
  }

  /// Whether a path is told of at some time; earlier ones are passed over.
  private func isTold(_ path: String, _ changes: inout AsyncStream<String>.Iterator) async -> Bool {
    while let told = await changes.next(isolation: nil) { if told == path { return true } }
    return false
  }

  @Test func filesThatAreWrittenMovedAndRemoved() async throws {
    let folder = try TemporaryFolder(["a/one.json": "1", "two.json": "2"])
    var changes = try changes(below: folder.path)
    let one = folder.path + "/a/one.json"
    let two = folder.path + "/two.json"
    try Data("3".utf8).write(to: URL(fileURLWithPath: one))
    #expect(await isTold(one, &changes))
    // As editors save: a new file in place of the old one.
    try Data("4".utf8).write(to: URL(fileURLWithPath: two), options: .atomic)
    #expect(await isTold(two, &changes))
    try FileManager.default.moveItem(atPath: two, toPath: folder.path + "/a/three.json")
    #expect(await isTold(two, &changes))
    #expect(await isTold(folder.path + "/a/three.json", &changes))
    try FileManager.default.removeItem(atPath: one)
    #expect(await isTold(one, &changes))
  }

  @Test func foldersThatComeLater() async throws {
    let folder = try TemporaryFolder(["two.json": "2"])
    var changes = try changes(below: folder.path)
    let inner = folder.path + "/new/deep"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try Data("1".utf8).write(to: URL(fileURLWithPath: inner + "/a.json"))
    #expect(await isTold(inner + "/a.json", &changes))
    try Data("2".utf8).write(to: URL(fileURLWithPath: inner + "/a.json"))
    #expect(await isTold(inner + "/a.json", &changes))
  }

  /// Other programs may watch all that the system lets a user watch; what is removed until it is our turn is told of, too.
  @Test func whatHappensBeforeTheSystemLetsUsWatch() async throws {
    let folder = try TemporaryFolder(["one.json": "1", "two.json": "2"])
    let isFree = Flag()
    let (paths, told) = AsyncStream<String>.makeStream()
    try #require(
      FolderWatch.start(below: folder.path, mayBegin: { isFree.isOn.load(ordering: .relaxed) }) {
        for path in $0 { told.yield(path) }
      })
    try FileManager.default.removeItem(atPath: folder.path + "/one.json")
    try Data("3".utf8).write(to: URL(fileURLWithPath: folder.path + "/three.json"))
    isFree.isOn.store(true, ordering: .relaxed)
    var changes = paths.makeAsyncIterator()
    #expect(await isTold(folder.path + "/one.json", &changes))
    #expect(await isTold(folder.path + "/three.json", &changes))
    try FileManager.default.removeItem(atPath: folder.path + "/two.json")
    #expect(await isTold(folder.path + "/two.json", &changes))
  }

  @Test func aFolderThatIsNotThereIsNotWatched() {
    #expect(!FolderWatch.start(below: "/nowhere/at/all") { _ in })
  }
}

private final class Flag: Sendable {
  let isOn = Atomic(false)
}
