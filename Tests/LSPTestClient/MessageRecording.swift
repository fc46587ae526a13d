import Glibc
import JSONCodec
import JSONRPC
import Synchronization

/// Keeps what a client sends and gets in a file of its own, a message a line, where somebody wants to judge it:
/// `Scripts/judge-messages.py`. Messages that tests send as raw bytes are not kept, since they may be anything.
final class MessageRecording: Sendable {
  private static let count = Atomic(0)
  /// Longer texts are cut: what stands in a document is not the protocol's.
  private static let textLimit = 2000

  private let file: Int32
  /// Both sides write.
  private let turn = Mutex(())

  /// `nil` unless `CONCORD_RECORD_MESSAGES` names a folder.
  init?() {
    guard let folder = unsafe getenv("CONCORD_RECORD_MESSAGES") else { return nil }
    let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    let path = "\(unsafe String(cString: folder))/\(getpid())-\(number).jsonl"
    file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { return nil }
  }

  deinit { close(file) }

  func note(_ side: String, _ message: JSONValue) {
    guard let line = try? JSONCodec.encode(["from": .string(side), "message": Self.cut(message)] as JSONValue) else {
      return
    }
    turn.withLock { _ in _ = writeAll(line + [UInt8(ascii: "\n")], to: file) }
  }

  private static func cut(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text) where text.utf8.count > textLimit: .string(String(text.unicodeScalars.prefix(textLimit)))
    case .array(let elements): .array(elements.map(cut))
    case .object(let members): .object(members.map { .init($0.key, cut($0.value)) })
    default: value
    }
  }
}
