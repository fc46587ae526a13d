import Findings
import Foundation
import Manifest
import TestSupport
import Testing

@testable import Workspace

/// What holds of every id of every example.
@Suite struct NavigationPropertyTests {
  static let files: [String] = ["Examples", "Plugins"].flatMap { folder -> [String] in
    let root = Installation.repository + "/" + folder
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    // The name of a Sentinel-1 image says when and how it was taken: under another one, other things are found.
    return all.filter { $0.hasSuffix(".json") && !$0.hasSuffix("/product-item.json") || $0.hasSuffix(".jsonl") }
      .filter { folder == "Examples" || $0.contains("/Examples/") }.map { root + "/" + $0 }.sorted()
  }

  private func desk(_ path: String) async throws -> Desk {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let library = try (path.contains("/Examples/store/") ? Installation.storeLibrary : Installation.library).get()
    let desk = try await Desk(
      bytes, path: path, languageID: path.hasSuffix("l") ? "jsonl" : "json", library: library)
    await desk.workspace.settle(desk.uri)
    return desk
  }

  private func identifiers(_ snapshot: DocumentSnapshot) -> [(range: Range<Int>, identifier: Identifier)] {
    guard let reader = RecordReader(snapshot) else { return [] }
    return snapshot.document.records().compactMap { reader.read($0) }.flatMap { reading in
      reading.identifiers.compactMap { identifier in reading.range(of: identifier).map { ($0, identifier) } }
    }
  }

  @Test(arguments: files) func anIDLeadsToItsEntryAndTheEntryBack(path: String) async throws {
    let desk = try await desk(path)
    let snapshot = try await desk.snapshot
    for (range, identifier) in identifiers(snapshot) {
      let offset = (range.lowerBound + range.upperBound) / 2
      let found = await snapshot.definitions(at: offset, in: desk.workspace)
      let all = await snapshot.occurrences(at: offset, withDefinitions: true, in: desk.workspace) ?? []
      #expect(all.contains { $0.range == range }, "\(range) is not among its own places")
      if identifier.part == .definition { #expect(found?.places.contains { $0.selection == range } == true) }
      for place in found?.places ?? [] where place.uri == desk.uri {
        let back = await snapshot.occurrences(
          at: place.selection.lowerBound, withDefinitions: true, in: desk.workspace)
        #expect(back == all, "from \(place.selection) back to \(range)")
      }
    }
  }

  @Test(arguments: files) func afterRenamingTheSameIsFound(path: String) async throws {
    let desk = try await desk(path)
    let original = try await desk.text
    let before = try await desk.findings.map { "\($0.rule) \($0.count)" }.sorted()
    let definitions = identifiers(try await desk.snapshot).filter { $0.identifier.part == .definition }
    var version = 0
    for index in stride(from: 0, to: definitions.count, by: max(1, definitions.count / 5)) {
      let offset = definitions[index].range.lowerBound + 1
      let snapshot = try await desk.snapshot
      guard let start = try? await snapshot.renameStart(at: offset, in: desk.workspace), let old = start.text else {
        continue
      }
      let isNumber = snapshot.document.byte(at: definitions[index].range.lowerBound) != UInt8(ascii: "\"")
      // Names of one form stay of that form: what else they are, a rule may look at.
      let isUID = old.contains(".") && old.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
      let stem = String(decoding: old.utf8.reversed().drop { (48...57).contains($0) }.reversed(), as: UTF8.self)
      let isCounted = stem.utf8.count < old.utf8.count && stem.utf8.count <= 2 && !stem.isEmpty
      let new = isNumber ? "987654" : isUID ? "2.25.987654" : isCounted ? stem + "987654" : "zz-new"
      let files = try await snapshot.rename(at: offset, to: new, in: desk.workspace).files
      // What other files name as well is renamed there, too, and here is only this one.
      guard files.count == 1, let edits = files.first?.edits else { continue }
      version += 1
      await desk.workspace.change(
        desk.uri, version: version, edits: edits.reversed().map { .bytes($0.range, $0.replacement) })
      #expect(try await desk.findings.map { "\($0.rule) \($0.count)" }.sorted() == before, "\(old)")
      // What it was renamed to has another length, and ids before it may have been renamed too.
      let renamed = try await desk.snapshot
      let now = identifiers(renamed).filter { $0.identifier.part == .definition }[index].range.lowerBound + 1
      let back = try await renamed.rename(at: now, to: old, in: desk.workspace).files.flatMap(\.edits)
      version += 1
      await desk.workspace.change(
        desk.uri, version: version, edits: back.reversed().map { .bytes($0.range, $0.replacement) })
      #expect(try await desk.text == original, "\(old)")
    }
  }

  /// Nothing traps and nothing lies outside of the text, whatever the text.
  @Test(arguments: files) func brokenTextsAreAnswered(path: String) async throws {
    var random = SplitMix64(seed: 7)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    for _ in 0..<12 {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let junk = Array(#"{}[]",:\0 "#.utf8).randomElement(using: &random) ?? 0x20
      if Bool.random(using: &random) { bytes.remove(at: at) } else { bytes.insert(junk, at: at) }
    }
    let desk = try await Desk(bytes, path: path, languageID: path.hasSuffix("l") ? "jsonl" : "json")
    let snapshot = try await desk.snapshot
    let all = 0..<bytes.count
    for _ in 0..<60 {
      let offset = Int.random(in: 0...bytes.count, using: &random)
      let places = await snapshot.definitions(at: offset, in: desk.workspace)?.places ?? []
      #expect(places.allSatisfy { $0.uri != desk.uri || all.contains($0.range) })
      let near = await snapshot.highlights(at: offset, in: desk.workspace) ?? []
      #expect(near.allSatisfy { all.contains($0.range) })
      _ = await snapshot.hover(at: offset, in: desk.workspace)
      _ = try? await snapshot.rename(at: offset, to: "9", in: desk.workspace)
    }
    #expect(await snapshot.hints(in: all, in: desk.workspace).allSatisfy { $0.offset <= bytes.count })
    _ = await snapshot.outline(in: desk.workspace)
  }
}
