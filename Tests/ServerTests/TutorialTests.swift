import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// `Docs/tutorial.md`, done as it says: every file is written, every command run, and what stands behind it must be printed.
@Suite(.timeLimit(.minutes(10))) struct TutorialTests {
  /// A fenced block: what it is, which file it is to be, and its lines.
  private struct Block {
    var language: String
    var file: String?
    var text: String
  }

  /// The page's blocks below each heading of the second level.
  private static func parts() throws -> [[Block]] {
    let page = try String(contentsOf: Build.repository.appendingPathComponent("Docs/tutorial.md"), encoding: .utf8)
    var parts: [[Block]] = []
    var open: Block?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if var block = open {
        if line == "```" {
          parts[parts.count - 1].append(block)
          open = nil
        } else {
          block.text += line + "\n"
          open = block
        }
      } else if line.hasPrefix("## ") {
        parts.append([])
      } else if line.hasPrefix("```") {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        try #require(!words.isEmpty && !parts.isEmpty, "a block says what it is")
        open = Block(language: words[0], file: words.count > 1 ? words[1] : nil, text: "")
      }
    }
    return parts
  }

  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")

  private var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return [
      "HOME": folder.path, "XDG_DATA_HOME": folder.path + "/data", "XDG_CONFIG_HOME": folder.path + "/configuration",
      "XDG_CACHE_HOME": folder.path + "/cache", "PATH": Build.folder.path + ":" + path,
    ]
  }

  private func follow(_ blocks: [Block]) async throws {
    var printed = ""
    for block in blocks {
      switch (block.language, block.file) {
      case ("sh", nil):
        let run = try Program("/bin/sh", ["-e", "-c", block.text], in: folder, environment: environment)
        try #require(run.status == 0, "\(block.text)\(run.text)\(run.complaint)")
        printed = run.text + run.complaint
      case ("text", nil):
        var rest = printed[...]
        for line in block.text.split(separator: "\n") {
          guard let found = rest.range(of: line) else {
            Issue.record("`\(line)` is not printed, at least not there:\n\(printed)")
            continue
          }
          rest = rest[found.upperBound...]
        }
      case (_, let file?): try Data(block.text.utf8).write(to: folder.appendingPathComponent(file))
      default: Issue.record("nobody knows what to do with a block of \(block.language)")
      }
    }
  }

  /// The first part; then the label is underlined in an editor, with its fix.
  @Test func fromASpreadsheetToSquiggles() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let parts = try Self.parts()
    try #require(parts.count == 2)
    #expect(parts[0].count { $0.language == "sh" } >= 6)
    try await follow(parts[0])
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), environment: environment)
    let path = folder.path + "/shelf.json"
    let file = OpenFile(try String(contentsOfFile: path, encoding: .utf8), path, in: server)
    let messages = try await file.pull().compactMap { $0["message"]?.string }
    #expect(messages.contains { $0.contains("Did you mean chelsea-boot (Chelsea boot)?") }, "\(messages)")
    let titles = try await file.actions(at: file.range("chelsea-bot")).compactMap { $0["title"]?.string }
    #expect(titles.contains("Use chelsea-boot (Chelsea boot)"), "\(titles)")
    await server.end()
  }

  /// Builds twice, a minute each: `make test-kit`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONCORD_KIT_TESTS"] != nil))
  func fromAnIdeaToARuleInSwift() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let parts = try Self.parts()
    try #require(parts.count == 2)
    // The list it begins with stands in the first part.
    try await follow(parts[0].filter { $0.file == "shoes.csv" } + parts[1])
  }
}
