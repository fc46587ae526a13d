import Foundation
import TestSupport
import Testing

/// Samples drawn from what the formats themselves propose, filled with texts of many scripts: right by the form, and written
/// by somebody who knows no rule. Nothing above a hint may be said of them.
@Suite struct SamplerTests {
  /// The texts that a format proposes for an entry (`defaultSnippets`), with their gaps.
  private static func proposals(_ schema: String, _ definition: String) throws -> [Any] {
    let url = Repository.root.appending(path: schema)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let definitions = json?["$defs"] as? [String: [String: Any]]
    let snippets = definitions?[definition]?["defaultSnippets"] as? [[String: Any]]
    return try #require(snippets).compactMap { $0["body"] }
  }

  /// Words, numbers, marks and letters as people and programs write them.
  private static let words = [
    "the", "A", "cup", "of", "tea", "mở", "cửa", "lúc", "mấy", "giờ", "ĐẸP", "日本語", "这个", "ราคา", "привет", "مرحبا",
    "😀",
    "e\u{301}", "x=1;", "{}", "[0]", "<b>", "&amp;", "\\", "\"", "\n", "\t", "```", "`f()`", "7", "42.5", "2026-11-21",
    "1234",
    "09:30", "v1.2.3", "#3", "@me", "a/b", "100%", "-", "…", "—", "(see", "below)", "?", "!", "e.g.",
  ]

  private func text(_ random: inout SplitMix64) -> String {
    let count = Int.random(in: 1...30, using: &random)
    // The first is a word, so that no text is blank, and the last a number of its own, so that no two are equal.
    let middle = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }
    return "So " + middle.joined(separator: " ") + " no \(random.next() % 1_000_000)."
  }

  private func filled(_ body: Any, _ random: inout SplitMix64, isInside: Bool = false) -> Any {
    switch body {
    case let object as [String: Any]: return object.mapValues { filled($0, &random, isInside: isInside) }
    case let array as [Any]:
      let elements = array.map { filled($0, &random, isInside: true) }
      // A list of turns may be longer by whole rounds.
      let isOfTexts = array.allSatisfy { ($0 as? [String: Any])?.values.allSatisfy { !($0 is [Any]) } ?? false }
      guard array.count == 2, !isInside, isOfTexts else { return elements }
      return elements
        + (0..<Int.random(in: 0...2, using: &random)).flatMap { _ in
          array.map { filled($0, &random, isInside: true) }
        }
    case let gap as String where gap.hasPrefix("$"): return text(&random)
    default: return body
    }
  }

  @Test func nothingIsSaidOfSamplesDrawnFromTheForms() throws {
    let proposals = try Self.proposals("Plugins/InstructionData/schemas/samples.json", "sample")
    var random = SplitMix64(seed: 2026)
    var drawn = 0
    for proposal in proposals {
      for _ in 0..<10 {
        let samples = (0..<125).map { _ in filled(proposal, &random) }
        let bytes = Array(try JSONSerialization.data(withJSONObject: samples))
        for plugin in Bench.plugins {
          let bench = try #require(Bench(plugin, bytes))
          #expect(bench.schemaFindings == [])
          let found = bench.run().filter { $0.severity < 4 }
          #expect(found == [], "\(found.map { String(decoding: bytes[$0.range], as: UTF8.self) })")
        }
        drawn += samples.count
      }
    }
    #expect(drawn >= 5000)
  }
}
