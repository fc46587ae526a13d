import Facts
import Findings
import Manifest
import Schema

/// Ids that only tell the entries of one file apart (`serial`), to be counted anew in the order of the file, and whatever names them.
///
/// Refused wherever somebody else may know an id: of any kind that is not declared so, or where the same value also counts in
/// other files.
struct Renumbering {
  private struct Use {
    var range: Range<Int>
    var key: FactKey
    var isDefinition: Bool
    var family: String
    /// `nil` if it is no whole number.
    var number: Int64?
    var isPrivate: Bool
  }

  private let words: Phrasebook
  private var uses: [Use] = []
  private var serial: Set<String> = []

  init(_ snapshot: DocumentSnapshot, _ reader: RecordReader) throws(OrganizingRefusal) {
    words = snapshot.words
    let dialect = reader.dialect
    let defines = dialect.program.declarations.defines
    for (index, define) in defines.enumerated()
    where define.isSerial && define.scope == .document && define.source == .value {
      if let family = dialect.familiesOfDefinitions[index] { serial.insert(family.name) }
    }
    guard !serial.isEmpty else {
      throw OrganizingRefusal(
        message: words("The ids in this file may be known to others, so they are not counted anew."))
    }
    for record in snapshot.document.records() {
      guard let reading = reader.read(record) else { continue }
      let identifiers = reading.identifiers
      for identifier in identifiers where identifier.source == .value {
        guard let family = identifier.family(in: dialect)?.name, serial.contains(family),
          let range = reading.range(of: identifier)
        else { continue }
        // The same value may be another id as well.
        let isKnown = identifiers.contains { other in
          other.node == identifier.node && other.family(in: dialect)?.name != family
        }
        if isKnown { serial.remove(family) }
        uses.append(
          Use(
            range: range, key: identifier.key, isDefinition: identifier.part == .definition, family: family,
            number: reading.tree.integer(of: identifier.node), isPrivate: reading.isPrivate(identifier.node)))
      }
    }
  }

  func edits(_ words: Phrasebook) throws(OrganizingRefusal) -> OrganizingEdits? {
    var edits: [TextEdit] = []
    var count = 0
    for family in serial.sorted() {
      let uses = uses.filter { $0.family.utf8.elementsEqual(family.utf8) }
      let given = uses.filter(\.isDefinition)
      guard !uses.contains(where: \.isPrivate) else {
        throw OrganizingRefusal(message: words("Ids here must not be shown, so they are not counted anew."))
      }
      let numbers = given.compactMap(\.number)
      guard numbers.count == given.count else {
        throw OrganizingRefusal(message: words("Not all ids here are whole numbers, so they are not counted anew."))
      }
      let start: Int64 = numbers.min() == 0 ? 0 : 1
      var new: [FactKey: Int64] = [:]
      for use in given where new.updateValue(start + Int64(new.count), forKey: use.key) != nil {
        throw OrganizingRefusal(
          message: words("Two entries have the same number, and nobody knows which is meant. Make that right first."))
      }
      for use in uses {
        guard let number = new[use.key] else {
          throw OrganizingRefusal(
            message: words("Something here names a number that no entry has. Make that right first."))
        }
        guard number != use.number else { continue }
        if use.isDefinition { count += 1 }
        edits.append(TextEdit(range: use.range, replacement: Array(String(number).utf8)))
      }
    }
    guard !edits.isEmpty else { return nil }
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    return OrganizingEdits(
      title: words("Count {count} {count#entry|entries} anew, and what names them", .init("count", String(count))),
      edits: edits)
  }
}
