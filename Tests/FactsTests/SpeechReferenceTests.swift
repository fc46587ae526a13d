import Foundation
import Testing

@testable import Facts

/// The same cases by jiwer and pyannote.metrics, where Python has them (`CONCORD_PYTHON` names another one).
@Suite struct SpeechReferenceTests {
  private struct Cases: Encodable {
    struct Turns: Encodable {
      struct Turn: Encodable {
        var turn: SpeakerTurn
        func encode(to encoder: any Encoder) throws {
          var list = encoder.unkeyedContainer()
          try list.encode(turn.start)
          try list.encode(turn.end)
          try list.encode(String(decoding: turn.speaker, as: UTF8.self))
        }
      }
      var right: [Turn]
      var other: [Turn]
      var collar: Double
      var skipOverlap: Bool
    }
    var texts: [[[String]]] = []
    var turns: [Turns] = []
  }

  private struct Answers: Decodable {
    var texts: [[Double]]
    var turns: [[Double]]
  }

  private static let python = ProcessInfo.processInfo.environment["CONCORD_PYTHON"] ?? "python3"

  private static func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Whether this machine's Python has what is compared with.
  static let isThere: Bool = {
    let asking = process(["-c", "import jiwer, pyannote.metrics"])
    guard (try? asking.run()) != nil else { return false }
    asking.waitUntilExit()
    return asking.terminationStatus == 0
  }()

  private func answers(_ cases: Cases) throws -> Answers {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Self.process([root.appending(path: "Scripts/speech-references.py").path])
    let folder = FileManager.default.temporaryDirectory.appending(path: "concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (folder.appending(path: "in"), folder.appending(path: "out"))
    try JSONEncoder().encode(cases).write(to: input)
    try Data().write(to: output)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: output))
  }

  /// Turns in which nobody talks over themselves, on a grid of hundredths.
  private func turns(_ names: [String], _ random: inout SplitMix64) -> [SpeakerTurn] {
    names.prefix(Int.random(in: 0...names.count, using: &random)).flatMap { name -> [SpeakerTurn] in
      var at = Int.random(in: 0...500, using: &random)
      return (0..<Int.random(in: 1...6, using: &random)).map { _ in
        let start = at + Int.random(in: 0...400, using: &random)
        let end = start + Int.random(in: 1...600, using: &random)
        at = end
        return SpeakerTurn(start: Double(start) / 100, end: Double(end) / 100, speaker: Array(name.utf8))
      }
    }
  }

  @Test(.enabled(if: isThere, "Python has no jiwer or no pyannote.metrics")) func ratesAreThoseOfTheReferences() throws
  {
    var random = SplitMix64(9)
    var cases = Cases()
    let words = ["a", "be", "sea", "đi", "chợ", "là"]
    func text() -> String {
      (0..<Int.random(in: 1...12, using: &random)).map { _ in words.randomElement(using: &random) ?? "a" }
        .joined(separator: " ")
    }
    for number in 0..<500 {
      let count = Int.random(in: 1...4, using: &random)
      cases.texts.append([(0..<count).map { _ in text() }, (0..<count).map { _ in text() }])
      let right = turns(["anna", "bob", "carl", "dora"], &random)
      // Nobody's speech has no parts to compare.
      cases.turns.append(
        Cases.Turns(
          right: (right.isEmpty ? Self.one : right).map { .init(turn: $0) },
          other: turns(["1", "2", "3", "4", "5"], &random).map { .init(turn: $0) },
          collar: [0, 0, 0.1, 0.25][number % 4], skipOverlap: number % 3 == 0))
    }
    let answers = try answers(cases)
    for (texts, expected) in zip(cases.texts, answers.texts) {
      let pairs = Array(zip(texts[0], texts[1]))
      let nothing = ErrorRate(errors: 0, length: 0)
      let words = pairs.map { ErrorRate.words(of: $1, against: $0) }.reduce(nothing, +)
      let letters = pairs.map { ErrorRate.characters(of: $1, against: $0) }.reduce(nothing, +)
      #expect(abs(try #require(words.rate) - expected[0]) < 1e-9, "\(texts)")
      #expect(abs(try #require(letters.rate) - expected[1]) < 1e-9, "\(texts)")
    }
    for (turns, expected) in zip(cases.turns, answers.turns) {
      let error = try SpeechErrorTests.error(
        turns.other.map(\.turn), turns.right.map(\.turn), turns.collar, skipsOverlap: turns.skipOverlap)
      let found = [error.missed, error.falseAlarm, error.confusion, error.total, error.rate]
      for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-9, "\(found) \(expected)") }
    }
  }

  private static let one = [SpeakerTurn(start: 0, end: 1, speaker: Array("anna".utf8))]
}
