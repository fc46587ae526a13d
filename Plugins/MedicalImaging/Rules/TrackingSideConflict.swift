import PluginKit

/// One finding, followed over time, that is on the left once and on the right another time.
struct TrackingSideConflict: GroupRule {
  static let info = RuleInfo(
    id: "tracking-side-conflict", severity: .error,
    summary: "A finding that is followed over time stays on its side.",
    why: "Either the side is wrong, or two findings are taken for one, and growth is measured between the two.",
    source: "DICOM PS3.16, TID 1411: one identifier is one finding, in all objects and at all times.",
    message:
      "This finding is on the {own} here and on the {other} elsewhere, under the same identifier. Correct the side, or give one of them an identifier of its own.",
    messages: ["other": "Here it is on the {other}"],
    good: [measured("1.2.3", "7771000", "Left"), measured("1.2.4", "24028007", "Right")],
    bad: [measured("1.2.3", "24028007", "Right", isMarked: true)])
  static let reads = Reads(
    fields: [.trackingUID, .siteSide, .segmentSide, .regionSide], needs: [.trackingUID],
    vocabularies: [Vocabulary.laterality])
  static let kind = FactKind("medical-imaging/tracked-side")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 1024

  func state(_ record: Record, _ report: inout Report) {
    guard let uid = record.text(.trackingUID), !uid.isEmpty else { return }
    let sides = [Field.siteSide, .segmentSide, .regionSide].compactMap { record.first($0) }
    guard let field = sides.first, let side = Code(field)?.side(report) else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "tracked:" + uid)), at: field, payload: .text(side.rawValue))
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    for fact in group.facts where fact.text != first.text {
      report.finding(
        at: fact, "", ["own": fact.text, "other": first.text],
        related: [Related(at: first, "other", ["other": first.text])])
    }
  }

  private static func measured(_ uid: String, _ code: String, _ side: String, isMarked: Bool = false) -> String {
    func group(_ uid: String, _ side: String) -> String {
      #"{"TrackingIdentifier": "one", "TrackingUniqueIdentifier": "\#(uid)", "Laterality": \#(side), "measurementItems": []}"#
    }
    let second = MedicalExample.code(code, side)
    return
      #"{"Measurements": [\#(group("1.2.3", MedicalExample.code("7771000", "Left"))), \#(group(uid, isMarked ? "⟪\(second)⟫" : second))]}"#
  }
}
