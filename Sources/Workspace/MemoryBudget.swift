import Findings
import Manifest

/// What a document is given of the memory that all open ones share.
enum Keeping: Sendable {
  /// All of it.
  case checked
  /// Its text, so that it can be checked once there is room.
  case kept
  /// Nothing.
  case dropped
}

/// How much memory open documents take: an estimate from their sizes, so that the same files always fare the same.
struct MemoryBudget: Sendable {
  /// Bytes for all; `nil`: as much as there is.
  var limit: Int?

  /// Measured on files of many small entries: text, tree, findings and facts together.
  static func cost(_ byteCount: Int, _ keeping: Keeping) -> Int {
    switch keeping {
    case .checked: byteCount * 3
    case .kept: byteCount + byteCount / 2
    case .dropped: 0
    }
  }

  /// What a document of so many bytes is given beside others that cost so much.
  func keeping(_ byteCount: Int, beside others: Int) -> Keeping {
    guard let limit, byteCount > Self.alwaysChecked else { return .checked }
    let left = limit - others
    return [Keeping.checked, .kept].first { Self.cost(byteCount, $0) <= left } ?? .dropped
  }

  /// A small document is checked whatever others cost: it makes no difference.
  private static let alwaysChecked = 1 << 16
}

extension Workspace {
  /// How much memory open documents may take, in bytes. What was too much for the old limit is looked at again.
  package func use(memoryLimit: Int) {
    memory.limit = memoryLimit
    promote()
  }

  /// What the document would be given if it were opened now.
  func keeping(_ byteCount: Int, of uri: String) -> Keeping {
    let others = documents.reduce(0) { sum, entry in
      entry.key == uri ? sum : sum + MemoryBudget.cost(entry.value.document.byteCount, entry.value.keeping)
    }
    return memory.keeping(byteCount, beside: others)
  }

  /// Opens anew what has grown, or been replaced, beyond what it was given.
  func noteGrowth(of state: DocumentState) {
    let size = state.document.byteCount
    // One that grows letter by letter is looked at now and then.
    guard size - state.judgedSize > 1 << 20 else { return }
    state.judgedSize = size
    if state.keeping != keeping(size, of: state.uri) { reopen(state) }
  }

  /// Checks what was only kept and has room now, in the order in which it was opened.
  func promote() {
    for state in documents.values.filter({ $0.keeping == .kept }).sorted(by: { $0.opening < $1.opening })
    where keeping(state.document.byteCount, of: state.uri) == .checked {
      reopen(state)
    }
  }
}

extension DocumentState {
  /// The one thing to say of a file that is not checked; `nil` if it is.
  func ceilingFinding(limit: Int?) -> Finding? {
    guard keeping != .checked, let limit else { return nil }
    let place = Place(record: RecordReference(document: id, record: DocumentSnapshot.wholeText), start: 0, end: 0)
    return Finding(
      rule: CeilingRules.unchecked.id, severity: CeilingRules.unchecked.severity, place: place,
      message: Message(keeping == .dropped ? "dropped" : "", [.init("limit", String(limit >> 20))]))
  }
}
