import Foundation
import Testing

@testable import Manifest

/// An edited document must equal one that was read from scratch.
@Suite struct EditTests {
  static var edits: Int { ProcessInfo.processInfo.environment["CONCORD_EDITS"].flatMap { Int($0) } ?? 300 }

  @Test(arguments: Layout.allCases)
  func editedEqualsFresh(_ layout: Layout) throws {
    let edits = max(10, Self.edits / Layout.allCases.count)
    var generator = Generator(seed: UInt64(edits) &* 31 &+ UInt64(layout.rawValue.utf8.count))
    var left = edits
    while left > 0 {
      let seed = generator.random.next()
      var run = EditRun(seed: seed, layout: layout, records: Self.records(seed))
      let count = min(left, 60)
      let failure = run.run(edits: count)
      try #require(failure == nil, "seed \(seed), \(layout): \(failure ?? "")")
      left -= count
    }
  }

  /// Runs that once went wrong: an opener that is missing before the leaf's end, a closer that is missing inside a record,
  /// an edit after which one list has an entry less and the next one more.
  @Test(arguments: [
    (Layout.keyedPretty, UInt64(16_271_332_125_401_159_306), 100), (.keyed, 14_254_599_653_758_054_015, 400),
    (.keyedPretty, 14_949_967_193_274_033_214, 100), (.oneLine, 5_536_411_231_842_139_716, 30),
    (.pretty, 3_313_438_866_274_257_731, 12),
  ]) func foundBySoak(_ layout: Layout, _ seed: UInt64, _ records: Int) {
    var run = EditRun(seed: seed, layout: layout, records: records)
    let failure = run.run(edits: 60)
    #expect(failure == nil, "\(failure ?? "")")
  }

  /// Most documents are small: there edits meet each other.
  private static func records(_ seed: UInt64) -> Int { [6, 6, 12, 12, 30, 30, 100, 400][Int(seed % 8)] }
}

/// What a small edit reads again must not grow with the document.
@Suite struct LocalityTests {
  @Test(arguments: Layout.allCases) func editsReadLittle(_ layout: Layout) {
    var generator = Generator(seed: 21)
    let bytes = generator.document(layout, records: 2500)
    let document = Document(bytes, syntax: layout.syntax, shape: layout.shape)
    let pieces = ["1", " ", "x", ", ", String(repeating: " ", count: 100), String(repeating: "1,", count: 700)]
    var wide: [String] = []
    for round in 0..<120 {
      let at = Int(generator.random.next() % UInt64(bytes.count))
      var region = EditedRegion(document, at..<at, Array(pieces[round % pieces.count].utf8))
      region.read()
      let count = region.new.reduce(0) { $0 + $1.range.count }
      if count > 40_000 { wide.append("\(count) bytes at \(at)") }
    }
    // A letter behind a closing quote opens the string again and may swallow a brace: that changes what the rest means.
    #expect(wide.count <= 2, "\(wide)")
  }
}

/// Random edits over one document, with undo, compared with a fresh reading after each.
struct EditRun {
  var generator: Generator
  var document: Document
  var undo: [Document] = []
  let layout: Layout

  init(seed: UInt64, layout: Layout, records: Int) {
    generator = Generator(seed: seed)
    self.layout = layout
    let bytes = generator.document(layout, records: records)
    document = Document(bytes, syntax: layout.syntax, shape: layout.shape)
  }

