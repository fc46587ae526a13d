/// A stretch in which somebody speaks, in seconds.
package struct SpeakerTurn: Sendable, Hashable {
  package var start: Double
  package var end: Double
  package var speaker: [UInt8]

  package init(start: Double, end: Double, speaker: [UInt8]) {
    self.start = start
    self.end = end
    self.speaker = speaker
  }
}

/// How far one account of who speaks when is from another that counts, in seconds of speech: the diarization error rate and its parts.
///
/// What speakers are called makes no difference: those of the two are paired so that they share most time.
package struct DiarizationError: Sendable, Hashable {
  package var missed = 0.0
  package var falseAlarm = 0.0
  package var confusion = 0.0
  /// Speech of the account that counts.
  package var total = 0.0

  package var errors: Double { missed + falseAlarm + confusion }
  /// May be more than 1. Where the one that counts has no speech, 0 if the other has none either, else 1.
  package var rate: Double { total > 0 ? errors / total : errors > 0 ? 1 : 0 }

  /// How much of what is said is judged.
  package struct Scope: Sendable, Hashable {
    /// So many seconds before and behind each start and end of the account that counts are left out.
    package var collar: Double
    /// Where two or more speak at once is left out.
    package var skipsOverlap: Bool

    package init(collar: Double = 0, skipsOverlap: Bool = false) {
      self.collar = collar
      self.skipsOverlap = skipsOverlap
    }
  }

  /// Shorter stretches are none.
  private static let shortest = 1e-6

  /// `nil` where that would take more than `steps`. Cost: n log n, and what pairing the speakers takes.
  package init?(_ turns: [SpeakerTurn], against right: [SpeakerTurn], _ scope: Scope = Scope(), steps: inout Int) {
    func isSound(_ turn: SpeakerTurn) -> Bool { turn.end - turn.start > Self.shortest }
    let sweep = Sweep(right.filter(isSound), turns.filter(isSound), scope)
    let (rows, columns) = (sweep.right.names.count, sweep.other.names.count)
    let (square, isTooMuch) = rows.multipliedReportingOverflow(by: columns)
    let (cost, overflow) = square.multipliedReportingOverflow(by: min(rows, columns))
    guard !isTooMuch, !overflow, cost + sweep.events.count <= steps else { return nil }
    steps -= cost + sweep.events.count
    var shared = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows)
    sweep.walk { seconds, right, other in
      for (one, count) in right { for (two, times) in other { shared[one][two] += seconds * Double(count * times) } }
    }
    let pairs = Assignment.best(shared)
    sweep.walk { seconds, right, other in
      let here = right.values.reduce(0, +)
      let there = other.values.reduce(0, +)
      let agreed = right.reduce(0) { sum, one in sum + (pairs[one.key].map { min(one.value, other[$0] ?? 0) } ?? 0) }
      missed += Double(max(0, here - there)) * seconds
      falseAlarm += Double(max(0, there - here)) * seconds
      confusion += Double(min(here, there) - agreed) * seconds
      total += Double(here) * seconds
    }
  }
}

/// Goes through time from one start or end to the next.
private struct Sweep {
  enum Change { case right(Int), other(Int), collar }
  struct Event {
    var time: Double
    var change: Change
    var isStart: Bool
  }

  /// The speakers of an account, by name.
  struct Speakers { var names: [[UInt8]: Int] = [:] }

  private(set) var right = Speakers()
  private(set) var other = Speakers()
  private(set) var events: [Event] = []
  private let skipsOverlap: Bool
  private let extent: ClosedRange<Double>

  init(_ right: [SpeakerTurn], _ other: [SpeakerTurn], _ scope: DiarizationError.Scope) {
    skipsOverlap = scope.skipsOverlap
    let all = right + other
    extent = (all.map(\.start).min() ?? 0)...(all.map(\.end).max() ?? 0)
    for turn in right {
      add(turn, .right(Self.number(turn.speaker, &self.right)))
      guard scope.collar > 0 else { continue }
      for end in [turn.start, turn.end] {
        events.append(Event(time: end - scope.collar, change: .collar, isStart: true))
        events.append(Event(time: end + scope.collar, change: .collar, isStart: false))
      }
    }
    for turn in other { add(turn, .other(Self.number(turn.speaker, &self.other))) }
    events.sort { $0.time < $1.time }
  }

  private static func number(_ name: [UInt8], _ speakers: inout Speakers) -> Int {
    let next = speakers.names.count
    let number = speakers.names[name] ?? next
    speakers.names[name] = number
    return number
  }

  private mutating func add(_ turn: SpeakerTurn, _ change: Change) {
    events.append(Event(time: turn.start, change: change, isStart: true))
    events.append(Event(time: turn.end, change: change, isStart: false))
  }

  /// Calls for each stretch that is judged, with how often each speaker of the two accounts speaks in it.
  func walk(_ body: (_ seconds: Double, _ right: [Int: Int], _ other: [Int: Int]) -> Void) {
    var (right, other): ([Int: Int], [Int: Int]) = ([:], [:])
    var collars = 0
    var last = extent.lowerBound
    for event in events {
      let time = min(max(event.time, extent.lowerBound), extent.upperBound)
      let isLeftOut = collars > 0 || skipsOverlap && right.values.reduce(0, +) > 1
      if time > last, !isLeftOut { body(time - last, right, other) }
      last = time
      let step = event.isStart ? 1 : -1
      switch event.change {
      case .collar: collars += step
      case .right(let number): Self.count(number, step, &right)
      case .other(let number): Self.count(number, step, &other)
      }
    }
  }

  private static func count(_ number: Int, _ step: Int, _ speakers: inout [Int: Int]) {
    let count = (speakers[number] ?? 0) + step
    speakers[number] = count == 0 ? nil : count
  }
}
