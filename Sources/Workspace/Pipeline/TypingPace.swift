/// When the last edits of a document came.
struct TypingPace {
  /// Edits that are no further apart are typed one after the other.
  static let together = Duration.milliseconds(500)

  private var last: ContinuousClock.Instant?
  private var isTyped = false

  mutating func note(_ now: ContinuousClock.Instant) {
    isTyped = last.map { now - $0 < Self.together } ?? false
    last = now
  }

  /// How long to wait until nobody has typed for `pause`; `nil` where that is so, or the last edit came by itself.
  func rest(_ pause: Duration, at now: ContinuousClock.Instant) -> Duration? {
    guard isTyped, let last, now - last < pause else { return nil }
    return last + pause - now
  }
}
