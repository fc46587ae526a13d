import CWorkerSystem
import Glibc
import Synchronization
import WorkerProtocol

/// One worker process with the thread that reads what it sends.
///
/// A class because thread and session share it. The thread starts the process (so that the process, which dies with the
/// thread that started it, lives as long as the thread), reads blocking, watches for progress and collects the process.
/// Sendable: `socket`, `bell` and `word` are constant and closed in `deinit` only; the rest is atomic or locked.
@safe final class WorkerProcess: @unchecked Sendable {
  /// How long a plugin may take to load; nanoseconds.
  static let loadDeadline: Int64 = 10_000_000_000
  /// A process that could not run, on a busy machine, is given this many times as long.
  private static let patience: Int64 = 10
  /// A worker that nobody asks anything may use this share of the time, and no more.
  private static let idleShare: Int64 = 4

  private let program: WorkerProgram
  private let events: @Sendable (WorkerEvent) -> Void
  private let socket: Int32
  private let childSocket: Int32
  private let wordMemory: Int32
  private let word: UnsafeMutablePointer<UInt64>
  /// Wakes the thread when there is something to watch for again.
  private let bell: Int32
  /// Nanoseconds without work after which the process is ended.
  private let idleLimit: Int64
  /// How long a call may go without progress; nanoseconds.
  private let callDeadline: Int64
  private let pid = Atomic<Int32>(0)
  private let sent = Mutex(SentBatches())
  private let lanes = Mutex(BatchLanes())
  private let isLoaded = Atomic<Bool>(false)
  /// The worker has asked for what a key holds, and waits for the host.
  private let isAsking = Atomic<Bool>(false)

  /// `nil` if the system has no descriptors or memory left.
  init?(
    _ program: WorkerProgram, idleLimit: Duration = .seconds(300), events: @escaping @Sendable (WorkerEvent) -> Void
  ) {
    self.program = program
    self.events = events
    self.idleLimit = idleLimit.nanoseconds
    callDeadline = program.callTime.nanoseconds
    var ends: (Int32, Int32) = (-1, -1)
    guard unsafe ws_socket_pair(&ends.0, &ends.1) == 0 else { return nil }
    let memory = ws_word_memory()
    let bell = ws_bell()
    guard memory >= 0, bell >= 0, let word = unsafe ws_map_word(memory) else {
      for descriptor in [ends.0, ends.1, memory, bell] where descriptor >= 0 { close(descriptor) }
      return nil
    }
    self.bell = bell
    socket = ends.0
    childSocket = ends.1
    wordMemory = memory
    unsafe self.word = word
    startThread()
  }

  deinit {
    close(socket)
    close(bell)
    unsafe ws_unmap(word, MemoryLayout<UInt64>.size)
  }

  /// The process's id; 0 before it is started and after it was collected.
  var processID: Int32 { pid.load(ordering: .acquiring) }

  /// Sends what is to be answered: a batch of so many calls, or a media file.
  func ask(_ kind: FrameKind, serial: UInt32 = 0, calls: Int = 1, _ body: [UInt8], descriptor: Int32 = -1) {
    let wasIdle = sent.withLock { sent in
      defer { sent.add(serial: serial, calls: calls) }
      return sent.isEmpty
    }
    if wasIdle { ws_ring(bell) }
    if kind == .batch, sendInLane(serial, body) { return }
    send(kind, body, descriptor: descriptor)
  }

