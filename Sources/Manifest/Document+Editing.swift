/// A change of bytes. Offsets are those of the text before it.
package struct TextEdit: Sendable, Hashable {
  package var range: Range<Int>
  package var replacement: [UInt8]
  package init(range: Range<Int>, replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }
}

extension Document {
  /// Changes the text and reads again what that touches. The range is clamped to the text; any bytes may come.
  ///
  /// Cost: O(log n) and a few leaves, more only where the change alters what later text means.
  package mutating func apply(_ edit: TextEdit) -> RecordChanges {
    let lower = max(0, min(edit.range.lowerBound, byteCount))
    let upper = max(lower, min(edit.range.upperBound, byteCount))
    guard lower < upper || !edit.replacement.isEmpty else { return RecordChanges() }
    if let changes = applyToHeader(lower..<upper, edit.replacement) { return changes }
    let before = self
    let balance = program.balance
    var region = EditedRegion(self, lower..<upper, edit.replacement)
    region.read()
    if !syntax.isList { program.balance = region.balance(of: root.summary) }
    let isRebalanced = program.balance != balance
    if isRebalanced && region.needsBalance {
      region = EditedRegion(self, lower..<upper, edit.replacement)
      region.read()
    }
    var changes = region.splice(into: &self, before)
    if isRebalanced { rereadWhatNeedsBalance(&changes, before) }
    return changes
  }

  /// Reads the leaves again whose reading depended on whether brackets balance. There are hardly ever any.
  private mutating func rereadWhatNeedsBalance(_ changes: inout RecordChanges, _ before: Document) {
    var offset = 0
    while let leaf = nextLeaf(from: offset, where: { $0.balanceUses > 0 }) {
      let range = leaf.start..<leaf.end
      var region = EditedRegion(self, range, bytes(in: range))
      region.read()
      offset = max(offset + 1, region.end)
      var unread = self
      unread.program = before.program
      changes.append(region.splice(into: &self, unread))
    }
    changes.changed.removeAll { isUnchanged($0, since: before) }
  }

  /// Whether a record listed as changed is after all what it was: read once one way, and then the other.
  private func isUnchanged(_ id: RecordID, since before: Document) -> Bool {
    guard id != .document, let old = before.place(of: id), let new = place(of: id),
      old.mark.keyHash == 0, new.mark.keyHash == 0,
      let oldParts = before.ownParts(of: id), let newParts = ownParts(of: id),
      oldParts.gaps.isEmpty, newParts.gaps.isEmpty, before.ancestors(of: id) == ancestors(of: id)
    else { return false }
    return before.tree(of: id) == tree(of: id)
  }

  /// The records around one, the nearest first.
  func ancestors(of id: RecordID) -> [RecordID] {
    var ids: [RecordID] = []
    var parent = lineage(of: id)?.parent
    while let id = parent {
      ids.append(id)
      parent = lineage(of: id)?.parent
    }
    return ids
  }
}

/// The leaves an edit touches, read again until the parser is in a state it was in before.
struct EditedRegion {
  private let program: ShapeProgram
  private let syntax: Syntax
  private let left: TextNode?
  /// The old text from the region's start on.
  private let rest: TextNode
  let entry: ParserState
  /// Old leaves the region replaces.
  private(set) var old: [TextNode] = []
  private var oldBytes = 0
  /// New text of the region, and what of the text behind it was needed to look ahead.
  private(set) var window: [UInt8] = []
  private var delta = 0
  /// The leaves behind the region, as far as they are in the window.
  private var ahead: [TextNode] = []
  private var aheadBytes = 0
  private(set) var new: [DraftLeaf] = []
  private var leaves: LeafCursor

  init(_ document: Document, _ range: Range<Int>, _ replacement: [UInt8]) {
    program = document.program
    syntax = document.syntax
    let start = document.leaf(at: max(0, range.lowerBound - Limits.reach)).start
    let (left, right) = start == 0 ? (nil, document.root) : document.root.split(at: start)
    self.left = left
    let restRoot = right ?? document.root
    rest = restRoot
    leaves = LeafCursor(restRoot)
    delta = replacement.count - range.count
    let local = (range.lowerBound - start)..<(range.upperBound - start)
    var text: [UInt8] = []
    // Every leaf up to the one that contains the end of the change.
    repeat {
      guard let leaf = leaves.next() else { break }
      old.append(leaf)
      oldBytes += leaf.leaf.count
      text.append(contentsOf: leaf.leaf.bytes)
    } while oldBytes < local.upperBound
    text.replaceSubrange(local.clamped(to: 0..<text.count), with: replacement)
    window = text
    entry = old.first?.leaf.entry ?? Parser<LeafSink>.initial(shape: document.program, syntax: document.syntax)
  }

