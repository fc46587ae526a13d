import PluginKit

/// A label that says how a product stands against a plan, and not against which.
struct ComplianceUnanchored: RecordRule {
  static let info = RuleInfo(
    id: "compliance-unanchored", severity: .error,
    summary: "What is said of a product's place on the shelf names the plan, its version and the kind of shop.",
    why: "A product that is right by one plan is wrong by the next, so without the plan nobody can use the label.",
    source:
      "On the label itself, or for all labels of a sample; the kind of shop may also stand among the sample's groups.",
    message:
      "This says how the product stands against a shelf plan, but not which one. Add the plan's name.",
    messages: [
      "version":
        "Shelf plans change, and nothing says which version of the plan this was compared with. Add the version.",
      "format":
        "Shelf plans differ between shops, and nothing says for which kind of shop this holds. Add the kind of shop.",
    ],
    good: [
      RetailExample.labelled(milk, plan + #", "storeFormat": "express", "compliance": "correct""#),
      RetailExample.labelled(milk, plan),
    ],
    bad: [
      RetailExample.labelled(milk, #""compliance": ⟪"correct"⟫"#),
      RetailExample.labelled(milk, #""planogram": "dairy", "compliance": ⟪"correct"⟫"#),
      RetailExample.labelled(milk, plan + #", "compliance": ⟪"out_of_stock"⟫"#),
    ])
  static let reads = Reads(
    fields: [.compliance] + PlanName.fields, needs: [.compliance], context: PlanName.context)

  func check(_ record: Record, _ report: inout Report) {
    guard record.word(.compliance) != nil, let status = record.first(.compliance) else { return }
    let name = PlanName(record)
    if name.plan == nil {
      report.finding(at: status, fold: "plan")
    } else if name.version == nil {
      report.finding(at: status, "version", fold: "version")
    } else if name.storeFormat == nil {
      report.finding(at: status, "format", fold: "format")
    }
  }

  private static let milk = #""8936000010140""#
  private static let plan = #""planogram": "dairy", "planogramVersion": "1""#
}
