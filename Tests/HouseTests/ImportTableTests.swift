import Foundation
import Testing

/// The table of modules in `Docs/ARCHITECTURE.md`, held against the `import` lines.
@Suite struct ImportTableTests {
  struct Row {
    var module: String
    var mayImport: Set<String>
  }

  /// What any module may import: the language's own.
  static let everywhere: Set<String> = ["Swift", "Synchronization", "_Concurrency", "Glibc"]

  /// From the table whose header begins with `module`: name in the first column, allowed imports in the last.
  static func table() throws -> [Row] {
    let lines = try Repository.text("Docs/ARCHITECTURE.md").split(separator: "\n")
    guard let header = lines.firstIndex(where: { $0.hasPrefix("| module |") }) else { return [] }
    return lines[(header + 2)...].prefix { $0.hasPrefix("|") }.compactMap { line in
      let cells = line.split(separator: "|").map(String.init)
      guard let first = cells.first, let last = cells.last, let name = quoted(first).first else { return nil }
      return Row(module: name, mayImport: Set(quoted(last)))
    }
  }

  /// The words in backquotes.
  private static func quoted(_ text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  /// The modules a Swift file imports. Programs in its texts of several lines are not its own.
  static func imports(in text: String) -> [String] {
    var isText = false
    return text.split(separator: "\n").compactMap { line in
      if line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count % 2 == 0 { isText.toggle() }
      if isText { return nil }
      var words = line.split(separator: " ")[...]
      while let word = words.first, word != "import" {
        let isModifier =
          word.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(word)
        guard isModifier else { return nil }
        words = words.dropFirst()
      }
      words = words.dropFirst()
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
      if let kind = words.first, kinds.contains(kind) { words = words.dropFirst() }
      return words.first?.split(separator: ".").first.map(String.init)
    }
  }

  static var sources: [String] { Repository.names(in: "Sources") }

  @Test func readsImportLines() {
    let text = """
      // import Comment
      import A
      package import B
      @preconcurrency import C
      public import struct D.Thing
      @testable import E.F
      let important = 1
      let program = ""\"
        import Text
        ""\"
      import G
      """
    #expect(Self.imports(in: text) == ["A", "B", "C", "D", "E", "G"])
  }

  @Test func everyModuleHasARowAndEveryRowAModule() throws {
    let rows = try Self.table().map(\.module)
    #expect(rows.sorted() == Self.sources)
    #expect(Set(rows).count == rows.count)
  }

  @Test func rowsPointDownwards() throws {
    let rows = try Self.table()
    #expect(!rows.isEmpty)
    let ours = Set(rows.map(\.module))
    for (index, row) in rows.enumerated() {
      let below = Set(rows[(index + 1)...].map(\.module))
      for name in row.mayImport where ours.contains(name) {
        #expect(below.contains(name), "`\(row.module)` may import `\(name)`, which does not stand below it")
      }
    }
  }

  @Test(arguments: Self.sources)
  func modulesImportOnlyWhatTheTableAllows(module: String) throws {
    let row = try #require(try Self.table().first { $0.module == module })
    for file in Repository.files(below: "Sources/\(module)", endings: [".swift"]) {
      for name in Self.imports(in: try Repository.text(file)) where !Self.everywhere.contains(name) {
        #expect(row.mayImport.contains(name), "\(file) imports `\(name)`")
      }
    }
  }

  @Test func onlyExecutablesUseFoundation() throws {
    let executables: Set<String> = ["concord"]
    for row in try Self.table() where !executables.contains(row.module) {
      #expect(row.mayImport.isDisjoint(with: ["Foundation", "FoundationEssentials"]), "\(row.module)")
    }
  }

  @Test func pluginsKnowTheKitAndNothingElseOfOurs() throws {
    let ours = Set(try Self.table().map(\.module))
    for file in Repository.files(below: "Plugins", endings: [".swift"]) {
      let isEntry = file.split(separator: "/").contains("Entry")
      for name in Self.imports(in: try Repository.text(file)) where ours.contains(name) {
        let isAllowed = name == "PluginKit" || (isEntry && name == "CConcordPlugin")
        #expect(isAllowed, "\(file) imports `\(name)`")
      }
    }
  }

  /// Calls that only one place may make. Comments don't count.
  @Test(arguments: [
    ("dlopen(", ["Sources/concord-worker/"]),
    ("posix_spawn", ["Sources/PluginHost/", "Sources/CWorkerSystem/"]),
    ("fork()", []),
    ("execve(", []),
    ("Process()", []),
    ("socket(", []),
    ("dlclose(", []),
  ])
  func onlyOnePlaceCalls(call: String, allowed: [String]) throws {
    for file in Repository.files(below: "Sources", endings: [".swift", ".c", ".h"]) {
      guard !allowed.contains(where: file.hasPrefix) else { continue }
      let code = try Repository.text(file).split(separator: "\n").filter { line in
        let start = line.drop { $0 == " " }
        return !start.hasPrefix("//") && !start.hasPrefix("*") && !start.hasPrefix("/*")
      }
      for line in code where line.contains(call) {
        let isOwnName = line.contains("_" + call) || line.contains("." + call)
        #expect(isOwnName, "\(file): \(line)")
      }
    }
  }
}