  /// What the brackets of the whole text come to with the region read as it is now.
  func balance(of summary: TextSummary) -> Balance {
    let braces = new.reduce(0) { $0 + $1.braces } - old.reduce(0) { $0 + $1.summary.braces }
    let brackets = new.reduce(0) { $0 + $1.brackets } - old.reduce(0) { $0 + $1.summary.brackets }
    return Balance(braces: summary.braces + braces, brackets: summary.brackets + brackets)
  }

  var needsBalance: Bool { new.contains { $0.balanceUses > 0 } }

  mutating func read() {
    var builder = LeafBuilder(from: entry, shape: program, syntax: syntax)
    while true {
      fill(oldBytes + delta + Limits.reach)
      let candidate = oldBytes + delta
      builder.run(window.span, until: candidate)
      guard let next = ahead.first else {
        builder.run(window.span, until: window.count)
        builder.finish(window.span)
        break
      }
      let isFine = builder.pending >= Limits.leaf / 4 || builder.pending == 0
      if builder.parser.position == candidate, isFine, let state = next.leaf.entry, builder.parser.state() == state {
        if builder.pending > 0 { builder.cut() }
        break
      }
      old.append(next)
      oldBytes += next.leaf.count
      ahead.removeFirst()
      aheadBytes -= next.leaf.count
    }
    new = builder.leaves
  }

  /// Brings leaves into the window until it holds `count` bytes, or all.
  private mutating func fill(_ count: Int) {
    while window.count < count || ahead.isEmpty, let leaf = leaves.next() {
      window.append(contentsOf: leaf.leaf.bytes)
      ahead.append(leaf)
      aheadBytes += leaf.leaf.count
    }
  }

  /// Where the region ends in the new text.
  var end: Int { (left?.summary.bytes ?? 0) + oldBytes + delta }

  /// Puts the new leaves in the old ones' place and says what that means for the records.
  ///
  /// `before` is the document as it was read, with the brackets it had.
  mutating func splice(into document: inout Document, _ before: Document) -> RecordChanges {
    var right = ahead.isEmpty ? nil : rest.split(at: oldBytes).1
    window.removeLast(aheadBytes)
    var matching = RecordMatching(entry: entry, old: old, new: new, newText: window)
    matching.match()
    let relabeled = matching.label(after: left?.summary.lastLabel ?? 0, before: &right)
    matching.apply(to: &new)
    matching.noteMoved(relabeled: relabeled, right: right, inner: program.inner)
    let nodes = new.map { $0.node(in: window) } + relabeled
    document.root = TextNode.joined(TextNode.joined(left, TextNode.tree(of: nodes)), right) ?? Document.emptyLeaf
    if old.contains(where: { $0.summary.problems > 0 }) || new.contains(where: { $0.problems > 0 }) {
      let now = document
      matching.noteReread(
        (problems(in: before, oldBytes), problems(in: now, oldBytes + delta)),
        differ: { before.tree(of: $0) != now.tree(of: $0) })
    }
    return matching.changes(in: before, before: left?.summary ?? TextSummary())
  }
}

extension EditedRegion {
  /// The problems that touch the region, with offsets from its start.
  private func problems(in document: Document, _ count: Int) -> [SyntaxProblem] {
    let start = left?.summary.bytes ?? 0
    return document.problems(in: start..<start + count).map {
      SyntaxProblem(
        $0.code, $0.range.lowerBound - start..<$0.range.upperBound - start, replacement: $0.replacement)
    }
  }
}

/// Walks the leaves of a tree.
struct LeafCursor {
  private var path: [(node: TextNode, next: Int)]

  init(_ root: TextNode) { path = [(root, 0)] }

  mutating func next() -> TextNode? {
    while let (node, next) = path.last {
      if node.height == 0 {
        path.removeLast()
        return node
      }
      guard next < node.children.count else {
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      path.append((node.children[next], 0))
    }
    return nil
  }
}
