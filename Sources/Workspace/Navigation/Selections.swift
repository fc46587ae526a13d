import Manifest

extension DocumentSnapshot {
  /// What may be selected around an offset, each range within the next: a word, a text, a value, with its name, what it stands in,
  /// and so on to the whole document.
  ///
  /// Cost: the record, and of those around it the members on the way.
  package func selections(at offset: Int) -> [Range<Int>] {
    let offset = max(0, min(offset, document.byteCount))
    var found: [Range<Int>] = []
    func add(_ range: Range<Int>?) {
      guard let range, range.lowerBound <= offset, offset <= range.upperBound, !range.isEmpty else { return }
      guard let last = found.last else { return found.append(range) }
      guard range != last, range.lowerBound <= last.lowerBound, last.upperBound <= range.upperBound else { return }
      found.append(range)
    }
    var next: Record? = document.innermostRecord(at: offset)
    var inner: Range<Int>?
    // Records nest as deep as a shape has steps.
    for _ in 0..<32 {
      guard let record = next, let tree = document.tree(of: record.id) else { break }
      let node = innermostNode(of: tree, in: record.id, around: inner ?? offset..<offset)
      if inner == nil { addText(of: node, tree, record.id, at: offset, add) }
      var current = node
      while tree.nodes.indices.contains(current) {
        let range = document.absolute(tree.nodes[current].range, in: record.id)
        add(range)
        let key =
          current == 0
          ? document.keyRange(of: record.id)
          : tree.nodes[current].hasKey ? document.absolute(tree.nodes[current].keyRange, in: record.id) : nil
        if let key, let range { add(min(key.lowerBound, range.lowerBound)..<max(key.upperBound, range.upperBound)) }
        guard tree.nodes[current].parent != Node.none else { break }
        current = Int(tree.nodes[current].parent)
      }
      inner = record.range
      next = record.parent.flatMap { document.record($0) }
    }
    add(0..<document.byteCount)
    return found
  }

  /// The innermost node whose text, with its key, reaches around a range of the document.
  private func innermostNode(of tree: RecordTree, in record: RecordID, around range: Range<Int>) -> Int {
    if range.isEmpty, let own = document.relative(range.lowerBound, in: record) { return tree.node(at: own) }
    var current = 0
    while true {
      let next = tree.children(of: current).first { child in
        let whole = document.absolute(tree.nodes[child].range, in: record)
        return whole.map { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound } ?? false
      }
      guard let next, next > current else { return current }
      current = next
    }
  }

  /// In a text or a key: the word at the offset, and what stands between the quotes.
  private func addText(
    of node: Int, _ tree: RecordTree, _ record: RecordID, at offset: Int, _ add: (Range<Int>?) -> Void
  ) {
    guard tree.nodes.indices.contains(node) else { return }
    let found = tree.nodes[node]
    let ranges = [found.hasKey ? found.keyRange : nil, found.kind == .string ? found.range : nil].compactMap(\.self)
    let touched = ranges.compactMap { document.absolute($0, in: record) }
      .first { $0.lowerBound <= offset && offset <= $0.upperBound && $0.count <= Self.longText }
    guard let touched else { return }
    let text = document.bytes(in: touched)
    if let word = Self.word(in: text, at: offset - touched.lowerBound) {
      add(word.lowerBound + touched.lowerBound..<word.upperBound + touched.lowerBound)
    }
    let quote = UInt8(ascii: "\"")
    if text.count >= 2, text.first == quote, text.last == quote {
      add(touched.lowerBound + 1..<touched.upperBound - 1)
    }
    add(touched)
  }

  /// Of a longer text no words are looked for.
  private static let longText = 1 << 20

  /// Letters and digits of any script around an offset; `nil` if there are none.
  private static func word(in text: [UInt8], at offset: Int) -> Range<Int>? {
    func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard offset >= 0, offset <= text.count else { return nil }
    var (start, end) = (offset, offset)
    while start > 0, isWord(text[start - 1]) { start -= 1 }
    while end < text.count, isWord(text[end]) { end += 1 }
    return start < end ? start..<end : nil
  }
}
