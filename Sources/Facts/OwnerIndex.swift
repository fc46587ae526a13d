import Findings
import Manifest

/// A row that belongs to a look at a record: what it stated, or what it read.
protocol OwnedRow: BitwiseCopyable {
  /// The record's label, in the document of this number.
  var record: UInt64 { get }
  var document: UInt32 { get }
  var call: CallNumber { get }
}

extension OwnedRow {
  var reference: RecordReference {
    RecordReference(document: DocumentID(document), record: RecordID(label: record))
  }
  var owner: Owner { call == .host ? .host(reference) : .check(reference, call) }
}

/// The rows of a table by whom they belong to, and by document, so that a whole one can be forgotten.
///
/// Rows that follow each other and have one owner are a run, of which only the first is in a chain: an owner mostly states all it has
/// to say at once. Four bytes a row, and one a run.
struct OwnerIndex<Row: OwnedRow> {
  /// What one document's records have.
  private struct Part {
    var runs = ChainIndex(load: 4)
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

  /// What comes after the first row of a run in its chain; of other rows, what they are.
  private struct Nexts: ChainRows {
    var next = PagedArray<UInt32>()
    var table = PagedArray<Row>()
    let seed: UInt64

    func hash(of row: UInt32) -> UInt64 { hash(table[row].record, table[row].call) }
    func hash(_ label: UInt64, _ call: CallNumber) -> UInt64 { mixed(label ^ UInt64(call.number) &<< 48 ^ seed) }
    func next(of row: UInt32) -> UInt32 { next[row] }
    mutating func setNext(of row: UInt32, _ other: UInt32) { next[row] = other }

    /// Has the same owner as the row before.
    static var inner: UInt32 { noRow - 1 }
    /// Nobody's.
    static var nobodys: UInt32 { noRow - 2 }

    func isInner(_ row: UInt32) -> Bool { row < next.count && next[row] == Self.inner }
    func isFirst(_ row: UInt32) -> Bool { row < next.count && next[row] != Self.inner && next[row] != Self.nobodys }

    func haveOneOwner(_ a: UInt32, _ b: UInt32) -> Bool {
      let (a, b) = (table[a], table[b])
      return a.record == b.record && a.call == b.call && a.document == b.document
    }
  }

  /// One a document; those of documents that are gone are empty, and used again.
  private var parts: [Part] = []
  private var documents: [UInt32: Int] = [:]
  private var free: [Int] = []
  /// The document that was written to last: the next is mostly the same.
  private var last: (document: UInt32, index: Int)?
  private var nexts: Nexts

  init(seed: UInt64) { nexts = Nexts(seed: seed) }

  var isEmpty: Bool { documents.isEmpty }
  var byteCount: Int {
    parts.reduce(documents.capacity * 16 + parts.capacity * 48 + nexts.next.byteCount) {
      $0 + $1.runs.byteCount + $1.bounds.capacity * 8
    }
  }

  /// In no order.
  func rows(of record: RecordReference, _ call: CallNumber, in table: PagedArray<Row>) -> [UInt32] {
    let label = record.record.label
    guard let number = number(of: record.document.number), parts[number].mayHave(label, call) else { return [] }
    var found: [UInt32] = []
    var first = parts[number].runs.head(of: nexts.hash(label, call))
    while first != noRow {
      if table[first].record == label, table[first].call == call {
        found.append(first)
        var row = first + 1
        while nexts.isInner(row) {
          found.append(row)
          row += 1
        }
      }
      first = nexts.next(of: first)
    }
    return found
  }

  /// Who has rows that belong to records of this document.
  func owners(in document: DocumentID, _ table: PagedArray<Row>) -> Set<Owner> {
    guard let runs = number(of: document.number).map({ parts[$0].runs }) else { return [] }
    var owners: Set<Owner> = []
    for bucket in 0..<runs.bucketCount {
      var first = runs.head(ofBucket: bucket)
      while first != noRow {
        owners.insert(table[first].owner)
        first = nexts.next(of: first)
      }
    }
    return owners
  }

  private func number(of document: UInt32) -> Int? {
    if let last, last.document == document { return last.index }
    return documents[document]
  }

  /// Puts a row in, which must not be in the index.
  mutating func insert(_ row: UInt32, of table: PagedArray<Row>) {
    let owned = table[row]
    let index = number(of: owned.document) ?? add(owned.document)
    last = (owned.document, index)
    parts[index].noteRow(of: owned.record, owned.call)
    nexts.table = table
    defer { nexts.table = PagedArray() }
    while nexts.next.count <= Int(row) { nexts.next.append(Nexts.nobodys) }
    let follows = row > 0 && nexts.next[row - 1] != Nexts.nobodys && nexts.haveOneOwner(row - 1, row)
    if nexts.isFirst(row + 1), nexts.haveOneOwner(row, row + 1) {
      parts[index].runs.remove(row + 1, from: &nexts)
      nexts.next[row + 1] = Nexts.inner
    }
    if follows { nexts.next[row] = Nexts.inner } else { parts[index].runs.insert(row, into: &nexts) }
  }

  private mutating func add(_ document: UInt32) -> Int {
    let index = free.popLast() ?? parts.count
    if index == parts.count { parts.append(Part()) }
    documents[document] = index
    return index
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ row: UInt32, of table: PagedArray<Row>) {
    let document = table[row].document
    guard let index = number(of: document) else { return }
    nexts.table = table
    defer { nexts.table = PagedArray() }
    if !nexts.isInner(row) { parts[index].runs.remove(row, from: &nexts) }
    nexts.next[row] = Nexts.nobodys
    if nexts.isInner(row + 1) { parts[index].runs.insert(row + 1, into: &nexts) }
    guard parts[index].runs.count == 0 else { return }
    parts[index] = Part()
    documents[document] = nil
    free.append(index)
    last = nil
  }
}
