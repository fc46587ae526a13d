import Glibc
package import WorkerProtocol

/// Reads headers of media files in a process of its own, which gets a descriptor and has no right to any file.
///
/// Answers are remembered by path, size and time of change. A file on which the process dies twice is `damaged`.
package actor MediaReader {
  private let program: WorkerProgram
  private var worker: WorkerProcess?
  private var generation = 0
  private var isReady = false
  /// Deaths since the last answer: two accuse the file, five without any answer the installation.
  private var deaths = 0
  private var isBroken = false
  private var waiting: [Request] = []
  private var head = 0
  private var cache: [String: Entry] = [:]
  private static let cacheLimit = 200_000

  private struct Request {
    let path: String
    let identity: Identity
    let descriptor: Int32
    let continuation: CheckedContinuation<MediaAnswer, Never>
  }

  private struct Identity: Hashable {
    var size: Int
    var seconds: Int
    var nanoseconds: Int
    var inode: UInt
  }

  private struct Entry {
    var identity: Identity
    var answer: MediaAnswer
  }

  /// `executable` is the path of `concord-media`; `required` what must be in force for it to run.
  package init(executable: String, required: Confinement.Parts = .leastConfinement) {
    program = WorkerProgram(executable: executable, required: required)
  }

  isolated deinit {
    worker?.kill()
  }

  /// What the header of the file at `path` says.
  ///
  /// The caller has made sure that the path lies in the workspace or where the user allowed. Cost: a look at the file's
  /// size and time if it was read before, else about 0.1 ms.
  package func header(of path: String) async -> MediaAnswer {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .unreadable }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return .unreadable
    }
    let identity = Identity(
      size: status.st_size, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
      inode: UInt(status.st_ino))
    if let known = cache[path], known.identity == identity {
      close(descriptor)
      return known.answer
    }
    return await withCheckedContinuation { continuation in
      waiting.append(Request(path: path, identity: identity, descriptor: descriptor, continuation: continuation))
      if waiting.count - head == 1 { next() }
    }
  }

  /// The process's id, for tests and status; `nil` if none runs.
  package var processID: Int32? {
    guard let id = worker?.processID, id != 0 else { return nil }
    return id
  }

  /// Asks for the file in front; one at a time, so that a death accuses one.
  private func next() {
    while isBroken, head < waiting.count { answerFirst(.unreadable, remember: false) }
    guard head < waiting.count else { return }
    guard let worker else { return start() }
    if isReady { worker.ask(.media, [], descriptor: waiting[head].descriptor) }
  }

  private func answerFirst(_ answer: MediaAnswer, remember: Bool = true) {
    guard head < waiting.count else { return }
    let request = waiting[head]
    head += 1
    if head == waiting.count || head > 4096 {
      waiting.removeFirst(head)
      head = 0
    }
    close(request.descriptor)
    if remember {
      if cache.count >= Self.cacheLimit { cache.removeAll() }
      cache[request.path] = Entry(identity: request.identity, answer: answer)
    }
    request.continuation.resume(returning: answer)
  }

  private func start() {
    generation += 1
    let current = generation
    isReady = false
    let (events, continuation) = AsyncStream.makeStream(of: WorkerEvent.self)
    Task { [weak self] in
      for await event in events { await self?.handle(event, of: current) }
    }
    worker = WorkerProcess(program) { event in
      continuation.yield(event)
      if case .ended = event { continuation.finish() }
    }
    if worker == nil {
      continuation.finish()
      giveUp()
    }
  }

  private func handle(_ event: WorkerEvent, of generation: Int) {
    guard generation == self.generation else { return }
    switch event {
    case .hello:
      isReady = true
      next()
    case .media(let answer):
      deaths = 0
      answerFirst(answer)
      next()
    case .refusal: giveUp()
    case .confined, .results, .askMembers: worker?.kill()
    case .ended(let end):
      worker = nil
      if end.reason != .unused { deaths += 1 }
      if case .notStarted = end.reason { return giveUp() }
      if !isReady && deaths >= 5 { return giveUp() }
      let wasAsked = isReady && head < waiting.count
      isReady = false
      if wasAsked && deaths >= 2 {
        deaths = 0
        answerFirst(.damaged)
      }
      next()
    }
  }

  private func giveUp() {
    isBroken = true
    worker?.kill()
    worker = nil
    next()
  }
}
