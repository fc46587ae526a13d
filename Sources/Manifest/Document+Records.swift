extension Document {
  /// By type; the document itself is the one of type 0.
  package var recordCounts: [Int] {
    var counts = (0...shape.patterns.count).map { Int(root.summary.records[$0]) }
    counts[0] = 1
    return counts
  }

  var documentRecord: Record {
    Record(id: .document, type: 0, parent: nil, parentType: 0, range: 0..<byteCount, ordinal: 0)
  }

  /// `nil` if it is gone. Cost: O(log n).
  package func record(_ id: RecordID) -> Record? {
    id == .document ? documentRecord : place(of: id).map(record)
  }

  func record(_ place: MarkPlace) -> Record {
    let mark = place.mark
    return Record(
      id: RecordID(label: mark.label), type: Int(mark.type), parent: parent(of: place),
      parentType: Int(mark.parentType), range: place.offset..<max(place.offset, end(of: place)),
      ordinal: ordinal(of: place), hasKey: mark.keyHash != 0)
  }

  private func parent(of place: MarkPlace) -> RecordID {
    parentPlace(of: place).map { RecordID(label: $0.mark.label) } ?? .document
  }

  /// What a record is, and the one it stands in; `nil` if it is gone. Cost: O(log n), and none of what it takes to know how long the
  /// record is or the how manieth.
  package func lineage(of id: RecordID) -> (type: RecordType, parent: RecordID?)? {
    id == .document ? (0, nil) : place(of: id).map { (Int($0.mark.type), parent(of: $0)) }
  }

  /// The type of JSONL's lines, 0 if they are no records.
  var lineType: UInt8 { syntax == .jsonl ? program.childType(program.all, depth: 0) : 0 }

  private func ordinal(of place: MarkPlace) -> Int {
    let type = place.mark.type
    if type == lineType {
      var line = place.leaf.before.lineFeeds
      for byte in place.leaf.node.leaf.bytes.prefix(Int(place.mark.offset)) where byte == .lineFeed { line += 1 }
      return line
    }
    return place.recordsBefore(type) - (containerPlace(of: place)?.recordsBefore(type) ?? 0)
  }

  /// The smallest record that contains or touches `offset`. Cost: O(log n) for each level of nesting.
  package func innermostRecord(at offset: Int) -> Record {
    var place = lastRecord(upTo: offset)
    while let current = place {
      if offset <= end(of: current) { return record(current) }
      place = parentPlace(of: current)
    }
    return documentRecord
  }

  /// The last record that begins at or before `offset`.
  func lastRecord(upTo offset: Int) -> MarkPlace? {
    let leaf = leaf(at: offset)
    if let index = leaf.node.leaf.marks.lastIndex(where: { $0.kind == .record && leaf.start + Int($0.offset) <= offset }
    ) {
      return MarkPlace(leaf: leaf, index: index)
    }
    guard leaf.start > 0, let before = previousLeaf(upTo: leaf.start - 1, where: { $0.lastLabel != 0 }),
      let index = before.node.leaf.marks.lastIndex(where: { $0.kind == .record })
    else { return nil }
    return MarkPlace(leaf: before, index: index)
  }

  /// The last record that begins at or before an offset; the document where none does. Cost: O(log n).
  package func lastRecordID(upTo offset: Int) -> RecordID {
    lastRecord(upTo: offset).map { RecordID(label: $0.mark.label) } ?? .document
  }

  func recordIDs() -> [RecordID] {
    var ids: [RecordID] = []
    forEachLeaf(from: 0) { leaf, _ in
      for mark in leaf.leaf.marks where mark.kind == .record { ids.append(RecordID(label: mark.label)) }
      return true
    }
    return ids
  }

  /// Records in document order, outer before inner; with a range those that overlap or touch it. The document comes first.
  ///
  /// Cost: O(log n) to start, then a few steps a record.
  package func records(of type: RecordType? = nil, in range: Range<Int>? = nil) -> RecordSequence {
    RecordSequence(document: self, type: type, range: range)
  }
}

