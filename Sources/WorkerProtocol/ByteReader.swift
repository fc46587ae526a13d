/// The other side sent something that cannot be read.
package struct WireError: Error, Sendable, Hashable {
  /// One sentence.
  package var message: String
  package init(_ message: String) { self.message = message }

  // Made where they are thrown, and out of the way of what is read.
  @usableFromInline @inline(never) static func early() -> WireError { WireError("A frame ends too early.") }
  @usableFromInline @inline(never) static func long() -> WireError { WireError("A list is longer than its frame.") }
  @usableFromInline @inline(never) static func excess() -> WireError { WireError("A list is longer than agreed.") }
}

/// Reads a frame's body. Total: anything that is not there, or too large, throws.
///
/// Reads memory it doesn't own: whoever makes one keeps the memory alive as long as it is used.
@safe package struct ByteReader {
  @usableFromInline let base: UnsafeRawBufferPointer
  @usableFromInline var next = 0
  package var offset: Int { next }

  package init(_ base: UnsafeRawBufferPointer) { unsafe self.base = base }

  /// What is not read yet.
  @inlinable package func rest(_ body: (UnsafeRawBufferPointer) -> Void) {
    unsafe body(UnsafeRawBufferPointer(rebasing: base[next...]))
  }

  @inlinable package var remaining: Int { unsafe base.count - next }

  // Numbers are read where they are asked for: a frame holds hundreds of thousands.
  @inlinable @inline(__always) package mutating func byte() throws(WireError) -> UInt8 {
    guard remaining >= 1 else { throw WireError.early() }
    defer { next += 1 }
    return unsafe base[next]
  }
  @inlinable @inline(__always) package mutating func uint32() throws(WireError) -> UInt32 {
    guard remaining >= 4 else { throw WireError.early() }
    defer { next += 4 }
    return unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: next, as: UInt32.self))
  }
  @inlinable @inline(__always) package mutating func uint64() throws(WireError) -> UInt64 {
    guard remaining >= 8 else { throw WireError.early() }
    defer { next += 8 }
    return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: next, as: UInt64.self))
  }
  @inlinable @inline(__always) package mutating func int32() throws(WireError) -> Int32 {
    Int32(bitPattern: try uint32())
  }
  @inlinable @inline(__always) package mutating func int64() throws(WireError) -> Int64 {
    Int64(bitPattern: try uint64())
  }
  @inlinable @inline(__always) package mutating func double() throws(WireError) -> Double {
    Double(bitPattern: try uint64())
  }

  /// A count of items that take at least `size` bytes each, so that a forged one cannot make anybody allocate.
  @inlinable @inline(__always) package mutating func count(of size: Int = 1, limit: Int = .max) throws(WireError) -> Int
  {
    let count = Int(try uint32())
    guard count <= limit else { throw WireError.excess() }
    guard count <= remaining / max(size, 1) else { throw WireError.long() }
    return count
  }

  /// Bytes in place, valid as long as the memory read.
  @inlinable @inline(__always) package mutating func slice(_ count: Int) throws(WireError) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else { throw WireError.early() }
    defer { next += count }
    return unsafe UnsafeRawBufferPointer(start: base.baseAddress.map { unsafe $0 + next }, count: count)
  }

  package mutating func bytes(limit: Int = .max) throws(WireError) -> [UInt8] {
    let count = try count(limit: limit)
    return unsafe Array(try slice(count))
  }

  /// Text; what is not UTF-8 throws.
  package mutating func string(limit: Int = .max) throws(WireError) -> String {
    let count = try count(limit: limit)
    let slice = unsafe try slice(count)
    guard let text = unsafe String(validating: slice, as: UTF8.self) else { throw WireError("A text is not UTF-8.") }
    return text
  }

  package mutating func strings(limit: Int) throws(WireError) -> [String] {
    var out: [String] = []
    for _ in 0..<(try count(of: 4, limit: limit)) { out.append(try string()) }
    return out
  }

  @inlinable @inline(__always) package mutating func align(to alignment: Int) throws(WireError) {
    let excess = next % alignment
    guard excess != 0 else { return }
    guard remaining >= alignment - excess else { throw WireError.early() }
    next += alignment - excess
  }

  /// An array written with `put(array:)`, in place: its memory, and how many items of `stride` bytes it holds.
  @inlinable @inline(__always) package mutating func array(
    of stride: Int
  ) throws(WireError) -> (memory: UnsafeRawBufferPointer, count: Int) {
    let count = Int(try uint32())
    try align(to: 8)
    let (size, overflow) = count.multipliedReportingOverflow(by: stride)
    guard !overflow else { throw WireError.long() }
    return unsafe (try slice(size), count)
  }
}
