import CUTF8Proc
import Glibc

extension Folding {
  /// The text with every letter and its marks put together (NFC), as paths and keys that join files are compared; the same
  /// bytes where they are no UTF-8.
  ///
  /// Cost: linear; of ASCII a look at each byte.
  package static func composed(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 >= 0x80 }) else { return text }
    var out: UnsafeMutablePointer<UInt8>?
    // utf8proc allocates what it returns the length of, and we free it.
    let count = unsafe text.withUnsafeBufferPointer { unsafe concord_compose($0.baseAddress, $0.count, &out) }
    defer { unsafe free(out) }
    guard count >= 0, let out = unsafe out else { return text }
    return unsafe Array(UnsafeBufferPointer(start: out, count: count))
  }
}
