import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What was built, and the repository it was built from.
enum Build {
  /// Where the build put the programs and the plugins' libraries: beside the test bundle.
  static let folder: URL = {
    var url = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<3 where !FileManager.default.fileExists(atPath: url.appendingPathComponent("concord").path) {
      url.deleteLastPathComponent()
    }
    return url
  }()

  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let plugins = repository.appendingPathComponent("Plugins").path
  static let server = folder.appendingPathComponent("concord").path
  static let shelf = repository.appendingPathComponent("Examples/shelf")
}

/// A running `concord lsp` and a client at its ends.
struct ServerProcess: Sendable {
  let client: TestClient
  let processID: Int32
  /// What the process left with; a signal's number below 0.
  let status: Task<Int32, Never>

  init(plugins: String = Build.plugins, environment: [String: String] = [:]) throws {
    let ends = TestClient.pair()
    (processID, status) = try run(
      Build.server, ["lsp", "--plugins", plugins], input: ends.input, output: ends.output, environment: environment)
    client = ends.client
  }

  /// After `initialize` and `initialized`.
  static func initialized(
    _ options: SessionOptions = SessionOptions(), plugins: String = Build.plugins, environment: [String: String] = [:]
  ) async throws -> ServerProcess {
    let server = try ServerProcess(plugins: plugins, environment: environment)
    let answer = await server.client.request("initialize", options.params)
    try #require(answer?["result"]?["serverInfo"]?["name"] == "concord")
    #expect(answer?["result"]?["capabilities"]?["positionEncoding"] == .string(options.encoding.rawValue))
    server.client.notify("initialized", .object([]))
    return server
  }

  /// Says goodbye. The process leaves with 0, and all it ever wrote were messages.
  func end() async {
    #expect(await client.request("shutdown")?["result"] == .null)
    client.notify("exit")
    #expect(await status.value == 0)
    client.closeOutput()
    await expectOnlyMessages()
  }

  /// Reads to the end of what the process writes: nothing of it is anything but a message.
  func expectOnlyMessages() async {
    #expect(await client.first { $0["jsonrpc"] != "2.0" } == nil)
  }

  func request(_ method: String, _ params: JSONValue) async -> JSONValue? { await client.request(method, params) }

  /// The process ids of the workers, in no order. The one that only finds out how far a worker can be confined is none: it has no
  /// library, and lives for as long as it takes to ask.
  var workers: [Int32] {
    children(of: processID).filter { id in
      guard let words = words(of: id) else { return false }
      return words.first?.suffix(14).elementsEqual("concord-worker".utf8) != true
        || words.dropFirst().first?.isEmpty != true
    }
  }

  /// The command line of a child; `nil` if it has ended. One that was begun just now has the server's own until it is what it is to
  /// be, which takes the kernel a moment.
  private func words(of id: Int32) -> [Data]? {
    func line(_ id: Int32) -> Data? { try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(id)/cmdline")) }
    guard let own = line(processID) else { return nil }
    while let found = line(id), !found.isEmpty {
      if found != own { return found.split(separator: 0, omittingEmptySubsequences: false) }
      sched_yield()
    }
    return nil
  }
}

/// What the client says of itself.
struct SessionOptions {
  enum Encoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
    case utf32 = "utf-32"
  }

  var encoding = Encoding.utf16
  var pulls = false
  /// Milliseconds.
  var typingPause: Int64 = 0
  var limits: JSONValue?
  var textDocument: [JSONValue.Member] = []
  var workspace: [JSONValue.Member] = []
  /// The client tells what changes on disk; otherwise the server looks for itself.
  var watchesFiles = false
  var root = Build.shelf
  var settings: [JSONValue.Member] = []

  var params: JSONValue {
    let diagnostics: JSONValue.Member =
      pulls
      ? .init("diagnostic", ["relatedInformation": true, "codeDescriptionSupport": true])
      : .init(
        "publishDiagnostics", ["versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true])
    let hover = JSONValue.Member("hover", ["contentFormat": ["markdown"]])
    let actions = JSONValue.Member(
      "codeAction",
      [
        "codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]], "dataSupport": true,
        "isPreferredSupport": true,
        "resolveSupport": ["properties": ["edit"]],
      ])
    let settings =
      [JSONValue.Member("typingPause", .integer(typingPause))] + (limits.map { [.init("limits", $0)] } ?? [])
      + self.settings
    return [
      "processId": .integer(Int64(ProcessInfo.processInfo.processIdentifier)),
      "rootUri": .string(root.absoluteString), "initializationOptions": .object(settings),
      "capabilities": [
        "general": ["positionEncodings": [.string(encoding.rawValue)]],
        "textDocument": .object([diagnostics, hover, actions] + textDocument),
        "workspace": .object(
          [
            .init("workspaceEdit", ["documentChanges": true]),
            .init("didChangeWatchedFiles", ["dynamicRegistration": .bool(watchesFiles)]),
          ] + workspace),
      ],
    ]
  }
}

/// Starts a program whose standard input and output are the two descriptors, which it takes over.
func run(
  _ program: String, _ arguments: [String], input: Int32, output: Int32, environment: [String: String] = [:]
) throws -> (processID: Int32, status: Task<Int32, Never>) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let ends = [input, output].map { FileHandle(fileDescriptor: $0, closeOnDealloc: true) }
  process.standardInput = ends[0]
  process.standardOutput = ends[1]
  process.standardError = FileHandle.nullDevice
  let (statuses, continuation) = AsyncStream.makeStream(of: Int32.self)
  process.terminationHandler = { process in
    let isSignal = process.terminationReason == .uncaughtSignal
    continuation.yield(isSignal ? -process.terminationStatus : process.terminationStatus)
    continuation.finish()
  }
  try process.run()
  for end in ends { try end.close() }
  return (process.processIdentifier, Task.detached { await statuses.first { _ in true } ?? .min })
}

/// The processes that a process has started and that run now.
func children(of process: Int32) -> [Int32] {
  let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return processes.compactMap { Int32($0) }.filter { id in
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return false }
    let fields = status[name...].split(separator: " ")
    return fields.count > 2 && fields[2] == "\(process)" && fields[1] != "Z"
  }
}