/// A record on its way to whoever reads it, with its text if that was at hand where it was met.
package struct RecordSource: Sendable {
  package let record: Record
  fileprivate let text: (storage: [UInt8], range: Range<Int>)?

  fileprivate init(record: Record, text: (storage: [UInt8], range: Range<Int>)?) {
    self.record = record
    self.text = text
  }

  fileprivate init(_ record: Record) { self.init(record: record, text: nil) }

  /// The record's tree, of the document it was met in; `nil` if that has no such record.
  package func tree(in document: Document) -> RecordTree? {
    if let text, let tree = StrictTree.tree(Array(text.storage[text.range]), isLine: document.syntax.isList) {
      return tree
    }
    return document.tree(of: record.id)
  }
}

extension Document {
  /// Whether the text of the record with a mark is all in the mark's leaf, without fault, and holds no records.
  fileprivate func hasPlainText(at mark: Int, in leaf: TextNode) -> Bool {
    leaf.summary.problems == 0 && !syntax.isTable && leaf.leaf.holdsWhole(mark)
  }
}

/// Looks up records of which most stand near the one before.
package struct RecordFinder {
  private let document: Document
  private var leaf: LeafPlace?

  package init(_ document: Document) { self.document = document }

  /// The record with its text, as far as that is at hand; `nil` if it is gone.
  package mutating func source(of id: RecordID) -> RecordSource? {
    guard id != .document else { return document.record(id).map(RecordSource.init) }
    guard let place = document.place(of: id, near: &leaf) else { return nil }
    let record = document.record(place)
    let node = place.leaf.node
    guard document.hasPlainText(at: place.index, in: node), case .kept(let storage) = node.leaf.text else {
      return RecordSource(record)
    }
    let start = node.leaf.start + Int(place.mark.offset)
    return RecordSource(record: record, text: (storage, start..<start + Int(place.mark.length)))
  }
}

