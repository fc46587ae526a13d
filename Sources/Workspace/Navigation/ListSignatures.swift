import Findings
import Manifest
import Schema

/// What stands where in a list of numbers: `bbox: [x, y, width, height] pixels`.
package struct ListSignature: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package var name: String
    /// Of `label`, in UTF-16 units.
    package var range: Range<Int>
    package var explanation: String?
  }
  package var label: String
  package var parts: [Part]
  /// The part that the cursor stands at.
  package var active: Int
}

extension DocumentSnapshot {
  /// What the list around an offset holds, and at which of its places the offset stands; `nil` where the format does not say it, and
  /// behind the last place.
  ///
  /// Cost: some evaluations of the record, and the list's text up to the offset.
  package func signature(at offset: Int) -> ListSignature? {
    guard let reader = RecordReader(self), let reading = reader.identifiers(at: offset)?.reading,
      let own = document.relative(offset, in: reading.record.id),
      let list = reading.tree.list(around: own), !reading.isPrivate(list)
    else { return nil }
    let tree = reading.tree
    let start = Int(tree.nodes[list].start) + 1
    let index = Self.ordinal(in: tree.bytes[min(start, own)..<own])
    if let layout = reader.layout(of: list, in: reading) {
      return signature(ListPositions(layout), of: list, at: index, in: tree)
    }
    // A corner of a shape: `[[x, y], [x, y]]`.
    let parent = Int(tree.nodes[list].parent)
    guard tree.nodes.indices.contains(parent), tree.nodes[parent].kind == .array,
      let layout = reader.layout(of: parent, in: reading)
    else { return nil }
    let outer = Int(tree.nodes[parent].start) + 1
    let corner = Self.ordinal(in: tree.bytes[outer..<max(outer, Int(tree.nodes[list].start))])
    return signature(ListPositions(layout)?.corner(corner), of: parent, at: index, in: tree)
  }

  private func signature(_ positions: ListPositions?, of list: Int, at index: Int, in tree: RecordTree)
    -> ListSignature?
  {
    guard let positions, positions.repeats || index < positions.names.count else { return nil }
    var label = (tree.key(of: list).map { $0 + ": " } ?? "") + "["
    var parts: [ListSignature.Part] = []
    for (number, position) in positions.names.enumerated() {
      if number > 0 { label += ", " }
      let start = label.utf16.count
      label += position.name
      let text = position.phrase.map { Phrases.text($0, in: language) } ?? position.explanation.map { words($0) }
      parts.append(.init(name: position.name, range: start..<label.utf16.count, explanation: text))
    }
    label += positions.repeats ? ", …]" : "]"
    if let unit = positions.unit { label += " " + Self.words(ofUnit: unit, in: language) }
    return ListSignature(label: label, parts: parts, active: index % positions.names.count)
  }

  private static func words(ofUnit unit: String, in language: String) -> String {
    let known = ["px", "percent", "unit", "s", "ms"].contains { $0.utf8.elementsEqual(unit.utf8) }
    return known
      ? Phrases.text("unit-" + unit, in: language) : Phrases.text("unit-other", [("unit", unit)], in: language)
  }

  /// How many elements are complete in the text of a list, from behind its bracket: those that a comma follows.
  private static func ordinal(in text: ArraySlice<UInt8>) -> Int {
    var (count, depth, isText, isEscaped) = (0, 0, false, false)
    for byte in text {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isText: isEscaped = true
      case UInt8(ascii: "\""): isText.toggle()
      case _ where isText: break
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 0: count += 1
      default: break
      }
    }
    return count
  }
}

extension RecordReader {
  fileprivate func layout(of node: Int, in reading: RecordReading) -> ListLayout? {
    reading.entry.flatMap { evaluator.layout(of: node, in: reading.tree, at: $0) }
  }
}

extension RecordTree {
  /// The innermost list between whose brackets an offset stands, if no object lies between; `nil` if there is none.
  fileprivate func list(around offset: Int) -> Int? {
    var node = self.node(at: offset)
    while nodes.indices.contains(node) {
      let found = nodes[node]
      if found.kind == .object || found.flags.contains(.elided) { return nil }
      // Behind its closing bracket nothing stands in it any more; one that is not closed goes on.
      let isClosed = found.end > found.start + 1 && bytes[Int(found.end) - 1] == UInt8(ascii: "]")
      if found.kind == .array, offset > Int(found.start), offset < Int(found.end) + (isClosed ? 0 : 1) { return node }
      guard found.parent != Node.none else { return nil }
      node = Int(found.parent)
    }
    return nil
  }
}
