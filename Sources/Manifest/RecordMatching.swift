/// Finds which records of a region are still there after an edit, and gives the others ids.
struct RecordMatching {
  private(set) var old: RegionRecords
  private(set) var new: RegionRecords
  private let startsInGap: Bool
  /// The type of the innermost record around the region's start.
  private let ownerType: UInt8
  private(set) var labels: [UInt64]
  var result = RecordChanges()
  /// Labels that must not be given again at once.
  private var gone: Set<UInt64> = []
  private static let search = 16

  init(entry: ParserState, old: [TextNode], new: [DraftLeaf], newText: [UInt8]) {
    let frame = entry.top.frame
    let isInScalar: Bool =
      switch entry.mode {
      case .string(let isKey): !isKey
      case .word: true
      default: false
      }
    startsInGap = frame.childType != 0 && entry.mode != .start && !isInScalar
    ownerType = frame.childType != 0 && isInScalar ? frame.childType : frame.ownerType
    var text: [UInt8] = []
    var leaves: [(start: Int, marks: [Mark])] = []
    for node in old {
      leaves.append((text.count, node.leaf.marks))
      text.append(contentsOf: node.leaf.bytes)
    }
    self.old = RegionRecords(text: text, leaves: leaves, startsInGap: startsInGap)
    self.new = RegionRecords(
      text: newText, leaves: new.map { ($0.range.lowerBound, $0.marks) }, startsInGap: startsInGap)
    labels = [UInt64](repeating: 0, count: self.new.items.count)
  }

  // MARK: Matching

  mutating func match() {
    var (i, j) = (0, 0)
    var (oldEnd, newEnd) = (old.items.count, new.items.count)
    while i < oldEnd, i < newEnd, isSame(i, i) {
      labels[i] = old.items[i].label
      i += 1
    }
    j = i
    while oldEnd > i, newEnd > j, isSame(oldEnd - 1, newEnd - 1) {
      oldEnd -= 1
      newEnd -= 1
      labels[newEnd] = old.items[oldEnd].label
    }
    while i < oldEnd || j < newEnd {
      if i < oldEnd, j < newEnd, isSame(i, j) {
        labels[j] = old.items[i].label
        (i, j) = (i + 1, j + 1)
      } else if let (skipOld, skipNew) = resync(i, j, oldEnd, newEnd) {
        pair(i..<i + skipOld, j..<j + skipNew)
        (i, j) = (i + skipOld, j + skipNew)
      } else {
        let (stepOld, stepNew) = (min(oldEnd, i + 1), min(newEnd, j + 1))
        pair(i..<stepOld, j..<stepNew)
        (i, j) = (stepOld, stepNew)
      }
    }
  }

  private func isSame(_ i: Int, _ j: Int) -> Bool {
    let (a, b) = (old.items[i], new.items[j])
    return a.type == b.type && a.keyHash == b.keyHash && old.equals(a.content, b.content, in: new)
  }

  /// The nearest place where both sides agree again.
  private func resync(_ i: Int, _ j: Int, _ oldEnd: Int, _ newEnd: Int) -> (Int, Int)? {
    for distance in 1...RecordMatching.search {
      for skip in 0...distance {
        if i + skip < oldEnd, j + distance < newEnd, isSame(i + skip, j + distance) { return (skip, distance) }
        if i + distance < oldEnd, j + skip < newEnd, isSame(i + distance, j + skip) { return (distance, skip) }
      }
      if i + distance >= oldEnd && j + distance >= newEnd { break }
    }
    return nil
  }

  /// Pairs differing records of one type in order: what remains was removed or inserted.
  private mutating func pair(_ a: Range<Int>, _ b: Range<Int>) {
    var (i, j) = (a.lowerBound, b.lowerBound)
    while i < a.upperBound || j < b.upperBound {
      if i < a.upperBound, j < b.upperBound, old.items[i].type == new.items[j].type {
        labels[j] = old.items[i].label
        result.changed.append(RecordID(label: old.items[i].label))
        (i, j) = (i + 1, j + 1)
      } else if j >= b.upperBound || (i < a.upperBound && a.upperBound - i > b.upperBound - j) {
        result.removed.append(RecordID(label: old.items[i].label))
        i += 1
      } else {
        j += 1
      }
    }
  }

  // MARK: Labels

  /// Gives new records labels between their neighbors', none that was just removed. Where there is no room,
  /// some records that follow get new labels too; leaves that this takes from `right` are returned.
  mutating func label(after last: UInt64, before right: inout TextNode?) -> [TextNode] {
    gone = Set(result.removed.map(\.label))
    var previous = last
    var index = 0
    var taken: [TextNode] = []
    while index < labels.count {
      if labels[index] == 0 {
        let (end, leaves) = labelRun(from: index, after: previous, &right)
        taken += leaves
        index = end
      } else {
        index += 1
      }
      previous = labels[index - 1]
    }
    return taken
  }

