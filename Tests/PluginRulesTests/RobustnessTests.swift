import PluginKit
import TestSupport
import Testing

/// Damaged files: any answer will do, as long as there is one and it stands in the file.
@Suite struct RobustnessTests {
  private static let pieces =
    ["", "\"", "{", "}", "[", "]", ",", ":", "-", "1e999", "\\u0000", "null", "\u{FF}", "⟪", " "]
    .map { Array($0.utf8) } + [[0xFF], [0xC3], [0]]

  @Test(arguments: Wording.plugins.map(\.id)) func damagedExamplesAreSurvived(_ plugin: String) throws {
    let tables = try #require(Bench.plugins.first { $0.id == plugin })
    let examples = RuleExample.all(of: try #require(Wording.plugins.first { $0.id == plugin }))
    let formats = Bench.formats.filter { !$0.isLines }
    var random = SplitMix64(seed: 2026)
    for example in examples {
      let bytes = Fixture(example.text).file.bytes
      for _ in 0..<12 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let at = Int.random(in: 0..<damaged.count, using: &random)
          let end = min(damaged.count, at + Int.random(in: 0...3, using: &random))
          damaged.replaceSubrange(at..<end, with: Self.pieces.randomElement(using: &random) ?? [])
        }
        let bench = Bench(tables, damaged, as: try #require(formats.randomElement(using: &random)))
        for found in bench.run() { #expect(found.range.upperBound <= damaged.count) }
        #expect(bench.complaints == [])
      }
    }
  }
}
