import Findings
import Manifest
import TestSupport
import Testing
import Workspace

/// One workspace with one open document.
struct Desk: Sendable {
  let workspace: Workspace
  let uri = "test"

  /// Holds last no time unless a test says otherwise; publications are read and dropped.
  init(
    _ text: [UInt8], path: String? = nil, languageID: String = "json", dialect: String? = nil, isNamed: Bool = false,
    rest: Duration = .zero, library: Library? = nil, pluginPatience: Duration = .seconds(60)
  ) async throws {
    var options = Workspace.Options()
    options.restBeforeLoss = rest
    options.dialect = dialect
    options.pluginPatience = pluginPatience
    let workspace = Workspace(library: try library ?? Installation.library.get(), options: options)
    self.workspace = workspace
    let publications = workspace.publications
    Task { for await _ in publications {} }
    await workspace.open(uri, path: path, languageID: languageID, text: text, isNamed: isNamed)
  }

  init(_ text: String, path: String? = nil, languageID: String = "json", isNamed: Bool = false, rest: Duration = .zero)
    async throws
  {
    try await self.init(Array(text.utf8), path: path, languageID: languageID, isNamed: isNamed, rest: rest)
  }

  func replace(_ range: Range<Int>, _ text: [UInt8]) async {
    await workspace.change(uri, version: 0, edits: [.bytes(range, text)])
  }

  /// Replaces the first occurrence of a text.
  func replace(_ old: String, with new: String) async throws {
    let text = try await text
    let start = try #require(text.firstOffset(of: old), "`\(old)` is not there")
    await replace(start..<start + old.utf8.count, Array(new.utf8))
  }

  var text: [UInt8] {
    get async throws { try await snapshot.document.allBytes() }
  }

  var snapshot: DocumentSnapshot {
    get async throws { try #require(await workspace.snapshot(uri)) }
  }

  /// What is to be said when all is worked out.
  var findings: [CheckedFinding] {
    get async throws {
      await workspace.settle(uri)
      return try await known
    }
  }

  /// What is to be said now.
  var known: [CheckedFinding] {
    get async throws { try await snapshot.checkedFindings(path: uri) }
  }

  /// `rule@start..<end`, with the count if it is more than one.
  var lines: [String] {
    get async throws { try await findings.map(\.line) }
  }
}

extension CheckedFinding {
  var line: String { "\(rule)@\(bytes.lowerBound)..<\(bytes.upperBound)" + (count > 1 ? " x\(count)" : "") }
}

extension [UInt8] {
  func firstOffset(of text: String) -> Int? {
    let wanted = [UInt8](text.utf8)
    guard let first = wanted.first, wanted.count <= count else { return nil }
    return indices.dropLast(wanted.count - 1).first {
      self[$0] == first && self[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}

/// Checks a text with `⟪marks⟫`: each mark is where a rule of `expected` speaks, in order of place, and nobody says more.
func checkFindings(
  _ marked: String, _ expected: String..., path: String? = nil, languageID: String = "json",
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let file = Fixture(marked).file
  let desk = try await Desk(file.bytes, path: path, languageID: languageID)
  let wanted = zip(expected, file.ranges).map { "\($0)@\($1.lowerBound)..<\($1.upperBound)" }
  try #require(expected.count == file.ranges.count, "marks and rules differ in number", sourceLocation: sourceLocation)
  let found = try await desk.findings.map { "\($0.rule)@\($0.bytes.lowerBound)..<\($0.bytes.upperBound)" }
  #expect(found == wanted, sourceLocation: sourceLocation)
}
