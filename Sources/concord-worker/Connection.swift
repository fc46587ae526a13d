import CWorkerSystem
import Glibc
import WorkerProtocol

/// A frame as received: its kind, and its body inline or mapped.
@safe final class ReceivedFrame {
  let kind: FrameKind
  /// Whether what is mapped is the frame's alone.
  private let isOwn: Bool
  private let inline: [UInt8]
  private let mapped: UnsafeRawBufferPointer?
  /// The file whose descriptor came along; whoever takes it unmaps it.
  let file: UnsafeRawBufferPointer?

  init(kind: FrameKind, inline: [UInt8], file: UnsafeRawBufferPointer? = nil) {
    self.kind = kind
    isOwn = true
    self.inline = inline
    unsafe mapped = nil
    unsafe self.file = unsafe file
  }
  /// `isOwn` if it is to be given back with the frame.
  init(kind: FrameKind, mapped: UnsafeRawBufferPointer, isOwn: Bool) {
    self.kind = kind
    self.isOwn = isOwn
    inline = []
    unsafe self.mapped = mapped
    unsafe file = nil
  }
  deinit {
    if isOwn, let mapped = unsafe mapped { unsafe ws_unmap(mapped.baseAddress, mapped.count) }
  }

  /// The body, aligned to eight bytes at least.
  func withBody<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let mapped = unsafe mapped { return unsafe body(mapped) }
    return unsafe inline.withUnsafeBytes { unsafe body($0) }
  }
}

/// The socket to the host. Reads and writes block: this process has nothing else to do.
@safe struct Connection {
  private let socket = Int32(WS_SOCKET)
  private var waiting: [ReceivedFrame] = []
  /// What the host lends for batches, as far as it came. A piece is used again only when what was in it is answered.
  private var lanes: [UnsafeRawBufferPointer?] = unsafe Array(repeating: nil, count: FrameHeader.lanes)

  /// The next frame; `nil` when the host is gone or sends what is no frame.
  mutating func next() -> ReceivedFrame? { waiting.isEmpty ? receive() : waiting.removeFirst() }

  /// The next frame of a kind; others that come first wait for `next`.
  mutating func next(_ kind: FrameKind) -> ReceivedFrame? {
    while let frame = receive() {
      if frame.kind == kind { return frame }
      waiting.append(frame)
    }
    return nil
  }

  func send(_ kind: FrameKind, _ body: [UInt8]) {
    send(FrameHeader(kind: kind, count: body.count).bytes + body)
  }

  /// Sends a frame with its header.
  func send(_ bytes: [UInt8]) {
    // The host is gone: nothing is left to do.
    if unsafe ws_send(socket, bytes, bytes.count, -1) != 0 { _exit(0) }
  }

  func refuse(_ reason: String) {
    var writer = ByteWriter()
    writer.put(reason)
    send(.refusal, writer.bytes)
  }

  private mutating func receive() -> ReceivedFrame? {
    var descriptor: Int32 = -1
    guard let head = read(FrameHeader.size, &descriptor) else { return nil }
    defer { if descriptor >= 0 { close(descriptor) } }
    guard let header = try? FrameHeader(reading: head) else { return nil }
    if let lane = header.lane { return receive(header, in: Int(lane), descriptor) }
    guard header.isShared else {
      var none: Int32 = -1
      guard let body = read(header.count, &none) else { return nil }
      return unsafe ReceivedFrame(kind: header.kind, inline: body, file: Self.file(descriptor, for: header.kind))
    }
    var count = 0
    guard descriptor >= 0, let start = unsafe ws_map_sealed(descriptor, &count) else { return nil }
    return unsafe ReceivedFrame(
      kind: header.kind, mapped: UnsafeRawBufferPointer(start: start, count: count), isOwn: true)
  }

  private mutating func receive(_ header: FrameHeader, in lane: Int, _ descriptor: Int32) -> ReceivedFrame? {
    if descriptor >= 0 {
      var count = 0
      guard unsafe lanes[lane] == nil, let start = unsafe ws_map_lent(descriptor, &count) else { return nil }
      unsafe lanes[lane] = UnsafeRawBufferPointer(start: start, count: count)
    }
    guard let memory = unsafe lanes[lane], header.count <= memory.count else { return nil }
    return unsafe ReceivedFrame(
      kind: header.kind, mapped: UnsafeRawBufferPointer(rebasing: memory[..<header.count]), isOwn: false)
  }

  /// Only an index of terms comes as a file. It may be one on the disk: nobody cuts those.
  private static func file(_ descriptor: Int32, for kind: FrameKind) -> UnsafeRawBufferPointer? {
    var count = 0
    guard kind == .vocabulary, descriptor >= 0, let start = unsafe ws_map_file(descriptor, &count) else { return nil }
    return unsafe UnsafeRawBufferPointer(start: start, count: count)
  }

  private func read(_ count: Int, _ descriptor: inout Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      var came: Int32 = -1
      let received = unsafe bytes.withUnsafeMutableBytes { memory in
        unsafe ws_receive(socket, memory.baseAddress.map { unsafe $0 + filled }, count - filled, &came)
      }
      if came >= 0 {
        if descriptor >= 0 { close(descriptor) }
        descriptor = came
      }
      guard received > 0 else { return nil }
      filled += received
    }
    return bytes
  }
}