  /// Sends a frame. A worker that is gone is noticed by the reading thread. Bodies above 64 KiB go in sealed memory.
  func send(_ kind: FrameKind, _ body: [UInt8], descriptor: Int32 = -1) {
    if kind == .members { isAsking.store(false, ordering: .relaxed) }
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

  /// Sends a batch in memory that is lent; whether there was a free piece.
  private func sendInLane(_ serial: UInt32, _ body: [UInt8]) -> Bool {
    guard let (lane, descriptor) = lanes.withLock({ $0.put(body, serial) }) else { return false }
    let head = FrameHeader(kind: .batch, lane: lane, count: body.count).bytes
    _ = unsafe ws_send(socket, head, head.count, descriptor)
    if descriptor >= 0 { close(descriptor) }
    return true
  }

  /// Sends a frame with the descriptor of memory that holds `file` and that nobody can change.
  func sendFile(_ kind: FrameKind, _ body: [UInt8], _ file: [UInt8]) {
    let memory = unsafe ws_sealed_memory(file, file.count)
    guard memory >= 0 else { return kill() }
    send(kind, body, descriptor: memory)
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
    let result = unsafe ws_spawn(
      program.executable, arguments, childSocket, wordMemory, program.sealed?.descriptor ?? -1, &process)
    if result == 0 { pid.store(process, ordering: .releasing) }
    return result
  }

  /// Reads frames until the end. Why it stopped; `nil` if the worker closed the connection, as it does when it dies.
  private func read(_ watch: inout ProgressWatch) -> WorkerEnd.Reason? {
    do throws(ReadStop) {
      while true {
        let head = try bytes(FrameHeader.size, &watch)
        let header = try understood { () throws(WireError) in try FrameHeader(reading: head) }
        guard !header.isShared, header.count <= FrameHeader.maxAnswer else { throw .garbage }
        let body = try bytes(header.count, &watch)
        let event = try understood { () throws(WireError) in try Self.event(header.kind, body) }
        switch event {
        case .results, .media:
          if let serial = sent.withLock({ $0.removeFirst() }) { lanes.withLock { $0.giveBack(serial) } }
        case .hello: isLoaded.store(true, ordering: .relaxed)
        // Before the host hears of it: its answer takes this back.
        case .askMembers: isAsking.store(true, ordering: .relaxed)
        case .confined, .refusal, .ended: break
        }
        events(event)
      }
    } catch {
      return switch error {
      case .end: nil
      case .hung: .hung
      case .garbage: .garbage
      case .restless: .restless
      case .unused: .unused
      }
    }
  }

  private enum ReadStop: Error { case end, hung, garbage, restless, unused }

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
        case .configure, .batch, .vocabulary, .vocabularyChange, .members, .media: break
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

  /// Waits for something to read; throws if the worker makes no progress, or works unasked, or is not used any more.
  private func wait(_ watch: inout ProgressWatch) throws(ReadStop) {
    var wasBusy = true
    while true {
      let loaded = isLoaded.load(ordering: .relaxed)
      let isBusy = !loaded || sent.withLock { !$0.isEmpty }
      if isBusy != wasBusy { watch.touch() }
      wasBusy = isBusy
      // At rest, each pause is as long as all before it together: a worker at rest wakes nobody.
      let pause = isBusy ? 100_000_000 : min(max(watch.elapsed, 1_000_000_000), idleLimit)
      let (wasAsking, start) = (isAsking.load(ordering: .relaxed), ws_now())
      let ready = ws_wait_readable(socket, bell, Int32(clamping: pause / 1_000_000))
      guard ready == 0 else { return }
      // A pause in which it waited for the host, however busy that is. One that keeps asking has no such pauses.
      if wasAsking, isAsking.load(ordering: .relaxed) { watch.excuse(ws_now() - start) }
      if isBusy {
        let word = unsafe ws_load(word)
        let mark = loaded ? sent.withLock { $0.mark(word: word) } : nil
        let deadline = loaded ? callDeadline : Self.loadDeadline
        if watch.isHung(mark: mark, deadline: deadline, patience: Self.patience) { throw .hung }
      } else if sent.withLock({ $0.isEmpty }) {
        if watch.elapsed >= 900_000_000, watch.used > watch.elapsed / Self.idleShare { throw .restless }
        if watch.elapsed >= idleLimit { throw .unused }
      }
    }
  }
}

extension Duration {
  /// At most what fits.
  fileprivate var nanoseconds: Int64 {
    let (seconds, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return .max }
    return seconds.addingReportingOverflow(components.attoseconds / 1_000_000_000).partialValue
  }
}
