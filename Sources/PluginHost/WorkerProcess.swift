import CWorkerSystem
import Glibc
import Synchronization
import WorkerProtocol

/// One worker process with the thread that reads what it sends.
///
/// A class because thread and session share it. The thread starts the process (so that the process, which dies with the
/// thread that started it, lives as long as the thread), reads blocking, watches for progress and collects the process.
/// Sendable: `socket` and `word` are constant and closed in `deinit` only; the rest is atomic.
@safe final class WorkerProcess: @unchecked Sendable {
  /// How long a call may go without progress, and a plugin take to load; nanoseconds.
  static let callDeadline: Int64 = 1_000_000_000
  static let loadDeadline: Int64 = 10_000_000_000
  /// A process that could not run, on a busy machine, is given this many times as long.
  private static let patience: Int64 = 10

  private let program: WorkerProgram
  private let events: @Sendable (WorkerEvent) -> Void
  private let socket: Int32
  private let childSocket: Int32
  private let wordMemory: Int32
  private let word: UnsafeMutablePointer<UInt64>
  private let pid = Atomic<Int32>(0)
  /// Batches sent and not answered.
  private let inFlight = Atomic<Int>(0)
  private let sent = Atomic<Int>(0)
  private let isLoaded = Atomic<Bool>(false)

  /// `nil` if the system has no descriptors or memory left.
  init?(_ program: WorkerProgram, events: @escaping @Sendable (WorkerEvent) -> Void) {
    self.program = program
    self.events = events
    var ends: (Int32, Int32) = (-1, -1)
    guard unsafe ws_socket_pair(&ends.0, &ends.1) == 0 else { return nil }
    let memory = ws_word_memory()
    guard memory >= 0, let word = unsafe ws_map_word(memory) else {
      close(ends.0)
      close(ends.1)
      if memory >= 0 { close(memory) }
      return nil
    }
    socket = ends.0
    childSocket = ends.1
    wordMemory = memory
    unsafe self.word = word
    startThread()
  }

  deinit {
    close(socket)
    unsafe ws_unmap(word, MemoryLayout<UInt64>.size)
  }

  /// The process's id; 0 before it is started and after it was collected.
  var processID: Int32 { pid.load(ordering: .acquiring) }

  /// Sends a frame. A worker that is gone is noticed by the reading thread. Bodies above 64 KiB go in sealed memory.
  func send(_ kind: FrameKind, _ body: [UInt8], descriptor: Int32 = -1) {
    if kind == .batch || kind == .media {
      inFlight.add(1, ordering: .relaxed)
      sent.add(1, ordering: .releasing)
    }
    guard body.count > FrameHeader.maxInline else {
      let bytes = FrameHeader(kind: kind, count: body.count).bytes + body
      _ = unsafe ws_send(socket, bytes, bytes.count, descriptor)
      return
    }
    let memory = unsafe ws_sealed_memory(body, body.count)
    guard memory >= 0 else { return kill() }
    let head = FrameHeader(kind: kind, isShared: true, count: body.count).bytes
    _ = unsafe ws_send(socket, head, head.count, memory)
    close(memory)
  }

  /// Ends the process; `ended` follows.
  func kill() {
    shutdown(socket, Int32(SHUT_RDWR))
  }

  // MARK: The thread

