import PluginKit

/// A label that gives a ship another length or kind than the ship itself.
struct AISAttributeConflict: GroupRule {
  static let info = RuleInfo(
    id: "ais-attribute-conflict", severity: .warning,
    summary: "A label with a ship's number has that ship's length and kind.",
    why: "Either the length is wrong, or the detection is another ship.",
    source:
      "More than a quarter of the larger length apart; what the ship leaves out (0, or 511 and more) is not compared. Kinds: fishing 30, passenger 60 to 69, cargo 70 to 79, tanker 80 to 89.",
    message: "The label says {label} m, the ship itself {ship} m. Measure again, or look whether it is this ship.",
    messages: [
      "kind": "The label says *{label}*, the ship itself says *{ship}*. Look whether it is this ship.",
      "fixed":
        "{number} is the number of something that stands still: a coast station or an aid to navigation. A ship has another one.",
      "message": "What the ship says",
    ],
    good: [
      dataset(#""length": 110"#), dataset(#""length": 60, "label": "ship""#, bow: 511),
      dataset(#""label": "cargo ship""#),
    ],
    bad: [
      dataset(#""length": ⟪60⟫"#), dataset(#""label": ⟪"fishing boat"⟫"#),
      MapExample.scene(MapExample.seen("a1", "sar", #""label": "ship", "mmsi": ⟪"992111234"⟫"#)),
    ])
  static let reads = Reads(
    fields: [.sightingShip, .sightingLabel, .objectLength, .mmsi, .toBow, .toStern, .shipType],
    needs: [.sightingShip, .toBow, .shipType])
  static let kind = FactKind("geospatial-sar/ship-facts")
  static let states = [kind]
  static let fewest = 2
  private static let share = 0.25

  func state(_ record: Record, _ report: inout Report) {
    if let ship = record.first(.sightingShip), let number = ship.text {
      let label = record.text(.sightingLabel) ?? ""
      if MMSI.isFixed(number), Things.sort(of: label)?.name == "ship" {
        report.finding(at: ship, "fixed", ["number": number])
      }
      let length = record.first(.objectLength)
      let kind = ShipKind(label: label)
      let payload = "L\(length?.number.map { "\($0)" } ?? "")|\(kind?.rawValue ?? "")"
      let named = record.first(.sightingLabel) ?? ship
      report.state(
        Self.kind, key: .key(FactKey(shared: "facts:" + number)), at: ship,
        also: ["length": length ?? ship, "label": named], payload: .text(payload))
    } else if let ship = record.first(.mmsi), let number = ship.text {
      let bow = record.number(.toBow) ?? 0
      let stern = record.number(.toStern) ?? 0
      let isKnown = bow > 0 && stern > 0 && bow < 511 && stern < 511
      let kind = record.number(.shipType).flatMap { ShipKind(number: $0) }
      guard isKnown || kind != nil else { return }
      report.state(
        Self.kind, key: .key(FactKey(shared: "facts:" + number)), at: record.first(.toBow) ?? ship,
        payload: .text("M\(isKnown ? "\(bow + stern)" : "")|\(kind?.rawValue ?? "")"))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    func parts(_ fact: Fact) -> (length: Double?, kind: String) {
      let parts = fact.text.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      return (parts.first.flatMap { Double($0) }, parts.count > 1 ? String(parts[1]) : "")
    }
    let messages = group.facts.filter { $0.text.hasPrefix("M") }
    let sized = messages.first { parts($0).length != nil }
    let typed = messages.first { !parts($0).kind.isEmpty }
    for fact in group.facts where fact.text.hasPrefix("L") {
      let label = parts(fact)
      if let sized, let own = parts(sized).length, let length = label.length,
        abs(own - length) > Self.share * max(own, length), let place = fact.place(named: "length")
      {
        report.finding(
          at: place, "", ["label": length, "ship": own], related: [Related(at: sized, "message")])
      }
      if let typed, !label.kind.isEmpty, label.kind != parts(typed).kind, let place = fact.place(named: "label") {
        report.finding(
          at: place, "kind", ["label": label.kind, "ship": parts(typed).kind], related: [Related(at: typed, "message")])
      }
    }
  }

  private static func dataset(_ members: String, bow: Int = 80) -> String {
    MapExample.dataset(
      ("scene.json", MapExample.scene(MapExample.seen("a1", "sar", #""mmsi": "211331640", \#(members)"#))),
      (
        "ships.jsonl",
        #"{"class": "AIS", "type": 5, "mmsi": "211331640", "shiptype": 70, "to_bow": \#(bow), "to_stern": 30}"#
      ))
  }
}
