import PluginKit

/// What can't happen there, or not at the same time.
struct EventLabelConflict: GroupRule {
  static let info = RuleInfo(
    id: "event-label-conflict", severity: .warning,
    summary: "What happens can happen at that place, and one person does not do two things that exclude each other.",
    why: "One of the two labels is wrong, and whoever learns from them learns both.",
    source:
      "Going past a self-checkout happens at a checkout. More is said by the dataset, in `concord.json` under `plugins`, `retail-sku`, `settings`: "
      + "\"eventZones\": {\"pickup\": [\"shelf\"]}, \"exclusiveEvents\": [[\"pickup\", \"checkout\"]]. "
      + "Labels of different labellers are not held against each other; half a second in common is nothing.",
    message: "`{label}` does not happen in `{zone}`, only in {zones}. Correct what happens, or where.",
    messages: [
      "exclusive":
        "{track} does `{label}` and `{other}` at the same time, and these exclude each other. One of them is wrong.",
      "other": "The other one",
    ],
    good: [
      EventsExample.file(
        EventsExample.event("e1", "p1", "[6, 9]", label: "self_checkout_bypass", #", "zone": "self_checkout""#)),
      EventsExample.file(EventsExample.event("e1", "p1", "[6, 9]", label: "self_checkout_bypass")),
      dataset(EventsExample.event("e1", "p1", "[6, 9]"), EventsExample.event("e2", "p2", "[7, 9]", label: "checkout")),
      dataset(EventsExample.event("e1", "p1", "[6, 9]"), EventsExample.event("e2", "p1", "[9, 12]", label: "checkout")),
    ],
    bad: [
      EventsExample.file(
        EventsExample.event("e1", "p1", "[6, 9]", label: "⟪\"self_checkout_bypass\"⟫", #", "zone": "aisle""#)),
      dataset(
        EventsExample.event("e1", "p1", "[6, 9]"),
        EventsExample.event("e2", "p1", "[7, 12]", label: "⟪\"checkout\"⟫")),
    ])
  static let reads = Reads(
    fields: ActorSpan.fields + [.eventZone, .by], needs: [.eventSpan],
    context: ["id", "eventZones", "exclusiveEvents"])
  static let kind = FactKind("retail-sku/done")
  static let states = [kind]
  static let fewest = 2

  /// In seconds.
  private static let slack = 0.5
  private static let bypass = "self_checkout_bypass"
  private static let checkoutZones = ["checkout", "self_checkout"]

  func state(_ record: Record, _ report: inout Report) {
    guard record.word(.kind) == "event", let field = record.first(.label), let label = record.word(.label) else {
      return
    }
    if let zone = record.word(.eventZone) {
      let said = record.context("eventZones")?[label]?.array?.compactMap(\.text)
      let zones = said ?? (label == Self.bypass ? Self.checkoutZones : [])
      if !zones.isEmpty, !zones.contains(zone) {
        report.finding(
          at: field, "", ["label": label, "zone": zone, "zones": zones.map { "`\($0)`" }.joined(separator: ", ")])
      }
    }
    guard let sample = record.context("id")?.scalarText, let span = ActorSpan(record) else { return }
    let pairs = record.context("exclusiveEvents")?.array?.compactMap { $0.array?.compactMap(\.text) } ?? []
    let excluded = pairs.filter { $0.contains(label) }.flatMap { $0.filter { $0 != label } }
    guard !excluded.isEmpty, let payload = span.payload else { return }
    let text = String(decoding: payload.bytes, as: UTF8.self) + "\u{1C}" + excluded.joined(separator: "\u{1E}")
    let who = ActorSpan.key(sample, "does", span.track + "\u{1F}" + (record.word(.by) ?? ""))
    report.state(Self.kind, key: .key(who), at: field, payload: .text(text))
  }

  /// What one person does, by one labeller.
  func group(_ group: Group, _ report: inout Report) {
    var known: [(fact: Fact, span: ActorSpan)] = []
    for fact in group.facts {
      let parts = fact.text.split(separator: "\u{1C}", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let span = ActorSpan(parts[0]) else { continue }
      let excluded = parts[1].split(separator: "\u{1E}").map(String.init)
      let other = known.first {
        excluded.contains($0.span.label) && min($0.span.end, span.end) - max($0.span.start, span.start) > Self.slack
          && $0.span.source == span.source
      }
      if let other {
        report.finding(
          at: fact, "exclusive", ["track": span.track, "label": span.label, "other": other.span.label],
          related: [Related(at: other.fact, "other")])
      }
      known.append((fact, span))
    }
  }

  private static func dataset(_ labels: String...) -> String {
    """
    //- concord.json
    {"plugins": {"retail-sku": {"settings": {"exclusiveEvents": [["pickup", "checkout"]]}}}}
    //- events.json
    \(EventsExample.file(labels.joined(separator: ", ")))
    """
  }
}
