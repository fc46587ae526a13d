import PluginKit

/// A mass of the breast that is marked in one of its views only.
struct BreastMassSingleView: GroupRule {
  static let info = RuleInfo(
    id: "breast-mass-single-view", severity: .warning,
    summary: "A mass of the breast is seen in two views.",
    why:
      "What is seen in one view alone may be tissue that overlaps: it is called an asymmetry, and followed up differently.",
    source: "BI-RADS atlas, mammography: mass and asymmetry. Only where both views of the breast are in the study.",
    message:
      "This mass is marked in the {view} view alone, and the study has another of this breast. Mark it there as well, or call it an asymmetry.",
    messages: ["view": "The other view", "rename": "Call it an asymmetry"],
    good: [
      breast(mass("1", "l-cc", "e1"), mass("2", "l-mlo", "e1")), breast(mass("1", "r-cc", "e1")),
      breast(mass("1", "l-cc", "e1", label: #""asymmetry""#)),
    ],
    bad: [breast(mass("1", "l-cc", "e1", label: #"⟪"mass"⟫"#))])
  static let reads = Reads(
    fields: [.concept, .asset, .entity, .view, .breast], needs: [.concept, .breast],
    context: StudyKeys.context, vocabularies: [Vocabulary.findings], lookups: [.definition(of: .asset)])
  static let kind = FactKind("medical-imaging/breast-view")
  static let states = [kind]
  static let fewest = 2

  func state(_ record: Record, _ report: inout Report) {
    guard let id = record.context("id")?.text else { return }
    if let breast = record.first(.breast), let side = breast.text, let view = record.text(.view), view.utf8.count < 64 {
      report.state(
        Self.kind, key: .text("\(id)|\(side)"), at: breast,
        payload: .text(["view", view, ""].joined(separator: "\u{1F}")))
    }
    guard let label = record.first(.concept), let name = label.text, name.utf8.count < 64,
      report.term(name, in: Vocabulary.findings)?.id == "mass", let exports = record.definition(of: .asset)?.exports,
      let side = exports["breast"]?.text, let view = exports["view"]?.text, view.utf8.count < 64
    else { return }
    let thing = record.text(.entity) ?? ""
    guard thing.utf8.count < 64 else { return }
    report.state(
      Self.kind, key: .text("\(id)|\(side)"), at: label,
      payload: .text(["mass", view, thing].joined(separator: "\u{1F}")))
  }

  func group(_ group: Group, _ report: inout Report) {
    let facts = group.facts.map { fact in
      (fact: fact, parts: fact.text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init))
    }.filter { $0.parts.count == 3 }
    let views = facts.filter { $0.parts[0] == "view" }
    let masses = facts.filter { $0.parts[0] == "mass" }
    for mass in masses {
      let same = masses.filter { $0.parts[2] == mass.parts[2] }
      // Without names of things, two masses may be one that is seen twice.
      let isOne = !mass.parts[2].isEmpty || masses.count == 1
      guard isOne, same.allSatisfy({ $0.parts[1] == mass.parts[1] }),
        let other = views.first(where: { $0.parts[1] != mass.parts[1] })
      else { continue }
      report.finding(
        at: mass.fact, "", ["view": mass.parts[1]], related: [Related(at: other.fact, "view")],
        fixes: [Fix("rename", edits: [.replace(mass.fact, with: JSON.quoted("asymmetry"))])])
    }
  }

  private static func mass(_ id: String, _ view: String, _ thing: String, label: String = #""mass""#) -> String {
    #"{"id": "a\#(id)", "source": "\#(view)", "kind": "classification", "label": \#(label), "entity": "\#(thing)"}"#
  }
  private static func breast(_ labels: String...) -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", "sources": [{"id": "l-cc", "modality": "image", "view": "CC", "breast": "left"}, "#
      + #"{"id": "l-mlo", "modality": "image", "view": "MLO", "breast": "left"}, {"id": "r-cc", "modality": "image", "view": "CC", "breast": "right"}], "#
      + "\"entities\": [{\"id\": \"e1\"}], \"annotations\": [\(labels.joined(separator: ", "))]}]}"
  }
}
