import Findings
import Foundation
import Manifest
import TestSupport
import Testing
import Workspace

/// Whatever the text and wherever the cursor: an answer comes, and what is taken stands there as it was offered.
@Suite struct CompletionPropertyTests {
  static let examples: [String] = {
    let plugins = Installation.repository + "/Plugins"
    let names = FileManager.default.enumerator(atPath: plugins)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.contains("/Examples/") && ($0.hasSuffix(".json") || $0.hasSuffix(".jsonl")) }.sorted()
  }()

  @Test(arguments: examples) func everyOfferStandsWhereItWasTaken(_ name: String) async throws {
    let text = try [UInt8](Data(contentsOf: URL(fileURLWithPath: Installation.repository + "/Plugins/" + name)))
    var random = SplitMix64(seed: UInt64(text.count))
    let language = name.hasSuffix("l") ? "jsonl" : "json"
    let desk = try await Desk(text, path: "/" + name.replacing("/", with: "-"), languageID: language)
    await desk.workspace.settle(desk.uri)
    for _ in 0..<40 {
      try await check(desk, Int(random.next() % UInt64(text.count + 1)), isSound: true)
    }
    // Broken ones: a part is taken out, or a quote or bracket put in.
    for _ in 0..<25 {
      let offset = Int(random.next() % UInt64(text.count))
      let pieces: [[UInt8]] = [
        Array("\"".utf8), Array("{".utf8), Array("]".utf8), Array(",".utf8), Array("\n".utf8), [0xFF], [],
      ]
      let piece = pieces[Int(random.next() % UInt64(pieces.count))]
      let end = min(text.count, offset + Int(random.next() % 9))
      await desk.workspace.change(desk.uri, version: 0, edits: [.whole(text), .bytes(offset..<end, piece)])
      let length = try await desk.snapshot.document.byteCount
      for _ in 0..<3 {
        let near = max(0, min(length, offset - 20 + Int(random.next() % 40)))
        try await check(desk, near, isSound: false)
      }
    }
  }

  private func check(_ desk: Desk, _ offset: Int, isSound: Bool) async throws {
    let snapshot = try await desk.snapshot
    let text = snapshot.document.allBytes()
    let list = await desk.workspace.completions(at: offset, in: snapshot)
    for item in list.items.prefix(4) {
      let edits = item.edit.others.map(\.range) + [item.edit.replace]
      #expect(edits.allSatisfy { 0 <= $0.lowerBound && $0.upperBound <= text.count }, "at \(offset)")
      let taken = CompletionDesk.applied(item.edit, to: text)
      let shift = item.edit.others.filter { $0.range.upperBound <= item.edit.replace.lowerBound }
        .reduce(0) { $0 + $1.replacement.count - $1.range.count }
      let place = item.edit.replace.lowerBound + shift
      var document = snapshot.document
      document = Document(taken, syntax: document.syntax, shape: document.shape)
      if isSound, item.kind != .key, item.kind != .snippet {
        #expect(document.problemCount == 0, "`\(item.label)` at \(offset) of \(desk.uri)")
      }
      #expect(
        Self.stands(item, at: place, in: document),
        "`\(item.label)` at \(offset): \(String(decoding: taken[max(0, place - 40)..<min(taken.count, place + 60)], as: UTF8.self))"
      )
    }
  }

  /// Whether the key or value that an item stands for is what the text has at a place.
  private static func stands(_ item: CompletionItem, at place: Int, in document: Document) -> Bool {
    var record: Record? = document.innermostRecord(at: place)
    while let current = record {
      if let own = document.relative(place, in: current.id), let tree = document.tree(of: current.id) {
        for index in tree.nodes.indices {
          let node = tree.nodes[index]
          if item.kind == .key {
            if node.hasKey, node.keyRange.lowerBound <= own + 2, own <= node.keyRange.upperBound,
              tree.key(of: index) == item.label
            {
              return true
            }
          } else if item.kind == .snippet {
            if node.range.lowerBound <= own + 2, own <= node.range.upperBound { return true }
          } else if node.range.lowerBound <= own + 2, own <= node.range.upperBound {
            let written = tree.string(of: index).map { Array($0.utf8) } ?? Array(tree.text(of: index))
            let body = String(decoding: item.edit.body.plain, as: UTF8.self)
            if body.contains(String(decoding: written, as: UTF8.self)) || body.hasPrefix("[") || body.hasPrefix("{")
              || body.contains("\\")
            {
              return true
            }
          }
        }
      }
      record = current.parent.flatMap { document.record($0) }
    }
    return false
  }
}
