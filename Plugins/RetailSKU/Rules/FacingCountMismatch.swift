import PluginKit

/// More or fewer of a product side by side than the plan has, and nothing said about it.
struct FacingCountMismatch: GroupRule {
  static let info = RuleInfo(
    id: "facing-count-mismatch", severity: .information,
    summary: "At a place of the shelf plan, as many of the product stand side by side as the plan has.",
    why: "Either boxes are missing or drawn twice, or the shop gives the product more or less room than was agreed.",
    source:
      "Two or more apart. What stands on or behind another counts once; of several pictures, the one with the most counts. "
      + "An empty place or anything but `correct` explains the difference, and a place of which nothing is seen may lie "
      + "beyond the picture.",
    message:
      "The plan has {planned} of *{product}* side by side here, the picture shows {seen}. Look whether a box is missing or "
      + "one is too many.",
    messages: ["plan": "In the plan", "one": "One of them"],
    good: [
      RetailExample.planned(facing(1), facing(2), facings: 3),
      RetailExample.planned(
        facing(1),
        #"{"id": "a9", "source": "front", "kind": "bbox", "bbox": [300, 2, 40, 80], "label": "gap", "position": "p1"}"#,
        facings: 3),
    ],
    bad: [
      RetailExample.planned(facing(1, label: #"⟪"8936000010140"⟫"#), facings: 3),
      RetailExample.planned(facing(1, label: #"⟪"8936000010140"⟫"#), facing(2), facing(3), facings: 1),
    ])
  static let reads = Reads(fields: [.facings], vocabularies: ["skus"])
  static let kind = ComplianceContradictsLayout.places
  static let fewest = 2

  /// From so many on.
  private static let difference = 2

  func group(_ group: Group, _ report: inout Report) {
    let items = group.facts.compactMap { fact in LayoutItem(fact.text).map { (fact: fact, item: $0) } }
    let planned = items.filter { $0.item.side == .planned }
    guard let place = planned.first, planned.count == 1, let product = place.item.product else { return }
    let samples = Dictionary(grouping: items.filter { $0.item.side == .seen }) { Array($0.item.sample.utf8) }
    for those in samples.values.sorted(by: { $0[0].fact.stands(before: $1[0].fact) }) {
      let isExplained = those.contains { $0.item.isGap || !["", Compliance.correct].contains($0.item.status) }
      guard !isExplained else { continue }
      // Those of the picture with the most of them; of several, the first.
      let pictures = Dictionary(grouping: those.filter { $0.item.isFacing(of: product) }) { LayoutPicture($0.item) }
      let ordered = pictures.values.sorted { $0[0].fact.stands(before: $1[0].fact) }
      let counts = ordered.map { LayoutItem.columns($0.map(\.item)) }
      guard let count = counts.max(), let most = counts.firstIndex(of: count) else { continue }
      let places = ordered[most].compactMap { $0.fact.place(named: "label") }
      guard abs(count - place.item.facings) >= Self.difference, let first = places.first else { continue }
      report.finding(
        at: first, "", ["planned": place.item.facings, "seen": count, "product": report.name(of: product)],
        related: [Related(at: place.fact, "plan")] + places.dropFirst().prefix(4).map { Related(at: $0, "one") })
    }
  }

  private static func facing(_ number: Int, label: String = #""8936000010140""#) -> String {
    #"{"id": "a\#(number)", "source": "front", "kind": "bbox", "bbox": [\#(number * 50), 2, 40, 80], "label": \#(label), "position": "p1"}"#
  }
}
