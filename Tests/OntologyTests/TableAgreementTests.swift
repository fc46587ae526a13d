import Testing

@testable import Manifest
@testable import Ontology

/// The table that is edited and the table that terms are read from hold the same cells.
@Suite struct TableAgreementTests {
  @Test(arguments: [",", ";", "\t"]) func wellFormedTablesReadAlike(_ delimiter: String) throws {
    var random = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0 ... .max, using: &random)
    var generator = Numbers(state: seed)
    let pieces = ["a", "Sữa", "12", " ", "\"", "\n", "\r\n", delimiter, "|", "😀", "x y"]
    for _ in 0..<60 {
      let columns = 2 + Int(generator.next() % 4)
      func cell(_ generator: inout Numbers) -> String {
        let text = (0..<Int(generator.next() % 5)).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))] }
          .joined()
        let isPlain = !text.contains { "\"\n\r\r\n,;\t".contains($0) } && !text.hasPrefix(" ") && !text.hasSuffix(" ")
        return isPlain && generator.next() % 2 == 0 ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
      }
      var rows = [(0..<columns).map { "c\($0)" }]
      for number in 0..<Int(generator.next() % 20) {
        rows.append(["r\(number)"] + (1..<columns).map { _ in cell(&generator) })
      }
      let end = generator.next() % 2 == 0 ? "\n" : "\r\n"
      let text = rows.map { $0.joined(separator: delimiter) }.joined(separator: end) + end
      var problems: [VocabularyProblem] = []
      let read = CSVTable(Array(text.utf8), problems: &problems).rows.dropFirst().map(\.cells)
      let document = Document(Array(text.utf8), syntax: .csv, shape: .rows)
      #expect(document.problems().isEmpty, "seed \(seed): \(text.debugDescription)")
      let live = document.records(of: 1).compactMap { document.tree(of: $0.id) }.map { tree in
        tree.children(of: 0).map { TermColumns.trimmed(tree.string(of: $0) ?? "") }
      }
      #expect(live.count == read.count, "seed \(seed): \(text.debugDescription)")
      for (a, b) in zip(live, read) {
        #expect(a.map { Array($0.utf8) } == b.map { Array($0.utf8) }, "seed \(seed): \(text.debugDescription)")
      }
    }
  }

  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
