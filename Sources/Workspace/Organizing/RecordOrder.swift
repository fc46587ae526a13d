import Findings
import Manifest
import Schema

/// Lists whose entries have whole numbers for ids, to be put in the order of these.
///
/// A list is left alone if an entry has no such id or two have the same, if its entries stand under names, or if their place in it
/// means something.
struct RecordOrder {
  private struct List: Hashable {
    var parent: RecordID
    var type: RecordType
  }

  private struct Entries {
    var ranges: [Range<Int>] = []
    /// `nil` once the list is one to leave alone.
    var ids: [Int64]? = []
  }

  private let document: Document
  private var order: [List] = []
  private var lists: [List: Entries] = [:]

  init(_ snapshot: DocumentSnapshot, _ reader: RecordReader) {
    document = snapshot.document
    let places = Self.placesThatMean(reader.dialect)
    for record in document.records() where record.id != .document && Self.isOneList(record, in: document.shape) {
      let list = List(parent: record.parent ?? .document, type: record.type)
      if lists[list] == nil {
        order.append(list)
        lists[list] = Entries(ids: places || document.keyRange(of: record.id) != nil ? nil : [])
      }
      lists[list]?.ranges.append(record.range)
      guard lists[list]?.ids != nil else { continue }
      if let id = reader.read(record).flatMap(Self.ownID) {
        lists[list]?.ids?.append(id)
      } else {
        lists[list]?.ids = nil
      }
    }
  }

  /// Whether something is known by its place in a list.
  private static func placesThatMean(_ dialect: Dialect) -> Bool {
    let declarations = dialect.program.declarations
    return declarations.defines.contains { $0.source == .index }
      || declarations.references.contains { $0.source == .index }
  }

  /// Whether all entries of that type in one record stand in one list.
  private static func isOneList(_ record: Record, in shape: RecordShape) -> Bool {
    func depth(_ type: RecordType) -> Int {
      shape.patterns.indices.contains(type - 1) ? shape.patterns[type - 1].steps.count { $0 == .every } : 0
    }
    return depth(record.type) == depth(record.parentType) + 1
  }

  /// The number that a record gives as its own id.
  private static func ownID(_ reading: RecordReading) -> Int64? {
    let tree = reading.tree
    let own = reading.definitions.first { definition in
      definition.source == .value && tree.nodes.indices.contains(definition.node)
        && tree.nodes[definition.node].parent == 0 && definition.node != 0
    }
    return own.flatMap { tree.integer(of: $0.node) }
  }

  /// Inner lists of entries that are moved are left for the next time.
  func edits(_ words: Phrasebook) -> OrganizingEdits? {
    var edits: [TextEdit] = []
    var moved = 0..<0
    for list in order {
      guard let entries = lists[list], let ids = entries.ids, let first = entries.ranges.first,
        let last = entries.ranges.last, first.lowerBound >= moved.upperBound
      else { continue }
      let sorted = ids.indices.sorted { (ids[$0], $0) < (ids[$1], $1) }
      let isDistinct = zip(sorted, sorted.dropFirst()).allSatisfy { ids[$0] != ids[$1] }
      guard isDistinct, zip(sorted, ids.indices).contains(where: { $0 != $1 }) else { continue }
      for (place, source) in sorted.enumerated() where place != source {
        edits.append(
          TextEdit(range: entries.ranges[place], replacement: document.bytes(in: entries.ranges[source])))
      }
      moved = first.lowerBound..<last.upperBound
    }
    guard !edits.isEmpty else { return nil }
    return OrganizingEdits(
      title: words("Sort {count} {count#entry|entries} by number", .init("count", String(edits.count))), edits: edits)
  }
}
