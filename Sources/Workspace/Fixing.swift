package import Findings
package import Manifest

extension DocumentSnapshot {
  /// The text edits of a fix, in order, not overlapping; `nil` if its places are gone or it is a recipe.
  package func textEdits(of fix: Fix) -> [TextEdit]? {
    var memo = RecordMemo(document)
    return textEdits(of: fix, &memo)
  }

  func textEdits(of fix: Fix, _ memo: inout RecordMemo) -> [TextEdit]? {
    guard case .edits(let edits) = fix.action else { return nil }
    return textEdits(of: edits, &memo)
  }

  /// The text edits of structured edits: what is replaced, and the commas and spaces around what comes and goes.
  package func textEdits(of edits: [FixEdit]) -> [TextEdit]? {
    var memo = RecordMemo(document)
    return textEdits(of: edits, &memo)
  }

  private func textEdits(of edits: [FixEdit], _ memo: inout RecordMemo) -> [TextEdit]? {
    var all: [TextEdit] = []
    for edit in edits {
      guard let made = textEdits(of: edit, &memo) else { return nil }
      all += made
    }
    return Self.inOrder(all)
  }

  private func textEdits(of edit: FixEdit, _ memo: inout RecordMemo) -> [TextEdit]? {
    if case .text(let place, let text) = edit {
      // The names of a table's columns stand in another row than the place.
      if document.syntax.isTable, place.record.record != Self.wholeText { return nil }
      return range(of: place, &memo).map { [TextEdit(range: $0, replacement: text)] }
    }
    let place = edit.place
    guard place.record.document == id, let tree = memo.tree(of: place.record.record),
      let node = tree.node(from: place.start, to: place.end)
    else { return nil }
    return edit.structured(at: node, in: tree).flatMap { memo.textEdits(for: $0, in: place.record.record) }
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

extension FixEdit {
  fileprivate var place: Place {
    switch self {
    case .replace(let place, _), .remove(let place), .insertMember(let place, _, _, _),
      .insertElement(let place, _, _), .text(let place, _):
      place
    }
  }

  /// What it does to the value at its place, which is a node of `tree`; `nil` where it is about bytes.
  fileprivate func structured(at node: Int, in tree: RecordTree) -> StructuredEdit? {
    switch self {
    case .replace(_, let text): .replace(node: node, with: text)
    case .remove: .remove(node: node)
    case .insertMember(_, let key, let value, let after):
      .insertMember(
        object: node, key: Array(key.utf8), value: value, after: after.flatMap { tree.member($0, of: node) })
    case .insertElement(_, let value, let index): .insertElement(array: node, value: value, at: index)
    case .text: nil
    }
  }
}
