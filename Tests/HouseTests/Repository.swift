import Foundation
import Testing

/// The files of this package, and what was built from them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder that the test bundle, the executables and the plugins' libraries were built into.
  static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Names in a folder, sorted; none if it is not there.
  static func names(in folder: String) -> [String] {
    let path = root.appendingPathComponent(folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Paths from the root of all files below a folder with one of these endings.
  static func files(below folder: String, endings: [String]) -> [String] {
    let start = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(atPath: start.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { path in endings.contains { path.hasSuffix($0) } }
      .sorted().map { "\(folder)/\($0)" }
  }

  /// Compares a committed file with what it would be printed as now; rewrites it when `CONCORD_ACCEPT` is set.
  static func expectFresh(_ path: String, _ expected: String) throws {
    if ProcessInfo.processInfo.environment["CONCORD_ACCEPT"] != nil {
      try expected.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }
    let isFresh = (try? text(path)) == expected
    #expect(isFresh, "\(path) is stale: run `make prints` and commit what it wrote")
  }
}

/// A finished run of a program that was built.
struct ProgramRun {
  var status: Int32
  var output: Data
  var complaint: String
  var text: String { String(decoding: output, as: UTF8.self) }

  init(
    _ program: String, _ arguments: [String], input: String = "", in folder: URL = Repository.root,
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    let isElsewhere = program.hasPrefix("/")
    process.executableURL =
      isElsewhere ? URL(fileURLWithPath: program) : Repository.products.appendingPathComponent(program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let files = FileManager.default.temporaryDirectory.appendingPathComponent("concord-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: files) }
    // Files rather than pipes: no side can wait for the other.
    let names = ["in", "out", "err"].map { files.appendingPathComponent($0) }
    try Data(input.utf8).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try Data(contentsOf: names[1])
    complaint = String(decoding: try Data(contentsOf: names[2]), as: UTF8.self)
  }
}
