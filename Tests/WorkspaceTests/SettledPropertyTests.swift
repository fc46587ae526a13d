import Foundation
import Manifest
import TestSupport
import Testing
import Workspace

/// Findings kept up to date through edits equal, once settled, those of a check of the same text, byte for byte.
@Suite struct SettledPropertyTests {
  static var edits: Int { ProcessInfo.processInfo.environment["CONCORD_EDITS"].flatMap { Int($0) } ?? 360 }
  /// How many records a document has, and how many edits go by between two comparisons: mostly few.
  private static let sizes: [(records: Int, stretch: Int)] = {
    let small: [(records: Int, stretch: Int)] = Array(repeating: (8, 3), count: 5) + Array(repeating: (40, 4), count: 4)
    return edits < 5000 ? small : small + [(200, 8), (200, 8), (1500, 60)]
  }()

  @Test(arguments: Form.allCases) func editedEqualsFresh(_ form: Form) async throws {
    let edits = max(20, Self.edits / Form.allCases.count)
    var seeds = SplitMix64(seed: UInt64(edits) &* 31 &+ UInt64(form.rawValue.utf8.count))
    var left = edits
    while left > 0 {
      let seed = seeds.next()
      let (records, stretch) = Self.sizes[Int(seed % UInt64(Self.sizes.count))]
      let count = min(left, 15 * stretch)
      let failure = try await EditRun(form, seed: seed, records: records).run(edits: count, stretch: stretch)
      try #require(failure == nil, "\(form), seed \(seed), \(records) records, \(count) edits: \(failure ?? "")")
      left -= count
    }
  }

  /// The same in documents of 2 MB; with few edits, of 100 KB.
  @Test(arguments: [Form.cocoOneLine, .concord, .concordLines]) func largeDocument(_ form: Form) async throws {
    let edits = max(2, min(200, Self.edits / 200))
    let records = Self.edits < 5000 ? 1000 : 18_000
    let failure = try await EditRun(form, seed: UInt64(edits), records: records).run(
      edits: edits, stretch: max(1, edits / 2))
    #expect(failure == nil, "\(form): \(failure ?? "")")
  }
}

/// A run of random edits over one document, compared with a fresh check now and then.
struct EditRun {
  let form: Form
  let seed: UInt64
  let first: [UInt8]
  var library: Library?

  init(_ form: Form, seed: UInt64, records: Int) {
    self.form = form
    self.seed = seed
    var texts = Texts(seed: seed)
    first = texts.text(form, records: records)
  }

  /// What differed first; `nil` if nothing did. `between` runs after each edit.
  func run(edits: Int, stretch: Int, between: @Sendable (Int) async -> Void = { _ in }) async throws -> String? {
    var typist = Typist(first, seed: seed &+ 1)
    let desk = try await Desk(
      first, languageID: form.languageID, dialect: form.dialect, isNamed: true, library: library)
    var since: [TextEdit] = []
    for step in 1...max(1, edits) {
      let changes = typist.change()
      since += changes
      await desk.workspace.change(desk.uri, version: step, edits: changes.map { .bytes($0.range, $0.replacement) })
      await between(step)
      guard step == edits || typist.texts.below(stretch) == 0 else { continue }
      if let difference = try await difference(desk, typist.text) {
        return "step \(step): \(difference)\nafter \(Self.list(since))"
      }
      since = []
    }
    return nil
  }

  private func difference(_ desk: Desk, _ text: [UInt8]) async throws -> String? {
    let edited = try await desk.findings
    guard try await desk.text == text else { return "the text itself" }
    let fresh = try await check(text)
    guard edited != fresh else { return nil }
    let at = zip(edited, fresh).enumerated().first { $1.0 != $1.1 }?.offset ?? min(edited.count, fresh.count)
    func shown(_ list: [CheckedFinding]) -> String { at < list.count ? "\(list[at])" : "nothing" }
    return "finding \(at) of \(edited.count) / \(fresh.count)\n  edited: \(shown(edited))\n  fresh:  \(shown(fresh))"
  }

  private func check(_ text: [UInt8]) async throws -> [CheckedFinding] {
    guard let dialect = form.dialect else {
      // Where the records of a text without a format are is guessed when it is opened, so both sides open the same text.
      let desk = try await Desk(first, languageID: form.languageID, isNamed: true, library: library)
      await desk.workspace.change(desk.uri, version: 1, edits: [.whole(text)])
      return try await desk.findings
    }
    var options = Workspace.Options()
    options.dialect = dialect
    let checks = FileChecks(library: try library ?? Installation.library.get(), options: options)
    let report = await checks.report([CheckItem(path: "test", content: text, isNamed: true)], asOf: "2024-10-04")
    return try #require(report.files.first).findings
  }

  private static func list(_ edits: [TextEdit]) -> String {
    edits.suffix(12).map {
      "\($0.range) \(String(decoding: $0.replacement.prefix(80), as: UTF8.self).debugDescription)"
    }.joined(separator: ", ")
  }
}
