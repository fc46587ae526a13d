import Findings
import Manifest

/// A row that belongs to a look at a record: what it stated, or what it read.
protocol OwnedRow {
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
  private var documents: [UInt32: ChainIndex<ByOwner<Row>>] = [:]
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  var isEmpty: Bool { documents.isEmpty }
  var byteCount: Int { documents.values.reduce(documents.capacity * 64) { $0 + $1.byteCount } }

  /// In no order.
  func rows(of record: RecordReference, _ call: CallNumber, in table: PagedArray<Row>) -> [UInt32] {
    guard let index = documents[record.document.number] else { return [] }
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
    guard let index = documents[document.number] else { return [] }
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

  mutating func insert(_ row: UInt32, into table: inout PagedArray<Row>) {
    documents[table[row].document, default: ChainIndex(seed: seed)].insert(row, into: &table)
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ row: UInt32, from table: inout PagedArray<Row>) {
    let document = table[row].document
    documents[document]?.remove(row, from: &table)
    if documents[document]?.count == 0 { documents[document] = nil }
  }
}