  /// What differed first; `nil` if nothing did.
  mutating func run(edits: Int) -> String? {
    for step in 0..<edits {
      let edit = generator.edit(document)
      let before = document
      var plain = document.allBytes()
      plain.replaceSubrange(edit.range, with: edit.replacement)
      let changes = document.apply(edit)
      if document.allBytes() != plain { return "step \(step): text differs after \(edit)" }
      if let difference = Comparison.difference(document, fresh(plain)) {
        return
          "step \(step), \(edit.range) \(String(decoding: edit.replacement.prefix(60), as: UTF8.self)): \(difference)"
      }
      if let difference = Comparison.wrongChanges(changes, from: before, to: document) {
        return
          "step \(step), \(edit.range) \(String(decoding: edit.replacement.prefix(60), as: UTF8.self)): \(difference)"
      }
      // Most damage is undone, so that the text stays like what people have.
      if generator.random.next() % 3 != 0 {
        let length = edit.replacement.count
        _ = document.apply(
          TextEdit(
            range: edit.range.lowerBound..<edit.range.lowerBound + length, replacement: before.bytes(in: edit.range)))
        if let difference = Comparison.difference(document, fresh(before.allBytes())) {
          return "step \(step), undo of \(edit.range): \(difference)"
        }
      }
    }
    return nil
  }

  private func fresh(_ bytes: [UInt8]) -> Document { Document(bytes, syntax: layout.syntax, shape: layout.shape) }
}

enum Comparison {
  /// What two documents of the same text disagree about. Ids may differ.
  static func difference(_ a: Document, _ b: Document) -> String? {
    if a.recordCounts != b.recordCounts { return "records \(a.recordCounts) instead of \(b.recordCounts)" }
    if a.problemCount != b.problemCount { return "\(a.problemCount) problems instead of \(b.problemCount)" }
    let (problemsA, problemsB) = (a.problems(), b.problems())
    if problemsA != problemsB { return "problems \(problemsA.prefix(3)) instead of \(problemsB.prefix(3))" }
    if problemsA.count != a.problemCount { return "\(problemsA.count) problems, counted \(a.problemCount)" }
    let (recordsA, recordsB) = (Array(a.records()), Array(b.records()))
    if recordsA.count != recordsB.count { return "\(recordsA.count) records instead of \(recordsB.count)" }
    var places: [RecordID: Int] = [:]
    for (index, (recordA, recordB)) in zip(recordsA, recordsB).enumerated() {
      if recordA.range != recordB.range || recordA.type != recordB.type || recordA.ordinal != recordB.ordinal {
        return "\(recordA) instead of \(recordB)"
      }
      if index > 0, recordA.id <= recordsA[index - 1].id { return "ids out of order at \(recordA)" }
      places[recordA.id] = index
      let parent = recordA.parent.flatMap { places[$0] }
      if parent.map({ recordsB[$0].id }) != recordB.parent { return "parent of \(recordA)" }
    }
    // Every record now and then, all of a few.
    let step = max(1, recordsA.count / 12)
    for index in stride(from: 0, to: recordsA.count, by: step) {
      if let difference = difference(a, recordsA[index], b, recordsB[index]) { return difference }
    }
    return positions(a, b)
  }

  private static func difference(_ a: Document, _ recordA: Record, _ b: Document, _ recordB: Record) -> String? {
    if a.record(recordA.id) != recordA { return "\(recordA) found as \(String(describing: a.record(recordA.id)))" }
    let (textA, textB) = (a.ownText(of: recordA.id), b.ownText(of: recordB.id))
    if textA != textB { return "own text of \(recordA)" }
    guard let treeA = a.tree(of: recordA.id), let treeB = b.tree(of: recordB.id) else { return "no tree of \(recordA)" }
    if treeA.bytes != treeB.bytes || treeA.nodes != treeB.nodes || treeA.problems != treeB.problems {
      return "tree of \(recordA): \(treeA.nodes) instead of \(treeB.nodes)"
    }
    return malformed(treeA).map { "tree of \(recordA): \($0)" }
  }

