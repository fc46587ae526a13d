import Findings
import Foundation
import PluginHost
import Testing
import WorkerProtocol

/// What the code of a plugin can do to the system: next to nothing. It tries, and says what came of it.
@Suite(.serialized) struct ConfinementTests {
  static let guardsFiles = Comment(rawValue: "This kernel has no Landlock: nothing guards files here.")

  /// What `worker`, run as on this kernel, has in force.
  private func confinement(_ worker: String = workerPath) async throws -> Confinement {
    try #require(await Confinement.probe(worker: worker))
  }

  /// What came of each attempt, in order.
  private func outcomes(_ attempts: [String], worker: String = workerPath, readable: [String] = []) async throws
    -> [String]
  {
    let session = try session("ConcordHostilePlugin", worker: worker, readable: readable)
    let calls = attempts.enumerated().map {
      PluginCall.check(record(["command": "\"\($1)\""], number: UInt64($0 + 1)), lookups: [])
    }
    let results = await session.run(calls, priority: .edited)
    await session.stop()
    return results.map { $0.findings.first?.message.arguments.first?.value ?? $0.faults.first?.message ?? "nothing" }
  }

  /// Refused by the list of system calls, whatever guards files.
  static let calls = [
    "write file", "append file", "make folder", "make link", "make memory", "remove file", "socket", "local socket",
    "program", "program by descriptor", "fork", "fork by system call", "signal host", "signal thread of host",
    "signal everybody", "queue signal", "have kernel signal", "trace host", "look into host", "outlive host",
    "raise limits", "limit host", "new user space", "queue work in kernel", "change folder",
  ]
  /// Refused because the file is none of its own.
  static let files = ["read users", "read home", "read host memory"]
  /// Needed, so that the refusals mean something.
  static let permitted = ["thread", "allocate", "read library"]

  @Test func everythingIsInForceHere() async throws {
    let confinement = try await confinement()
    withKnownIssue("A part is missing on this system: \(confinement.missing)") {
      #expect(confinement.isWhole)
    } when: {
      confinement.landlock == 0 || !confinement.parts.contains(.memory)
    }
  }

  @Test func whatNeedsASystemCallIsRefused() async throws {
    for (attempt, outcome) in zip(Self.calls, try await outcomes(Self.calls)) {
      #expect(outcome.hasPrefix("refused: "), "\(attempt): \(outcome)")
    }
  }

  /// The C library then starts threads by the older call, whose flags can be looked at.
  @Test func theNewerCallForThreadsAndProcessesDoesNotExist() async throws {
    #expect(try await outcomes(["fork by newer call"]) == ["refused: ENOSYS"])
  }

  @Test func filesOfOthersCanNotBeRead() async throws {
    guard try await confinement().parts.contains(.files) else { return Self.skipped(Self.guardsFiles) }
    for (attempt, outcome) in zip(Self.files, try await outcomes(Self.files)) {
      #expect(outcome == "refused: EACCES", "\(attempt)")
    }
  }

  @Test func whatComputingNeedsWorks() async throws {
    #expect(try await outcomes(Self.permitted) == Self.permitted.map { _ in "done" })
  }

  /// Libraries run code of theirs while they are loaded.
  @Test func itIsRefusedAlsoWhileTheLibraryLoads() async throws {
    let outcome = try #require(try await outcomes(["at load"]).first)
    let parts = outcome.split(separator: ", ")
    #expect(parts.count == 6)
    let guardsFiles = try await confinement().parts.contains(.files)
    for part in guardsFiles ? parts[...] : parts.dropFirst() { #expect(part.hasPrefix("refused"), "\(outcome)") }
  }

  @Test func thePluginsOwnFolderCanBeReadAndNothingBesideIt() async throws {
    guard try await confinement().parts.contains(.files) else { return Self.skipped(Self.guardsFiles) }
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let own = root.appendingPathComponent("own")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data("a".utf8).write(to: own.appendingPathComponent("table"))
    try Data("b".utf8).write(to: root.appendingPathComponent("secret"))
    try FileManager.default.createSymbolicLink(
      atPath: own.appendingPathComponent("way-out").path,
      withDestinationPath: root.appendingPathComponent("secret").path)
    let paths = ["own/table", "secret", "own/../secret", "own/way-out"]
    let found = try await outcomes(paths.map { "read \(root.path)/\($0)" }, readable: [own.path])
    #expect(found == ["done", "refused: EACCES", "refused: EACCES", "refused: EACCES"])
  }

  // MARK: Kernels that lack something

  /// The worker as a kernel runs it that lacks something: `no-landlock`, `no-seccomp` or `neither`.
  private func withOldKernel(_ name: String, _ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: buildFolder + "/concord-old-kernel")
    try await body(path)
  }

