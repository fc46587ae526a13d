import CWorkerSystem
import Glibc
import WorkerProtocol

/// Memory that is lent to one worker for one batch after the other, so that neither side has to get, map and give back a megabyte for
/// each. The worker can only read it; a piece is written again when the batch in it was answered.
@safe struct BatchLanes: ~Copyable {
  @safe private struct Lane {
    let start: UnsafeMutableRawPointer
    /// Until it was sent.
    var descriptor: Int32
    /// The batch in it that is not answered.
    var serial: UInt32?
  }
  private var lanes: [Lane] = []
  private var isRefused = false

  init() {}

  deinit {
    for lane in lanes {
      unsafe ws_unmap(lane.start, FrameHeader.laneSize)
      if lane.descriptor >= 0 { close(lane.descriptor) }
    }
  }

  /// Puts a batch into a free piece: which one, and the descriptor that goes along the first time, to be closed then. `nil` if the batch
  /// is better sent in another way.
  mutating func put(_ body: [UInt8], _ serial: UInt32) -> (lane: UInt8, descriptor: Int32)? {
    guard body.count > FrameHeader.maxInline, body.count <= FrameHeader.laneSize, !isRefused else { return nil }
    if let free = lanes.firstIndex(where: { $0.serial == nil }) { return put(body, serial, free) }
    guard lanes.count < FrameHeader.lanes else { return nil }
    var start: UnsafeMutableRawPointer?
    let descriptor = unsafe ws_lent_memory(FrameHeader.laneSize, &start)
    guard descriptor >= 0, let start = unsafe start else {
      // A system that cannot lend has told so once.
      isRefused = true
      return nil
    }
    unsafe lanes.append(Lane(start: start, descriptor: descriptor))
    return put(body, serial, lanes.count - 1)
  }

  private mutating func put(_ body: [UInt8], _ serial: UInt32, _ index: Int) -> (lane: UInt8, descriptor: Int32) {
    unsafe body.withUnsafeBytes { body in
      if let base = body.baseAddress { unsafe lanes[index].start.copyMemory(from: base, byteCount: body.count) }
    }
    lanes[index].serial = serial
    defer { lanes[index].descriptor = -1 }
    return (UInt8(index), lanes[index].descriptor)
  }

  /// The batch was answered.
  mutating func giveBack(_ serial: UInt32) {
    for index in lanes.indices where lanes[index].serial == serial { lanes[index].serial = nil }
  }
}
