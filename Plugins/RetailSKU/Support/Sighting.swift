package import PluginKit

/// When a camera begins on the clock of all, and what it shares with others.
package struct CameraPlace: Equatable {
  /// `nil`: its clock is not known.
  package var starts: Double?
  /// Cameras that look at the same place; `nil`: not known.
  package var overlaps: [String]?
  /// Seconds that it takes at least to get to another camera.
  package var transit: [String: Double] = [:]

  package init(starts: Double?, overlaps: [String]?, transit: [String: Double] = [:]) {
    self.starts = starts
    self.overlaps = overlaps
    self.transit = transit
  }

  init(_ exports: JSON?) {
    starts = exports?["starts"]?.number
    overlaps = exports?["overlaps"]?.array?.compactMap(\.text)
    guard case .object(let members)? = exports?["transit"] else { return }
    for (name, seconds) in members { transit[name] = seconds.number }
  }
}

/// Something seen by a camera whose place is known.
package struct Sighting: Equatable {
  package var span: ActorSpan
  package var camera: CameraPlace

  package init(span: ActorSpan, camera: CameraPlace) {
    self.span = span
    self.camera = camera
  }

  package enum Conflict: Equatable { case atOnce, tooQuick(Double, least: Double), otherClass }

  /// Why both can't be one thing; `nil` if they can, or if nobody can tell.
  package func conflict(with other: Sighting, slack: Double) -> Conflict? {
    guard span.source != other.span.source else { return nil }
    if !span.label.isEmpty, !other.span.label.isEmpty, span.label != other.span.label { return .otherClass }
    guard let starts = camera.starts, let otherStarts = other.camera.starts else { return nil }
    let gap = max(
      other.span.start + otherStarts - span.end - starts, span.start + starts - other.span.end - otherStarts)
    guard let shared = camera.overlaps, let otherShared = other.camera.overlaps else {
      return tooQuick(gap, other, slack)
    }
    if shared.contains(other.span.source) || otherShared.contains(span.source) { return nil }
    return -gap > slack ? .atOnce : tooQuick(gap, other, slack)
  }

  private func tooQuick(_ gap: Double, _ other: Sighting, _ slack: Double) -> Conflict? {
    // A way may take longer in one direction than in the other.
    let ways = [camera.transit[other.span.source], other.camera.transit[span.source]].compactMap(\.self)
    guard let least = ways.min(), gap + slack < least else { return nil }
    return .tooQuick(max(gap, 0), least: least)
  }

  /// `nil` if it is too much to be carried.
  package var payload: Payload? {
    guard case let spanText? = span.payload.map({ String(decoding: $0.bytes, as: UTF8.self) }) else { return nil }
    let ways = camera.transit.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\($0.key)\u{1D}\($0.value)" }.joined(separator: "\u{1E}")
    let shared = camera.overlaps.map { "=" + $0.joined(separator: "\u{1E}") } ?? ""
    let text = [spanText, camera.starts.map { "\($0)" } ?? "", shared, ways].joined(separator: "\u{1C}")
    return text.utf8.count <= 256 ? .text(text) : nil
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "\u{1C}", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let span = ActorSpan(parts[0]) else { return nil }
    let shared = parts[2].isEmpty ? nil : parts[2].dropFirst().split(separator: "\u{1E}").map(String.init)
    var transit: [String: Double] = [:]
    for way in parts[3].split(separator: "\u{1E}") {
      let ends = way.split(separator: "\u{1D}").map(String.init)
      if ends.count == 2 { transit[ends[0]] = Double(ends[1]) }
    }
    self.init(span: span, camera: CameraPlace(starts: Double(parts[1]), overlaps: shared, transit: transit))
  }
}
