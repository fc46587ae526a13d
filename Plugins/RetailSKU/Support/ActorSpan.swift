package import PluginKit

/// Somebody or something seen by a camera for a while, or what they do there. Times are seconds of the recording.
package struct ActorSpan: Equatable {
  package var isEvent: Bool
  package var source: String
  package var track: String
  package var label: String
  package var start: Double
  package var end: Double

  package init(isEvent: Bool, source: String, track: String, label: String, start: Double, end: Double) {
    self.isEvent = isEvent
    self.source = source
    self.track = track
    self.label = label
    self.start = start
    self.end = end
  }

  static let fields: [Field] = [.eventSpan, .kind, .asset, .track, .label]

  /// `nil` unless a label of a recording says when, where and who. A `segment` says that somebody is there, an `event` what they do.
  init?(_ record: Record) {
    guard let kind = record.word(.kind), kind == "segment" || kind == "event", let source = record.word(.asset),
      let track = record.word(.track), let span = record.first(.eventSpan)?.value, span.kind == .array, span.count == 2,
      let start = span[0]?.number, let end = span[1]?.number, start >= 0, start < end
    else { return nil }
    self.init(
      isEvent: kind == "event", source: source, track: track, label: record.word(.label) ?? "", start: start, end: end)
  }

  /// `nil` if one of the names is too long to be carried.
  package var payload: Payload? {
    guard [source, track, label].allSatisfy({ $0.utf8.count <= 56 && !$0.contains("\u{1F}") }) else { return nil }
    return .text([isEvent ? "e" : "s", source, track, label, "\(start)", "\(end)"].joined(separator: "\u{1F}"))
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, let start = Double(parts[4]), let end = Double(parts[5]) else { return nil }
    self.init(isEvent: parts[0] == "e", source: parts[1], track: parts[2], label: parts[3], start: start, end: end)
  }

  /// What one sample says of one thing; samples have one name in all files of a dataset.
  static func key(_ sample: String, _ kind: StaticString, _ name: String) -> FactKey {
    FactKey(shared: [sample, "\(kind)", name].joined(separator: "\u{1F}"))
  }
}
