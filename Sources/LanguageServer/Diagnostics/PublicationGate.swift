/// Says when the findings of a version are to be published: once when settled, or soon with what is known.
///
/// Pure: times come in, as durations since any fixed moment.
struct PublicationGate {
  /// How long findings that are not complete wait, and how far publications of one version stay apart.
  static let patience = Duration.milliseconds(50)

  private var version: Int?
  private var began = Duration.zero
  private var lastPublished: Duration?

  /// The client's text is now `version`.
  mutating func edited(version: Int, at now: Duration) {
    self.version = version
    began = now
    lastPublished = nil
  }

  /// When to publish findings about `version`; `nil` when the client's text is another already.
  func due(version: Int, _ completeness: EnginePublication.Completeness, at now: Duration) -> Duration? {
    guard version == self.version else { return nil }
    switch completeness {
    case .settled: return now
    case .touched: return lastPublished.map { max(now, $0 + Self.patience) } ?? now
    case .partial: return max(now, (lastPublished ?? began) + Self.patience)
    }
  }

  mutating func published(at now: Duration) { lastPublished = now }
}
