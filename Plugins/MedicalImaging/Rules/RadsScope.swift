import PluginKit

/// A category used for people or images it is not made for.
struct RadsScope: RecordRule {
  static let info = RuleInfo(
    id: "rads-scope", severity: .warning,
    summary: "A category's system is made for the examination it is used for.",
    why: "Outside of what it was made for, its advice is wrong: too many appointments, or too few.",
    source:
      "Lung-RADS is for screening with CT; BI-RADS for mammography, ultrasound and MR of the breast, its 6 for what a biopsy has proven.",
    message: "Lung-RADS is for screening, and this study was done because of a complaint. Leave the category out.",
    messages: [
      "modality": "{system} is not made for {modality}. Correct the category, or the kind of machine.",
      "proof":
        "BI-RADS 6 means that a biopsy has proven a cancer, and this study names none. Add what the laboratory found (`pathology`), or correct the category.",
    ],
    good: [
      category("Lung-RADS", "3", about: #""population": "screening""#), category("Lung-RADS", "3", about: ""),
      category("BI-RADS", "6", source: "mg", about: #""pathology": "invasive carcinoma""#),
    ],
    bad: [
      category("⟪Lung-RADS⟫", "3", about: #""population": "diagnostic""#), category("⟪BI-RADS⟫", "3", about: ""),
      category("BI-RADS", "⟪6⟫", source: "mg", about: ""), category("⟪Lung-RADS⟫", "3", source: "mg", about: ""),
    ])
  static let reads = Reads(
    fields: [.categorySystem, .categoryValue, .asset], needs: [.categorySystem], context: ["population", "pathology"],
    vocabularies: [Vocabulary.categories], lookups: [.definition(of: .asset)])

  private static let machines: [String: Set<String>] = ["Lung-RADS": ["CT"], "BI-RADS": ["MG", "US", "MR"]]

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.categorySystem), let name = field.value.text,
      let system = report.term(name, in: Vocabulary.categories)?.id
    else { return }
    let place = Self.inside(field)
    if let modality = record.definition(of: .asset)?.exports["dicomModality"]?.text,
      let machines = Self.machines[system],
      !machines.contains(modality)
    {
      return report.finding(at: place, "modality", ["system": system, "modality": modality])
    }
    if system == "Lung-RADS", record.context("population")?.text == "diagnostic" { report.finding(at: place) }
    if system == "BI-RADS", let value = record.first(.categoryValue), value.text == "6",
      record.context("pathology")?.text.map({ !$0.isEmpty }) != true
    {
      report.finding(at: Self.inside(value), "proof")
    }
  }

  private static func inside(_ field: FieldValue) -> Place {
    field.place.part(offset: 1, count: field.value.raw.utf8.count - 2)
  }

  private static func category(_ system: String, _ value: String, source: String = "ct", about: String) -> String {
    MedicalExample.study(
      #"{"id": "a1", "source": "\#(source)", "kind": "classification", "label": "nodule", "category": {"system": "\#(system)", "version": "5", "value": "\#(value)"}}"#,
      about: about)
  }
}