  /// Labels the records from `start` to the next one that has a label; returns where that is.
  private mutating func labelRun(
    from start: Int, after previous: UInt64, _ right: inout TextNode?
  ) -> (Int, [TextNode]) {
    var taken: [TextNode] = []
    var extra = 0
    var end = unlabeled(from: start)
    var next = nextLabel(end, right)
    let isTight = next != 0 && (next - previous) / 4 <= UInt64(end - start + gone.count)
    while isTight, next != 0, (next - previous) / 1024 <= UInt64(end - start + extra + gone.count) {
      if end < labels.count {
        renew(end)
        end = unlabeled(from: end)
      } else if let leaf = takeLeaf(&right) {
        taken.append(leaf)
        for mark in leaf.leaf.marks where mark.kind == .record {
          extra += 1
          gone.insert(mark.label)
          result.removed.append(RecordID(label: mark.label))
        }
      }
      next = nextLabel(end, right)
    }
    var spread = LabelSpread(after: previous, before: next, count: end - start + extra, evenly: isTight)
    for place in start..<end { labels[place] = insert(&spread) }
    return (end, taken.map { relabel($0, &spread) })
  }

  private func unlabeled(from start: Int) -> Int {
    var end = start
    while end < labels.count, labels[end] == 0 { end += 1 }
    return end
  }

  private func nextLabel(_ end: Int, _ right: TextNode?) -> UInt64 {
    end < labels.count ? labels[end] : right?.summary.firstLabel ?? 0
  }

  private mutating func insert(_ spread: inout LabelSpread) -> UInt64 {
    let label = spread.next(notIn: gone)
    result.inserted.append(RecordID(label: label))
    return label
  }

  /// Takes a surviving record's label away.
  private mutating func renew(_ index: Int) {
    let id = RecordID(label: labels[index])
    labels[index] = 0
    result.changed.removeAll { $0 == id }
    gone.insert(id.label)
    result.removed.append(id)
  }

  private func takeLeaf(_ right: inout TextNode?) -> TextNode? {
    guard let tree = right else { return nil }
    var cursor = LeafCursor(tree)
    guard let leaf = cursor.next() else { return nil }
    right = leaf.leaf.count == tree.summary.bytes ? nil : tree.split(at: leaf.leaf.count).1
    return leaf
  }

  private mutating func relabel(_ leaf: TextNode, _ spread: inout LabelSpread) -> TextNode {
    var marks = leaf.leaf.marks
    for index in marks.indices where marks[index].kind == .record {
      marks[index].label = insert(&spread)
    }
    return TextNode(leaf, marks: marks)
  }

  func apply(to leaves: inout [DraftLeaf]) {
    for (index, item) in new.items.enumerated() { leaves[item.leaf].marks[item.mark].label = labels[index] }
  }

  // MARK: Changes

  /// Adds the surviving records whose text is the same and whose tree is not, as recovery saw something else around them.
  ///
  /// `problems` are all that touch the region, before and after, with offsets from its start; `differ` compares two trees.
  mutating func noteReread(
    _ problems: (before: [SyntaxProblem], after: [SyntaxProblem]), differ: (RecordID) -> Bool
  ) {
    old.problems = problems.before.sorted { $0.range.lowerBound < $1.range.lowerBound }
    new.problems = problems.after.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let contents = Dictionary(old.items.map { ($0.label, $0.content) }) { first, _ in first }
    let known = Set(result.changed)
    for (item, label) in zip(new.items, labels) {
      let id = RecordID(label: label)
      guard let content = contents[label], !known.contains(id), !old.isReadAlike(content, item.content, in: new),
        differ(id)
      else { continue }
      result.changed.append(id)
    }
  }

  /// `before` is the document as it was, and the sums of what stands before the region.
  func changes(in document: Document, before: TextSummary) -> RecordChanges {
    var changes = result
    var type = ownerType
    var isGap = startsInGap
    var pending = 0
    for level in 0..<max(old.outer.count, new.outer.count) {
      let a = level < old.outer.count ? old.outer[level] : RegionRecords.Content()
      let b = level < new.outer.count ? new.outer[level] : RegionRecords.Content()
      if isGap {
        // Children of a container count for the record around it.
        pending = a.children.reduce(0, +) - b.children.reduce(0, +)
      } else {
        let (id, parent) = outerRecord(type, in: document, before: before)
        if pending != 0 || !old.equals(a, b, in: new) { changes.changed.append(id) }
        pending = 0
        if id == .document { break }
        type = parent
      }
      isGap.toggle()
    }
    if pending != 0 { changes.changed.append(outerRecord(type, in: document, before: before).0) }
    return changes
  }

  /// The last record of `type` before the region, and the type of the one around it.
  private func outerRecord(_ type: UInt8, in document: Document, before: TextSummary) -> (RecordID, UInt8) {
    guard type != 0,
      let place = document.place(ofRecord: Int(before.records[Int(type & 31)]) - 1, type: type)
    else { return (.document, 0) }
    return (RecordID(label: place.mark.label), place.mark.parentType)
  }
}

/// Labels between two others.
struct LabelSpread {
  private var last: UInt64
  private let step: UInt64

  /// `before` 0: there is no later label.
  init(after last: UInt64, before next: UInt64, count: Int, evenly: Bool) {
    self.last = last
    let parts = UInt64(count + 1)
    if next == 0 {
      step = max(1, min(1 << 40, (UInt64.max - last) / parts / 1024))
    } else {
      let gap = next > last ? next - last : 0
      // More room behind than before: people add records one after the other.
      step = max(1, gap / parts / 4 * (evenly ? 3 : 1))
    }
  }

  mutating func next(notIn gone: Set<UInt64>) -> UInt64 {
    last &+= step
    while gone.contains(last) { last &+= 1 }
    return last
  }
}
