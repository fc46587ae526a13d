import Facts
import Manifest
import Schema

/// A few words beside a value: what its id names, what its term is called.
package struct ValueHint: Sendable, Hashable {
  /// Where the words stand: behind the value, in bytes of the document.
  package var offset: Int
  package var text: String
}

extension DocumentSnapshot {
  /// What values in a range name, and times as clocks show them, in order. Nothing where the value says it already, and nothing that must not be shown.
  ///
  /// Answers with what is known now. At most some hundreds: a range may be a line, and a line the whole file.
  /// Cost: the records in the range, and the definitions they lead to.
  package func hints(in range: Range<Int>, in workspace: Workspace) async -> [ValueHint] {
    guard let reader = RecordReader(self), reader.dialect.hasNames || reader.dialect.hasTimes else { return [] }
    let range = range.clamped(to: 0..<document.byteCount)
    var wanted: [(reading: RecordReading, node: Int, range: Range<Int>)] = []
    var clocks: [ValueHint] = []
    for (count, record) in document.records(in: range).enumerated() {
      guard count < Self.hintedRecords, wanted.count < Self.hintLimit else { break }
      guard let reading = reader.read(record) else { continue }
      wanted += namingNodes(of: reading, in: range).map { (reading, $0.node, $0.range) }
      if clocks.count < Self.hintLimit { clocks += self.clocks(of: reading, in: range) }
    }
    let references = wanted.flatMap { each in each.reading.references.filter { $0.node == each.node } }
    let targets = await definitions(of: references, limit: 1, reader: reader, in: workspace)
    let hints = wanted.compactMap { each -> ValueHint? in
      let text = name(of: each.node, in: each.reading, targets: targets, reader)
      return text.map { ValueHint(offset: each.range.upperBound, text: Self.cut($0)) }
    }
    return Array((hints + clocks).sorted { $0.offset < $1.offset }.prefix(Self.hintLimit))
  }

  /// Times from a minute on; shorter ones are read as easily in seconds.
  private func clocks(of reading: RecordReading, in range: Range<Int>) -> [ValueHint] {
    reading.clocks.compactMap { clock in
      guard clock.seconds >= 60, let own = reading.range(of: clock.node), own.upperBound >= range.lowerBound,
        own.lowerBound <= range.upperBound
      else { return nil }
      return ValueHint(offset: own.upperBound, text: clock.text)
    }
  }

  private static let hintedRecords = 600
  private static let hintLimit = 1000

  /// Values that name an id or a term.
  private func namingNodes(of reading: RecordReading, in range: Range<Int>) -> [(node: Int, range: Range<Int>)] {
    var seen: Set<Int> = []
    let nodes =
      reading.references.filter { $0.source == .value }.map(\.node) + reading.evaluation.terms.map { Int($0.node) }
    return nodes.filter { seen.insert($0).inserted && !reading.isPrivate($0) }.compactMap { node in
      guard let own = reading.range(of: node), own.upperBound >= range.lowerBound, own.lowerBound <= range.upperBound
      else { return nil }
      return (node, own)
    }
  }

  /// What a value names, if that says more than the value.
  private func name(
    of node: Int, in reading: RecordReading, targets: [DefinitionQuery: [DefinitionTarget]], _ reader: RecordReader
  ) -> String? {
    let target = reading.references.first { $0.node == node }
      .flatMap { targets[DefinitionQuery($0, in: reader.dialect)]?.first }
    guard let name = target.flatMap(name) ?? termLabel(of: node, in: reading), let text = reading.shownText(of: node),
      !name.isEmpty, !name.utf8.elementsEqual(text.utf8)
    else { return nil }
    return name
  }

  /// Of a path the file's name; longer words would push the line away.
  static func cut(_ text: String) -> String {
    let file = text.utf8.contains(UInt8(ascii: " ")) ? nil : text.split(separator: "/").last
    let line = (file ?? text[...]).unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    guard line.count > 40 else { return String(line) }
    return String(line.prefix(39)) + "…"
  }
}

extension Dialect {
  /// Whether values of this format are times.
  var hasTimes: Bool { !program.timeFields.isEmpty }

  /// Whether values of this format name anything that could be told beside them.
  var hasNames: Bool {
    !program.declarations.terms.isEmpty
      || familiesOfReferences.contains { $0?.definitions.contains { $0.declaration.isNamed } ?? false }
  }
}
