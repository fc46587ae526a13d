import Facts
import Findings
import Manifest

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
          guard let read = readAgain(record, in: state) else { continue }
          calls += checkCalls(checks.calls(of: state.reference(record)), read, in: state)
        }
        continue
      }
      for await slice in readBeside(records, in: state) {
        for read in slice.records {
          guard !state.isClosed else { break }
          // It may be another by now, or stand elsewhere.
          let current = state.revision == slice.revision ? read : readAgain(read.record.id, in: state)
          guard let current else { continue }
          calls += checkCalls(checks.calls(of: state.reference(read.record.id)), current, in: state)
        }
      }
    }
    return calls
  }

  /// Records of a document as it is now, read beside the workspace, in order.
  private func readBeside(_ records: [RecordID], in state: DocumentState) -> AsyncStream<ReadSlice> {
    let (document, revision) = (state.document, state.revision)
    let (checker, id, exports) = (state.checker, state.id, state.claims.exports)
    let slices = stride(from: 0, to: records.count, by: Self.recheckSlice).map {
      records[$0..<min($0 + Self.recheckSlice, records.count)]
    }
    let readers = (0..<min(2, slices.count)).map { _ in SliceReader(checker: checker, id: id, exports: exports) }
    let (stream, continuation) = AsyncStream.makeStream(of: ReadSlice.self)
    let reading = Task.detached(priority: .utility) {
      var underWay: [Task<ReadSlice, Never>] = []
      for (index, slice) in slices.enumerated() {
        let reader = readers[index % readers.count]
        underWay.append(Task { await reader.read(slice, of: document, revision: revision) })
      }
      for task in underWay { continuation.yield(await task.value) }
      continuation.finish()
    }
    continuation.onTermination = { _ in reading.cancel() }
    return stream
  }
}
