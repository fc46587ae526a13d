import Facts
import Findings
import Manifest
import Schema

/// Records to check again, each once, with the calls that are to look at it.
struct Rechecks {
  private(set) var count = 0
  /// By document, in the order in which they were named.
  private(set) var documents: [(id: DocumentID, records: [RecordID])] = []
  private var calls: [RecordReference: [CallNumber]] = [:]
  private var index: [DocumentID: Int] = [:]

  mutating func add(_ record: RecordReference, _ call: CallNumber) {
    count += 1
    calls[record, default: []].append(call)
    guard calls[record]?.count == 1 else { return }
    let place = index[record.document] ?? documents.count
    if place == documents.count {
      index[record.document] = place
      documents.append((record.document, []))
    }
    documents[place].records.append(record.record)
  }

  func calls(of record: RecordReference) -> [CallNumber] { calls[record] ?? [] }
}

extension Workspace {
  /// How many records are read in place; of more, the reading is done beside the workspace, so that an edit need not wait for it.
  private static let fewRechecks = 16
  private static let recheckSlice = 32

  /// The calls for records that are as they were, while what they look up is not.
  func calls(of checks: Rechecks, in space: FactSpace) async -> [PendingCall] {
    var calls: [PendingCall] = []
    for (id, records) in checks.documents {
      guard let state = space.documents[id], state.checker != nil else { continue }
      if records.count <= Self.fewRechecks {
        for record in records {
          guard let read = understood(record, in: state) else { continue }
          calls += checkCalls(checks.calls(of: state.reference(record)), read, in: state)
        }
        continue
      }
      let revision = state.revision
      for await slice in readBeside(records, in: state) {
        for read in slice {
          guard !state.isClosed else { break }
          // It may be another by now, or stand elsewhere.
          let current = state.revision == revision ? read : understood(read.record.id, in: state)
          guard let current else { continue }
          calls += checkCalls(checks.calls(of: state.reference(read.record.id)), current, in: state)
        }
      }
    }
    return calls
  }

  /// Records of a document as it is now, read beside the workspace, in order.
  private func readBeside(_ records: [RecordID], in state: DocumentState) -> AsyncStream<[UnderstoodRecord]> {
    let (document, id) = (state.document, state.id)
    let slices = stride(from: 0, to: records.count, by: Self.recheckSlice).map {
      records[$0..<min($0 + Self.recheckSlice, records.count)]
    }
    let readers = state.checker.map { checker in slices.prefix(2).map { _ in RecordsReader(checker, id) } } ?? []
    let (stream, continuation) = AsyncStream.makeStream(of: [UnderstoodRecord].self)
    let reading = Task.detached(priority: .utility) {
      var underWay: [Task<[UnderstoodRecord], Never>] = []
      for (index, slice) in slices.enumerated() where !readers.isEmpty {
        let reader = readers[index % readers.count]
        underWay.append(Task { await reader.read(slice, of: document) })
      }
      for task in underWay { continuation.yield(await task.value) }
      continuation.finish()
    }
    continuation.onTermination = { _ in reading.cancel() }
    return stream
  }
}

/// A record that is as it was, read again for the plugins alone. A class, because it has many parts and is handed on.
final class UnderstoodRecord: Sendable {
  let record: Record
  let meaning: RecordMeaning

  /// `nil` if the document has no such record.
  init?(
    _ source: RecordSource, of document: Document, by checker: DocumentChecker, _ evaluator: SchemaEvaluator,
    id: DocumentID
  ) {
    guard let tree = source.tree(in: document) else { return nil }
    record = source.record
    meaning = checker.host.meaning(of: record, tree: tree, in: document, id: id, evaluator: evaluator)
  }
}

/// Reads records again beside the workspace. An actor, because it keeps the memory of its evaluator from record to record.
private actor RecordsReader {
  private let checker: DocumentChecker
  private let evaluator: SchemaEvaluator
  private let id: DocumentID

  init(_ checker: DocumentChecker, _ id: DocumentID) {
    self.checker = checker
    evaluator = SchemaEvaluator(checker.dialect.program)
    self.id = id
  }

  /// Those that are gone are left out.
  func read(_ records: ArraySlice<RecordID>, of document: Document) -> [UnderstoodRecord] {
    var finder = RecordFinder(document)
    return records.compactMap { record in
      finder.source(of: record).flatMap { UnderstoodRecord($0, of: document, by: checker, evaluator, id: id) }
    }
  }
}
