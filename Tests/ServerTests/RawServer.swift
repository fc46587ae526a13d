import Foundation
import Glibc
import JSONCodec
import JSONRPC
import Testing

/// A server whose ends are bare descriptors.
struct RawServer {
  let toServer: Int32
  let fromServer: Int32
  let status: Task<Int32, Never>

  let processID: Int32

  init() throws {
    signal(SIGPIPE, SIG_IGN)
    var input: [Int32] = [0, 0]
    var output: [Int32] = [0, 0]
    // Sockets, as they are born closed for what other tests start meanwhile: from there a server that ended would seem to be read on.
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    try #require(unsafe socketpair(AF_UNIX, kind, 0, &input) == 0 && socketpair(AF_UNIX, kind, 0, &output) == 0)
    (toServer, fromServer) = (input[1], output[0])
    (processID, status) = try run(
      Build.server, ["lsp", "--plugins", Build.plugins], input: input[0], output: output[1])
  }

  /// `false` when the server reads no more.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool { writeAll(bytes, to: toServer) }

  /// Writes, closes, and reads to the end; each on a thread of its own.
  func converse(_ bytes: [UInt8]) async -> [UInt8] {
    startBlockingThread {
      _ = writeAll(bytes, to: toServer)
      close(toServer)
    }
    return await withCheckedContinuation { continuation in
      startBlockingThread {
        let handle = FileHandle(fileDescriptor: fromServer, closeOnDealloc: true)
        continuation.resume(returning: [UInt8](handle.readDataToEndOfFile()))
      }
    }
  }
}

func frame(_ body: String) -> [UInt8] { Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8) }

func frame(_ message: JSONValue) throws -> [UInt8] {
  frame(String(decoding: try JSONCodec.encode(message), as: UTF8.self))
}

func request(_ id: Int64, _ method: String, _ params: JSONValue?) throws -> [UInt8] {
  try frame(
    .object(
      [.init("jsonrpc", "2.0"), .init("id", .integer(id)), .init("method", .string(method))]
        + (params.map { [.init("params", $0)] } ?? [])))
}

func notification(_ method: String, _ params: JSONValue?) throws -> [UInt8] {
  try frame(
    .object([.init("jsonrpc", "2.0"), .init("method", .string(method))] + (params.map { [.init("params", $0)] } ?? [])))
}

/// All of `bytes` as messages in exactly the form that the protocol shows: one header, two line ends, a body.
func strictMessages(_ bytes: [UInt8]) throws -> [JSONValue] {
  var messages: [JSONValue] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let header = Array("Content-Length: ".utf8)
    try #require(rest.starts(with: header), "\(String(decoding: rest.prefix(200), as: UTF8.self))")
    rest = rest.dropFirst(header.count)
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    let length = try #require(Int(String(decoding: digits, as: UTF8.self)))
    rest = rest.dropFirst(digits.count)
    try #require(rest.starts(with: Array("\r\n\r\n".utf8)))
    rest = rest.dropFirst(4)
    try #require(rest.count >= length)
    try #require(String(validating: rest.prefix(length), as: UTF8.self) != nil)
    let message: JSONValue = try JSONCodec.decode(from: Array(rest.prefix(length)))
    #expect(message["jsonrpc"] == "2.0")
    messages.append(message)
    rest = rest.dropFirst(length)
  }
  return messages
}
