import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What `make fuzz` gives to libFuzzer, over its examples and some thousands of random changes of them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FuzzTests {
  private static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fuzz/corpus")

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  /// The seed is printed, so that a run that ended can be run again: `CONCORD_FUZZ_SEED=…`. `CONCORD_FUZZ_INPUTS` says how
  /// many are tried.
  @Test(arguments: FuzzTarget.all.map(\.name)) func examplesAndChangesOfThemAreRead(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = Self.corpus.appendingPathComponent(name)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let examples = try names.map { [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))) }
    try #require(examples.count >= 3)
    for example in examples { target.read(example) }
    let seed = Self.number("CONCORD_FUZZ_SEED") ?? .random(in: .min ... .max)
    // Before anything can trap; the standard error has no buffer.
    FileHandle.standardError.write(Data("fuzz \(name): CONCORD_FUZZ_SEED=\(seed)\n".utf8))
    var random = SplitMix64(seed: seed)
    for _ in 0..<(Self.number("CONCORD_FUZZ_INPUTS") ?? 2_000) { target.read(Mutation.of(examples, using: &random)) }
  }
}

/// Changes of examples as libFuzzer makes them, without knowing what they reach.
enum Mutation {
  private static let limit = 4_096
  private static let words = [
    "{", "}", "[", "]", "\"", ",", ":", "\\", "\n", "\r\n", "\0", "-", "1e999", "null", "true", "\\ud800", "\u{FEFF}",
    "$ref", "#", "#/$defs/a", "..", "/", "*", "[{", "}]", "\"a\":", "9223372036854775807", "\u{301}", "=", ";", "\t",
  ].map { Array($0.utf8) }

  static func of(_ examples: [[UInt8]], using random: inout SplitMix64) -> [UInt8] {
    var bytes = examples.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...16, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.replaceSubrange(start..<end, with: [])
      case 1: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: start)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3:
        if start < end { bytes[start] = UInt8.random(in: .min ... .max, using: &random) }
      case 4:
        if start < end { bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
      default:
        let other = examples.randomElement(using: &random) ?? []
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.replaceSubrange(start..., with: other[from...])
      }
    }
    return Array(bytes.prefix(limit))
  }
}
