/// An array in pages of 1,024: growing never copies more than one page and leaves at most one page unused.
struct PagedArray<Element> {
  private static var shift: Int { 10 }
  private static var pageSize: Int { 1 << shift }

  private var pages: ContiguousArray<ContiguousArray<Element>> = []
  private(set) var count = 0

  @inline(__always) subscript(index: Int) -> Element {
    get { pages[index >> Self.shift][index & (Self.pageSize - 1)] }
    _modify { yield &pages[index >> Self.shift][index & (Self.pageSize - 1)] }
  }

  @inline(__always) subscript(index: UInt32) -> Element {
    get { self[Int(index)] }
    _modify { yield &self[Int(index)] }
  }

  mutating func append(_ element: Element) {
    if count & (Self.pageSize - 1) == 0 {
      var page: ContiguousArray<Element> = []
      // The first page grows with its content, so that many small arrays stay small.
      if count > 0 { page.reserveCapacity(Self.pageSize) }
      pages.append(page)
    }
    pages[pages.count - 1].append(element)
    count += 1
  }

  /// Takes the last element off. There must be one.
  mutating func removeLast() -> Element {
    let last = pages[pages.count - 1].removeLast()
    count -= 1
    if pages[pages.count - 1].isEmpty { pages.removeLast() }
    return last
  }

  /// Bytes held, unused capacity included.
  var byteCount: Int {
    pages.reduce(pages.capacity * MemoryLayout<ContiguousArray<Element>>.stride) {
      $0 + $1.capacity * MemoryLayout<Element>.stride + 32
    }
  }
}
