import PluginKit

/// A place that is said to be out of stock while its product is in the picture; or an empty one where something is said to stand.
struct OutOfStockWithFacing: GroupRule {
  static let info = RuleInfo(
    id: "out-of-stock-with-facing", severity: .error,
    summary: "A place of the shelf plan is out of stock exactly when none of its product is there.",
    why: "Otherwise a shop is sent what it has, or an empty place is never filled.",
    source: "Within one picture; a variant counts as its product.",
    message:
      "This place is marked as out of stock, but *{product}*, which belongs here, is in the picture. "
      + "Only one can be right.",
    messages: [
      "gap":
        "This place is empty, so nothing in it can be `{stated}`. If its product is missing, it is `out_of_stock`.",
      "there": "Here it is",
      "plan": "In the plan",
      "write": "Write `out_of_stock`",
    ],
    good: [
      RetailExample.planned(label(1, "gap", #""position": "p1", "compliance": "out_of_stock""#)),
      RetailExample.planned(
        label(1, "gap", #""position": "p1", "compliance": "out_of_stock""#),
        label(2, "8936000010140", #""position": "p2", "compliance": "correct""#)),
    ],
    bad: [
      RetailExample.planned(
        label(1, "gap", #""position": "p1", "compliance": ⟪"out_of_stock"⟫"#),
        label(2, "8936000010140", #""position": "p1", "compliance": "correct""#)),
      RetailExample.planned(label(1, "gap", #""position": "p1", "compliance": ⟪"correct"⟫"#)),
    ])
  static let reads = Reads(fields: [.compliance, .gap], needs: [.gap], vocabularies: ["skus"])
  static let kind = ComplianceContradictsLayout.places
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard record.first(.gap) != nil, let stated = record.word(.compliance), Compliance.ofProducts.contains(stated),
      let status = record.first(.compliance)
    else { return }
    let fix = Fix("write", edits: [.replace(status, with: JSON.quoted(Compliance.outOfStock))])
    report.finding(at: status, "gap", ["stated": stated], fixes: [fix])
  }

  func group(_ group: Group, _ report: inout Report) {
    let items = group.facts.compactMap { fact in LayoutItem(fact.text).map { (fact: fact, item: $0) } }
    guard let planned = items.first(where: { $0.item.side == .planned }), let product = planned.item.product else {
      return
    }
    let facings = Dictionary(
      grouping: items.filter { $0.item.isFacing(of: product) }, by: { LayoutPicture($0.item) })
    for missing in items where missing.item.side == .seen && missing.item.status == Compliance.outOfStock {
      // A box of the product itself may be drawn around the place where it is missing.
      guard let there = facings[LayoutPicture(missing.item)] else { continue }
      let notes = there.prefix(4).compactMap { $0.fact.place(named: "label") }.map { Related(at: $0, "there") }
      report.finding(
        at: missing.fact, "", ["product": report.name(of: product)],
        related: notes + [Related(at: planned.fact, "plan")])
    }
  }

  private static func label(_ number: Int, _ label: String, _ more: String) -> String {
    #"{"id": "a\#(number)", "source": "front", "kind": "bbox", "bbox": [\#(number * 50), 2, 40, 80], "label": "\#(label)", \#(more)}"#
  }
}
