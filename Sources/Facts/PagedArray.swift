/// An array in pages of 1,024: growing never copies more than one page and leaves at most one page unused.
///
/// Its memory is its own: the language's arrays have 32 bytes before their elements, with which a page of 56-byte rows just
/// does not fit the blocks that allocators give, and a sixth of each is lost. A copy shares what it holds until one of the two
/// changes; then all is copied.
@safe struct PagedArray<Element: BitwiseCopyable> {
  private static var shift: Int { 10 }
  private static var pageSize: Int { 1 << shift }

  private typealias Page = UnsafeMutablePointer<Element>
  /// The owner's; here as well, because a look at an element is not to look at the owner.
  private var pages: UnsafeMutablePointer<UnsafeMutablePointer<Element>>?
  private var owner: PageOwner<Element>?
  private(set) var count = 0

  init() { unsafe pages = nil }

  @inline(__always) subscript(index: Int) -> Element {
    get { unsafe address(of: index).pointee }
    _modify {
      own()
      let address = unsafe address(of: index)
      yield unsafe &address.pointee
    }
  }

  @inline(__always) subscript(index: UInt32) -> Element {
    get { self[Int(index)] }
    _modify { yield &self[Int(index)] }
  }

  @inline(__always) private func address(of index: Int) -> Page {
    guard index >= 0, index < count, let pages = unsafe pages else { preconditionFailure("beyond the array") }
    return unsafe pages[index >> Self.shift] + (index & (Self.pageSize - 1))
  }

  mutating func append(_ element: Element) {
    own()
    let owner = owner ?? PageOwner()
    self.owner = owner
    let offset = count & (Self.pageSize - 1)
    if count < Self.pageSize {
      // The first page grows with its content, so that many small arrays stay small.
      if offset & (offset - 1) == 0 { owner.growFirst(to: max(4, 2 * offset), keeping: offset) }
    } else if offset == 0 {
      owner.add(capacity: Self.pageSize)
    }
    unsafe pages = owner.pages
    count += 1
    unsafe address(of: count - 1).initialize(to: element)
  }

  /// Takes the last element off. There must be one.
  mutating func removeLast() -> Element {
    own()
    let last = self[count - 1]
    count -= 1
    if count > 0, count & (Self.pageSize - 1) == 0 { owner?.removeLast(capacity: Self.pageSize) }
    return last
  }

  /// Has it change alone what it changes.
  @inline(__always) private mutating func own() {
    if owner != nil, !isKnownUniquelyReferenced(&owner) { copy() }
  }

  @inline(never) private mutating func copy() {
    var copied = PagedArray()
    for index in 0..<count { copied.append(self[index]) }
    self = copied
  }

  /// Bytes held, unused capacity included.
  var byteCount: Int { owner?.byteCount ?? 0 }
}

/// Holds the pages of an array, and lets them go with it.
@safe private final class PageOwner<Element: BitwiseCopyable> {
  private(set) var pages = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(capacity: 4)
  private var count = 0
  private var room = 4
  /// Elements for which there is room in all pages.
  private var capacity = 0

  deinit {
    for page in 0..<count { unsafe pages[page].deallocate() }
    unsafe pages.deallocate()
  }

  var byteCount: Int { capacity * MemoryLayout<Element>.stride + room * MemoryLayout<Int>.stride }

  func add(capacity added: Int) {
    if count == room {
      let wider = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(capacity: 2 * room)
      unsafe wider.update(from: pages, count: count)
      unsafe pages.deallocate()
      unsafe pages = wider
      room *= 2
    }
    unsafe (pages + count).initialize(to: .allocate(capacity: added))
    count += 1
    capacity += added
  }

  func removeLast(capacity removed: Int) {
    count -= 1
    unsafe pages[count].deallocate()
    capacity -= removed
  }

  /// A larger first page, with the elements that are in the one there is.
  func growFirst(to wanted: Int, keeping kept: Int) {
    guard count > 0 else { return add(capacity: wanted) }
    guard wanted > capacity else { return }
    let wider = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
    unsafe wider.update(from: pages[0], count: kept)
    unsafe pages[0].deallocate()
    unsafe pages[0] = wider
    capacity = wanted
  }
}
