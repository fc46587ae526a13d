@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// Runs every task of the process on the thread that calls `run`, in the order in which they come: what several threads do differs
/// from start to start, and can't be counted. What waits for a clock never comes.
///
/// Unchecked, because that thread is the only one there is.
final class OneThread: TaskExecutor, SchedulingExecutor, MainExecutor, @unchecked Sendable {
  static let shared = OneThread()

  private var jobs: [UnownedJob] = []
  private var next = 0

  /// Takes the place of the pool of threads. Before anything is asynchronous.
  static func takeOver() { _createExecutors(factory: Factory.self) }

  func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

  func enqueue<C: Clock>(_ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C) {}

  func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {}

  /// Until nothing is left to do.
  func run() {
    while next < jobs.count {
      let job = jobs[next]
      next += 1
      unsafe job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }
  }

  func stop() { next = jobs.count }

  private struct Factory: ExecutorFactory {
    static var mainExecutor: any MainExecutor { OneThread.shared }
    static var defaultExecutor: any TaskExecutor { OneThread.shared }
  }
}
