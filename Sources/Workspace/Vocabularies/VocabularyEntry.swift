import Findings
import Manifest
import Ontology

/// One entry of a vocabulary file where it stands: in JSON or in a row of a table.
struct VocabularyEntry {
  struct Text {
    var text: [UInt8]
    /// Of the tree's bytes: the value without quotes where it is one of several in a cell, else whole.
    var range: Range<Int>
  }

  /// `nil` if there is none; empty text if there is nothing in it.
  var id: Text?
  var labels: [(language: String, label: Text)] = []
  var broader: [Text] = []
  var replacedBy: [Text] = []
  var canonical: [Text] = []
  var isDeprecated = false
  /// Something stands in it besides.
  var isEmpty = true

  /// `nil` for what is no entry: no object, or a row of a table without ids.
  init?(_ tree: RecordTree, columns: TermColumns?) {
    guard tree.nodes[0].kind == .object else { return nil }
    if let columns {
      guard columns.idColumn != nil else { return nil }
      for (column, node) in tree.children(of: 0).enumerated() {
        guard tree.nodes[node].kind == .string, let target = columns.target(ofColumn: column) else { continue }
        read(target, Text(node, in: tree), Text.parts(of: node, in: tree))
      }
    } else {
      for node in tree.children(of: 0) { read(tree.key(of: node) ?? "", node, tree) }
    }
  }

  private mutating func read(_ target: ColumnMapping.Target, _ cell: Text, _ parts: [Text]) {
    isEmpty = false
    switch target {
    case .id: id = cell
    case .prefLabel(let language): labels.append((language, cell))
    case .broader: broader += parts
    case .replacedBy: replacedBy += parts
    case .canonical: canonical.append(cell)
    case .deprecated: isDeprecated = TermColumns.flag(String(decoding: cell.text, as: UTF8.self)) ?? false
    default: break
    }
  }

  private mutating func read(_ key: String, _ node: Int, _ tree: RecordTree) {
    isEmpty = false
    switch key {
    case "id" where tree.nodes[node].kind == .string: id = Text(node, in: tree)
    case "prefLabel":
      if tree.nodes[node].kind == .object {
        for child in tree.children(of: node) {
          labels += Text.strings(child, in: tree).map { (tree.key(of: child) ?? "", $0) }
        }
      } else {
        labels += Text.strings(node, in: tree).map { ("", $0) }
      }
    case "broader": broader = Text.strings(node, in: tree)
    case "replacedBy": replacedBy = Text.strings(node, in: tree)
    case "canonical": canonical = Text.strings(node, in: tree)
    case "deprecated": isDeprecated = tree.nodes[node].kind == .true
    default: break
    }
  }
}

extension VocabularyEntry.Text {
  init(_ node: Int, in tree: RecordTree) {
    self.init(text: tree.stringBytes(of: node) ?? [], range: tree.nodes[node].range)
  }

  /// A text, or the texts of a list.
  static func strings(_ node: Int, in tree: RecordTree) -> [Self] {
    if tree.nodes[node].kind == .string { return [Self(node, in: tree)] }
    guard tree.nodes[node].kind == .array else { return [] }
    return tree.children(of: node).filter { tree.nodes[$0].kind == .string }.map { Self($0, in: tree) }
  }

  /// The parts of a cell that holds several, each where it stands.
  static func parts(of node: Int, in tree: RecordTree) -> [Self] {
    let whole = Self(node, in: tree)
    let parts = TermColumns.list(String(decoding: whole.text, as: UTF8.self)).map { Array($0.utf8) }
    guard parts.count > 1, !tree.nodes[node].flags.contains(.escaped) else {
      return parts.map { Self(text: $0, range: whole.range) }
    }
    var from = whole.range.lowerBound + 1
    return parts.map { part in
      // Parts stand in the cell in this order, each as it is.
      while from + part.count < whole.range.upperBound, !tree.bytes[from..<from + part.count].elementsEqual(part) {
        from += 1
      }
      let range = from..<min(from + part.count, whole.range.upperBound)
      from = range.upperBound
      return Self(text: part, range: range)
    }
  }
}

/// What is wrong with an entry, whatever the others say.
struct VocabularyNotes {
  let places: PlaceMaker
  private(set) var findings: [Finding] = []

  init(places: PlaceMaker) { self.places = places }

  mutating func judge(_ entry: VocabularyEntry) {
    guard !entry.isEmpty else { return }
    guard let id = entry.id, !id.text.isEmpty else {
      return add(VocabularyRules.missingID, 0..<places.tree.bytes.count)
    }
    let text = String(decoding: id.text.prefix(200), as: UTF8.self)
    if SpreadsheetDamage.isRounded(text) { add(VocabularyRules.roundedBarcode, id.range, [.init("id", text)]) }
    // Of a row that lacks cells that is said, and enough.
    let isShort = places.tree.problems.contains { $0.code == .missingCell }
    if !isShort, entry.labels.allSatisfy({ $0.label.text.isEmpty }) {
      add(VocabularyRules.missingLabel, id.range, [.init("id", text)])
    }
    if entry.isDeprecated, entry.replacedBy.isEmpty {
      let label = entry.labels.first.map { String(decoding: $0.label.text.prefix(200), as: UTF8.self) } ?? text
      add(VocabularyRules.noSuccessor, id.range, [.init("label", label)])
    }
  }

  private mutating func add(_ rule: RuleInfo, _ range: Range<Int>, _ arguments: [Message.Argument] = []) {
    findings.append(
      Finding(
        rule: rule.id, severity: rule.severity, place: places.place(range), message: Message("", arguments)))
  }
}

/// How long a list's barcodes are, so that one without its zeros is seen among them.
struct BarcodeCensus {
  /// Of every id: its length if it is a barcode, else 0.
  private var lengths: [RecordID: Int] = [:]
  private var counts: [Int: Int] = [:]
  /// Numbers that may be barcodes without their zeros.
  private var candidates: [RecordID: (text: String, place: Place)] = [:]

  mutating func set(_ record: RecordID, _ id: [UInt8]?, place: Place?) {
    if let old = lengths.removeValue(forKey: record) { counts[old, default: 0] -= 1 }
    candidates[record] = nil
    guard let id, let place else { return }
    let text = String(decoding: id, as: UTF8.self)
    let length = SpreadsheetDamage.isBarcode(text) ? id.count : 0
    lengths[record] = length
    counts[length, default: 0] += 1
    let mayBeLonger = [8, 12, 13, 14].contains { SpreadsheetDamage.restoredZeros(text, length: $0) != nil }
    if mayBeLonger { candidates[record] = (text, place) }
  }

  /// At the ids that lost zeros. None in a list that is not made of barcodes for the most part.
  var findings: [Finding] {
    let usual = counts.filter { $0.key > 0 }.max { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let usual, usual.value * 2 > lengths.count else { return [] }
    return candidates.values.compactMap { text, place in
      let isOther = !SpreadsheetDamage.isBarcode(text) || text.utf8.count < usual.key
      guard isOther, let restored = SpreadsheetDamage.restoredZeros(text, length: usual.key) else { return nil }
      let argument = [Message.Argument("restored", restored)]
      return Finding(
        rule: VocabularyRules.lostZeros.id, severity: VocabularyRules.lostZeros.severity, place: place,
        message: Message("", argument),
        fixes: [
          Fix(
            title: Message(VocabularyRules.restore, argument), isCertain: true,
            action: .edits([.replace(place, JSONString.encode(restored.utf8))]))
        ])
    }
  }
}
