import CConfinement
import CMediaHeaders
import CWorkerSystem
import Glibc
import WorkerProtocol

// concord-media LIBRARY HOST-PROCESS PARTS MEMORY
//                                          reads headers of media files for the host; the first and the last argument,
//                                          which plugins' code has, are not used: headers are small
//
// It can't open any file: each request brings a descriptor. Untrusted files are parsed here, far from the server.
// PARTS is the sum of the parts of the confinement that must be in force.

guard CommandLine.arguments.count == 5, let host = pid_t(CommandLine.arguments[2]),
  let required = UInt32(CommandLine.arguments[3])
else { exit(2) }

private let socket = Int32(WS_SOCKET)
private let memoryLimit: UInt64 = 256 << 20

private func send(_ kind: FrameKind, _ body: ByteWriter) {
  let bytes = FrameHeader(kind: kind, count: body.count).bytes + body.bytes
  if unsafe ws_send(socket, bytes, bytes.count, -1) != 0 { _exit(0) }
}

private func answer(_ descriptor: Int32) -> MediaAnswer {
  var header = media_header()
  switch unsafe Int(media_read_header(descriptor, &header)) {
  case MEDIA_OK:
    if let format = SoundHeader.Format(rawValue: header.format) {
      return .sound(
        SoundHeader(
          format: format, rate: header.rate, channels: header.channels, frames: header.frames, bits: header.bits))
    }
    guard let format = MediaHeader.Format(rawValue: header.format) else { return .notKnown }
    return .header(
      MediaHeader(
        format: format, width: header.width, height: header.height, orientation: header.orientation,
        channels: header.channels))
  case MEDIA_NOT_KNOWN: return .notKnown
  case MEDIA_DAMAGED: return .damaged
  default: return .unreadable
  }
}

/// One request: a header without body, with a descriptor on its first byte. `nil` when the host is gone.
private func request() -> (FrameHeader, Int32)? {
  var bytes = [UInt8](repeating: 0, count: FrameHeader.size)
  var filled = 0
  var descriptor: Int32 = -1
  while filled < bytes.count {
    var came: Int32 = -1
    let received = unsafe bytes.withUnsafeMutableBytes { memory in
      unsafe ws_receive(socket, memory.baseAddress.map { unsafe $0 + filled }, FrameHeader.size - filled, &came)
    }
    if came >= 0 { descriptor = came }
    guard received > 0 else { return nil }
    filled += received
  }
  guard let header = try? FrameHeader(reading: bytes), header.kind == .media, descriptor >= 0 else { return nil }
  return (header, descriptor)
}

private func confine() -> Confinement {
  let outcome = unsafe withUnsafePointer(
    to: cf_wishes(
      host: host, first_closed: Int32(WS_PROGRESS) + 1, channel: Int32(WS_SOCKET), memory: memoryLimit,
      processor_seconds: 3600, file_bytes: 0, reads_files: 0, paths: nil, path_count: 0)
  ) { unsafe cf_confine($0) }
  return Confinement(
    parts: Confinement.Parts(rawValue: outcome.parts), landlock: UInt32(clamping: outcome.landlock_abi))
}

private func serve() {
  var hello = ByteWriter()
  let confinement = confine()
  guard confinement.parts.isSuperset(of: Confinement.Parts(rawValue: required)) else {
    hello.put("The reader of media files can't be confined. \(confinement.description)")
    return send(.refusal, hello)
  }
  Hello(id: "media", version: "1", rules: []).write(to: &hello)
  send(.hello, hello)
  while let (_, descriptor) = request() {
    var body = ByteWriter()
    answer(descriptor).write(to: &body)
    close(descriptor)
    send(.mediaHeader, body)
  }
}

serve()
_exit(0)
