import PluginKit

/// A length in Hounsfield units, a volume in millimetres.
struct QuantityUnitPair: RecordRule {
  static let info = RuleInfo(
    id: "quantity-unit-pair", severity: .warning,
    summary: "A value's unit is one for what was measured.",
    why: "A program that believes the unit computes with a number that means something else.",
    source: "UCUM, and the codes of the common quantities.",
    message: "*{quantity}* is not measured in {unit}. Correct the unit, or what was measured.",
    good: [
      MedicalExample.measured(#""12""#, volume, unit("mm3", "cubic millimeter")),
      MedicalExample.measured(#""12""#, volume, unit("ml", "milliliter")),
      MedicalExample.measured(#""12""#, volume, unit("{voxels}", "voxels")),
    ],
    bad: [
      MedicalExample.measured(#""12""#, volume, "⟪\(unit("mm", "millimeter"))⟫"),
      MedicalExample.measured(
        #""12""#, MedicalExample.code("112031", "Attenuation Coefficient", scheme: "DCM"),
        "⟪\(unit("mm", "millimeter"))⟫"),
    ])
  static let reads = Reads(
    fields: [.measuredQuantity, .measuredUnit], needs: [.measuredUnit], vocabularies: [Vocabulary.units])

  func check(_ record: Record, _ report: inout Report) {
    guard let quantity = Code(record.first(.measuredQuantity)), let unit = Code(record.first(.measuredUnit)),
      unit.scheme == "UCUM", let measured = quantity.term(in: Vocabulary.units, report),
      let written = unit.term(in: Vocabulary.units, report), let one = measured.broader.first,
      let other = written.broader.first, one != other
    else { return }
    report.finding(
      at: unit.whole, "",
      ["quantity": quantity.meaning.isEmpty ? quantity.text : quantity.meaning, "unit": "`\(unit.text)`"],
      fold: quantity.text + unit.text)
  }

  private static let volume = MedicalExample.code("118565006", "Volume")
  private static func unit(_ code: String, _ meaning: String) -> String {
    MedicalExample.code(code, meaning, scheme: "UCUM")
  }
}
