import Facts
import Findings
import Manifest
import Schema

/// Reads records of one snapshot as their format understands them, one after the other.
///
/// Holds an evaluator's memory, so that each thread makes its own. Cost of a reading: one evaluation of the record.
struct RecordReader {
  let document: Document
  let id: DocumentID
  let dialect: Dialect
  let evaluator: SchemaEvaluator
  /// What was found in a record that must not be shown: ranges in its own text.
  private var secrets: @Sendable (RecordID) -> [Range<Int>] = { _ in [] }

  /// `nil` where no format was recognized: nothing is known of such a file.
  init?(_ snapshot: DocumentSnapshot) {
    guard let dialect = snapshot.dialect else { return nil }
    self.init(snapshot.document, snapshot.id, dialect)
    let (table, library) = (snapshot.table, snapshot.library)
    secrets = { record in
      table.findings(in: record).filter { library.rule($0.rule)?.isSensitive == true }
        .map { Int($0.place.start)..<Int(max($0.place.start, $0.place.end)) }
    }
  }

  init(_ document: Document, _ id: DocumentID, _ dialect: Dialect) {
    self.document = document
    self.id = id
    self.dialect = dialect
    evaluator = SchemaEvaluator(dialect.program)
  }

  /// `nil` if the record is gone.
  func read(_ id: RecordID) -> RecordReading? { document.record(id).flatMap(read) }

  /// A record of which the format says nothing reads as one without roles and ids.
  func read(_ record: Record) -> RecordReading? {
    document.tree(of: record.id).map { read(record, $0) }
  }

  /// The same of a record whose tree is known.
  func read(_ record: Record, _ tree: RecordTree) -> RecordReading {
    let key = dialect.readsKeys ? document.key(of: record.id) : nil
    let entry = dialect.entry(of: record, key: key)
    let evaluation = entry.map {
      evaluator.evaluate(tree, at: $0, options: EvaluationOptions(recordKey: key, recordOrdinal: record.ordinal))
    }
    return RecordReading(
      document: document, id: id, dialect: dialect, record: record, tree: tree, entry: entry,
      evaluation: evaluation ?? Evaluation(), secrets: secrets(record.id))
  }

  /// What the format says of a value in words; `nil` if nothing.
  func description(of node: Int, in reading: RecordReading) -> SchemaDescription? {
    reading.entry.flatMap { evaluator.description(of: node, in: reading.tree, at: $0) }
  }

  /// The unit that the format gives a number (`x-unit`); `nil` if none.
  func unit(of node: Int, in reading: RecordReading) -> String? {
    reading.entry.flatMap { evaluator.unit(of: node, in: reading.tree, at: $0) }
  }
}

/// One record with what its format makes of it.
struct RecordReading {
  let document: Document
  let id: DocumentID
  let dialect: Dialect
  let record: Record
  let tree: RecordTree
  let entry: SchemaEntry?
  let evaluation: Evaluation
  /// Ranges in the record's text that a rule has found to be nobody's business.
  let secrets: [Range<Int>]

  /// Whether a node, or what it stands in, must never be shown.
  func isPrivate(_ node: Int) -> Bool {
    evaluation.privateNodes.contains { hidden in
      let hidden = Int(hidden)
      return tree.nodes.indices.contains(hidden) && hidden <= node && node < Int(tree.nodes[hidden].subtreeEnd)
    }
  }

  /// The times it holds, as clocks show them.
  var clocks: [(node: Int, seconds: Double, text: String)] {
    let times = dialect.program.timeFields
    guard !times.isEmpty else { return [] }
    let roles = evaluation.roles
    return roles.entries.compactMap { entry in
      guard times.contains(entry.field), entry.numberCount == 1, roles.numbers.indices.contains(Int(entry.numberStart)),
        !isPrivate(Int(entry.node))
      else { return nil }
      let seconds = roles.numbers[Int(entry.numberStart)]
      guard seconds >= 0, seconds < 360_000 else { return nil }
      return (Int(entry.node), seconds, GeometryWords.time(seconds))
    }
  }

  /// What a value says: text without quotes, a number as it is written. `nil` if it must not be shown or is no single value.
  func shownText(of node: Int) -> String? {
    guard tree.nodes.indices.contains(node), !isPrivate(node),
      !secrets.contains(where: { $0.overlaps(tree.nodes[node].range) })
    else { return nil }
    switch tree.nodes[node].kind {
    case .string, .number, .true, .false:
      return String(decoding: tree.scalarText(of: node).prefix(Self.textLimit), as: UTF8.self)
    default: return nil
    }
  }

  /// Longer texts are cut when they are shown.
  static let textLimit = 256

  /// Bytes of the document that a node covers.
  func range(of node: Int) -> Range<Int>? { document.absolute(tree.nodes[node].range, in: record.id) }
}
