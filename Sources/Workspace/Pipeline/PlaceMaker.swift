import Findings
import Manifest
import Schema

/// Turns nodes and ranges of one record's tree into places that survive edits elsewhere.
struct PlaceMaker {
  let record: RecordReference
  let tree: RecordTree

  func node(_ index: UInt32) -> Int? { Int(index) < tree.nodes.count ? Int(index) : nil }

  func place(_ range: Range<Int>) -> Place {
    Place(record: record, start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
  }

  func place(of node: Int) -> Place { place(tree.nodes[node].range) }

  /// A member of the object in which a value stands that gives it an id, or of the value where that is an object itself.
  func member(_ name: String, ofThingAt index: UInt32) -> [UInt8]? {
    guard let node = node(index) else { return nil }
    let object = tree.nodes[node].kind == .object || node == 0 ? node : Int(tree.nodes[node].parent)
    return tree.lastMember(Array(name.utf8), of: object).flatMap { member in
      tree.nodes[member].flags.contains(.elided) ? nil : Array(tree.text(of: member))
    }
  }

  func finding(_ found: SchemaFinding) -> Finding {
    Finding(
      rule: found.rule, severity: found.severity, place: place(found.range), message: found.message,
      fixes: found.fixes.compactMap(fix), fold: found.fold)
  }

  private func fix(_ fix: SchemaFix) -> Fix? {
    fixEdit(fix.edit).map { Fix(title: fix.title, isCertain: fix.isCertain, action: .edits([$0])) }
  }

  private func fixEdit(_ edit: SchemaEdit) -> FixEdit? {
    switch edit {
    case .replace(let index, let text): node(index).map { .replace(place(of: $0), text) }
    case .remove(let index): node(index).map { .remove(place(of: $0)) }
    case .insertMember(let index, let key, let value):
      node(index).map { .insertMember(place(of: $0), key: key, value: value, after: nil) }
    case .renameKey(let index, let key): node(index).map { .text(place(tree.nodes[$0].keyRange), key) }
    case .text(let range, let bytes): .text(place(range), bytes)
    }
  }
}
