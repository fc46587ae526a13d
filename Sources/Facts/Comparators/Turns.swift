/// Stretches of speech: start, end and who speaks, as a list of three.
struct Turns: Comparator {
  let lists: TurnLists

  var isTolerant: Bool { true }
  var hasRecurringValues: Bool { false }

  func reading(of value: ClaimValue) -> SpeakerTurn? {
    guard value.kind == .list, value.elements.count == 3,
      value.elements[2].kind == .text || value.elements[2].kind == .number
    else { return nil }
    let times = value.elements.prefix(2).compactMap { $0.kind == .number ? DecimalText($0.text)?.double : nil }
    guard times.count == 2, times[0].isFinite, times[1].isFinite, times[0] <= times[1] else { return nil }
    return SpeakerTurn(start: times[0], end: times[1], speaker: value.elements[2].text)
  }

  func verdict(_ a: SpeakerTurn, _ b: SpeakerTurn, steps: inout Int) -> Verdict {
    lists.verdict([a], [b], steps: &steps)
  }

  /// Times and names that a person would have to take over by hand.
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? { nil }

  func words(for value: ClaimValue) -> String { String(decoding: value.elements.last?.text ?? [], as: UTF8.self) }
}

/// Accounts of who speaks when, by the diarization error rate.
///
/// Either may be the one that counts: the greater rate of the two is at most the limit.
struct TurnLists: ReadingComparator {
  let maximum: Double
  let scope: DiarizationError.Scope

  var isTolerant: Bool { true }
  var hasRecurringValues: Bool { false }

  func verdict(_ a: [SpeakerTurn], _ b: [SpeakerTurn], steps: inout Int) -> Verdict {
    guard let rate = rate(a, b, steps: &steps) else { return .unknown }
    return rate <= maximum + 1e-9 ? .agree : .differ
  }

  func distance(_ a: [SpeakerTurn], _ b: [SpeakerTurn], steps: inout Int) -> Double? { rate(a, b, steps: &steps) }

  private func rate(_ a: [SpeakerTurn], _ b: [SpeakerTurn], steps: inout Int) -> Double? {
    guard let one = DiarizationError(a, against: b, scope, steps: &steps),
      let other = DiarizationError(b, against: a, scope, steps: &steps)
    else { return nil }
    return max(one.rate, other.rate)
  }
}
