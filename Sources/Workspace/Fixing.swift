package import Findings
package import Manifest

extension DocumentSnapshot {
  /// The text edits of a fix, in order, not overlapping; `nil` if its places are gone or it is a recipe.
  package func textEdits(of fix: Fix) -> [TextEdit]? {
    guard case .edits(let edits) = fix.action else { return nil }
    return textEdits(of: edits)
  }

  /// The text edits of structured edits: what is replaced, and the commas and spaces around what comes and goes.
  package func textEdits(of edits: [FixEdit]) -> [TextEdit]? {
    var all: [TextEdit] = []
    for edit in edits {
      guard let made = textEdits(of: edit) else { return nil }
      all += made
    }
    return Self.inOrder(all)
  }

  private func textEdits(of edit: FixEdit) -> [TextEdit]? {
    switch edit {
    case .text(let place, let text):
      // The names of a table's columns stand in another row than the place.
      if document.syntax.isTable, place.record.record != Self.wholeText { return nil }
      return range(of: place).map { [TextEdit(range: $0, replacement: text)] }
    case .replace(let place, let text):
      return node(at: place).flatMap {
        document.textEdits(for: .replace(node: $0, with: text), in: place.record.record)
      }
    case .remove(let place):
      return node(at: place).flatMap { document.textEdits(for: .remove(node: $0), in: place.record.record) }
    case .insertMember(let place, let key, let value, let after):
      guard let node = node(at: place), let tree = document.tree(of: place.record.record) else { return nil }
      let sibling = after.flatMap { tree.member($0, of: node) }
      return document.textEdits(
        for: .insertMember(object: node, key: Array(key.utf8), value: value, after: sibling), in: place.record.record)
    case .insertElement(let place, let value, let index):
      return node(at: place).flatMap {
        document.textEdits(for: .insertElement(array: $0, value: value, at: index), in: place.record.record)
      }
    }
  }

  /// The node whose value stands exactly at a place.
  private func node(at place: Place) -> Int? {
    guard place.record.document == id, let tree = document.tree(of: place.record.record) else { return nil }
    return tree.nodes.firstIndex { $0.start == place.start && $0.end == place.end }
  }

  /// Sorted, equal ones once; `nil` if two overlap.
  static func inOrder(_ edits: [TextEdit]) -> [TextEdit]? {
    var out: [TextEdit] = []
    for edit in edits.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }) {
      guard let last = out.last else {
        out.append(edit)
        continue
      }
      if last == edit { continue }
      guard last.range.upperBound <= edit.range.lowerBound else { return nil }
      out.append(edit)
    }
    return out
  }
}
