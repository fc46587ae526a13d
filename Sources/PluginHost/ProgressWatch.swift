import CWorkerSystem

/// Tells a hang from a machine that is busy with something else.
struct ProgressWatch {
  private let process: Int32
  private var mark: ProgressMark?
  private var since: Int64
  private var processorTime: Int64

  init(_ process: Int32) {
    self.process = process
    since = ws_now()
    processorTime = ws_processor_time(process)
  }

  /// Begins anew.
  mutating func touch() {
    since = ws_now()
    processorTime = ws_processor_time(process)
  }

  /// So many nanoseconds do not count: the worker waited for the host.
  mutating func excuse(_ nanoseconds: Int64) { since += nanoseconds }

  /// Nanoseconds since the last progress, and nanoseconds of processor time used since.
  var elapsed: Int64 { ws_now() - since }
  var used: Int64 { ws_processor_time(process) - processorTime }

  /// Past the deadline a worker hangs if it used half of the time, or sleeps; one that waits for a processor gets more.
  mutating func isHung(mark: ProgressMark?, deadline: Int64, patience: Int64) -> Bool {
    guard mark == self.mark else {
      self.mark = mark
      touch()
      return false
    }
    let elapsed = elapsed
    guard elapsed >= deadline else { return false }
    let isRunnable = ws_state(process) == Int32(UInt8(ascii: "R"))
    return used >= deadline / 2 || !isRunnable || elapsed >= deadline * patience
  }
}

/// How far a worker says that it is, as far as that can be true.
struct ProgressMark: Equatable {
  /// Batches answered so far.
  var answered = 0
  /// Batches begun of those in flight, and calls begun of the last of these.
  var batch = 0
  var call = 0
}

/// What was sent to a worker and not answered, to hold its progress word against: the plugin can write that too.
struct SentBatches {
  private var batches: [(serial: UInt32, calls: Int)] = []
  private var mark = ProgressMark()

  var isEmpty: Bool { batches.isEmpty }

  mutating func add(serial: UInt32, calls: Int) { batches.append((serial, calls)) }

  /// The serial of what was answered; `nil` if nothing was asked.
  mutating func removeFirst() -> UInt32? {
    mark = ProgressMark(answered: mark.answered + 1)
    return batches.isEmpty ? nil : batches.removeFirst().serial
  }

  /// The furthest the worker can be believed to be; it only goes forward, call by call and no further than was sent.
  mutating func mark(word: UInt64) -> ProgressMark {
    let call = Int(word & 0xFFFF_FFFF)
    guard let index = batches.firstIndex(where: { UInt64($0.serial) == word >> 32 }), call <= batches[index].calls
    else { return mark }
    if (index, call) > (mark.batch, mark.call) {
      mark.batch = index
      mark.call = call
    }
    return mark
  }
}
