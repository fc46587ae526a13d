/// What stands in a frame.
package enum FrameKind: UInt8, Sendable {
  // Host to worker.
  case configure = 1
  case batch = 2
  /// With the descriptor of a vocabulary's index; what was laid over another one of this number is gone.
  case vocabulary = 3
  case members = 4
  /// Without body, with the descriptor of a media file.
  case media = 5
  /// What has changed in a vocabulary since its index was made.
  case vocabularyChange = 6
  // Worker to host.
  case hello = 16
  case results = 17
  case askMembers = 18
  case refusal = 19
  case mediaHeader = 20
  /// What the worker has given up; the first thing it says.
  case confined = 21
}

/// The twelve bytes before each body.
package struct FrameHeader: Sendable, Hashable {
  package static let size = 12
  /// Larger bodies travel in sealed memory, whose descriptor comes with the header.
  package static let maxInline = 64 << 10
  /// What a batch may hold.
  package static let maxBody = 256 << 20
  /// What a worker may send at most; it answers a part of a batch rather than send more.
  package static let maxAnswer = 32 << 20
  private static let magic: UInt32 = 0x4443_4E43

  /// Where in a header the count stands.
  package static let countOffset = 8

  package var kind: FrameKind
  /// The body is in memory of its own; nothing follows the header.
  package var isShared: Bool
  /// The body is in memory that is lent for one batch after the other, of this number; its descriptor comes with the first one.
  package var lane: UInt8?
  package var count: Int

  /// How much memory is lent, and how large a piece is.
  package static let lanes = 2
  package static let laneSize = 1 << 20

  package init(kind: FrameKind, isShared: Bool = false, lane: UInt8? = nil, count: Int) {
    self.kind = kind
    self.isShared = isShared
    self.lane = lane
    self.count = count
  }

  package var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.put(Self.magic)
    writer.put(kind.rawValue)
    writer.put(UInt8(isShared ? 1 : 0))
    writer.put(lane.map { $0 + 1 } ?? 0)
    writer.put(UInt8(0))
    writer.put(count: count)
    return writer.bytes
  }

  package init(reading bytes: [UInt8]) throws(WireError) {
    var error: WireError?
    var made: FrameHeader?
    unsafe bytes.withUnsafeBytes { memory in
      do throws(WireError) {
        var reader = unsafe ByteReader(memory)
        guard try reader.uint32() == Self.magic, let kind = FrameKind(rawValue: try reader.byte()) else {
          throw WireError("A frame does not begin as one.")
        }
        let isShared = try reader.byte() == 1
        let lane = try reader.byte()
        guard lane <= Self.lanes else { throw WireError("A frame is in memory that nobody lends.") }
        _ = try reader.byte()
        let count = Int(try reader.uint32())
        guard count <= Self.maxBody else { throw WireError("A frame is larger than agreed.") }
        made = FrameHeader(kind: kind, isShared: isShared, lane: lane == 0 ? nil : lane - 1, count: count)
      } catch let caught {
        error = caught
      }
    }
    guard let made else { throw error ?? WireError("A frame does not begin as one.") }
    self = made
  }
}
