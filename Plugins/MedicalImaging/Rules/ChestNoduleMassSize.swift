import PluginKit

/// A nodule that is larger than a nodule, or a mass that is smaller than a mass.
struct ChestNoduleMassSize: GroupRule {
  static let info = RuleInfo(
    id: "chest-nodule-mass-size", severity: .warning,
    summary: "In the lung, what is up to 30 mm is a nodule, and what is larger is a mass.",
    why: "The words decide what happens next: a mass is taken for a cancer until it is proven not to be.",
    source: "Fleischner Society, glossary of terms. Half a millimetre around 30 mm is left alone.",
    message: "This is called a nodule and is {size} mm: above 30 mm it is a mass. Correct the word or the size.",
    messages: [
      "mass": "This is called a mass and is {size} mm: up to 30 mm it is a nodule. Correct the word or the size.",
      "size": "Measured here",
    ],
    good: [
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""site": "left lung", "longAxis": 30"#)),
      MedicalExample.study(MedicalExample.seen(#""mass""#, #""site": "left breast", "longAxis": 12"#)),
    ],
    bad: [
      MedicalExample.study(MedicalExample.seen(#"⟪"nodule"⟫"#, #""site": "left lung", "longAxis": 41"#)),
      MedicalExample.study(
        MedicalExample.seen(#""lesion""#, #""site": "left lung", "longAxis": 12, "entity": "e1""#),
        MedicalExample.said(#"⟪"mass"⟫"#, #""site": "left lung", "entity": "e1""#), things: "e1"),
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind

  func group(_ group: Group, _ report: inout Report) {
    let study = StudyFindings(group)
    for finding in study.all where finding.what.organ == "lung" && finding.what.presence != .absent {
      var size = finding.what.size
      var place = finding.place("size")
      // A word without a size of its own goes by what the other side measured.
      if size == nil {
        for (image, note) in study.pairs {
          guard image.fact.place == finding.fact.place || note.fact.place == finding.fact.place else { continue }
          let other = image.fact.place == finding.fact.place ? note : image
          size = other.what.size
          place = other.place("size")
        }
      }
      guard let size else { continue }
      let isWrongNodule = finding.what.concept == "nodule" && size > 30.5
      let isWrongMass = finding.what.concept == "mass" && size < 29.5
      guard isWrongNodule || isWrongMass else { continue }
      report.finding(
        at: finding.fact, isWrongMass ? "mass" : "", ["size": size],
        related: place == finding.fact.place ? [] : [Related(at: place, "size")])
    }
  }
}
