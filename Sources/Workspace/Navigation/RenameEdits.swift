import Facts
import Findings
import Manifest
import Schema

/// The edits that write a new id at the places of one file, each as its syntax wants it.
struct RenameEdits {
  private(set) var all: [PlacedEdit] = []
  /// One place of each kind of fact, with its edit.
  private(set) var firstOfEachKind: [(occurrence: Occurrence, edit: TextEdit)] = []
  /// Every place stands in the text as its fact says.
  private(set) var isComplete = true

  /// Cost: a step a place, and the reading of each record.
  init(_ places: [Occurrence], to value: RenameValue, in text: Document) {
    var memo = RecordMemo(text)
    var kinds: Set<FactKind> = []
    for occurrence in places {
      guard let edit = Self.edit(of: occurrence, to: value, in: text, &memo) else {
        isComplete = false
        return
      }
      if kinds.insert(occurrence.kind).inserted { firstOfEachKind.append((occurrence, edit)) }
      all.append(
        PlacedEdit(
          range: edit.range, start: occurrence.start, end: occurrence.end, replacement: edit.replacement))
    }
  }

  private static func edit(
    of occurrence: Occurrence, to value: RenameValue, in text: Document, _ memo: inout RecordMemo
  ) -> TextEdit? {
    let place = occurrence.place
    if occurrence.isRecordKey {
      return TextEdit(range: occurrence.range, replacement: JSONString.encode(value.text))
    }
    guard let tree = memo.tree(of: place.record.record) else { return nil }
    let own = Int(place.start)..<Int(max(place.start, place.end))
    let node = tree.node(at: own.lowerBound)
    if occurrence.isKey {
      guard tree.nodes[node].hasKey, tree.nodes[node].keyRange == own else { return nil }
      return TextEdit(range: occurrence.range, replacement: JSONString.encode(value.text))
    }
    guard tree.nodes[node].range == own else { return nil }
    guard text.syntax.isTable else { return TextEdit(range: occurrence.range, replacement: value.json) }
    let edits = text.textEdits(for: .replace(node: node, with: value.json), in: place.record.record)
    return edits?.count == 1 ? edits?.first : nil
  }
}

/// What a format makes of a new id at one place, tried on a copy of the text.
enum RenameTrial {
  case taken(Identifier)
  /// With what it finds wrong there, if it says anything.
  case refused(SchemaFinding?)

  /// Cost: an edit, and two readings of the record.
  init(_ edit: TextEdit, at occurrence: Occurrence, _ reader: RecordReader) {
    let part: Identifier.Part = occurrence.isDefinition ? .definition : .reference
    func identifier(in reader: RecordReader) -> (RecordReading, Identifier)? {
      guard let (reading, found) = reader.identifiers(at: edit.range.lowerBound) else { return nil }
      let own = found.first { identifier in
        identifier.part == part && identifier.kindOfFact(in: reader.dialect) == occurrence.kind
          && reading.range(of: identifier)?.lowerBound == edit.range.lowerBound
      }
      return own.map { (reading, $0) }
    }
    var edited = reader.document
    _ = edited.apply(edit)
    guard let (old, before) = identifier(in: reader),
      let (new, after) = identifier(in: RecordReader(edited, reader.id, reader.dialect))
    else {
      self = .refused(nil)
      return
    }
    let known = old.evaluation.findings.filter { $0.range.overlaps(before.own) }
    let found = new.evaluation.findings.filter { $0.range.overlaps(after.own) }
    if let fault = found.first(where: { finding in !known.contains { $0.rule == finding.rule } }) {
      self = .refused(fault)
    } else {
      self = .taken(after)
    }
  }
}

extension Identifier {
  /// The kind of the fact that its declaration states.
  fileprivate func kindOfFact(in dialect: Dialect) -> FactKind? {
    let kinds = part == .definition ? dialect.definitionKinds : dialect.referenceKinds
    return kinds.indices.contains(declaration) ? kinds[declaration] : nil
  }
}
