import Foundation
import Manifest
import TestSupport
import Testing
import Workspace

/// Whatever was typed, saved, opened and closed in the files of a dataset: an id leads where it would in a workspace that has read
/// them all anew, and a new name that is taken everywhere leaves no less in order than there was.
@Suite struct JoinedNavigationPropertyTests {
  @Test(arguments: 0..<8) func idsLeadWhereTheyWouldAfresh(seed: UInt64) async throws {
    var run = try await NavigationRun(seed: seed &* 77 &+ 5)
    for round in 1...4 {
      for _ in 0..<6 { try await run.change() }
      let difference = try await run.difference()
      try #require(difference == nil, "seed \(seed), round \(round): \(difference ?? "")")
    }
  }

  @Test(arguments: 0..<8) func whatWasRenamedIsAsGoodAsBefore(seed: UInt64) async throws {
    var run = try await NavigationRun(seed: seed &* 131 &+ 9)
    for _ in 0..<6 {
      try await run.change()
      try await run.renameSomething()
    }
  }
}

private struct NavigationRun {
  private var random: SplitMix64
  private let radio: Radio
  private var open: Set<String> = []
  private(set) var done: [String] = []
  private static let names = ["a.jsonl", "b.jsonl", "c.json", "d.jsonl"]

  init(seed: UInt64) async throws {
    random = SplitMix64(seed: seed)
    var text = ""
    for name in Self.names { text += "//- \(name)\n\(Self.text(of: name, &random))\n" }
    radio = try await Radio(text)
    _ = try radio.shop.folder.write("concord.json", Self.configuration)
  }

  /// A text that is half broken is not told from its content any more.
  private static let configuration =
    #"{"files": {"[ad].jsonl": "radio/recordings", "b.jsonl": "radio/segments", "c.json": "radio/playlists"}}"#

  private static func id(_ random: inout SplitMix64) -> String { "r\(Int.random(in: 0...4, using: &random))" }

  private static func text(of name: String, _ random: inout SplitMix64) -> String {
    let count = Int.random(in: 1...4, using: &random)
    switch name {
    case "c.json":
      let plays = (0..<count).map { _ in #"  "\#(id(&random))": {"then": "\#(id(&random))"}"# }
      return "{\"plays\": {\n\(plays.joined(separator: ",\n"))}}"
    case "b.jsonl":
      return (0..<count).map { #"{"segment": "s\#($0)", "of": "\#(id(&random))"}"# }.joined(separator: "\n")
    default:
      return (0..<count).map { _ in #"{"recording": "\#(id(&random))", "title": "đ"}"# }.joined(separator: "\n")
    }
  }

  mutating func change() async throws {
    let name = Self.names.randomElement(using: &random)!
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      let text = Self.text(of: name, &random)
      done.append("save \(name): \(text)")
      try await radio.shop.save(name, text)
    case 1:
      open.remove(name)
      done.append("close \(name)")
      await radio.shop.close(name)
    default:
      if open.insert(name).inserted { try await radio.shop.open(name) }
      let count = try await radio.shop.text(name).count
      let from = Int.random(in: 0...count, using: &random)
      let to = min(count, from + Int.random(in: 0...2, using: &random))
      let typed = ["", "\"", "}", "{", ",", "1", "r2", "\n", #"{"of": "r1"}"#].randomElement(using: &random)!
      done.append("type \(name) \(from)..<\(to) `\(typed)` in \(try await radio.text(name))")
      await radio.shop.workspace.change(name, version: 1, edits: [.bytes(from..<to, Array(typed.utf8))])
    }
  }

  /// Where every id of the open files leads, as `file:offset: places`.
  private func ways(_ radio: Radio) async throws -> [String] {
    var lines: [String] = []
    for name in open.sorted() {
      await radio.shop.workspace.settle(name)
      let snapshot = try #require(await radio.shop.workspace.snapshot(name))
      for offset in stride(from: 0, to: snapshot.document.byteCount, by: 3) {
        let all = await snapshot.occurrences(at: offset, withDefinitions: true, in: radio.shop.workspace) ?? []
        let given = await snapshot.definitions(at: offset, in: radio.shop.workspace)?.places ?? []
        guard !all.isEmpty || !given.isEmpty else { continue }
        let places = all.map { "\(radio.name(ofURI: $0.uri)) \($0.range)\($0.isDefinition ? "!" : "")" }
        let definitions = given.map { "\(radio.name(ofURI: $0.uri)) \($0.selection)" }
        lines.append("\(name):\(offset): \(places) from \(definitions)")
      }
    }
    return lines
  }

  func difference() async throws -> String? {
    var texts = ""
    for name in Self.names { texts += "//- \(name)\n\(try await radio.text(name))\n" }
    let fresh = try await Radio(texts, configuration: Self.configuration)
    for name in open.sorted() {
      // A fixture ends every file but the last with a line of its own.
      await fresh.shop.workspace.open(name, path: fresh.shop.path(name), text: try await radio.shop.text(name))
    }
    let (live, anew) = (try await ways(radio), try await ways(fresh))
    return live == anew ? nil : "live \(live), fresh \(anew), after \(done.joined(separator: "\n"))"
  }

  /// Findings of every file by rule; what they are about may be called otherwise.
  private func findings() async throws -> [String] {
    var lines: [String] = []
    for name in open.sorted() {
      lines += try await radio.shop.shown(name).map { "\(name) \($0.rule) \($0.start.line) x\($0.count)" }
    }
    return lines
  }

  mutating func renameSomething() async throws {
    guard let name = open.sorted().randomElement(using: &random) else { return }
    await radio.shop.workspace.settle(name)
    let snapshot = try #require(await radio.shop.workspace.snapshot(name))
    let before = try await findings()
    for offset in stride(from: 0, to: snapshot.document.byteCount, by: 5) {
      let new = "rnew\(Int.random(in: 0..<1_000_000, using: &random))"
      guard let renaming = try? await snapshot.rename(at: offset, to: new, in: radio.shop.workspace) else { continue }
      let old = try #require(renaming.id)
      try await radio.apply(renaming)
      let after = try await findings()
      // What was half broken at a place is written well now, so there may be fewer.
      #expect(Set(after).isSubset(of: before), "\(old) in \(name) after \(done.joined(separator: "\n"))")
      let first = try #require(renaming.files.first { $0.uri == name }?.edits.first).range.lowerBound + 1
      let renamed = try #require(await radio.shop.workspace.snapshot(name))
      let places = await renamed.occurrences(at: first, withDefinitions: true, in: radio.shop.workspace)
      #expect(places?.count == renaming.placeCount, "\(old) in \(name) after \(done.joined(separator: "\n"))")
      return
    }
  }
}
