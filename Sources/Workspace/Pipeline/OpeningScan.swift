import Manifest

/// The first walk over the records of a document: one type after the other, types with few records first, since those
/// are what the many refer to. What it meets twice because of edits is only looked at again.
struct OpeningScan {
  private let document: Document
  private let revision: Int
  private var types: [RecordType]
  private var records: RecordSequence.Iterator
  /// Looked at already, because an edit touched them; their answers are not to be overtaken by later ones.
  private var done: Set<RecordID> = []

  init(of state: DocumentState) {
    document = state.document
    revision = state.revision
    let counts = document.recordCounts
    types = counts.indices.sorted { (counts[$0], $0) > (counts[$1], $1) }
    records = document.records(of: types.popLast()).makeIterator()
  }

  mutating func noteDone(_ record: RecordID) { done.insert(record) }

  /// The next record as it stands now; one that is gone is passed over.
  mutating func next(in state: DocumentState) -> Record? {
    while true {
      if let record = records.next() {
        if done.contains(record.id) { continue }
        if state.revision == revision { return record }
        if let current = state.document.record(record.id) { return current }
      } else if let type = types.popLast() {
        records = document.records(of: type).makeIterator()
      } else {
        return nil
      }
    }
  }
}
