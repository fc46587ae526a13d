/// How rows hang in the chains of one index, beside the rows themselves.
///
/// Eight bytes a row: to walk a chain, and to split one, looks at these alone. The rows, several times as large and mostly far apart,
/// are looked at where the tag is the one that is looked for.
struct TagLinks: ChainRows {
  private struct Link: BitwiseCopyable {
    /// The lower bits of the row's hash.
    var tag: UInt32
    var next: UInt32
  }

  private var links = PagedArray<Link>()

  var byteCount: Int { links.byteCount }

  func hash(of row: UInt32) -> UInt64 { UInt64(links[row].tag) }
  func next(of row: UInt32) -> UInt32 { links[row].next }
  mutating func setNext(of row: UInt32, _ next: UInt32) { links[row].next = next }

  /// Says which hash a row has that is about to be put in.
  mutating func prepare(_ row: UInt32, hash: UInt64) {
    while links.count <= Int(row) { links.append(Link(tag: 0, next: noRow)) }
    links[row].tag = UInt32(truncatingIfNeeded: hash)
  }

  /// Visits the rows of this hash, and hardly any others, as long as `body` says so.
  @inline(__always) func forEach(of hash: UInt64, in index: ChainIndex, _ body: (UInt32) -> Bool) {
    let tag = UInt32(truncatingIfNeeded: hash)
    var row = index.head(of: UInt64(tag))
    while row != noRow {
      let link = links[row]
      if link.tag == tag, !body(row) { return }
      row = link.next
    }
  }
}
