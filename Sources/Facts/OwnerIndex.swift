import Findings
import Manifest

/// A row that belongs to a look at a record: what it stated, or what it read.
protocol OwnedRow: BitwiseCopyable {
  /// The record's label, in the document of this number.
  var record: UInt64 { get }
  var document: UInt32 { get }
  var call: CallNumber { get }
  /// The next row in the same bucket of owners.
  var nextOfOwner: UInt32 { get set }
}

extension OwnedRow {
  var reference: RecordReference {
    RecordReference(document: DocumentID(document), record: RecordID(label: record))
  }
  var owner: Owner { call == .host ? .host(reference) : .check(reference, call) }
}

/// How rows hang in the buckets of their owners.
enum ByOwner<Row: OwnedRow>: ChainLink {
  static func hash(record: UInt64, call: CallNumber, seed: UInt64) -> UInt64 {
    mixed(record ^ UInt64(call.number) &<< 48 ^ seed)
  }
  static func hash(_ row: Row, seed: UInt64) -> UInt64 { hash(record: row.record, call: row.call, seed: seed) }
  static func next(_ row: Row) -> UInt32 { row.nextOfOwner }
  static func setNext(_ row: inout Row, _ next: UInt32) { row.nextOfOwner = next }
}

/// The rows of a table by whom they belong to, and by document, so that a whole one can be forgotten.
struct OwnerIndex<Row: OwnedRow> {
  /// What one document's records have.
  private struct Part {
    var index: ChainIndex<ByOwner<Row>>
    /// By call: no record from this label on has any. A first walk takes up record after record, and need not look for what none has.
    var bounds: [UInt64] = []

    mutating func noteRow(of label: UInt64, _ call: CallNumber) {
      let call = Int(call.number)
      while bounds.count <= call { bounds.append(0) }
      if label >= bounds[call] { bounds[call] = label == .max ? .max : label + 1 }
    }

    func mayHave(_ label: UInt64, _ call: CallNumber) -> Bool {
      let call = Int(call.number)
      return call < bounds.count && (label < bounds[call] || label == .max)
    }
  }

  /// One a document; those of documents that are gone are empty, and used again.
  private var parts: [Part] = []
  private var documents: [UInt32: Int] = [:]
  private var free: [Int] = []
  /// The document that was written to last: the next is mostly the same.
  private var last: (document: UInt32, index: Int)?
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var isEmpty: Bool { documents.isEmpty }
  var byteCount: Int {
    parts.reduce(documents.capacity * 16 + parts.capacity * 48) { $0 + $1.index.byteCount + $1.bounds.capacity * 8 }
  }

  /// In no order.
  func rows(of record: RecordReference, _ call: CallNumber, in table: PagedArray<Row>) -> [UInt32] {
    let label = record.record.label
    guard let number = number(of: record.document.number), parts[number].mayHave(label, call) else { return [] }
    var found: [UInt32] = []
    var row = parts[number].index.head(of: ByOwner<Row>.hash(record: label, call: call, seed: seed))
    while row != noRow {
      let each = table[row]
      if each.record == label, each.call == call { found.append(row) }
      row = each.nextOfOwner
    }
    return found
  }

  /// Who has rows that belong to records of this document.
  func owners(in document: DocumentID, _ table: PagedArray<Row>) -> Set<Owner> {
    guard let index = number(of: document.number).map({ parts[$0].index }) else { return [] }
    var owners: Set<Owner> = []
    for bucket in 0..<index.bucketCount {
      var row = index.head(ofBucket: bucket)
      while row != noRow {
        owners.insert(table[row].owner)
        row = table[row].nextOfOwner
      }
    }
    return owners
  }

  private func number(of document: UInt32) -> Int? {
    if let last, last.document == document { return last.index }
    return documents[document]
  }

  mutating func insert(_ row: UInt32, into table: inout PagedArray<Row>) {
    let document = table[row].document
    let index = number(of: document) ?? add(document)
    last = (document, index)
    parts[index].index.insert(row, into: &table)
    parts[index].noteRow(of: table[row].record, table[row].call)
  }

  private mutating func add(_ document: UInt32) -> Int {
    let index = free.popLast() ?? parts.count
    if index == parts.count { parts.append(Part(index: ChainIndex(seed: seed))) }
    documents[document] = index
    return index
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ row: UInt32, from table: inout PagedArray<Row>) {
    let document = table[row].document
    guard let index = number(of: document) else { return }
    parts[index].index.remove(row, from: &table)
    guard parts[index].index.count == 0 else { return }
    parts[index] = Part(index: ChainIndex(seed: seed))
    documents[document] = nil
    free.append(index)
    last = nil
  }
}
