import Testing

@testable import Manifest

/// A text that is read in parts must equal the same text kept in memory.
@Suite struct FileTests {
  @Test(arguments: Layout.allCases) func readInPartsEqualsKept(_ layout: Layout) throws {
    var generator = Generator(seed: UInt64(layout.rawValue.utf8.count) &* 977)
    for round in 0..<60 {
      var kept = Document(
        generator.document(layout, records: [1, 6, 30, 200][round % 4]), syntax: layout.syntax, shape: layout.shape)
      // Most texts have something wrong with them.
      for _ in 0..<round % 5 { _ = kept.apply(generator.edit(kept)) }
      let bytes = kept.allBytes()
      let fresh = Document(bytes, syntax: layout.syntax, shape: layout.shape)
      let part = [1, 7, 100, 2_000, 10_000, 1 << 20][Int(generator.random.next() % 6)]
      let leaf = [64, 500, 2_048, 1 << 15][Int(generator.random.next() % 4)]
      let read = Document(
        reading: Self.file(bytes), syntax: layout.syntax, shape: layout.shape, part: part, leaf: leaf)
      let difference = Comparison.difference(read, fresh)
      try #require(
        difference == nil, "\(layout) round \(round), parts of \(part), leaves of \(leaf): \(difference ?? "")")
      #expect(Self.trees(read) == Self.trees(fresh))
      #expect(read.allBytes() == bytes)
    }
  }

  /// Somebody may write to a file, or cut it, while it is being read: then something is found wrong, and nothing worse.
  @Test(arguments: Layout.allCases) func aFileMayChangeUnderneath(_ layout: Layout) {
    var generator = Generator(seed: 5)
    let bytes = generator.document(layout, records: 120)
    for round in 0..<20 {
      let other = Array(bytes.shuffled(using: &generator.random).prefix(round * bytes.count / 10))
      let isLate = Switch()
      let file = TextFile(byteCount: bytes.count) { range in
        let now = isLate.isOn ? other : bytes
        return Array(now[range.clamped(to: now.indices)])
      }
      let document = Document(reading: file, syntax: layout.syntax, shape: layout.shape, part: 3_000, leaf: 400)
      isLate.isOn = true
      for record in document.records() {
        if let tree = document.tree(of: record.id) { #expect(Comparison.malformed(tree) == nil) }
        _ = document.position(at: record.range.upperBound, in: .utf16)
      }
      #expect(Self.trees(document).allSatisfy { Comparison.malformed($0) == nil })
      #expect(document.problems().count <= document.byteCount + 8)
      #expect(document.allBytes().count == bytes.count)
    }
  }

  private static func file(_ bytes: [UInt8]) -> TextFile { TextFile(byteCount: bytes.count) { Array(bytes[$0]) } }

  /// As the first walk over a document reads them.
  private static func trees(_ document: Document) -> [RecordTree] {
    var iterator = document.records().makeIterator()
    var trees: [RecordTree] = []
    while let source = iterator.nextSource() {
      if let tree = source.tree(in: document) { trees.append(tree) }
    }
    return trees
  }
}

/// Used by one test alone, from one thread.
private final class Switch: @unchecked Sendable {
  var isOn = false
}
