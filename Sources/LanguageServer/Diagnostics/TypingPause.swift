/// Holds back findings that are new inside the value being typed until the typing rests.
///
/// Pure: times come in, as durations since any fixed moment. Cost of a step: the findings shown.
struct TypingPause {
  private struct Shown {
    var rule: String
    var range: Range<Int>
  }

  var pause: Duration
  /// What the client shows, in bytes of the present text.
  private var shown: [Shown] = []
  /// The value being typed and when that will count as rested.
  private var typing: (value: Range<Int>, until: Duration)?

  init(pause: Duration) { self.pause = pause }

  /// The bytes of `range` became `length` others, which made or changed `value` (`nil`: no value, or many).
  mutating func edited(_ range: Range<Int>, length: Int, value: Range<Int>?, at now: Duration) {
    let growth = length - range.count
    for index in shown.indices {
      let old = shown[index].range
      if old.lowerBound >= range.upperBound && !old.isEmpty {
        shown[index].range = old.lowerBound + growth..<old.upperBound + growth
      } else if old.upperBound > range.lowerBound {
        let lower = min(old.lowerBound, range.lowerBound)
        shown[index].range = lower..<max(lower, max(old.upperBound, range.upperBound) + growth)
      }
    }
    typing = value.map { ($0, now + pause) }
  }

  /// Saved, or changed in a way that is not typing: nothing waits.
  mutating func rested() { typing = nil }

  /// Those of `findings` to show now, and when to ask again because others wait.
  mutating func admit(_ findings: [ShownFinding], at now: Duration) -> (shown: [ShownFinding], next: Duration?) {
    if let typing, now >= typing.until { self.typing = nil }
    var admitted = findings
    if let typing {
      let known = Set(shown.filter { $0.range.touches(typing.value) }.map(\.rule))
      admitted = findings.filter { !$0.range.isWithin(typing.value) || known.contains($0.rule) }
    }
    shown = admitted.map { Shown(rule: $0.rule, range: $0.range) }
    return (admitted, admitted.count < findings.count ? typing?.until : nil)
  }
}

extension Range<Int> {
  fileprivate func touches(_ other: Range<Int>) -> Bool {
    lowerBound <= other.upperBound && upperBound >= other.lowerBound
  }

  fileprivate func isWithin(_ other: Range<Int>) -> Bool {
    lowerBound >= other.lowerBound && upperBound <= other.upperBound
  }
}
