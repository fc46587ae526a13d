/// What a plugin's process is doing; shown to the user.
package enum WorkerState: Sendable, Hashable {
  /// Not started yet: nothing has been asked.
  case idle
  case starting
  case ready
  case busy
  /// It stopped and is being started again.
  case restarting
  /// It stopped too often; `wake` tries again.
  case resting
  /// It can't be used; why, in a sentence.
  case refused(String)
}

/// When a worker that died is started again.
package struct RestartPolicy: Sendable, Hashable {
  /// So many deaths within `window` are followed by a restart at once.
  package var immediate = 4
  /// The pause after the next one; it doubles with each, up to `maxPause`.
  package var firstPause = Duration.milliseconds(100)
  package var maxPause = Duration.seconds(5)
  /// So many deaths within `window`, and it rests.
  package var limit = 12
  package var window = Duration.seconds(60)
  /// So many calls set aside, and it rests: deaths that a call was found guilty of don't count as deaths.
  package var setAsideLimit = 50
  /// So many deaths in a row that no call could be named for accuse all that was being worked on.
  package var unexplained = 3
  /// A worker that nobody has asked anything for so long is ended, and started again when it is needed.
  package var idleLimit = Duration.seconds(300)
  package init() {}

  enum Decision: Equatable {
    case now
    case after(Duration)
    case rest
  }

  func decision(deaths: Int) -> Decision {
    if deaths >= limit { return .rest }
    if deaths <= immediate { return .now }
    let doublings = min(deaths - immediate - 1, 16)
    return .after(min(firstPause * (1 << doublings), maxPause))
  }
}
