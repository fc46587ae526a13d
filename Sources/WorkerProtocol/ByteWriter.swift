package import Manifest

/// Writes a frame's body: little-endian numbers, counted byte strings, aligned arrays.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var count: Int { bytes.count }

  /// Makes room for so many bytes in all, where that is known about.
  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  package mutating func put(_ value: UInt8) { bytes.append(value) }
  package mutating func put(_ value: UInt32) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
  package mutating func put(_ value: UInt64) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
  package mutating func put(_ value: Int32) { put(UInt32(bitPattern: value)) }
  package mutating func put(_ value: Int64) { put(UInt64(bitPattern: value)) }
  package mutating func put(_ value: Double) { put(value.bitPattern) }
  /// A count; counts beyond 32 bits cannot occur (frames are smaller) and are clamped.
  package mutating func put(count: Int) { put(UInt32(clamping: count)) }

  /// Numbers that follow each other, at once: a batch has hundreds of thousands.
  @inline(__always) package mutating func put<let count: Int>(words: [count of UInt32]) {
    var words = words
    for index in words.indices { words[index] = words[index].littleEndian }
    unsafe withUnsafeBytes(of: words) { unsafe bytes.append(contentsOf: $0) }
  }

  package mutating func put(counted memory: UnsafeRawBufferPointer) {
    put(count: memory.count)
    if memory.count > 0 { unsafe bytes.append(contentsOf: memory) }
  }
  package mutating func put(_ text: [UInt8]) {
    put(count: text.count)
    bytes.append(contentsOf: text)
  }
  package mutating func put(_ text: String) {
    put(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }
  package mutating func put(_ texts: [String]) {
    put(count: texts.count)
    for text in texts { put(text) }
  }

  /// Bytes without their count.
  package mutating func append(_ other: ByteWriter) { bytes.append(contentsOf: other.bytes) }
  package mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Zeros up to a multiple of `alignment`, counted from the body's start.
  package mutating func align(to alignment: Int) {
    let over = bytes.count % alignment
    if over > 0 { bytes.append(contentsOf: repeatElement(0, count: alignment - over)) }
  }

  /// A counted array of numbers, aligned to eight bytes.
  package mutating func put(array: [Double]) {
    put(count: array.count)
    align(to: 8)
    unsafe array.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// A counted array of nodes as they lie in memory (`concord_node`), aligned to eight bytes.
  package mutating func put(array: [Node]) {
    put(count: array.count)
    align(to: 8)
    unsafe array.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// A counted array of fields as `concord_field` lies in memory, its padding zero; aligned to eight bytes.
  package mutating func put(array: [RoleTable.Entry]) {
    put(count: array.count)
    align(to: 8)
    bytes.reserveCapacity(bytes.count + 20 * array.count)
    for entry in array {
      put(entry.field)
      put(entry.node)
      put(entry.numberStart)
      put(entry.numberCount)
      put(UInt32(entry.geometry.rawValue))
    }
  }

  /// Takes back all but the first `count` bytes.
  package mutating func cut(to count: Int) { bytes.removeLast(max(0, bytes.count - max(0, count))) }

  package mutating func overwrite(_ value: UInt32, at offset: Int) { overwrite(UInt64(value), at: offset, width: 4) }
  package mutating func overwrite(_ value: UInt64, at offset: Int) { overwrite(value, at: offset, width: 8) }

  private mutating func overwrite(_ value: UInt64, at offset: Int, width: Int) {
    guard offset >= 0, offset + width <= bytes.count else { return }
    for index in 0..<width { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
  }
}

extension UInt32 {
  /// The two halves of a number, as they cross.
  static func low(_ number: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number) }
  static func high(_ number: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number >> 32) }
}
