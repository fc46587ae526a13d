import Foundation
import JSONRPC

/// A program that has run to its end.
struct Program {
  /// A signal's number below 0.
  let status: Int32
  let text: String
  let complaint: String

  init(
    _ program: String, _ arguments: [String], in folder: URL? = nil, input: FileHandle = .nullDevice,
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = input
    // Files rather than pipes: no side can wait for the other.
    let names = ["out", "err"].map { name in
      FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString).\(name)")
    }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    for name in names { try Data().write(to: name) }
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    status = isSignal ? -process.terminationStatus : process.terminationStatus
    text = String(decoding: try Data(contentsOf: names[0]), as: UTF8.self)
    complaint = String(decoding: try Data(contentsOf: names[1]), as: UTF8.self)
  }

  /// The same, on a thread of its own: those that tests share must not be blocked.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> Program {
    try await withCheckedThrowingContinuation { continuation in
      startBlockingThread {
        continuation.resume(with: Result { try Program(program, arguments, environment: environment) })
      }
    }
  }
}
