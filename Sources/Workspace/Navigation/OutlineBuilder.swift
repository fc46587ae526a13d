import Manifest
import Schema

/// Makes the outline of a document, the outer records before the inner ones while there is room.
struct OutlineBuilder {
  let reader: RecordReader
  let language: String
  private var left = OutlineBuilder.limit
  /// Records that name something, by where they end: what they name is told beside them.
  private(set) var references: [Int: RecordReading] = [:]

  static let limit = 4000
  /// Of one list; a list deeper down gets a part.
  static let listLimit = 1000
  static let innerLimit = 100

  init(reader: RecordReader, language: String) {
    self.reader = reader
    self.language = language
  }

  /// The members of a record: lists of records with those, anything else as it is.
  mutating func items(of reading: RecordReading, isInner: Bool = false) -> [OutlineItem] {
    let tree = reading.tree
    // A document may itself be the list.
    if tree.nodes[0].flags.contains(.elided) || Self.isTable(reading) || Self.isOfLines(reading) {
      return records(in: 0, of: reading, isInner: isInner)
    }
    var items: [OutlineItem] = []
    for node in tree.children(of: 0).prefix(Self.innerLimit) {
      let isList = tree.nodes[node].flags.contains(.elided)
      let isTable = !isList && Self.isTable(node, in: reading.tree)
      // Inside of a record only its lists matter; its values are a keystroke away.
      guard isList || isTable || !isInner, left > 0, var item = self.item(node, of: reading) else { continue }
      left -= 1
      if isList { item.children = records(in: node, of: reading, isInner: isInner) }
      if isTable { item.children = rows(of: node, in: reading) }
      items.append(item)
    }
    return items
  }

  /// Whether a record is a table whose rows are records: its own tree holds none of them.
  private static func isTable(_ reading: RecordReading) -> Bool {
    reading.record.id == .document && reading.document.syntax.isTable
  }

  /// Whether a record is a file of lines: they stand in no brackets, which would say how far they reach.
  private static func isOfLines(_ reading: RecordReading) -> Bool {
    reading.record.id == .document && reading.document.syntax == .jsonl
  }

  /// Whether a value is a list of objects, such as the turns of a chat.
  private static func isTable(_ node: Int, in tree: RecordTree) -> Bool {
    guard tree.nodes[node].kind == .array, let first = tree.children(of: node).first(where: { _ in true })
    else { return false }
    return tree.nodes[first].kind == .object
  }

  /// The entries of a list of objects, called by the first words in them: who speaks in a turn, and what is said.
  private mutating func rows(of node: Int, in reading: RecordReading) -> [OutlineItem] {
    var items: [OutlineItem] = []
    for (number, entry) in reading.tree.children(of: node).enumerated() {
      guard left > 0, items.count < Self.innerLimit, var item = item(entry, of: reading) else { break }
      left -= 1
      let words = reading.tree.children(of: entry).prefix(Self.innerLimit)
        .filter { reading.tree.nodes[$0].kind == .string }.prefix(2)
        .compactMap { reading.shownText(of: $0).map(Self.line) }.filter { !$0.isEmpty }
      item.name = words.first ?? Phrases.text("entry", [("number", String(number + 1))], in: language)
      item.detail = words.count > 1 ? words[1] : nil
      items.append(item)
    }
    return items
  }

  private func item(_ node: Int, of reading: RecordReading) -> OutlineItem? {
    let found = reading.tree.nodes[node]
    guard let range = reading.document.absolute(found.range, in: reading.record.id) else { return nil }
    let key = found.hasKey ? reading.document.absolute(found.keyRange, in: reading.record.id) : nil
    let kind: OutlineItem.Kind =
      switch found.kind {
      case _ where found.flags.contains(.elided): .list
      case .object: .object
      case .array: .array
      case .string: .text
      case .number: .number
      case .true, .false: .flag
      case .null, .missing: .empty
      }
    let name = reading.tree.key(of: node).map(Self.line) ?? ""
    let detail = kind == .list ? String(found.childCount) : reading.shownText(of: node).map(Self.line)
    let whole = min(key?.lowerBound ?? range.lowerBound, range.lowerBound)..<range.upperBound
    return OutlineItem(
      name: name.isEmpty ? "…" : name, detail: detail, kind: kind, range: whole, selection: key ?? whole)
  }

