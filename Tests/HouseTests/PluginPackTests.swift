import Foundation
import Testing

/// A plugin on its way from one person to another: `concord plugin pack`, `verify`, `install`, `list`.
@Suite struct PluginPackTests {
  /// A folder for the plugin, with a home and a place for what is temporary of its own.
  private final class Place {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    var temporary: URL { folder.appendingPathComponent("temporary") }
    var installed: URL { folder.appendingPathComponent("data/concord/plugins") }

    init() throws { try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    func concord(_ arguments: String...) throws -> ProgramRun {
      try ProgramRun(
        "concord", arguments, in: folder,
        environment: [
          "HOME": folder.path, "XDG_DATA_HOME": folder.path + "/data",
          "XDG_CONFIG_HOME": folder.path + "/configuration",
          "XDG_CACHE_HOME": folder.path + "/cache", "TMPDIR": temporary.path,
        ])
    }

    func begin(_ arguments: String...) throws {
      let run = try ProgramRun("concord", ["plugin", "new"] + arguments, in: folder)
      try #require(run.status == 0, "\(run.complaint)")
    }

    func names(_ url: URL) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }

    var archive: URL { folder.appendingPathComponent("kites-0.1.0.concord-plugin") }
  }

  @Test func whatWasPackedIsInstalledElsewhereAndFindsTheSame() throws {
    let place = try Place()
    try place.begin("kites")
    let packed = try place.concord("plugin", "pack", "kites")
    #expect(packed.status == 0, "\(packed.complaint)")
    #expect(packed.text.contains("Packed kites 0.1.0: 7 files"))
    let first = try Data(contentsOf: place.archive)
    #expect(try place.concord("plugin", "pack", "kites").status == 2, "what is there is not replaced")
    try FileManager.default.removeItem(at: place.archive)
    _ = try place.concord("plugin", "pack", "kites")
    #expect(try Data(contentsOf: place.archive) == first, "the same files give the same bytes")
    // Everybody's `tar` reads it.
    let listed = try ProgramRun("/usr/bin/tar", ["tzf", place.archive.path])
    #expect(listed.text.hasPrefix("contents.json\nExamples/bad.json\n"), "\(listed.text)\(listed.complaint)")
    let example = place.folder.appendingPathComponent("mine.json")
    try FileManager.default.copyItem(at: place.folder.appendingPathComponent("kites/Examples/bad.json"), to: example)
    try FileManager.default.removeItem(at: place.folder.appendingPathComponent("kites"))

    let verified = try place.concord("plugin", "verify", "kites-0.1.0.concord-plugin")
    #expect(verified.status == 0, "\(verified.text)\(verified.complaint)")
    #expect(verified.text == "kites 0.1.0: 2 examples, all well.\n")
    let installed = try place.concord("plugin", "install", "kites-0.1.0.concord-plugin")
    #expect(installed.status == 0, "\(installed.complaint)")
    #expect(try place.concord("plugin", "list").text.contains("kites 0.1.0  \(place.installed.path)/kites"))
    let checked = try place.concord("check", "mine.json")
    #expect(checked.text.contains("[kites/other-without-note]"), "\(checked.text)\(checked.complaint)")
    #expect(place.names(place.temporary).isEmpty, "what was unpacked to be looked at is gone")
  }

  @Test(arguments: ["cut", "changed", "text", "empty", "folder"])
  func aBadArchiveIsRefusedAndLeavesNothing(fault: String) throws {
    let place = try Place()
    try place.begin("kites")
    _ = try place.concord("plugin", "pack", "kites")
    var bytes = try Data(contentsOf: place.archive)
    switch fault {
    case "cut": bytes.removeLast(40)
    case "changed": bytes[bytes.count / 2] ^= 4
    case "text": bytes = Data("kites\n".utf8)
    case "empty": bytes = Data()
    default: break
    }
    try bytes.write(to: place.archive)
    if fault == "folder" {
      try FileManager.default.removeItem(at: place.archive)
      try FileManager.default.createDirectory(at: place.archive, withIntermediateDirectories: true)
    }
    for command in ["verify", "install"] {
      let run = try place.concord("plugin", command, place.archive.path)
      #expect(run.status == 2, "\(command): \(run.text)")
      #expect(run.complaint.hasPrefix("concord: \(place.archive.path): ") || run.complaint.contains(place.archive.path))
      #expect(run.output.isEmpty)
    }
    #expect(place.names(place.installed).isEmpty)
    #expect(place.names(place.temporary).isEmpty)
  }

  @Test func codeThatAsksForWhatOthersLackIsRefused() throws {
    let place = try Place()
    try place.begin("kites", "--c")
    let descriptor = place.folder.appendingPathComponent("kites/plugin.json")
    // Built for tests, with Swift's library beside it.
    let text = try String(contentsOf: descriptor, encoding: .utf8)
      .replacingOccurrences(of: "KitesPlugin", with: "ConcordTestPlugin").replacingOccurrences(
        of: #""id": "kites""#, with: #""id": "test""#
      ).replacingOccurrences(of: "0.1.0", with: "2.0.1")
    try text.write(to: descriptor, atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(
      at: Repository.products.appendingPathComponent("libConcordTestPlugin.so"),
      to: place.folder.appendingPathComponent("kites/libConcordTestPlugin.so"))
    let described = try place.concord("plugin", "describe", "kites")
    #expect(described.status == 0, "\(described.complaint)")
    let run = try place.concord("plugin", "pack", "kites")
    #expect(run.status == 2)
    #expect(run.complaint.contains("It asks for `libswiftCore.so`"), "\(run.complaint)")
    #expect(run.complaint.contains("-static-stdlib"))
    #expect(!place.names(place.folder).contains { $0.hasSuffix(".concord-plugin") })
  }

  @Test func dataThatCanNotBeUsedIsNotPacked() throws {
    let place = try Place()
    try place.begin("kites")
    try Data("{".utf8).write(to: place.folder.appendingPathComponent("kites/schemas/labels.json"))
    let run = try place.concord("plugin", "pack", "kites")
    #expect(run.status == 2)
    #expect(run.complaint.contains("schemas/labels.json"), "\(run.complaint)")
    #expect(try place.concord("plugin", "verify", "kites").status != 0)
  }

  @Test func linksAreNotPacked() throws {
    let place = try Place()
    try place.begin("kites")
    try FileManager.default.createSymbolicLink(
      atPath: place.folder.path + "/kites/passwords", withDestinationPath: "/etc/passwd")
    let run = try place.concord("plugin", "pack", "kites")
    #expect(run.status == 2)
    #expect(run.complaint.contains("`passwords` is a link"), "\(run.complaint)")
  }
}
