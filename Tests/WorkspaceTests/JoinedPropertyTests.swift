import Foundation
import Manifest
import TestSupport
import Testing
import Workspace

/// Whatever was typed, saved, opened and closed in whatever order in the files of a dataset: once settled, what is found in each
/// open file, and where they are shown also in every other, is what a fresh check finds.
@Suite struct JoinedPropertyTests {
  static var edits: Int { ProcessInfo.processInfo.environment["CONCORD_EDITS"].flatMap { Int($0) } ?? 300 }
  /// Steps in one dataset.
  private static let stretch = 40

  @Test(arguments: 0..<4) func settledEqualsChecked(part: UInt64) async throws {
    // A quarter of the edits goes to datasets, shared between the cases: each compares whole folders.
    let steps = max(Self.stretch, Self.edits / 16)
    var seeds = SplitMix64(seed: UInt64(steps) &* 7 &+ part)
    for _ in 0..<max(1, steps / Self.stretch) {
      let seed = seeds.next()
      var run = try await JoinedRun(seed: seed)
      let failure = try await run.run(steps: Self.stretch)
      try #require(failure == nil, "seed \(seed): \(failure ?? "")")
    }
  }
}

/// A dataset of pictures, captions and lists that is changed at random.
private struct JoinedRun {
  private var random: SplitMix64
  private let shop: Shop
  private var open: Set<String> = []
  /// Whether what is found in files that are not open is shown.
  private let showsFiles: Bool
  private static let labels = ["car", "bus", "vehicle", "person", "pedestrian", "automobile", "dog"]

  init(seed: UInt64) async throws {
    random = SplitMix64(seed: seed)
    var files = ["lists/objects.csv": Street.objects]
    for name in ["a", "b"] {
      files["camera/\(name).json"] = Self.camera(&random)
      files["captions/\(name).jsonl"] = Self.captions(&random)
    }
    let requires = Bool.random(using: &random) ? #""requires": ["image", "text"], "# : ""
    let configuration = Street.configuration.replacing(#""property""#, with: requires + #""property""#)
      // A text that is half broken is not told from its content any more.
      .replacing(#"{"vocabularies""#, with: #"{"files": {"camera/*.json": "own/camera"}, "vocabularies""#)
    shop = try await Street.shop(files, configuration: configuration)
    showsFiles = Bool.random(using: &random)
    if showsFiles { await shop.workspace.showFiles(true, below: [shop.folder.path]) }
  }

  private static func camera(_ random: inout SplitMix64) -> String {
    let images = (1...3).map { #"{"id": \#($0), "file_name": "frames/000\#($0).jpg"}"# }
    let annotations = (1...4).map { id in
      #"{"id": \#(id), "image_id": \#(Int.random(in: 1...3, using: &random)), "category_id": \#(Int.random(in: 1...3, using: &random)), "attributes": {"track": "t\#(Int.random(in: 1...2, using: &random))"}}"#
    }
    let categories = (1...3).map { #"{"id": \#($0), "name": "\#(labels.randomElement(using: &random)!)"}"# }
    return """
      {"images": [\(images.joined(separator: ", "))],
       "annotations": [\(annotations.joined(separator: ",\n  "))],
       "categories": [\(categories.joined(separator: ", "))]}
      """
  }

  private static func captions(_ random: inout SplitMix64) -> String {
    (0..<4).map { _ in
      #"{"sample": "000\#(Int.random(in: 1...4, using: &random))", "object": "t\#(Int.random(in: 1...2, using: &random))", "label": "\#(labels.randomElement(using: &random)!)"}"#
        + "\n"
    }.joined()
  }

  private static let names = ["camera/a.json", "camera/b.json", "captions/a.jsonl", "captions/b.jsonl"]

  mutating func run(steps: Int) async throws -> String? {
    var done: [String] = []
    for step in 1...steps {
      done.append(try await change())
      guard step == steps || Int.random(in: 0..<8, using: &random) == 0 else { continue }
      if let difference = try await difference() {
        return "step \(step): \(difference)\nafter \(done.joined(separator: "\n"))"
      }
      done = []
    }
    return nil
  }

  private mutating func change() async throws -> String {
    let name = Self.names.randomElement(using: &random)!
    switch Int.random(in: 0..<11, using: &random) {
    case 0:
      let text = name.hasPrefix("camera") ? Self.camera(&random) : Self.captions(&random)
      try await shop.save(name, text)
      return "save \(name): \(text)"
    case 1:
      open.remove(name)
      await shop.close(name)
      return "close \(name)"
    case 2:
      let change = ["bus,bus,,vehicle", "bus,bus,,person", "bus,bus,lorry,"].randomElement(using: &random)!
      try await shop.save("lists/objects.csv", Street.objects.replacing("bus,bus,,vehicle", with: change))
      return "list \(change)"
    case 3:
      // What joins the files says something else.
      let mode = ["compatible", "same", "canonical"].randomElement(using: &random)!
      let text = String(decoding: try await shop.text("concord.json"), as: UTF8.self)
      try await shop.save(
        "concord.json", text.replacing(#/"mode": "[a-z]+"/#, with: #""mode": "\#(mode)""#))
      return "mode \(mode)"
    default:
      if open.insert(name).inserted { try await shop.open(name) }
      let text = try await shop.text(name)
      let from = Int.random(in: 0...text.count, using: &random)
      let to = min(text.count, from + Int.random(in: 0...3, using: &random))
      let typed = ["", "\"", "}", "{", ",", "1", "2", "t1", "car", "]", "\n", "0002", "bus"].randomElement(
        using: &random)!
      await shop.workspace.change(name, version: 1, edits: [.bytes(from..<to, Array(typed.utf8))])
      return "type \(name) \(from)..<\(to) `\(typed)`"
    }
  }

  /// Writes what is open where a check of its own finds it.
  private func difference() async throws -> String? {
    let copy = try TemporaryFolder()
    for name in Self.names + ["lists/objects.csv", "concord.json"] {
      _ = try copy.write(name, String(decoding: try await shop.text(name), as: UTF8.self))
    }
    let items = Self.names.map { CheckItem(path: copy.path + "/" + $0, content: nil, isNamed: true) }
    let report = await FileChecks(library: shop.library, options: Workspace.Options(), jobs: 2)
      .report(items, asOf: "2024-10-04")
    let unopened = showsFiles ? await shop.workspace.settledFiles().map(\.path) : []
    for name in Self.names where showsFiles || open.contains(name) {
      let live = try await shown(name, unopened).map { Self.line($0, shop.folder.path) }
      let fresh = report.files.first { $0.path.hasSuffix(name) }?.findings.map { Self.line($0, copy.path) } ?? []
      if live != fresh {
        return
          "\(name): live \(live), fresh \(fresh), text \(String(decoding: try await shop.text(name), as: UTF8.self))"
      }
    }
    return nil
  }

  private func shown(_ name: String, _ unopened: [String]) async throws -> [CheckedFinding] {
    if open.contains(name) { return try await shop.shown(name) }
    let path = shop.path(name)
    guard unopened.contains(path) else { return [] }
    return await shop.workspace.fileSnapshot(path)?.snapshot.checkedFindings(path: path) ?? []
  }

  private static func line(_ finding: CheckedFinding, _ root: String) -> String {
    let related = finding.related.map {
      "\($0.path.dropFirst(root.utf8.count)):\($0.start.line):\($0.start.character) \($0.message)"
    }
    return
      "\(finding.line) \(finding.message) \(related) \(finding.fixes.map { "\($0.title) \($0.edits.map(\.text))" })"
  }
}