  private func startThread() {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let box = unsafe Unmanaged.passRetained(self)
    let failed = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<WorkerProcess>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, box.toOpaque())
    unsafe pthread_attr_destroy(&attributes)
    guard failed != 0 else { return }
    unsafe box.release()
    close(childSocket)
    close(wordMemory)
    events(.ended(WorkerEnd(reason: .notStarted(failed), progress: 0)))
  }

  private func run() {
    let started = spawn()
    close(childSocket)
    close(wordMemory)
    guard started == 0 else {
      events(.ended(WorkerEnd(reason: .notStarted(-started), progress: 0)))
      return
    }
    var watch = ProgressWatch(processID)
    let stop = read(&watch)
    let progress = unsafe ws_load(word)
    // Zero first, so that nobody signals a process that took over the number.
    let process = pid.exchange(0, ordering: .acquiringAndReleasing)
    let status = ws_end(process)
    events(.ended(WorkerEnd(reason: stop ?? .died(status), progress: progress)))
  }

  private func spawn() -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    for argument in program.arguments(host: getpid()) { unsafe arguments.append(strdup(argument)) }
    unsafe arguments.append(nil)
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    let result = unsafe ws_spawn(program.executable, arguments, childSocket, wordMemory, &process)
    if result == 0 { pid.store(process, ordering: .releasing) }
    return result
  }

  /// Reads frames until the end. Why it stopped; `nil` if the worker closed the connection, as it does when it dies.
  private func read(_ watch: inout ProgressWatch) -> WorkerEnd.Reason? {
    do throws(ReadStop) {
      while true {
        let head = try bytes(FrameHeader.size, &watch)
        let header = try understood { () throws(WireError) in try FrameHeader(reading: head) }
        guard !header.isShared else { throw .garbage }
        let body = try bytes(header.count, &watch)
        let event = try understood { () throws(WireError) in try Self.event(header.kind, body) }
        switch event {
        case .results, .media: inFlight.subtract(1, ordering: .relaxed)
        case .hello: isLoaded.store(true, ordering: .relaxed)
        case .confined, .refusal, .askMembers, .ended: break
        }
        events(event)
      }
    } catch {
      return switch error {
      case .end: nil
      case .hung: .hung
      case .garbage: .garbage
      }
    }
  }

  private enum ReadStop: Error { case end, hung, garbage }

  private func understood<Value>(_ read: () throws(WireError) -> Value) throws(ReadStop) -> Value {
    do throws(WireError) { return try read() } catch { throw .garbage }
  }

  private static func event(_ kind: FrameKind, _ body: [UInt8]) throws(WireError) -> WorkerEvent {
    var result: Result<WorkerEvent, WireError> = .failure(WireError("A frame goes the wrong way."))
    unsafe body.withUnsafeBytes { memory in
      do throws(WireError) {
        var reader = unsafe ByteReader(memory)
        switch kind {
        case .confined: result = .success(.confined(try Confinement(reading: &reader)))
        case .hello: result = .success(.hello(try Hello(reading: &reader)))
        case .refusal: result = .success(.refusal(try reader.string(limit: Limits.text)))
        case .results: result = .success(.results(try BatchResults(reading: &reader)))
        case .askMembers:
          let kind = try reader.uint32()
          result = .success(.askMembers(kind: kind, key: try reader.bytes(limit: Limits.text)))
        case .mediaHeader: result = .success(.media(try MediaAnswer(reading: &reader)))
        case .configure, .batch, .vocabulary, .members, .media: break
        }
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  /// Exactly so many bytes. Grows as they come: a forged count makes nobody allocate.
  private func bytes(_ count: Int, _ watch: inout ProgressWatch) throws(ReadStop) -> [UInt8] {
    var out: [UInt8] = []
    while out.count < count {
      try wait(&watch)
      let step = min(count - out.count, 1 << 20)
      var descriptor: Int32 = -1
      var received = 0
      let old = out.count
      out.append(contentsOf: repeatElement(0, count: step))
      unsafe out.withUnsafeMutableBytes { memory in
        unsafe received = ws_receive(socket, memory.baseAddress.map { unsafe $0 + old }, step, &descriptor)
      }
      // A worker has no business sending any.
      if descriptor >= 0 { close(descriptor) }
      guard received > 0 else { throw .end }
      out.removeLast(step - received)
    }
    return out
  }

  /// Waits for something to read, and throws `hung` if the worker makes no progress.
  private func wait(_ watch: inout ProgressWatch) throws(ReadStop) {
    while true {
      let loaded = isLoaded.load(ordering: .relaxed)
      let isBusy = !loaded || inFlight.load(ordering: .relaxed) > 0
      let ready = ws_wait_readable(socket, isBusy ? 100 : 1_000)
      guard ready == 0 else { return }
      guard isBusy else {
        watch.touch()
        continue
      }
      let mark = unsafe ws_load(word) &+ UInt64(truncatingIfNeeded: sent.load(ordering: .acquiring))
      let deadline = loaded ? Self.callDeadline : Self.loadDeadline
      if watch.isHung(mark: mark, deadline: deadline, patience: Self.patience) { throw .hung }
    }
  }
}

/// Tells a hang from a machine that is busy with something else.
private struct ProgressWatch {
  private let process: Int32
  private var mark: UInt64 = .max
  private var since: Int64
  private var processorTime: Int64

  init(_ process: Int32) {
    self.process = process
    since = ws_now()
    processorTime = ws_processor_time(process)
  }

  mutating func touch() {
    since = ws_now()
    processorTime = ws_processor_time(process)
  }

  /// Past the deadline a worker hangs if it used half of the time, or sleeps; one that waits for a processor gets more.
  mutating func isHung(mark: UInt64, deadline: Int64, patience: Int64) -> Bool {
    guard mark == self.mark else {
      self.mark = mark
      touch()
      return false
    }
    let elapsed = ws_now() - since
    guard elapsed >= deadline else { return false }
    let used = ws_processor_time(process) - processorTime
    let isRunnable = ws_state(process) == Int32(UInt8(ascii: "R"))
    return used >= deadline / 2 || !isRunnable || elapsed >= deadline * patience
  }
}
