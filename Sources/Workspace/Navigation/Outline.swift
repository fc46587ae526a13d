package import Manifest
import Schema

/// A line of a document's outline.
package struct OutlineItem: Sendable {
  package enum Kind: Sendable, Hashable {
    /// A list or object of records.
    case list
    case record(RoleTable.Role)
    case object, array, text, number, flag, empty
    /// Stands for those that are not shown one by one.
    case rest
  }
  package var name: String
  package var detail: String?
  package var kind: Kind
  /// Bytes of the document, key included.
  package var range: Range<Int>
  /// The id or key; inside of `range`.
  package var selection: Range<Int>
  package var children: [OutlineItem] = []
}

extension DocumentSnapshot {
  /// What stands in the document, by records; empty where no format was recognized.
  ///
  /// At most some thousands; those left out are one item that says how many. Cost: what is shown.
  package func outline(in workspace: Workspace) async -> [OutlineItem] {
    guard let reader = RecordReader(self), let top = reader.read(.document) else { return [] }
    var builder = OutlineBuilder(reader: reader, language: language)
    var items = builder.items(of: top)
    await describe(builder.references, in: &items, reader, in: workspace)
    return items
  }

  /// Says beside each record what its ids and terms name.
  private func describe(
    _ found: [Int: RecordReading], in items: inout [OutlineItem], _ reader: RecordReader, in workspace: Workspace
  ) async {
    let targets = await definitions(
      of: found.values.flatMap(\.references), limit: 1, reader: reader, in: workspace)
    func visit(_ items: inout [OutlineItem]) {
      for index in items.indices {
        if case .record = items[index].kind, let reading = found[items[index].range.upperBound] {
          items[index].detail = detail(of: reading, targets, reader)
        }
        visit(&items[index].children)
      }
    }
    visit(&items)
  }

  private func detail(
    of reading: RecordReading, _ targets: [DefinitionQuery: [DefinitionTarget]], _ reader: RecordReader
  ) -> String? {
    var names: [String] = []
    func add(_ name: String?) {
      guard let name, !name.isEmpty, names.count < 3, !names.contains(where: { $0.utf8.elementsEqual(name.utf8) })
      else { return }
      names.append(name)
    }
    for use in reading.evaluation.terms { add(termLabel(of: Int(use.node), in: reading)) }
    for reference in reading.references where !reading.isPrivate(reference.node) {
      add(targets[DefinitionQuery(reference, in: reader.dialect)]?.first.flatMap(name))
    }
    let times = reading.clocks.prefix(2).map(\.text)
    if !times.isEmpty { names.append(times.joined(separator: " – ")) }
    return names.isEmpty ? nil : names.joined(separator: " · ")
  }
}
