/// Unescapes the inside of a JSON string into `out`. Never longer than it was. What is no escape stays as it stands; a half of a pair becomes U+FFFD.
func unescape(_ text: UnsafeRawBufferPointer, into out: UnsafeMutableRawPointer) -> Int {
  var read = 0
  var written = 0
  func put(_ byte: UInt8) {
    unsafe out.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
    written += 1
  }
  func hex(at offset: Int) -> UInt32? {
    guard offset + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for index in offset..<(offset + 4) {
      let byte = unsafe text[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
  while read < text.count {
    let byte = unsafe text[read]
    guard byte == UInt8(ascii: "\\"), read + 1 < text.count else {
      put(byte)
      read += 1
      continue
    }
    let escape = unsafe text[read + 1]
    read += 2
    switch escape {
    case UInt8(ascii: "n"): put(10)
    case UInt8(ascii: "r"): put(13)
    case UInt8(ascii: "t"): put(9)
    case UInt8(ascii: "b"): put(8)
    case UInt8(ascii: "f"): put(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): put(escape)
    case UInt8(ascii: "u"):
      guard var code = hex(at: read) else {
        put(UInt8(ascii: "\\"))
        put(escape)
        continue
      }
      read += 4
      if code & 0xFC00 == 0xD800, read + 6 <= text.count, unsafe text[read] == UInt8(ascii: "\\"),
        unsafe text[read + 1] == UInt8(ascii: "u"), let low = hex(at: read + 2), low & 0xFC00 == 0xDC00
      {
        code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
        read += 6
      }
      for unit in String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8 { put(unit) }
    default:
      put(UInt8(ascii: "\\"))
      put(escape)
    }
  }
  return written
}
