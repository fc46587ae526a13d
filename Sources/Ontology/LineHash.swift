/// Tells lines of a table apart: two that differ have different hashes but once in some 10^19.
///
/// Sound because loads stay within the bytes that the caller holds.
enum LineHash {
  /// Calls `body` with each line's range and hash, without its end, until it returns `false`. Cost: a pass over the bytes.
  static func forEachLine(in bytes: [UInt8], _ body: (Range<Int>, UInt64) -> Bool) {
    unsafe bytes.withUnsafeBytes { memory in
      var start = 0
      while start < memory.count {
        var end = start
        while end < memory.count, unsafe memory[end] != 0x0A { end += 1 }
        let isReturn = unsafe end > start && memory[end - 1] == 0x0D
        let range = start..<(isReturn ? end - 1 : end)
        guard body(range, unsafe hash(UnsafeRawBufferPointer(rebasing: memory[range]))) else { return }
        start = end + 1
      }
    }
  }

  /// Each step can be undone, so that lines of one length that differ in eight bytes or less never have the same.
  private static func hash(_ line: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: line.count) ^ 0x2545_F491_4F6C_DD1D
    func take(_ word: UInt64) {
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    var offset = 0
    while offset + 8 <= line.count {
      take(unsafe UInt64(littleEndian: line.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < line.count {
      rest = unsafe rest << 8 | UInt64(line[offset])
      offset += 1
    }
    take(rest)
    return hash
  }

  /// Whether every line of a table is a row of it: no quotes, which may hold line ends, no line ends of other kinds, a header in the first line.
  static func isLinewise(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first != 0x0A, first != 0x0D, !bytes.starts(with: "sep=".utf8) else { return false }
    guard TextEncoding.recognize(bytes) == (.utf8, 0) else { return false }
    // A first line of mere space is no header; in one without a delimiter, or after so much, it is looked for elsewhere.
    let header = bytes.prefix { $0 != 0x0A }
    guard header.count < 1 << 16, header.contains(where: { $0 > 0x20 }),
      header.contains(where: { $0 == 0x09 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") })
    else { return false }
    return unsafe bytes.withUnsafeBytes { memory in
      for index in 0..<memory.count {
        let byte = unsafe memory[index]
        if byte == UInt8(ascii: "\"") { return false }
        if byte == 0x0D, unsafe index + 1 == memory.count || memory[index + 1] != 0x0A { return false }
      }
      return true
    }
  }
}
