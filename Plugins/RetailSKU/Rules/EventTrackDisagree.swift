import PluginKit

/// Something done by somebody whom the camera does not see then.
struct EventTrackDisagree: GroupRule {
  static let info = RuleInfo(
    id: "event-track-disagree", severity: .error,
    summary: "Who does something in front of a camera is seen by that camera then.",
    why: "An event of nobody can't be followed to the next camera: either the person or the time is wrong.",
    source:
      "Only for cameras of which somebody marked who is seen when (labels of the kind `segment` with a `track`). From the first "
      + "to the last time somebody is seen, a second more on both sides; they may be hidden in between.",
    message:
      "Nobody called {track} is marked as seen by this camera, only {others}. Correct the name, or mark when they are seen.",
    messages: [
      "time":
        "{track} is seen by this camera from {first} to {last}, but this goes from {start} to {end}. Correct the times, or who does it.",
      "seen": "Seen here",
    ],
    good: [
      EventsExample.file(EventsExample.seen("s1", "p1", "[5, 20]"), EventsExample.event("e1", "p1", "[6, 9]")),
      EventsExample.file(EventsExample.event("e1", "p1", "[6, 9]")),
      EventsExample.file(
        EventsExample.seen("s1", "p1", "[5, 8]"), EventsExample.seen("s2", "p1", "[12, 20]"),
        EventsExample.event("e1", "p1", "[7, 13]")),
    ],
    bad: [
      EventsExample.file(EventsExample.seen("s1", "p1", "[5, 20]"), EventsExample.event("e1", #"⟪"p7"⟫"#, "[6, 9]")),
      EventsExample.file(EventsExample.seen("s1", "p1", "[5, 20]"), EventsExample.event("e1", "p1", "⟪[30, 34]⟫")),
    ])
  static let reads = Reads(fields: ActorSpan.fields, needs: [.eventSpan], context: ["id"])
  static let kind = FactKind("retail-sku/seen")
  static let states = [kind]
  static let fewest = 2

  /// In seconds: people mark ends by eye.
  static let slack = 1.0

  func state(_ record: Record, _ report: inout Report) {
    guard let sample = record.context("id")?.scalarText, let span = ActorSpan(record), let payload = span.payload,
      let times = record.first(.eventSpan), let track = record.first(.track)
    else { return }
    report.state(
      Self.kind, key: .key(ActorSpan.key(sample, "camera", span.source)), at: track, also: ["times": times],
      payload: payload)
  }

  /// Of one camera.
  func group(_ group: Group, _ report: inout Report) {
    let members = group.facts.compactMap { fact in ActorSpan(fact.text).map { (fact: fact, span: $0) } }
    let seen = members.filter { !$0.span.isEvent }
    guard !seen.isEmpty else { return }
    for member in members where member.span.isEvent {
      let own = seen.filter { $0.span.track == member.span.track }
      guard let first = own.map(\.span.start).min(), let last = own.map(\.span.end).max() else {
        let others = Set(seen.map(\.span.track)).sorted()
        let text = others.prefix(3).joined(separator: ", ") + (others.count > 3 ? ", …" : "")
        report.finding(at: member.fact, "", ["track": member.span.track, "others": text])
        continue
      }
      guard member.span.start < first - Self.slack || member.span.end > last + Self.slack else { continue }
      report.finding(
        at: member.fact.place(named: "times") ?? member.fact.place, "time",
        [
          "track": member.span.track, "first": first, "last": last, "start": member.span.start, "end": member.span.end,
        ], related: own.prefix(3).map { Related(at: $0.fact, "seen") })
    }
  }
}