  /// The records in a container, and what stands in them, while there is room.
  private mutating func records(in node: Int, of outer: RecordReading, isInner: Bool) -> [OutlineItem] {
    let isTable = Self.isTable(outer)
    let own = outer.document.absolute(outer.tree.nodes[node].range, in: outer.record.id)
    guard let range = isTable || Self.isOfLines(outer) ? 0..<outer.document.byteCount : own else { return [] }
    let total =
      isTable ? outer.document.recordCounts.dropFirst().reduce(0, +) : Int(outer.tree.nodes[node].childCount)
    let room = min(isInner ? Self.innerLimit : Self.listLimit, left)
    var siblings = Siblings(document: outer.document, parent: outer.record.id, range: range)
    var shown: [(item: OutlineItem, reading: RecordReading)] = []
    while shown.count < room, let record = siblings.next(), let reading = reader.read(record) {
      shown.append((item(reading), reading))
    }
    left -= shown.count
    // All of a list before what stands in its first record.
    for index in shown.indices where left > 0 {
      shown[index].item.children = items(of: shown[index].reading, isInner: true)
      references[shown[index].item.range.upperBound] = shown[index].reading
    }
    var items = shown.map(\.item)
    if let last = items.last, total > items.count, last.range.upperBound < range.upperBound {
      let rest = last.range.upperBound..<range.upperBound
      let name = Phrases.text("more", [("count", String(total - items.count))], in: language)
      items.append(OutlineItem(name: name, kind: .rest, range: rest, selection: rest))
    }
    return items
  }

  private func item(_ reading: RecordReading) -> OutlineItem {
    let record = reading.record
    let definition = reading.definitions.first { !reading.isPrivate($0.node) }
    let id = definition.flatMap(reading.range)
    let start = min(id?.lowerBound ?? record.range.lowerBound, record.range.lowerBound)
    let range = start..<max(record.range.upperBound, id?.upperBound ?? 0)
    let title = definition.flatMap { definition in
      definition.name
        ?? (definition.isRecordKey
          ? reading.document.key(of: record.id).map {
            String(decoding: $0.prefix(RecordReading.textLimit), as: UTF8.self)
          } : reading.shownText(of: definition.node))
    }
    let name = title.map(Self.line) ?? ""
    let head = record.range.lowerBound..<min(record.range.lowerBound + 1, record.range.upperBound)
    return OutlineItem(
      name: name.isEmpty ? Phrases.text("entry", [("number", String(record.ordinal + 1))], in: language) : name,
      kind: .record(reading.evaluation.roles.role), range: range, selection: id ?? head)
  }

  /// The first line, not too long.
  private static func line(_ text: String) -> String {
    String(text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }.prefix(80))
  }
}

/// The records of one container in order. Cost: O(log n) each, however much stands in them.
private struct Siblings {
  let document: Document
  let parent: RecordID
  let range: Range<Int>
  private var type: RecordType?
  private var end: Int
  private var last: RecordID?

  init(document: Document, parent: RecordID, range: Range<Int>) {
    self.document = document
    self.parent = parent
    self.range = range
    end = range.lowerBound
  }

  mutating func next() -> Record? {
    let rest = max(end, range.lowerBound)..<range.upperBound
    guard !rest.isEmpty else { return nil }
    let found = document.records(of: type, in: rest).first { record in
      record.parent == parent && record.range.lowerBound >= end && record.id != last && record.id != parent
    }
    guard let found, found.range.upperBound <= range.upperBound else { return nil }
    type = found.type
    last = found.id
    end = found.range.upperBound
    return found
  }
}
