import Foundation
import Glibc
import JSONCodec
import JSONRPC
import LSPTestClient
import Testing

/// What the machine does to a session or a check: folders that go away, files that shrink, disks that are full.
@Suite(.timeLimit(.minutes(3))) struct MachineTests {
  typealias Dataset = ServerVocabularyTests.Dataset

  @Test func aFolderThatVanishesTakesNothingOfTheTextAway() async throws {
    let dataset = try Dataset()
    let server = try await ServerProcess.initialized(
      SessionOptions(pulls: true, watchesFiles: true), plugins: dataset.path("plugins"))
    var file = OpenFile(Dataset.labels, dataset.path("data/a.json"), in: server)
    let before = try await file.pull().compactMap { $0["message"]?.string }
    #expect(before.contains { $0.contains("butter") })
    try FileManager.default.removeItem(at: dataset.folder)
    // What was known of the folder counts until the editor tells of its end.
    try file.replace("butter", with: "milk")
    let next = try await file.pull()
    #expect(!next.contains { $0["message"]?.string?.contains("butter") == true })
    #expect(next.contains { $0["message"]?.string?.contains("Ổ bánh") == true }, "\(next.map { $0["message"] })")
    let changes = ["data/concord.json", "data/things.csv", "data/a.json"].map { name -> JSONValue in
      ["uri": .string(URL(fileURLWithPath: dataset.path(name)).absoluteString), "type": 3]
    }
    server.client.notify("workspace/didChangeWatchedFiles", ["changes": .array(changes)])
    file.save()
    try file.replace("loaf", with: "butter")
    _ = try await file.pull()
    #expect(await file.hover(try file.range("butter").lowerBound) != nil)
    file.close()
    // Nothing of it is left, and files elsewhere are opened as ever.
    let other = OpenFile("[1,", dataset.path("data/b.json"), in: server)
    _ = try await other.pull()
    await server.end()
  }

  @Test func aListThatIsGoneIsReadAgainWhenItIsBack() async throws {
    let dataset = try Dataset()
    let server = try await ServerProcess.initialized(
      SessionOptions(pulls: true, watchesFiles: true), plugins: dataset.path("plugins"))
    let file = OpenFile(Dataset.labels, dataset.path("data/a.json"), in: server)
    let list = dataset.path("data/things.csv")
    func changed(_ type: Int64) {
      let uri = JSONValue.string(URL(fileURLWithPath: list).absoluteString)
      server.client.notify("workspace/didChangeWatchedFiles", ["changes": [["uri": uri, "type": .integer(type)]]])
    }
    let whole = try await file.pull().lines
    #expect(!whole.isEmpty)
    // It shrinks to half a row, to nothing, and is gone.
    for text in [String(Dataset.list.prefix(20)), "", nil] {
      if let text {
        try dataset.write("data/things.csv", text)
      } else {
        try FileManager.default.removeItem(atPath: list)
      }
      changed(text == nil ? 3 : 2)
      _ = try await file.pull()
    }
    try dataset.write("data/things.csv", Dataset.list)
    changed(1)
    #expect(try await file.pull().lines == whole)
    await server.end()
  }

  /// Whatever of a file is there when it is read, is read: no signal, and findings of some state that it had.
  @Test func aFileThatShrinksWhileItIsReadIsNoSignal() async throws {
    let dataset = try Dataset()
    let path = dataset.path("data/big.json")
    let text = Data(coco(megabytes: 4).utf8)
    try text.write(to: URL(fileURLWithPath: path))
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    for size in [text.count / 2, 7, 0, text.count, 4_096] {
      let ends = TestClient.pair()
      let (_, status) = try run(
        Build.server, ["check", "--plugins", Build.plugins, path], input: ends.input, output: ends.output)
      // Before, while or after it is read: nobody can say, and each must be well.
      try #require(ftruncate(descriptor, off_t(size)) == 0)
      let left = await status.value
      #expect([0, 1].contains(left), "\(size): \(left)")
    }
  }

  // MARK: Full disks

  /// A folder on a disk of one megabyte that is full but for a few bytes; `nil` where nobody may make one.
  private func fullDisk() throws -> URL? {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard try Program("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "none", folder.path]).status == 0 else {
      try FileManager.default.removeItem(at: folder)
      return nil
    }
    return folder
  }

  private static let fixable = #"{"info": {}, "images": [], "annotations": [], "categories": [],}"#

  @Test func aFixOnAFullDiskLeavesTheFileAsItWas() async throws {
    guard let folder = try fullDisk() else { return }
    defer {
      _ = try? Program("/bin/umount", [folder.path])
      try? FileManager.default.removeItem(at: folder)
    }
    let file = folder.appendingPathComponent("a.json")
    try Data(Self.fixable.utf8).write(to: file)
    let rest = folder.appendingPathComponent("rest")
    _ = try Program("/bin/sh", ["-c", "cat /dev/zero > '\(rest.path)' 2>/dev/null"])
    let run = try await Program.run(Build.server, ["check", "--fix", "--plugins", Build.plugins, file.path])
    #expect(run.status == 2)
    #expect(run.complaint.contains("No space left on device"), "\(run.complaint)")
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.fixable)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.json", "rest"])
    // A new plugin does not leave half of itself as if it were whole.
    let new = try await Program.run(Build.server, ["plugin", "new", "--data-only", folder.path + "/mine"])
    #expect(new.status == 2)
    #expect(!new.complaint.isEmpty)
  }

  /// The same where the system says it by a signal.
  @Test func aFixBeyondTheLargestFileLeavesTheFileAsItWas() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a.json")
    try Data(Self.fixable.utf8).write(to: file)
    // The pipe's other end may write.
    let command = "set -o pipefail; (ulimit -f 0; exec \"$@\" 2>&1) | cat"
    let run = try await Program.run(
      "/bin/bash",
      ["-c", command, "bash", Build.server, "check", "--fix", "--plugins", Build.plugins, file.path])
    #expect(run.status == 2)
    #expect(run.text.contains("File too large"), "\(run.text)")
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.fixable)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.json"])
  }

  @Test func aReportThatFindsNoRoomIsAFailureThatIsSaid() async throws {
    let run = try await Program.run(
      "/bin/sh",
      ["-c", "exec \"$@\" > /dev/full", "sh", Build.server, "check", "--plugins", Build.plugins, Build.shelf.path])
    #expect(run.status == 2)
    #expect(run.complaint.contains("No space left on device"), "\(run.complaint)")
  }

  @Test func aClientWhosePipeIsFullForEverIsNoSignal() async throws {
    let ends = TestClient.pair()
    let full = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
    close(ends.output)
    let (_, status) = try run(Build.server, ["lsp", "--plugins", Build.plugins], input: ends.input, output: full)
    ends.client.start("initialize", SessionOptions().params)
    ends.client.start("shutdown")
    ends.client.notify("exit")
    #expect(await status.value == 0)
  }
}
