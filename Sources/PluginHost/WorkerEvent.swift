import WorkerProtocol

/// What a worker's reading thread tells its session, in order. `ended` is the last.
enum WorkerEvent: Sendable {
  case confined(Confinement)
  case hello(Hello)
  /// The plugin can't be loaded; a sentence.
  case refusal(String)
  case results(BatchResults)
  case askMembers(kind: UInt32, key: [UInt8])
  case media(MediaAnswer)
  case ended(WorkerEnd)
}

/// How a worker ended.
struct WorkerEnd: Sendable {
  enum Reason: Sendable, Equatable {
    /// Signal, or 256 + exit status.
    case died(Int32)
    /// No progress for too long; it was ended.
    case hung
    /// It sent what is no frame; it was ended.
    case garbage
    /// It went on working when nobody had asked it anything; it was ended.
    case restless
    /// Nobody asked it anything for long; it was ended.
    case unused
    /// The system could not start it; errno.
    case notStarted(Int32)
  }
  var reason: Reason
  /// The progress word: serial of the batch in its upper half, one more than the call's index in its lower, 0 between calls.
  var progress: UInt64
}
