/// A message whose long strings were read beforehand and stand in it as short names: json-c would read the text of a document
/// several times over, and keep a copy.
@safe struct LongStrings {
  /// The text with names in place of strings.
  let text: [UInt8]
  private let strings: [[UInt8]]
  /// What all names begin with; made at random, so that no other string of the text is one.
  private let name: [UInt8]

  /// Strings with fewer bytes are left to json-c.
  static let least = 1 << 16

  /// `nil` where there is no long string, or one in which json-c may find something to say or to mend. Cost: one pass.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > Self.least else { return nil }
    var random = SystemRandomNumberGenerator()
    let name = Array("\(random.next() as UInt64)-\(random.next() as UInt64)-".utf8)
    var short: [UInt8] = []
    var strings: [[UInt8]] = []
    var copied = 0
    var at = 0
    while let quote = unsafe Self.next(UInt8(ascii: "\""), in: bytes, from: at) {
      if let end = unsafe Self.endOfShort(bytes, from: quote + 1) {
        at = end
        continue
      }
      guard let (string, end) = unsafe Self.read(bytes, from: quote + 1), unsafe !Self.isKey(bytes, end) else {
        return nil
      }
      unsafe short.append(contentsOf: bytes[copied...quote])
      short.append(contentsOf: name)
      short.append(contentsOf: String(strings.count).utf8)
      strings.append(string)
      copied = end - 1
      at = end
    }
    guard !strings.isEmpty else { return nil }
    unsafe short.append(contentsOf: bytes[copied...])
    (text, self.strings, self.name) = (short, strings, name)
  }

  /// The string that a name stands for; `nil` if it is none.
  func string(named text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count > name.count, text.count <= name.count + 20, unsafe text.starts(with: name),
      let index = Int(unsafe String(decoding: text[name.count...], as: UTF8.self)), strings.indices.contains(index)
    else { return nil }
    return strings[index]
  }

  // MARK: Scanning

  private static func next(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    unsafe bytes[start...].firstIndex(of: byte)
  }

  /// Behind the closing quote, if that comes soon.
  private static func endOfShort(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var at = start
    let limit = min(bytes.count, start + least)
    while at < limit {
      switch unsafe bytes[at] {
      case UInt8(ascii: "\""): return at + 1
      case UInt8(ascii: "\\"): at += 2
      default: at += 1
      }
    }
    return nil
  }

  /// What a string says, and where it ends; `nil` for what json-c may read in another way.
  private static func read(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (string: [UInt8], end: Int)? {
    var end: Int?
    // An escape is longer than what it stands for.
    let string = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count - start + 8) { out, count in
      var at = start
      while at < bytes.count {
        let run = unsafe plainRun(bytes, from: at, to: out, at: count)
        at += run
        count += run
        guard at < bytes.count else { break }
        if unsafe bytes[at] == UInt8(ascii: "\"") {
          end = at + 1
          return
        }
        guard let (length, scalar) = unsafe escape(bytes, at) else { return }
        at += length
        for byte in UTF8.encode(scalar) ?? .init() {
          unsafe out[count] = byte
          count += 1
        }
      }
    }
    return end.map { (string, $0) }
  }

  /// Whether what ends there names a member.
  private static func isKey(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    var at = end
    while at < bytes.count, unsafe bytes[at] <= UInt8(ascii: " ") { at += 1 }
    return unsafe at < bytes.count && bytes[at] == UInt8(ascii: ":")
  }

  /// Copies up to the next quote, backslash or control character; how many bytes. Reads and writes eight at a time.
  private static func plainRun(
    _ bytes: UnsafeRawBufferPointer, from start: Int, to out: UnsafeMutableBufferPointer<UInt8>, at place: Int
  ) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var done = 0
    while start + done + 8 <= bytes.count {
      let word = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + done, as: UInt64.self))
      unsafe UnsafeMutableRawBufferPointer(out).storeBytes(
        of: word.littleEndian, toByteOffset: place + done, as: UInt64.self)
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      let found =
        ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & (ones &* 0x80)
      guard found == 0 else { return done + found.trailingZeroBitCount / 8 }
      done += 8
    }
    while start + done < bytes.count {
      let byte = unsafe bytes[start + done]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      unsafe out[place + done] = byte
      done += 1
    }
    return done
  }

  private static func escape(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> (length: Int, scalar: Unicode.Scalar)? {
    guard at + 1 < bytes.count, unsafe bytes[at] == UInt8(ascii: "\\") else { return nil }
    switch unsafe bytes[at + 1] {
    case UInt8(ascii: "\""): return (2, "\"")
    case UInt8(ascii: "\\"): return (2, "\\")
    case UInt8(ascii: "/"): return (2, "/")
    case UInt8(ascii: "b"): return (2, "\u{8}")
    case UInt8(ascii: "f"): return (2, "\u{C}")
    case UInt8(ascii: "n"): return (2, "\n")
    case UInt8(ascii: "r"): return (2, "\r")
    case UInt8(ascii: "t"): return (2, "\t")
    case UInt8(ascii: "u"):
      guard let unit = unsafe hex(bytes, at + 2) else { return nil }
      if let scalar = Unicode.Scalar(unit) { return (6, scalar) }
      // Half of a character in UTF-16: the other half must follow.
      guard unit < 0xDC00, at + 12 <= bytes.count, unsafe bytes[at + 6] == UInt8(ascii: "\\"),
        unsafe bytes[at + 7] == UInt8(ascii: "u"), let low = unsafe hex(bytes, at + 8), 0xDC00..<0xE000 ~= low,
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      else { return nil }
      return (12, scalar)
    default: return nil
    }
  }

  private static func hex(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      guard let digit = unsafe Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
