/// Columns of an index, read in place. An index past the end gives `.max`, which is the number of nothing: whatever the bytes say,
/// no read leaves them.
///
/// Sound as long as the memory's owner lives: columns are stored in the class that owns it, and nowhere else.
@safe struct Column: Sendable {
  // Read only, and freed by the owner alone.
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer
  let count: Int

  init(_ memory: UnsafeRawBufferPointer) {
    unsafe self.memory = memory
    count = memory.count / 4
  }

  subscript(index: Int) -> UInt32 {
    guard index >= 0, index < count else { return .max }
    return unsafe UInt32(littleEndian: memory.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
  }

  /// The number between two columns' ends that stands at `index` and `index + 1`, within `limit`.
  func range(at index: Int, within limit: Int) -> Range<Int> {
    let start = Int(self[index])
    let end = Int(self[index + 1])
    return start <= end && end <= limit ? start..<end : 0..<0
  }
}

/// Bytes of an index, read in place: past the end there are none.
@safe struct Bytes: Sendable {
  // Read only, and freed by the owner alone.
  private nonisolated(unsafe) let memory: UnsafeRawBufferPointer

  init(_ memory: UnsafeRawBufferPointer) { unsafe self.memory = unsafe memory }

  var count: Int { unsafe memory.count }

  subscript(index: Int) -> UInt8 {
    guard index >= 0, unsafe index < memory.count else { return 0 }
    return unsafe memory[index]
  }

  func array(_ range: Range<Int>) -> [UInt8] {
    let range = unsafe range.clamped(to: 0..<memory.count)
    return unsafe [UInt8](memory[range])
  }

  /// The bytes in place: good as long as the owner of the memory.
  func memory(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: memory[range.clamped(to: 0..<memory.count)])
  }

  /// The first place in a range with a number below `limit`, which is 128 at most; its end if there is none.
  ///
  /// Cost: eight places at a time.
  func firstIndex(in range: Range<Int>, below limit: UInt8) -> Int {
    let end = unsafe min(range.upperBound, memory.count)
    let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    var index = range.lowerBound
    while index + 8 <= end {
      let eight = unsafe memory.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // Taking the limit away carries into the top bit of a byte below it, and of none that has no such byte beneath.
      if (eight &- ones &* UInt64(limit)) & ~eight & tops != 0 { break }
      index += 8
    }
    while index < end, self[index] >= limit { index += 1 }
    return index
  }

  /// Whether they are these.
  func equal(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
    range.count == other.count && compare(range, with: other) == 0
  }

  /// Below 0 if the bytes come before `other`, above 0 if after; as if both were cut to `length` bytes.
  func compare(_ range: Range<Int>, with other: [UInt8], length: Int = .max) -> Int {
    let range = unsafe range.clamped(to: 0..<memory.count)
    let mine = min(range.count, length)
    let theirs = min(other.count, length)
    var index = 0
    let shared = min(mine, theirs)
    while index < shared {
      let byte = unsafe memory[range.lowerBound + index]
      if byte != other[index] { return byte < other[index] ? -1 : 1 }
      index += 1
    }
    return mine - theirs
  }
}
