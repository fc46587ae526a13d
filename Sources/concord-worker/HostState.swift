import CConcordPlugin
import CWorkerSystem
import WorkerProtocol

/// What the host calls of the running call need. One thread, one call at a time.
@safe final class HostState {
  let plugin: UnsafePointer<concord_plugin_v1>
  var connection: Connection
  var configuration = Configuration(asOf: 0, settings: [])
  let scratch = Scratch()
  /// The results frame under construction. Behind a pointer, as each answer goes there: nobody else has it.
  let out: UnsafeMutablePointer<ByteWriter>
  /// Context members of the call's records, by record number.
  var contexts: [[(index: UInt32, text: UnsafeRawBufferPointer)]] = unsafe []
  private var hasContexts = false
  /// Texts that were unescaped for the call, by the lowest bits of their nodes: each rule asks for the same ones.
  var unescaped: [Unescaped] = Array(repeating: Unescaped(), count: Unescaped.most)
  var hasUnescaped = false
  var form = CallForm.check
  /// By the plugin's vocabulary numbers; kept mapped, as terms found point into them.
  var vocabularies: [UInt32: WorkerVocabulary] = [:]
  /// What the call looked up in them.
  var lookedUp: Set<LookedUp> = []
  var hasLookedUp = false
  /// Answers of the running call, by their tag.
  private var counts = [16 of UInt32](repeating: 0)
  private var dropped = 0
  /// Where the running call's answers begin in `out`.
  private var start = 0
  /// Whether the running call has said more than fits.
  private var isOverflowing = false
  /// Answers in `out`.
  private(set) var answers = 0

  init(_ plugin: UnsafePointer<concord_plugin_v1>, _ connection: Connection) {
    unsafe self.plugin = plugin
    self.connection = connection
    unsafe out = .allocate(capacity: 1)
    unsafe out.initialize(to: ByteWriter())
  }

  /// Whether what is answered so far should be sent before more is worked unsafe out.pointee.
  var isFull: Bool { unsafe out.pointee.count >= Limits.frameBytes || answers >= Limits.frameAnswers }

  /// Begins the frame of a batch's results; where its body begins. Keeps the memory of the one before.
  func beginFrame() -> Int {
    unsafe out.pointee.cut(to: 0)
    unsafe out.pointee.append(FrameHeader(kind: .results, count: 0).bytes)
    answers = 0
    return unsafe out.pointee.count
  }

  func begin(_ form: CallForm) {
    start = unsafe out.pointee.count
    isOverflowing = false
    self.form = form
    dropped = 0
    if hasLookedUp {
      hasLookedUp = false
      lookedUp.removeAll(keepingCapacity: true)
    }
    counts = .init(repeating: 0)
    scratch.reset()
    if hasUnescaped {
      hasUnescaped = false
      for place in unescaped.indices { unescaped[place] = Unescaped() }
    }
    if hasContexts {
      hasContexts = false
      unsafe contexts.removeAll(keepingCapacity: true)
    }
  }

  /// Keeps the context members of a record until the call ends. Most have none.
  func add(_ members: [(index: UInt32, text: UnsafeRawBufferPointer)], ofRecord record: Int) {
    guard unsafe !members.isEmpty else { return }
    hasContexts = true
    while unsafe contexts.count < record { unsafe contexts.append([]) }
    unsafe contexts.append(members)
  }

  func end() {
    if dropped > 0 {
      unsafe out.pointee.put(.dropped)
      unsafe out.pointee.put(count: dropped)
    }
    unsafe out.pointee.put(.end)
  }

  /// Writes an answer, or drops it if it is `nil` (not well formed), one too many of its sort, or too much for one call.
  /// 1 if it was written.
  func take(_ tag: Answer.Tag, limit: Int, _ answer: @autoclosure () -> Answer?) -> Int32 {
    take(tag, limit: limit) { out in
      guard let answer = answer() else { return false }
      out.put(answer)
      return true
    }
  }

  /// The same of an answer that `write` writes; it says whether that was well formed.
  func take(_ tag: Answer.Tag, limit: Int, writing write: (inout ByteWriter) -> Bool) -> Int32 {
    let index = Int(tag.rawValue)
    let end = unsafe out.pointee.count
    // What is one too many is not even looked at: a million of them take no time.
    guard counts[index] < limit, !isOverflowing, unsafe write(&out.pointee) else {
      if unsafe out.pointee.count > end { unsafe out.pointee.cut(to: end) }
      dropped += 1
      return 0
    }
    guard unsafe out.pointee.count - start <= Limits.callBytes else {
      unsafe out.pointee.cut(to: end)
      isOverflowing = true
      dropped += 1
      return 0
    }
    counts[index] += 1
    answers += 1
    return 1
  }

  func allocate(_ text: UnsafeRawBufferPointer) -> concord_bytes {
    unsafe concord_bytes(start: text.baseAddress?.assumingMemoryBound(to: UInt8.self), count: text.count)
  }
}

/// A string's text without its escapes, in memory that lasts as long as the call.
@safe struct Unescaped {
  static let most = 64
  var record: UnsafePointer<concord_record>?
  var node: UInt32 = 0
  var text = unsafe concord_bytes()

  init() { unsafe record = nil }
}

struct LookedUp: Hashable {
  var vocabulary: UInt32
  var text: String
}

/// A text from the plugin; `nil` if it is not UTF-8 or too long.
func text(_ bytes: concord_bytes) -> String? {
  guard let start = unsafe bytes.start, unsafe bytes.count > 0 else { return "" }
  guard unsafe bytes.count <= Limits.text else { return nil }
  return unsafe String(validating: UnsafeBufferPointer(start: start, count: bytes.count), as: UTF8.self)
}

/// Bytes from the plugin; `nil` if too long.
func data(_ bytes: concord_bytes, limit: Int = Limits.text) -> [UInt8]? {
  guard let start = unsafe bytes.start, unsafe bytes.count > 0 else { return [] }
  guard unsafe bytes.count <= limit else { return nil }
  return unsafe Array(UnsafeBufferPointer(start: start, count: bytes.count))
}

/// An array from the plugin; `nil` if longer than agreed.
func list<Element>(_ start: UnsafePointer<Element>?, _ count: Int, limit: Int) -> UnsafeBufferPointer<Element>? {
  guard count <= limit, count >= 0 else { return nil }
  return unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
}

extension String {
  /// `text(_:)`, where a method of that name is nearer.
  init?(pluginText bytes: concord_bytes) {
    guard let words = unsafe text(bytes) else { return nil }
    self = words
  }
}