  /// What a tree must hold whatever the bytes.
  static func malformed(_ tree: RecordTree) -> String? {
    guard let root = tree.nodes.first else { return "empty" }
    if Int(root.subtreeEnd) != tree.nodes.count { return "root ends at \(root.subtreeEnd) of \(tree.nodes.count)" }
    for (index, node) in tree.nodes.enumerated() {
      if node.end < node.start || Int(node.end) > tree.bytes.count { return "range of node \(index)" }
      if index > 0 {
        guard node.parent < index else { return "parent of node \(index)" }
        let parent = tree.nodes[Int(node.parent)]
        if node.subtreeEnd > parent.subtreeEnd { return "node \(index) leaves its parent" }
        if node.start < parent.start || node.end > parent.end { return "node \(index) outside its parent" }
      }
      if node.childCount > 0, !node.flags.contains(.elided) {
        if tree.children(of: index).reduce(0, { sum, _ in sum + 1 }) != Int(node.childCount) {
          return "children of \(index)"
        }
      }
    }
    return nil
  }

  private static func positions(_ a: Document, _ b: Document) -> String? {
    if a.lineCount != b.lineCount { return "\(a.lineCount) lines instead of \(b.lineCount)" }
    let step = max(1, a.byteCount / 16)
    for offset in stride(from: 0, through: a.byteCount, by: step) {
      for encoding in [PositionEncoding.utf8, .utf16, .utf32] {
        let (place, expected) = (a.position(at: offset, in: encoding), b.position(at: offset, in: encoding))
        if place != expected { return "position of \(offset): \(place) instead of \(expected)" }
        if a.offset(of: place, in: encoding) != b.offset(of: place, in: encoding) { return "offset of \(place)" }
      }
    }
    return nil
  }

  /// Whether the changes say what happened: surviving records that differ are listed, the others are not.
  static func wrongChanges(_ changes: RecordChanges, from a: Document, to b: Document) -> String? {
    let all = changes.removed + changes.inserted + changes.changed
    if Set(all).count != all.count { return "a record is listed twice: \(changes)" }
    let (idsA, idsB) = (Set(a.recordIDs()), Set(b.recordIDs()))
    if Set(changes.removed) != idsA.subtracting(idsB) { return "removed \(changes.removed)" }
    if Set(changes.inserted) != idsB.subtracting(idsA) { return "inserted \(changes.inserted)" }
    let changed = Set(changes.changed)
    let survivors = [.document] + idsA.intersection(idsB).sorted()
    // What the first row of a table says matters to every other.
    let isWide = !a.program.table.isSame(as: b.program.table)
    if isWide, let left = survivors.first(where: { !changed.contains($0) }) { return "\(left) is not listed" }
    let (outerA, outerB) = (ancestors(a), ancestors(b))
    let damaged = recordsWithProblems(a).union(recordsWithProblems(b))
    for id in survivors {
      let differs =
        a.ownText(of: id) != b.ownText(of: id) || outerA[id] != outerB[id]
        || (damaged.contains(id) || changed.contains(id)) && a.tree(of: id) != b.tree(of: id)
      if differs && !changed.contains(id) { return "\(id) differs but is not listed" }
      if !isWide && !differs && changed.contains(id) && a.ownParts(of: id)?.gaps.isEmpty == true
        && b.ownParts(of: id)?.gaps.isEmpty == true && id != .document && !isMember(a, id) && !isMember(b, id)
        && a.ancestors(of: id) == b.ancestors(of: id)
      {
        return "\(id) is listed but does not differ"
      }
    }
    return nil
  }

  /// The records whose tree may depend on more than their own text.
  private static func recordsWithProblems(_ document: Document) -> Set<RecordID> {
    var found: Set<RecordID> = [.document]
    for problem in document.problems(limit: 100) {
      for record in document.records(in: problem.range) { found.insert(record.id) }
      for offset in [problem.range.lowerBound, problem.range.upperBound] {
        found.insert(document.innermostRecord(at: offset).id)
      }
    }
    return found
  }

  /// The records around each, innermost first.
  private static func ancestors(_ document: Document) -> [RecordID: [RecordID]] {
    var all: [RecordID: [RecordID]] = [:]
    for record in document.records() { all[record.id] = record.parent.map { [$0] + (all[$0] ?? []) } ?? [] }
    return all
  }

  private static func isMember(_ document: Document, _ id: RecordID) -> Bool {
    document.place(of: id).map { $0.mark.keyHash != 0 } ?? false
  }
}