  @Test func withoutLandlockSystemCallsAreRefusedAllTheSame() async throws {
    try await withOldKernel("no-landlock") { worker in
      let confinement = try await confinement(worker)
      #expect(confinement.landlock == 0)
      #expect(!confinement.parts.contains(.files))
      #expect(confinement.parts.contains(.calls))
      #expect(confinement.description.contains("Missing here: a guard over files (Landlock"))
      for (attempt, outcome) in zip(Self.calls, try await outcomes(Self.calls, worker: worker)) {
        #expect(outcome.hasPrefix("refused: "), "\(attempt): \(outcome)")
      }
      #expect(try await outcomes(Self.permitted, worker: worker) == Self.permitted.map { _ in "done" })
    }
  }

  @Test func withoutSeccompFilesAreGuardedAllTheSame() async throws {
    guard try await confinement().parts.contains(.files) else { return Self.skipped(Self.guardsFiles) }
    try await withOldKernel("no-seccomp") { worker in
      let confinement = try await confinement(worker)
      #expect(!confinement.parts.contains(.calls))
      #expect(confinement.description.contains("a guard over system calls (seccomp)"))
      let tried = Self.files + ["write file", "append file", "make folder", "make link"]
      for (attempt, outcome) in zip(tried, try await outcomes(tried, worker: worker)) {
        #expect(outcome == "refused: EACCES", "\(attempt)")
      }
    }
  }

  @Test(arguments: ["no-landlock", "no-seccomp", "neither"])
  func whatMustBeConfinedIsNotRunWhereItCanNotBe(_ kernel: String) async throws {
    try await withOldKernel(kernel) { worker in
      let session = try session("ConcordHostilePlugin", worker: worker, required: .all)
      let result = await session.run([.check(record(["command": "\"thread\""]), lookups: [])], priority: .edited)
      #expect(result.first?.findings == [])
      #expect(result.first?.faults.map(\.code) == [.refused])
      #expect(result.first?.faults.first?.message.contains("can't be confined") == true)
      await session.stop()
    }
  }

  @Test func mediaReadersAreRefusedTheSame() async throws {
    // Where all is in force it reads; a requirement that nothing fulfils stops it.
    let reader = MediaReader(executable: buildFolder + "/concord-media", required: Confinement.Parts(rawValue: 1 << 30))
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
    try Data("not a picture".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(await reader.header(of: path) == .unreadable)
    #expect(await MediaReader(executable: buildFolder + "/concord-media").header(of: path) == .notKnown)
  }

  /// The kernel's own word for it: nobody else's code runs there that could try.
  @Test func mediaReadersAreConfined() async throws {
    let reader = MediaReader(executable: buildFolder + "/concord-media")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
    try Data("not a picture".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(await reader.header(of: path) == .notKnown)
    let process = try #require(await reader.processID)
    let lines = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8).split(separator: "\n")
    #expect(lines.contains("NoNewPrivs:\t1"))
    #expect(lines.contains("Seccomp:\t2"))
    #expect(lines.contains("Threads:\t1"))
    let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8).split(separator: "\n")
    for name in ["Max core file size", "Max file size"] {
      let words = limits.first { $0.hasPrefix(name) }?.split(separator: " ").suffix(3).prefix(2)
      #expect(words.map(Array.init) == ["0", "0"], "\(name)")
    }
  }

  /// Says in the test's output what was not tested, and why.
  private static func skipped(_ reason: Comment) {
    withKnownIssue(reason) { Issue.record(reason) }
  }
}
