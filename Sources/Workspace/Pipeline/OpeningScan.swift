import Findings
import Manifest
import Schema

/// The first walk over the records of a document: one type after the other, types with few records first, since those
/// are what the many refer to. It goes over the document as it was at first; what edits touched meanwhile is noted.
struct OpeningScan {
  /// How many records, and about how many bytes of them, are read between two chances for an edit to come in.
  static let sliceCount = 512
  static let sliceBytes = 1 << 19

  /// Nothing has been handed out yet.
  private(set) var isAtStart = true
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
  func isDone(_ record: RecordID) -> Bool { !done.isEmpty && done.contains(record) }

  /// The next records; `nil` when all have been handed out.
  mutating func nextSlice() -> ScanSlice? {
    isAtStart = false
    var sources: [RecordSource] = []
    sources.reserveCapacity(Self.sliceCount)
    var bytes = 0
    while sources.count < Self.sliceCount, bytes < Self.sliceBytes {
      if let source = records.nextSource() {
        sources.append(source)
        bytes += source.record.range.count
      } else if let type = types.popLast() {
        records = document.records(of: type).makeIterator()
      } else {
        break
      }
    }
    return sources.isEmpty ? nil : ScanSlice(document: document, revision: revision, sources: sources)
  }
}

/// Records of a document as it was when its first walk began.
struct ScanSlice: Sendable {
  let document: Document
  let revision: Int
  let sources: [RecordSource]
}

/// What the host makes of each record of a slice by itself.
struct ReadSlice: Sendable {
  let revision: Int
  let records: [ReadRecord]

  /// Pure: the records, their format, and what the members in `exports` say of what they define.
  init(
    reading slice: ScanSlice, by checker: DocumentChecker?, _ evaluator: SchemaEvaluator?, id: DocumentID,
    exports: [String]
  ) {
    revision = slice.revision
    records = slice.sources.compactMap { source in
      guard let tree = source.tree(in: slice.document) else { return nil }
      guard let checker, let evaluator else {
        let reference = RecordReference(document: id, record: source.record.id)
        return ReadRecord(source.record, HostResult(plain: tree, of: reference))
      }
      let result = checker.host.result(
        for: source.record, tree: tree, in: slice.document, id: id, evaluator: evaluator, exports: exports)
      return ReadRecord(source.record, result)
    }
  }
}

/// A class, because a result has many parts and is handed on.
final class ReadRecord: Sendable {
  let record: Record
  let result: HostResult

  init(_ record: Record, _ result: HostResult) {
    self.record = record
    self.result = result
  }
}

/// Reads records beside the workspace. An actor, because it keeps the memory of its evaluator from record to record.
actor SliceReader {
  private let checker: DocumentChecker?
  private let evaluator: SchemaEvaluator?
  private let id: DocumentID
  private let exports: [String]

  init(checker: DocumentChecker?, id: DocumentID, exports: [String]) {
    self.checker = checker
    evaluator = checker.map { SchemaEvaluator($0.dialect.program) }
    self.id = id
    self.exports = exports
  }

  func read(_ slice: ScanSlice) -> ReadSlice {
    ReadSlice(reading: slice, by: checker, evaluator, id: id, exports: exports)
  }
}
