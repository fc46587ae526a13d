/// What the header of a picture says.
package struct MediaHeader: Sendable, Hashable {
  package enum Format: UInt32, Sendable { case png = 1, jpeg }
  package var format: Format
  /// Pixels as stored, before turning by `orientation`.
  package var width: UInt32
  package var height: UInt32
  /// 1 to 8 as in Exif; from 5 on, width and height are seen swapped. 1 if the file says nothing.
  package var orientation: UInt32
  package var channels: UInt32

  package init(format: Format, width: UInt32, height: UInt32, orientation: UInt32 = 1, channels: UInt32) {
    self.format = format
    self.width = width
    self.height = height
    self.orientation = orientation
    self.channels = channels
  }
}

/// What the header of a sound says.
package struct SoundHeader: Sendable, Hashable {
  package enum Format: UInt32, Sendable { case wav = 3, flac, aiff }
  package var format: Format
  /// Samples of a channel in a second.
  package var rate: UInt32
  package var channels: UInt32
  /// Samples of a channel; 0 if nobody can tell. No more than the file has, whatever its header says.
  package var frames: UInt64
  /// Of a sample; 0 if the file does not say.
  package var bits: UInt32

  package init(format: Format, rate: UInt32, channels: UInt32, frames: UInt64, bits: UInt32) {
    self.format = format
    self.rate = rate
    self.channels = channels
    self.frames = frames
    self.bits = bits
  }
}

/// What came of reading one media file.
package enum MediaAnswer: Sendable, Hashable {
  case header(MediaHeader)
  case sound(SoundHeader)
  /// Of a kind that is not read here.
  case notKnown
  /// It begins as a picture or sound, but its header can't be read.
  case damaged
  /// It can't be opened or read.
  case unreadable

  package func write(to writer: inout ByteWriter) {
    switch self {
    case .header(let header):
      writer.put(UInt8(0))
      for number in [header.format.rawValue, header.width, header.height, header.orientation, header.channels] {
        writer.put(number)
      }
    case .notKnown: writer.put(UInt8(1))
    case .damaged: writer.put(UInt8(2))
    case .unreadable: writer.put(UInt8(3))
    case .sound(let header):
      writer.put(UInt8(4))
      for number in [header.format.rawValue, header.rate, header.channels, header.bits] { writer.put(number) }
      writer.put(header.frames)
    }
  }

  package init(reading reader: inout ByteReader) throws(WireError) {
    switch try reader.byte() {
    case 0:
      guard let format = MediaHeader.Format(rawValue: try reader.uint32()) else {
        throw WireError("A media format is not known.")
      }
      let width = try reader.uint32()
      let height = try reader.uint32()
      let orientation = try reader.uint32()
      let channels = try reader.uint32()
      guard width > 0, height > 0, (1...8).contains(orientation) else {
        throw WireError("A media header makes no sense.")
      }
      self = .header(
        MediaHeader(format: format, width: width, height: height, orientation: orientation, channels: channels))
    case 1: self = .notKnown
    case 2: self = .damaged
    case 3: self = .unreadable
    case 4:
      guard let format = SoundHeader.Format(rawValue: try reader.uint32()) else {
        throw WireError("A media format is not known.")
      }
      let rate = try reader.uint32()
      let channels = try reader.uint32()
      let bits = try reader.uint32()
      let frames = try reader.uint64()
      guard rate > 0, channels > 0 else { throw WireError("A media header makes no sense.") }
      self = .sound(SoundHeader(format: format, rate: rate, channels: channels, frames: frames, bits: bits))
    default: throw WireError("A media answer is of no known form.")
    }
  }
}
