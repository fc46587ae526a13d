import Foundation
import Testing

@testable import Manifest

/// Prints figures; run with CONCORD_BENCH=1 in release.
@Suite struct BenchmarkTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONCORD_BENCH"] != nil))
  func sixteenMegabytes() throws {
    var generator = Generator(seed: 1)
    let bytes = generator.document(.oneLine, records: 90_000)
    let clock = ContinuousClock()
    func best(_ count: Int, _ body: () -> Void) -> Duration {
      (0..<count).map { _ in clock.measure(body) }.min() ?? .zero
    }
    var document = Document([], syntax: .json, shape: .whole)
    let open = best(3) { document = Document(bytes, syntax: .json, shape: Layout.oneLine.shape) }
    let middle = document.byteCount / 2
    let record = document.innermostRecord(at: middle)
    let digit = try #require(
      document.bytes(in: record.range).firstIndex { $0.isDigit }.map { $0 + record.range.lowerBound })
    let key = best(50) { _ = document.apply(TextEdit(range: digit..<digit, replacement: [0x31])) }
    let quote = best(20) {
      var copy = document
      _ = copy.apply(TextEdit(range: digit..<digit, replacement: [.quote]))
    }
    let tree = best(50) { _ = document.tree(of: record.id) }
    let position = best(50) { _ = document.position(at: middle, in: .utf16) }
    var count = 0
    let all = best(3) { count = document.records().reduce(0) { sum, _ in sum + 1 } }
    let trees = best(1) { for record in document.records() where record.type != 0 { _ = document.tree(of: record.id) } }
    let root = best(3) { _ = document.tree(of: .document) }
    print(
      "bytes \(bytes.count) records \(count) open \(open) key \(key) quote \(quote) tree \(tree) position \(position)")
    print("records() \(all) every tree \(trees) document's tree \(root)")
  }
}
