import CZLIB

/// Data as gzip packs it.
///
/// Sound because zlib's stream stays where it was made until `deinit`, and the pointers it is given are good for the one call.
package enum Gzip {
  /// The data packed, always the same for the same data: no name and no time goes in. Throws if there is no memory for it.
  package static func packed(_ bytes: [UInt8]) throws(FileError) -> [UInt8] {
    var stream = unsafe z_stream()
    guard unsafe concord_deflate_init(&stream) == Z_OK else { throw Self.error("There is no memory to pack it.") }
    defer { unsafe deflateEnd(&stream) }
    var out: [UInt8] = []
    var input = bytes
    var result = Z_OK
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(clamping: source.count))
      while result == Z_OK {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let left = unsafe piece.withUnsafeMutableBufferPointer { target in
          unsafe (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
          result = unsafe deflate(&stream, Z_FINISH)
          return unsafe Int(stream.avail_out)
        }
        out += piece.dropLast(left)
      }
    }
    guard result == Z_STREAM_END, bytes.count <= Int(UInt32.max) else { throw Self.error("It could not be packed.") }
    return out
  }

  static func error(_ message: String) -> FileError { FileError(.failed, path: "", message: message) }
}

/// Unpacks gzip's data piece by piece, never more than is asked for.
///
/// A class because zlib keeps the address of its stream.
@safe package final class Gunzip {
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: [UInt8]
  private var offset = 0
  private var hasEnded = false

  /// Throws if there is no memory.
  package init(_ packed: [UInt8]) throws(FileError) {
    input = packed
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe concord_inflate_init(stream) == Z_OK else {
      unsafe stream.deallocate()
      throw Gzip.error("There is no memory to unpack it.")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The next bytes; fewer than `count` only where the data ends. Throws if it is damaged, cut off, or something follows it.
  package func read(_ count: Int) throws(FileError) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: max(0, count))
    var filled = 0
    while filled < out.count, !hasEnded {
      let (result, taken, made) = step(into: &out, from: filled)
      offset += taken
      filled += made
      switch result {
      case Z_STREAM_END:
        hasEnded = true
        guard offset == input.count else { throw Gzip.error("Something follows where it should end.") }
      case Z_OK where taken > 0 || made > 0: break
      case Z_OK, Z_BUF_ERROR: throw Gzip.error("It ends too early: it was not copied whole.")
      default: throw Gzip.error("It is damaged.")
      }
    }
    out.removeLast(out.count - filled)
    return out
  }

  private func step(into out: inout [UInt8], from filled: Int) -> (result: Int32, taken: Int, made: Int) {
    let offset = offset
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe out.withUnsafeMutableBufferPointer { target in
        let given = min(source.count - offset, 1 << 20)
        let room = min(target.count - filled, 1 << 20)
        // zlib reads what is to be unpacked and never writes there.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { unsafe $0 + offset })
        unsafe stream.pointee.avail_in = UInt32(given)
        unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + filled }
        unsafe stream.pointee.avail_out = UInt32(room)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        return unsafe (result, given - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
      }
    }
  }
}
