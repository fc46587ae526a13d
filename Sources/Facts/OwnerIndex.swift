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
  /// One index a document; those of documents that are gone are empty, and used again.
  private var indexes: [ChainIndex<ByOwner<Row>>] = []
  private var documents: [UInt32: Int] = [:]
  private var free: [Int] = []
  /// The document that was written to last: the next is mostly the same.
  private var last: (document: UInt32, index: Int)?
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var isEmpty: Bool { documents.isEmpty }
  var byteCount: Int { indexes.reduce(documents.capacity * 16 + indexes.capacity * 40) { $0 + $1.byteCount } }

  /// In no order.
  func rows(of record: RecordReference, _ call: CallNumber, in table: PagedArray<Row>) -> [UInt32] {
    guard let number = number(of: record.document.number) else { return [] }
    return rows(of: record, call, in: table, indexes[number])
  }

  private func rows(
    of record: RecordReference, _ call: CallNumber, in table: PagedArray<Row>, _ index: ChainIndex<ByOwner<Row>>
  ) -> [UInt32] {
    var found: [UInt32] = []
    let label = record.record.label
    var row = index.head(of: ByOwner<Row>.hash(record: label, call: call, seed: seed))
    while row != noRow {
      let each = table[row]
      if each.record == label, each.call == call { found.append(row) }
      row = each.nextOfOwner
    }
    return found
  }

  /// Who has rows that belong to records of this document.
  func owners(in document: DocumentID, _ table: PagedArray<Row>) -> Set<Owner> {
    guard let index = number(of: document.number).map({ indexes[$0] }) else { return [] }
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
    indexes[index].insert(row, into: &table)
  }

  private mutating func add(_ document: UInt32) -> Int {
    let index = free.popLast() ?? indexes.count
    if index == indexes.count { indexes.append(ChainIndex(seed: seed)) }
    documents[document] = index
    return index
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ row: UInt32, from table: inout PagedArray<Row>) {
    let document = table[row].document
    guard let index = number(of: document) else { return }
    indexes[index].remove(row, from: &table)
    guard indexes[index].count == 0 else { return }
    indexes[index] = ChainIndex(seed: seed)
    documents[document] = nil
    free.append(index)
    last = nil
  }
}
