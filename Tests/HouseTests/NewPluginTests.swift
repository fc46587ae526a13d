import Foundation
import Testing

/// A plugin that was begun a moment ago.
@Suite struct NewPluginTests {
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func worksAsItIs() throws {
    try inFolder { folder in
      let made = try ProgramRun("concord", ["plugin", "new", "kites-2", "--data-only"], in: folder)
      #expect(made.status == 0, "\(made.complaint)")
      let good = try ProgramRun("concord", ["check", "--plugins", "kites-2", "kites-2/Examples/good.json"], in: folder)
      #expect(good.status == 0, "\(good.text)")
      #expect(good.text.contains("(kites-2/labels)"))
      let bad = try ProgramRun("concord", ["check", "--plugins", ".", "kites-2/Examples/bad.json"], in: folder)
      #expect(bad.status == 1)
      #expect(bad.text.contains("bad.json:6:5: error: For the label `other`"))
      #expect(bad.text.contains("[kites-2/other-without-note]"))
      let vietnamese = try ProgramRun(
        "concord", ["check", "--lang", "vi", "--plugins", ".", "kites-2/Examples/bad.json"], in: folder)
      #expect(vietnamese.text.contains("Với nhãn `other`"))
      let verified = try ProgramRun("concord", ["plugin", "verify", "kites-2"], in: folder)
      #expect(verified.status == 0, "\(verified.text)\(verified.complaint)")
    }
  }

  @Test func verifyingTellsWhatIsNotAsItShouldBe() throws {
    try inFolder { folder in
      _ = try ProgramRun("concord", ["plugin", "new", "kites", "--data-only"], in: folder)
      let examples = folder.appendingPathComponent("kites/Examples")
      try FileManager.default.removeItem(at: examples.appendingPathComponent("bad.json"))
      try FileManager.default.copyItem(
        at: examples.appendingPathComponent("good.json"), to: examples.appendingPathComponent("bad.json"))
      let run = try ProgramRun("concord", ["plugin", "verify", "kites"], in: folder)
      #expect(run.status == 1)
      #expect(run.text.contains("bad.json: nothing is found in it"))
      #expect(try ProgramRun("concord", ["plugin", "verify", "."], in: folder).status == 2)
    }
  }

  @Test func overwritesNothing() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("kites")
      try Data("mine".utf8).write(to: file)
      let run = try ProgramRun("concord", ["plugin", "new", "kites", "--data-only"], in: folder)
      #expect(run.status == 2)
      #expect(try Data(contentsOf: file) == Data("mine".utf8))
    }
  }

  @Test(arguments: ["Kites", "1kite", "kite-", "../kite", "a/b", "", "schema", "đường"])
  func badNamesAreRefused(name: String) throws {
    try inFolder { folder in
      let run = try ProgramRun("concord", ["plugin", "new", "--data-only", "--", name], in: folder)
      #expect(run.status == 2)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }
}
