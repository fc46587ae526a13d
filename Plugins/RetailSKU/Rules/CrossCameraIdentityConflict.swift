import PluginKit

/// One name for what two cameras can't both see.
struct CrossCameraIdentityConflict: GroupRule {
  static let info = RuleInfo(
    id: "cross-camera-identity-conflict", severity: .error,
    summary: "What has one name in two cameras is one and the same thing, and can be in both places.",
    why: "Two people under one name become one: one of them is followed wrongly through the whole shop.",
    source:
      "Cameras say by `starts` when they begin on one clock, by `overlaps` which others look at the same place, and by `transit` how many seconds it "
      + "takes at least to get to another one. What a camera does not say is not judged. Clocks may be a second apart.",
    message:
      "{track} is seen by {camera} and {other} at the same time, and these look at different places. One of them is somebody else.",
    messages: [
      "quick":
        "{track} is seen by {other} {seconds} s apart from here, but the way takes at least {least} s. One of them is somebody else.",
      "class":
        "{track} is `{label}` here and `{otherLabel}` in {other}. One of them is something else, or has another name.",
      "there": "Seen there",
    ],
    good: [
      EventsExample.file(both(0, 40), cam: here, door: there),
      EventsExample.file(both(0, 10), cam: #", "starts": 0, "overlaps": ["door"]"#, door: there),
      EventsExample.file(both(0, 10), cam: #", "starts": 0"#, door: #", "starts": 0"#),
    ],
    bad: [
      EventsExample.file(both(0, 10, mark: true), cam: here, door: there),
      EventsExample.file(
        both(0, 22, mark: true), cam: here + #", "transit": {"door": 15}"#, door: there),
      EventsExample.file(
        EventsExample.seen("s1", "p1", "[0, 5]"),
        EventsExample.seen("s2", "⟪\"p1\"⟫", "[20, 25]", camera: "door", label: "cart")),
    ])
  static let reads = Reads(
    fields: ActorSpan.fields, needs: [.eventSpan], context: ["id"], lookups: [.definition(of: .asset)])
  static let kind = FactKind("retail-sku/sighting")
  static let states = [kind]
  static let fewest = 2

  /// In seconds: clocks and marks are never quite right.
  static let slack = 1.0
  /// More sightings of one thing than these are not compared with each other.
  private static let mostCompared = 256

  func state(_ record: Record, _ report: inout Report) {
    guard let sample = record.context("id")?.scalarText, let span = ActorSpan(record), !span.isEvent,
      let track = record.first(.track)
    else { return }
    let camera = CameraPlace(record.definition(of: .asset)?.exports)
    guard let payload = Sighting(span: span, camera: camera).payload else { return }
    report.state(Self.kind, key: .key(ActorSpan.key(sample, "track", span.track)), at: track, payload: payload)
  }

  /// Of one name.
  func group(_ group: Group, _ report: inout Report) {
    var known: [(fact: Fact, sighting: Sighting)] = []
    for fact in group.facts.prefix(Self.mostCompared) {
      guard let sighting = Sighting(fact.text) else { continue }
      for other in known {
        guard let conflict = sighting.conflict(with: other.sighting, slack: Self.slack) else { continue }
        say(conflict, fact, sighting.span, other.fact, other.sighting.span, &report)
        break
      }
      known.append((fact, sighting))
    }
  }

  private func say(
    _ conflict: Sighting.Conflict, _ fact: Fact, _ span: ActorSpan, _ otherFact: Fact, _ other: ActorSpan,
    _ report: inout Report
  ) {
    let related = [Related(at: otherFact, "there")]
    switch conflict {
    case .atOnce:
      report.finding(
        at: fact, "", ["track": span.track, "camera": span.source, "other": other.source], related: related)
    case .tooQuick(let seconds, let least):
      report.finding(
        at: fact, "quick", ["track": span.track, "other": other.source, "seconds": seconds, "least": least],
        related: related)
    case .otherClass:
      report.finding(
        at: fact, "class",
        ["track": span.track, "label": span.label, "other": other.source, "otherLabel": other.label], related: related)
    }
  }

  private static let here = #", "starts": 0, "overlaps": []"#
  private static let there = #", "starts": 0, "overlaps": []"#

  private static func both(_ first: Int, _ second: Int, mark: Bool = false) -> String {
    EventsExample.seen("s1", "p1", "[\(first), \(first + 20)]") + ", "
      + EventsExample.seen("s2", mark ? "⟪\"p1\"⟫" : "p1", "[\(second), \(second + 10)]", camera: "door")
  }
}
