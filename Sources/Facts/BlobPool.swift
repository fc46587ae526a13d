import Findings

/// Small byte strings, each in a cell of the smallest size that holds it.
struct BlobPool {
  private static let sizes = [8, 16, 24, 32, 40, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768, 1024]
  /// A page and what the language keeps before its bytes fill a block of 4,096.
  private static func cellsPerPage(_ size: Int) -> Int { (4096 - 32) / sizes[size] }
  /// Longest blob there can be.
  static var maximum: Int { 1024 - 2 }

  /// One size: pages of cells. A cell begins with its length (two bytes).
  private struct Class {
    var pages: ContiguousArray<ContiguousArray<UInt8>> = []
    var used = 0
    var free: [UInt32] = []
  }

  private var classes = [Class](repeating: Class(), count: sizes.count)

  var byteCount: Int {
    classes.reduce(0) { sum, each in
      each.pages.reduce(sum + each.pages.capacity * 8 + each.free.capacity * 4) { $0 + $1.capacity + 32 }
    }
  }

  /// Keeps the bytes; `nil` when there are too many of them, or no cell number is left.
  mutating func insert(_ bytes: [UInt8]) -> UInt32? {
    guard let size = Self.sizes.firstIndex(where: { $0 >= bytes.count + 2 }) else { return nil }
    let cell: Int
    if let free = classes[size].free.popLast() {
      cell = Int(free)
    } else {
      cell = classes[size].used
      guard cell < 1 << 28 - 1 else { return nil }
      classes[size].used += 1
      if cell % Self.cellsPerPage(size) == 0 {
        classes[size].pages.append(ContiguousArray(repeating: 0, count: Self.sizes[size] * Self.cellsPerPage(size)))
      }
    }
    let (page, place) = cell.quotientAndRemainder(dividingBy: Self.cellsPerPage(size))
    Self.write(bytes, at: place * Self.sizes[size], into: &classes[size].pages[page])
    return UInt32(size) << 28 | UInt32(cell)
  }

  private static func write(_ bytes: [UInt8], at offset: Int, into page: inout ContiguousArray<UInt8>) {
    page[offset] = UInt8(truncatingIfNeeded: bytes.count)
    page[offset + 1] = UInt8(truncatingIfNeeded: bytes.count >> 8)
    for index in bytes.indices { page[offset + 2 + index] = bytes[index] }
  }

  mutating func remove(_ reference: UInt32) {
    classes[Int(reference >> 28)].free.append(reference & 0x0fff_ffff)
  }

  /// The bytes kept under a reference.
  func bytes(of reference: UInt32) -> ArraySlice<UInt8> {
    let (page, range) = location(of: reference)
    return ArraySlice(page[range])
  }

  func equals(_ reference: UInt32, _ bytes: [UInt8]) -> Bool {
    let (page, range) = location(of: reference)
    return range.count == bytes.count && page[range].elementsEqual(bytes)
  }

  private func location(of reference: UInt32) -> (page: ContiguousArray<UInt8>, range: Range<Int>) {
    let size = Int(reference >> 28)
    let cell = Int(reference & 0x0fff_ffff)
    let (number, place) = cell.quotientAndRemainder(dividingBy: Self.cellsPerPage(size))
    let page = classes[size].pages[number]
    let start = place * Self.sizes[size]
    let count = Int(page[start]) | Int(page[start + 1]) << 8
    return (page, start + 2..<start + 2 + count)
  }

  /// The fact that a blob is the rest of.
  func fact(of reference: UInt32, kind: FactKind, key: FactKey, main: Place) -> StatedFact {
    let (page, range) = location(of: reference)
    return FactBlob.decode(page, range, kind: kind, key: key, main: main)
  }

  /// The extent at the beginning of a blob, read in place.
  func extent(of reference: UInt32) -> Extent? {
    let (page, range) = location(of: reference)
    return FactBlob.extent(in: page, at: range.lowerBound)
  }
}
