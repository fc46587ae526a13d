import Foundation
import Testing

@testable import Manifest

/// One structural character too many or too few must cost next to nothing, wherever it happens.
@Suite struct RecoveryTests {
  @Test(
    arguments: [
      Layout.oneLine, .pretty, .nested, .nestedPretty, .keyed, .keyedPretty, .lines, .nestedLines, .rootArray,
    ],
    [7, 42] as [UInt64])
  func damageStaysLocal(_ layout: Layout, _ seed: UInt64) {
    var damage = Damage(layout: layout, seed: seed)
    #if DEBUG
      // Too few to tell one in a hundred: the release run decides.
      let (trials, slack) = (150, 0.01)
    #else
      let (trials, slack) = (1000, 0.0)
    #endif
    let report = damage.measure(trials: trials)
    if ProcessInfo.processInfo.environment["CONCORD_REPORT"] != nil { print(report.table) }
    #expect(report.share(losing: 3) >= 0.99 - slack, "\(layout): \(report.table)")
  }
}

/// Counts records lost to random damage.
struct Damage {
  var generator: Generator
  let layout: Layout
  let document: Document
  let texts: [String: Int]

  struct Report {
    var lost: [String: [Int]] = [:]
    var worst: [(lost: Int, what: String)] = []

    func share(losing limit: Int) -> Double {
      let all = lost.values.flatMap { $0 }
      return Double(all.filter { $0 <= limit }.count) / Double(all.count)
    }

    var table: String {
      let rows = lost.keys.sorted().map { key in
        let all = lost[key, default: []].sorted()
        return
          "\(key): median \(all[all.count / 2]) p99 \(all[all.count * 99 / 100]) bad \(all.filter { $0 > 3 }.count)/\(all.count)"
      }
      let examples = worst.sorted { $0.lost > $1.lost }.map { "\($0.lost) lost: \($0.what)" }
      return "within 3: \(share(losing: 3))\n" + (rows + examples).joined(separator: "\n")
    }
  }

  init(layout: Layout, seed: UInt64) {
    self.layout = layout
    generator = Generator(seed: seed)
    let bytes = generator.document(layout, records: 450)
    document = Document(bytes, syntax: layout.syntax, shape: layout.shape)
    texts = Damage.texts(document) { $0 }
  }

  /// What a record is known by: its type, where it would begin in the undamaged text, and its own text.
  private static func texts(_ document: Document, place: (Int) -> Int) -> [String: Int] {
    var texts: [String: Int] = [:]
    for record in document.records() where record.type != 0 {
      let own = String(decoding: document.ownText(of: record.id) ?? [], as: UTF8.self)
      texts["\(record.type) \(place(record.range.lowerBound)) \(own)", default: 0] += 1
    }
    return texts
  }

  /// For each offset of a valid text whether it stands inside a string.
  private static func strings(_ bytes: [UInt8]) -> [Bool] {
    var inside = [Bool](repeating: false, count: bytes.count)
    var isInside = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      inside[index] = isInside
      if byte == .quote && !isEscaped { isInside.toggle() }
      isEscaped = isInside && byte == .backslash && !isEscaped
    }
    return inside
  }

  mutating func measure(trials: Int) -> Report {
    var report = Report()
    let characters = Array("{}[],:\"".utf8)
    let bytes = document.allBytes()
    let isInString = Damage.strings(bytes)
    let structure = bytes.indices.filter { characters.contains(bytes[$0]) && (bytes[$0] == .quote || !isInString[$0]) }
    for trial in 0..<trials {
      let insert = trial % 2 == 0
      var at = insert ? 0 : structure[Int(generator.random.next() % UInt64(structure.count))]
      let character = insert ? characters[trial / 2 % characters.count] : bytes[at]
      if insert {
        // A bracket inside a string is no structure: it makes another string.
        repeat { at = Int(generator.random.next() % UInt64(bytes.count)) } while character != .quote && isInString[at]
      }
      var damaged = document
      _ = damaged.apply(TextEdit(range: at..<(insert ? at : at + 1), replacement: insert ? [character] : []))
      var left = texts
      let after = Damage.texts(damaged) { $0 <= at ? $0 : insert ? $0 - 1 : $0 + 1 }
      for (text, count) in after { left[text, default: 0] -= count }
      let lost = left.values.reduce(0) { $0 + max(0, $1) }
      let name = (insert ? "insert " : "delete ") + String(decoding: [character], as: UTF8.self)
      report.lost[name, default: []].append(lost)
      if lost > 3 {
        let around =
          String(decoding: bytes[max(0, at - 60)..<at], as: UTF8.self) + "▮"
          + String(decoding: bytes[at..<min(bytes.count, at + 50)], as: UTF8.self)
        report.worst.append((lost, "\(name) \(around.replacingOccurrences(of: "\n", with: "⏎"))"))
      }
    }
    return report
  }
}
