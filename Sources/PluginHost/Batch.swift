import Findings
import Ontology
import WorkerProtocol

/// Calls that came together and are answered together. A class, so that taking a result copies nothing; only its session touches it.
final class Job {
  let calls: [PluginCall]
  /// What the calls are judged by, by vocabulary; what is not here is left as it is.
  let lists: [Int: TermIndex]
  var results: [PluginResult?]
  var missing: Int
  let continuation: CheckedContinuation<[PluginResult], Never>

  init(calls: [PluginCall], lists: [Int: TermIndex], continuation: CheckedContinuation<[PluginResult], Never>) {
    self.calls = calls
    self.lists = lists
    results = Array(repeating: nil, count: calls.count)
    missing = calls.count
    self.continuation = continuation
  }
}

/// Calls that were sent in one frame.
struct Batch {
  struct Entry {
    var item: CallQueue.Item
    var context: CallContext
    /// Of the encoded call; only where it is needed.
    var hash: ContentHash?
  }
  let serial: UInt32
  /// One call that a death accused before.
  let isTrial: Bool
  var entries: [Entry] = []
  /// What it costs, in bytes.
  var units = 0

  init(serial: UInt32, isTrial: Bool) {
    self.serial = serial
    self.isTrial = isTrial
  }

  /// Which calls a worker's end accuses: the one the progress word names; all of the first batch if the worker hung or
  /// talked nonsense outside of a call that can be named, or if the word names what was never sent; none if it died before
  /// it began this batch.
  func accused(by end: WorkerEnd, isFirst: Bool) -> Range<Int> {
    let index = Int(end.progress & 0xFFFF_FFFF) - 1
    let serial = end.progress >> 32
    if serial == UInt64(self.serial), entries.indices.contains(index) { return index..<(index + 1) }
    guard isFirst else { return 0..<0 }
    switch end.reason {
    case .hung, .garbage: return entries.indices
    case .died: return serial > UInt64(self.serial) + 1 || index >= entries.count ? entries.indices : 0..<0
    case .notStarted, .restless, .unused: return 0..<0
    }
  }
}

/// How much goes into a batch: at most five milliseconds of work as measured, two batches at a time.
struct Pace {
  static let credits = 2
  static let goal = 5_000_000.0
  private static let most = 4 << 20
  /// Nanoseconds a byte; a cautious guess before the first measurement.
  private var cost = 80.0

  var budget: Int { min(max(Int(Self.goal / cost), 1), Self.most) }

  mutating func learn(units: Int, nanoseconds: UInt64) {
    guard units > 0 else { return }
    let measured = max(Double(min(nanoseconds, 10_000_000_000)) / Double(units), 0.01)
    // Slower is believed at once, faster by and by.
    cost = measured > cost ? measured : cost * 0.75 + measured * 0.25
  }
}

/// Names a call by its content: 128 bits of FNV-1a over two seeds.
struct ContentHash: Hashable {
  private let high: UInt64
  private let low: UInt64

  init(_ bytes: ArraySlice<UInt8>) {
    var high: UInt64 = 0xcbf2_9ce4_8422_2325
    var low: UInt64 = 0x9e37_79b9_7f4a_7c15
    for byte in bytes {
      high = (high ^ UInt64(byte)) &* 0x100_0000_01b3
      low = (low ^ UInt64(byte)) &* 0xff51_afd7_ed55_8ccd
    }
    self.high = high
    self.low = low ^ UInt64(bytes.count)
  }
}

extension PluginCall {
  /// About what it costs to run, in bytes of what crosses.
  var cost: Int {
    func cost(_ record: RecordInput) -> Int { record.bytes.count + 32 * record.nodes.count + 64 }
    switch self {
    case .check(let record, let lookups): return cost(record) + lookups.reduce(0) { $0 + 128 * $1.facts.count }
    case .relate(_, _, _, let related): return 128 * (related.count + 1)
    case .group(_, _, let facts, let records): return 128 * facts.count + records.reduce(64) { $0 + cost($1) }
    case .totals(_, _, let totals): return 64 + 128 * totals.count
    case .fix(let record, _, _): return cost(record)
    // Each gets a batch of its own, so that a question of the worker belongs to one call.
    case .complete, .hover: return 1 << 40
    }
  }

  /// Who answers questions about keys, and the document they are asked about.
  var members: (Members, DocumentID)? {
    switch self {
    case .complete(let record, _, let members), .hover(let record, _, let members):
      (members, record.reference.document)
    case .check, .relate, .group, .totals, .fix: nil
    }
  }
}
