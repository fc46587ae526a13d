import Foundation
import Testing

/// The built program, from the outside: streams and exit status.
@Suite struct CommandLineTests {
  private func concord(_ arguments: [String], input: String = "") throws -> ProgramRun {
    try ProgramRun("concord", arguments, input: input)
  }

  @Test func saysItsVersion() throws {
    let run = try concord(["--version"])
    #expect(run.status == 0)
    #expect(run.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(arguments: [["--help"], ["check", "--help"], ["explain", "--help"], ["lsp", "--help"]])
  func helpIsNoFailure(arguments: [String]) throws {
    let run = try concord(arguments)
    #expect(run.status == 0)
    #expect(run.text.contains("USAGE"))
    #expect(run.complaint.isEmpty)
  }

  @Test(arguments: [
    ["check"], ["check", "--nonsense", "a.json"], ["nonsense"], ["check", "--as-of", "2026-02-30", "a.json"],
    ["check", "--severity", "loud", "a.json"], ["check", "--plugins", "p", "--no-plugins", "a.json"], ["explain"],
    ["explain", "--all", "syntax/comment"], ["check", "--format", "pdf", "a.json"],
    ["check", "--assert-format", "a.json"], ["check", "--schema-root", "http://e.x/=.", "a.json"],
    ["check", "--schema", "s.json", "--schema-root", "http://e.x/", "a.json"],
    ["check", "--schema", "none.json", "a.json"],
  ])
  func badUsageIsTwoAndSilentOnStandardOutput(arguments: [String]) throws {
    let run = try concord(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(!run.complaint.isEmpty)
  }

  @Test func aPathThatIsNotThereIsTwoAndTheOthersAreChecked() throws {
    let run = try concord(["check", "--no-plugins", "nowhere.json", "-"], input: "{}")
    #expect(run.status == 2)
    #expect(run.complaint == "concord: nowhere.json: There is no such file or folder.\n")
    #expect(run.text.hasPrefix("Checked "))
    #expect(run.text.contains("nowhere.json: There is no such file or folder"))
  }

  @Test func anErrorIsOneAndAllWellIsNone() throws {
    #expect(try concord(["check", "--no-plugins", "-"], input: "{\"a\": 1}").status == 0)
    let run = try concord(["check", "--no-plugins", "-"], input: "{\"a\": }")
    #expect(run.status == 1)
    #expect(run.text.hasPrefix("-:1:"))
    #expect(!run.text.contains("\u{1B}"))
  }

  /// What it prints when its standard output is a terminal of 60 columns.
  private func onTerminal(_ text: String, environment: [String: String]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let program = Repository.products.appendingPathComponent("concord").path
    let command = "stty cols 60; '\(program)' check --no-plugins '\(file.path)'"
    // Debian's `script` runs a command on a terminal of its own.
    return try ProgramRun("/usr/bin/script", ["-qec", command, "/dev/null"], environment: environment).text
  }

  @Test func aTerminalGetsColorsAndExcerptsThatFit() throws {
    let filler = String(repeating: "1, ", count: 500)
    let text = "[\(filler)}, \(filler)2]"
    let colored = try onTerminal(text, environment: ["TERM": "xterm", "NO_COLOR": ""])
    #expect(colored.contains("\u{1B}[1;31m"))
    let plain = try onTerminal(text, environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(!plain.contains("\u{1B}"))
    let excerpts = plain.split(whereSeparator: \.isNewline).filter { $0.contains("│") }
    #expect(excerpts.count >= 2)
    for line in excerpts { #expect(line.count <= 60, "\(line)") }
  }

  @Test func theSameInputsGiveTheSameBytes() throws {
    let arguments = ["check", "--format", "json", "--as-of", "2026-11-21", "--plugins", "Plugins", "Examples"]
    let first = try concord(arguments)
    #expect(first.status < 2, "\(first.complaint)")
    let object = try JSONSerialization.jsonObject(with: first.output) as? [String: Any]
    #expect((object?["files"] as? [Any])?.isEmpty == false)
    let again = try concord(arguments).output
    // Where they part, so that a difference that shows once in a thousand runs can be understood.
    let parting = zip(first.output, again).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
    let parts = [first.output, again].map {
      String(decoding: $0.dropFirst(max(0, parting - 300)).prefix(600), as: UTF8.self)
    }
    #expect(again == first.output, "\(parts)")
  }

  @Test func theExamplesShowWhatTheyWereMadeToShow() throws {
    let run = try concord(["check", "--plugins", "Plugins", "Examples"])
    #expect(run.status == 1, "\(run.complaint)")
    #expect(run.text.contains("[retail-sku/gtin-check-digit]"))
    #expect(run.text.contains("[retail-sku/basket-visual-mismatch]"))
    #expect(!run.text.contains("[concord/"))
  }

  @Test func severityHidesWhatMattersLess() throws {
    let run = try concord(["check", "--plugins", "Plugins", "--severity", "error", "Examples"])
    #expect(run.status == 1, "\(run.complaint)")
    #expect(!run.text.contains(": warning: "))
  }

  @Test func explainsARuleByEitherName() throws {
    let whole = try concord(["explain", "syntax/trailing-comma"])
    #expect(whole.status == 0, "\(whole.complaint)")
    #expect(whole.text.hasPrefix("# `syntax/trailing-comma`\n"))
    #expect(try concord(["explain", "trailing-comma"]).text == whole.text)
    let unknown = try concord(["explain", "no-such-rule"])
    #expect(unknown.status == 2)
    #expect(unknown.output.isEmpty)
  }

  @Test func listsPluginsAndSaysWhyOneDoesNotLoad() throws {
    let run = try concord(["plugin", "list", "--plugins", "Plugins"])
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.text.contains("vision "))
    #expect(run.text.contains("retail-sku "))
  }

  @Test func theDoctorSaysWhatAFileIsTakenFor() throws {
    let run = try concord(["doctor", "-"], input: "[1, 2]")
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.text.contains("taken for   nothing that a plugin knows"))
    #expect(try concord(["doctor", "nowhere.json"]).status == 2)
  }
}

/// `check --fix` on files of its own.
@Suite struct FixingTests {
  /// Runs `concord check` on one file with this text; the result also has the file's text afterwards.
  private func check(_ arguments: [String], on text: String) throws -> (run: ProgramRun, text: String) {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try ProgramRun("concord", ["check", "--no-plugins"] + arguments + [file.path])
    return (run, try String(contentsOf: file, encoding: .utf8))
  }

  @Test func appliesWhatIsCertain() throws {
    let (run, text) = try check(["--fix"], on: "{\"a\": [1, 2,], \"b\": {\"c\": 3,}}\n")
    #expect(run.status == 0, "\(run.complaint)")
    #expect(text == "{\"a\": [1, 2], \"b\": {\"c\": 3}}\n")
    #expect(run.complaint == "2 fixes in 1 file applied.\n")
  }

  @Test func aDryRunChangesNothing() throws {
    let source = "{\n  \"a\": 1,\n}\n"
    let (run, text) = try check(["--fix", "--dry-run"], on: source)
    #expect(text == source)
    #expect(run.status == 1)
    #expect(run.text.hasSuffix("@@ -1,3 +1,3 @@\n {\n-  \"a\": 1,\n+  \"a\": 1\n }\n"))
  }

  @Test func whatIsNotCertainStays() throws {
    let source = "{\"a\": }"
    let (run, text) = try check(["--fix"], on: source)
    #expect(text == source)
    #expect(run.status == 1)
  }

  @Test(arguments: [["check", "--fix", "-"], ["check", "--dry-run", "a.json"]])
  func badUsage(arguments: [String]) throws {
    #expect(try ProgramRun("concord", arguments).status == 2)
  }

  /// Many files, one of them behind a link, with rights of their own: each is replaced whole, or left.
  @Test func aFolderKeepsItsLinksAndRights() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try manager.createDirectory(at: folder.appendingPathComponent("elsewhere"), withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    let names = (0..<60).map { "\($0).json" }
    for name in names { try Data("[1, 2,]\n".utf8).write(to: folder.appendingPathComponent(name)) }
    try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.appendingPathComponent("7.json").path)
    let target = folder.appendingPathComponent("elsewhere/real.json")
    let link = folder.appendingPathComponent("link.json")
    try Data("[3,]\n".utf8).write(to: target)
    try manager.createSymbolicLink(at: link, withDestinationURL: target)
    let paths = names.map { folder.appendingPathComponent($0).path } + [link.path]
    let run = try ProgramRun("concord", ["check", "--no-plugins", "--fix"] + paths)
    #expect(run.status == 0, "\(run.complaint)\(run.text)")
    #expect(run.complaint == "61 fixes in 61 files applied.\n")
    for name in names {
      #expect(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) == "[1, 2]\n")
    }
    #expect(try String(contentsOf: target, encoding: .utf8) == "[3]\n")
    #expect(try manager.destinationOfSymbolicLink(atPath: link.path) == target.path)
    let rights = try manager.attributesOfItem(atPath: folder.appendingPathComponent("7.json").path)[.posixPermissions]
    #expect(rights as? Int == 0o640)
    // Nothing is left lying about.
    #expect(try manager.contentsOfDirectory(atPath: folder.path).count == 62)
  }
}
