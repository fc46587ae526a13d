import Foundation
import Testing

/// What is said of the confinement, and what `--require-sandbox` does where a part of it can't be had.
@Suite(.timeLimit(.minutes(5))) struct SandboxTests {
  /// A program whose workers run as on a kernel that lacks something, with a plugin and a file for it.
  private final class OldMachine {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    let plugin: PluginFolder
    let file: String
    private let program: String

    /// `lacking` is nothing, or a name that `concord-old-kernel` knows.
    init(lacking: String?) throws {
      plugin = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
      file = folder.path + "/a.json"
      program = folder.path + "/concord"
      let manager = FileManager.default
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(#"{"flat": [{"command": "fine 1"}, {"command": 2}]}"#.utf8).write(to: URL(fileURLWithPath: file))
      let library = "libConcordHostilePlugin.so"
      try manager.copyItem(
        atPath: Build.folder.path + "/" + library, toPath: plugin.path + "/Test/" + library)
      // A program finds its parts beside itself, so it must really be there.
      try manager.copyItem(atPath: Build.server, toPath: program)
      let worker = folder.path + "/concord-worker"
      guard let lacking else {
        try manager.copyItem(atPath: Build.folder.path + "/concord-worker", toPath: worker)
        return
      }
      let old = folder.path + "/" + lacking
      try manager.createSymbolicLink(
        atPath: old, withDestinationPath: Build.folder.path + "/concord-old-kernel")
      try Data("#!/bin/sh\nexec '\(old)' \"$@\"\n".utf8).write(to: URL(fileURLWithPath: worker))
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: worker)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func concord(_ arguments: String...) async throws -> Program {
      try await Program.run(program, arguments + ["--plugins", plugin.path, file])
    }
  }

  @Test(arguments: ["no-landlock", "no-seccomp", "neither"])
  func codeThatCanNotBeConfinedIsNotRunIfThatIsAskedFor(_ lacking: String) async throws {
    let machine = try OldMachine(lacking: lacking)
    // This library writes a file while it loads: where nobody refuses, the limit on files ends it each time.
    let free = try await machine.concord("check")
    #expect(free.text.contains(lacking == "neither" ? "rests now" : "hostile/attempt"), "\(free.text)")
    let strict = try await machine.concord("check", "--require-sandbox")
    #expect(!strict.text.contains("hostile/attempt"))
    #expect(strict.text.contains("Its process can't be confined."), "\(strict.text)")
    // What needs no code is checked all the same.
    #expect(strict.text.contains("schema/type"), "\(strict.text)")
    let doctor = try await machine.concord("doctor")
    #expect(doctor.text.contains("Missing here:"), "\(doctor.text)")
  }

  @Test func whereEverythingIsThereItRuns() async throws {
    let machine = try OldMachine(lacking: nil)
    let doctor = try await machine.concord("doctor").text
    #expect(doctor.contains("code kept"))
    try await withKnownIssue("A part is missing on this system.") {
      let strict = try await machine.concord("check", "--require-sandbox")
      #expect(strict.text.contains("hostile/attempt"), "\(strict.text)")
    } when: {
      doctor.contains("Missing here:")
    }
  }
}
