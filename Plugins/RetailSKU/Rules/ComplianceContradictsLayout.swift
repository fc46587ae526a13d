import PluginKit

/// A product that is said to stand right or wrong, where the plan says otherwise.
struct ComplianceContradictsLayout: GroupRule {
  static let info = RuleInfo(
    id: "compliance-contradicts-layout", severity: .warning,
    summary: "What a label says of a product's place is what follows from the shelf plan.",
    why: "Shops are sent to put right what is right, and what is wrong stays so.",
    source:
      "The plan's place where the label names one, else its shelf board; a variant counts as its product. Where the plan or the label "
      + "does not say enough, nothing is said.",
    message:
      "By the plan, *{product}* belongs on shelf {planned}, and it stands on shelf {found}. So this is `{derived}`, not `{stated}`.",
    messages: [
      "position":
        "By the plan, *{product}* belongs at {planned}, and it stands at {found}. So this is `{derived}`, not `{stated}`.",
      "right": "This is where the plan has *{product}*. So this is `{derived}`, not `{stated}`.",
      "shelf": "By the plan, *{product}* belongs on shelf {planned}, where it stands. So this is not `{stated}`.",
      "elsewhere":
        "By the plan, *{product}* belongs at {planned}, not at {found}. So this is not `{stated}`: say what it is.",
      "plan": "In the plan",
      "write": "Write `{derived}`",
    ],
    good: [
      RetailExample.planned(milk(#""row": 2, "position": "p1", "compliance": "correct""#)),
      RetailExample.planned(milk(#""row": 1, "compliance": "wrong_row""#)),
      RetailExample.planned(milk(#""row": 2, "compliance": "wrong_position_in_row""#)),
    ],
    bad: [
      RetailExample.planned(milk(#""row": 1, "compliance": ⟪"correct"⟫"#)),
      RetailExample.planned(milk(#""row": 2, "position": "p1", "compliance": ⟪"wrong_row"⟫"#)),
      RetailExample.planned(milk(#""row": 2, "position": "p9", "compliance": ⟪"correct"⟫"#)),
      RetailExample.planned(milk(#""row": 2, "compliance": ⟪"wrong_row"⟫"#)),
    ])
  static let reads = Reads(
    fields: [
      .compliance, .position, .gtin, .gap, .row, .box, .asset, .plannedPosition, .plannedProduct, .plannedFixture,
      .facings,
    ] + PlanName.fields, needs: [.compliance, .position, .plannedPosition],
    context: PlanName.context + ["id", "version"], vocabularies: ["skus"],
    lookups: [.definition(of: .plannedProduct), .definition(of: .plannedFixture)])
  static let kind = FactKind("retail-sku/layout-product")
  /// The same by place; what other rules look at.
  static let places = FactKind("retail-sku/layout-place")
  static let states = [kind, places]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    if record.first(.plannedPosition) != nil { statePlanned(record, &report) } else { stateSeen(record, &report) }
  }

  private func statePlanned(_ record: Record, _ report: inout Report) {
    guard let id = record.first(.plannedPosition), let position = id.text, let plan = record.context("id")?.scalarText,
      let version = record.context("version")?.scalarText, let name = record.text(.plannedProduct),
      let product = record.definition(of: .plannedProduct)?.exports,
      let original = report.original(ofCode: product["gtin"]?.text ?? name)
    else { return }
    var item = LayoutItem(.planned, product: original)
    item.position = position
    item.row = record.definition(of: .plannedFixture)?.exports["row"]?.integer
    item.facings = record.number(.facings).flatMap { Int(exactly: $0) } ?? 1
    guard let payload = item.payload else { return }
    report.state(
      Self.kind, key: .key(LayoutItem.key(plan: plan, version: version, "product", original)), at: id, payload: payload)
    report.state(
      Self.places, key: .key(LayoutItem.key(plan: plan, version: version, "place", position)), at: id, payload: payload)
  }

  private func stateSeen(_ record: Record, _ report: inout Report) {
    let status = record.first(.compliance)
    let label = record.first(.gtin) ?? record.first(.gap)
    let name = PlanName(record)
    guard let place = status ?? label, let plan = name.plan, let version = name.version else { return }
    let product = record.first(.gtin)?.value.text.flatMap { report.original(ofCode: $0) }
    var item = LayoutItem(.seen, product: product)
    item.isGap = record.first(.gap) != nil
    item.status = record.word(.compliance) ?? ""
    item.position = record.word(.position) ?? ""
    item.row = record.number(.row).flatMap { Int(exactly: $0) }
    item.sample = record.context("id")?.scalarText ?? ""
    item.picture = record.text(.asset) ?? ""
    let box = record.first(.box)?.box
    (item.left, item.right) = (box?.x, box?.maxX)
    guard let payload = item.payload else { return }
    let also: KeyValuePairs<String, any Placed> = label.map { ["label": $0] } ?? [:]
    if let product, Compliance.ofProducts.contains(item.status) {
      report.state(
        Self.kind, key: .key(LayoutItem.key(plan: plan, version: version, "product", product)), at: place, also: also,
        payload: payload)
    }
    if !item.position.isEmpty {
      report.state(
        Self.places, key: .key(LayoutItem.key(plan: plan, version: version, "place", item.position)), at: place,
        also: also, payload: payload)
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    let items = group.facts.compactMap { fact in LayoutItem(fact.text).map { (fact: fact, item: $0) } }
    let planned = items.filter { $0.item.side == .planned }
    guard let product = planned.first?.item.product else { return }
    for seen in items where seen.item.side == .seen {
      guard let judgement = LayoutJudgement(of: seen.item, planned: planned.map(\.item)) else { continue }
      let fixes = judgement.derived.map {
        [Fix("write", ["derived": $0], edits: [.replace(seen.fact, with: JSON.quoted($0))])]
      }
      report.finding(
        at: seen.fact, judgement.message,
        [
          "product": report.name(of: product), "planned": judgement.planned, "found": judgement.found,
          "derived": judgement.derived ?? "", "stated": seen.item.status,
        ], related: planned.prefix(3).map { Related(at: $0.fact, "plan") }, fixes: fixes ?? [])
    }
  }

  private static func milk(_ more: String) -> String {
    #"{"id": "a1", "source": "front", "kind": "bbox", "bbox": [1, 2, 3, 4], "label": "8936000010140", \#(more)}"#
  }
}