package struct RecordSequence: Sequence, Sendable {
  let document: Document
  let type: RecordType?
  let range: Range<Int>?

  package func makeIterator() -> Iterator { Iterator(self) }

  package struct Iterator: IteratorProtocol {
    private let document: Document
    private let type: RecordType?
    private let upperBound: Int
    /// Records around the start of the range, innermost last.
    private var outer: [Record] = []
    /// The way to the current leaf: nodes with the next child to visit.
    private var path: [(node: TextNode, next: Int)] = []
    private var leaf: TextNode?
    /// Of a leaf whose text is not kept.
    private var leafText: [UInt8]?
    private var leafStart = 0
    private var markIndex = 0
    /// Of each type: the latest record, and its place in its container. `nil` before the first was looked up.
    private var latest = [RecordID?](repeating: nil, count: 32)
    private var ordinals = [Int?](repeating: nil, count: 32)
    private var lineFeeds = 0
    private var scanned = 0
    /// Where the text of the last record lies, if it is all in one leaf, without fault, and holds no records.
    private var lastText: (storage: [UInt8], range: Range<Int>)?

    init(_ sequence: RecordSequence) {
      document = sequence.document
      type = sequence.type
      upperBound = sequence.range?.upperBound ?? Int.max
      let start = sequence.range.map { Swift.max(0, $0.lowerBound) } ?? 0
      outer = enclosing(start)
      let first = start == 0 ? LeafPlace(node: document.root, before: TextSummary()) : document.leaf(at: start)
      if start == 0 {
        path = [(document.root, 0)]
        if document.root.height == 0 { enter(document.root, at: 0) } else { advance() }
      } else {
        descend(to: start)
        lineFeeds = first.before.lineFeeds
        if let leaf {
          markIndex = leaf.leaf.marks.firstIndex { leafStart + Int($0.offset) >= start } ?? leaf.leaf.marks.count
        }
      }
    }

    private func enclosing(_ start: Int) -> [Record] {
      var records: [Record] = []
      var place = start > 0 ? document.lastRecord(upTo: start - 1) : nil
      while let current = place {
        if start <= document.end(of: current) { records.append(document.record(current)) }
        place = document.parentPlace(of: current)
      }
      records.append(document.documentRecord)
      return type == nil ? records : records.filter { $0.type == type }
    }

    private mutating func enter(_ node: TextNode, at start: Int) {
      leaf = node
      leafText = nil
      leafStart = start
      markIndex = 0
      scanned = 0
    }

    private mutating func descend(to offset: Int) {
      var node = document.root
      var start = 0
      while node.height > 0 {
        var index = 0
        while index + 1 < node.children.count, start + node.children[index].summary.bytes <= offset {
          start += node.children[index].summary.bytes
          index += 1
        }
        path.append((node, index + 1))
        node = node.children[index]
      }
      enter(node, at: start)
    }

    /// Goes to the next leaf.
    private mutating func advance() {
      if let leaf {
        lineFeeds += leaf.summary.lineFeeds - feedsScanned
        leafStart += leaf.leaf.count
      }
      feedsScanned = 0
      leaf = nil
      while let (node, next) = path.last {
        guard node.height > 0, next < node.children.count else {
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let child = node.children[next]
        if child.height == 0 {
          enter(child, at: leafStart)
          return
        }
        path.append((child, 0))
      }
    }
    private var feedsScanned = 0

    /// The next record with its text, as far as that is at hand.
    package mutating func nextSource() -> RecordSource? {
      lastText = nil
      guard let record = next() else { return nil }
      return RecordSource(record: record, text: lastText)
    }

    package mutating func next() -> Record? {
      if let record = outer.popLast() { return record }
      while let leaf {
        guard markIndex < leaf.leaf.marks.count else {
          advance()
          continue
        }
        let mark = leaf.leaf.marks[markIndex]
        defer { markIndex += 1 }
        if mark.kind == .open { ordinals[Int(mark.type)] = 0 }
        guard mark.kind == .record else { continue }
        let offset = leafStart + Int(mark.offset)
        guard offset <= upperBound else { return nil }
        let record = record(mark, at: offset, in: leaf)
        guard type == nil || type == record.type else { continue }
        if document.hasPlainText(at: markIndex, in: leaf) {
          lastText = text(of: leaf, in: Int(mark.offset)..<Int(mark.offset + mark.length))
        }
        return record
      }
      return nil
    }

    /// A part of the current leaf's text, and where it lies there. Text that is not kept is read once a leaf.
    private mutating func text(of leaf: TextNode, in range: Range<Int>) -> (storage: [UInt8], range: Range<Int>) {
      if case .kept(let storage) = leaf.leaf.text {
        return (storage, leaf.leaf.start + range.lowerBound..<leaf.leaf.start + range.upperBound)
      }
      let text = leafText ?? Array(leaf.leaf.bytes)
      leafText = text
      return (text, range)
    }

    private mutating func record(_ mark: Mark, at offset: Int, in leaf: TextNode) -> Record {
      let type = Int(mark.type)
      let id = RecordID(label: mark.label)
      let knowsParent = mark.parentType == 0 || latest[Int(mark.parentType)] != nil
      let isLine = mark.type == document.lineType
      var record: Record
      if knowsParent, mark.length != Mark.openEnded, isLine || ordinals[type] != nil {
        record = Record(
          id: id, type: type, parent: mark.parentType == 0 ? .document : latest[Int(mark.parentType)],
          parentType: Int(mark.parentType), range: offset..<offset + Int(mark.length),
          ordinal: isLine ? line(mark, leaf) : ordinals[type] ?? 0, hasKey: mark.keyHash != 0)
      } else {
        record = document.record(id) ?? document.documentRecord
      }
      latest[type] = id
      ordinals[type] = record.ordinal + 1
      return record
    }

    private mutating func line(_ mark: Mark, _ leaf: TextNode) -> Int {
      let (text, range) = text(of: leaf, in: scanned..<Int(mark.offset))
      for byte in text[range] where byte == .lineFeed {
        feedsScanned += 1
        lineFeeds += 1
      }
      scanned = Int(mark.offset)
      return lineFeeds
    }
  }
}
