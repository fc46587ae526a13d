import Foundation
import Testing

/// Plugins with code that are begun outside the repository and built against a Concord that is installed, as the archive lays it out.
@Suite struct PluginKitFolderTests {
  /// An installation in a folder of its own, and a folder for plugins beside it.
  private final class Installed {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    var concord: String { folder.path + "/opt/bin/concord" }

    init() throws {
      let files = FileManager.default
      try files.createDirectory(at: folder.appendingPathComponent("opt/bin"), withIntermediateDirectories: true)
      for name in ["concord", "concord-worker", "concord-media"] {
        try files.copyItem(
          at: Repository.products.appendingPathComponent(name), to: folder.appendingPathComponent("opt/bin/" + name))
      }
      // As `Scripts/packing/archive.py` lays them out.
      let parts = [
        ("Templates/PluginKit/Package.swift", "share/concord/PluginKit/Package.swift"),
        ("Templates/PluginKit/.swift-version", "share/concord/PluginKit/.swift-version"),
        ("Sources/PluginKit", "share/concord/PluginKit/Sources/PluginKit"),
        ("Sources/CConcordPlugin", "share/concord/PluginKit/Sources/CConcordPlugin"),
        ("Sources/CConcordPlugin/include", "include"),
      ]
      for (source, place) in parts {
        let target = folder.appendingPathComponent("opt/" + place)
        try files.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try files.copyItem(at: Repository.root.appendingPathComponent(source), to: target)
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func run(_ program: String, _ arguments: String...) throws -> ProgramRun {
      try ProgramRun(
        program, arguments, in: folder,
        environment: [
          "HOME": folder.path, "XDG_DATA_HOME": folder.path + "/data", "XDG_CACHE_HOME": folder.path + "/cache",
          "CONCORD": concord,
        ])
    }
  }

  private func buildAndUse(_ flag: String) throws {
    let place = try Installed()
    let made = try place.run(place.concord, "plugin", "new", "kites", flag)
    #expect(made.status == 0, "\(made.complaint)")
    let built = try place.run("/bin/sh", "kites/build.sh")
    try #require(built.status == 0, "\(built.text)\(built.complaint)")
    #expect(built.text.contains("kites 0.1.0: 1 rule, written to"))
    let tried = try place.run(place.concord, "plugin", "test", "kites")
    #expect(tried.status == 0, "\(tried.text)\(tried.complaint)")
    #expect(tried.text.contains("2 of 1 rules"))
    let checked = try place.run(place.concord, "check", "--plugins", "kites", "kites/Examples/bad.json")
    #expect(checked.text.contains("The note says 3, the count says 2"), "\(checked.text)")
    #expect(checked.text.contains("no biccle. Did you mean bicycle"), "\(checked.text)")
    let packed = try place.run(place.concord, "plugin", "pack", "kites")
    #expect(packed.status == 0, "\(packed.complaint)")
    #if arch(arm64)
      let archive = "kites-0.1.0-linux-aarch64.concord-plugin"
    #else
      let archive = "kites-0.1.0-linux-x86_64.concord-plugin"
    #endif
    // Nothing of what it was built from is asked for any more.
    try FileManager.default.moveItem(
      atPath: place.folder.path + "/kites/Examples/bad.json", toPath: place.folder.path + "/mine.json")
    try FileManager.default.removeItem(atPath: place.folder.path + "/kites")
    let installed = try place.run(place.concord, "plugin", "install", archive)
    #expect(installed.status == 0, "\(installed.complaint)")
    let found = try place.run(place.concord, "check", "mine.json")
    #expect(found.text.contains("[kites/note-says-otherwise]"), "\(found.text)\(found.complaint)")
  }

  @Test func aPluginInCIsBuiltWithTheHeaderAlone() throws { try buildAndUse("--c") }

  /// Takes up to a minute: `make test-kit`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONCORD_KIT_TESTS"] != nil))
  func aPluginInSwiftIsBuiltFromTheKitsSources() throws { try buildAndUse("--swift") }

  @Test func withoutTheKitNothingIsBegun() throws {
    let place = try Installed()
    try FileManager.default.removeItem(atPath: place.folder.path + "/opt/share")
    let run = try place.run(place.concord, "plugin", "new", "kites", "--swift")
    #expect(run.status == 2)
    #expect(run.complaint.contains("share/concord/PluginKit"), "\(run.complaint)")
    #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/kites"))
  }
}
