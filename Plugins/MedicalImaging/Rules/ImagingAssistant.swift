import PluginKit

/// Helps while images are labelled: whole codes of the chosen category, sides where there are two, the categories of the stated
/// version; and shows what a category means for the size beside it.
struct ImagingAssistant: Assistant {
  static let reads = Reads(
    fields: [
      .segmentCategory, .segmentType, .segmentSide, .categorySystem, .categoryVersion, .categoryValue, .noduleType,
      .noduleStatus, .longAxis, .shortAxis, .solidPart,
    ], vocabularies: [Vocabulary.segments, Vocabulary.categories, Vocabulary.lungRADS])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    func isAt(_ field: Field) -> Bool { record.first(field)?.place == value.place }
    if isAt(.segmentType) {
      offerTypes(record, &offers)
    } else if isAt(.segmentSide) {
      offerSides(record, &offers)
    } else if isAt(.categoryValue) {
      offerCategories(record, &offers)
    }
  }

  // MARK: Codes

  /// Those that people draw most, by code.
  private static let types = [
    "39607008", "72481006", "45653009", "90572001", "10200004", "64033007", "78961009", "15776009", "28231008",
    "69695003", "80891009", "12738006", "76752008", "41216001", "35039007", "15497006", "23451007", "2748008",
    "15825003", "44567001", "32849002", "81745001", "27925004", "4147007", "367643001", "108369006", "86049000",
    "14799000", "79654002", "50960005", "6574001", "44132006", "51114001", "29092000", "272673000", "59441001",
    "39937001", "71616004", "74947009", "78014005", "19923001", "65818007",
  ]

  private func offerTypes(_ record: Record, _ offers: inout Offers) {
    let category = Code(record.first(.segmentCategory))?.text ?? ""
    for code in Self.types {
      guard let term = offers.call.term(code, in: Vocabulary.segments),
        category.isEmpty || term.broader.contains(category)
      else { continue }
      offers.add(term.label, value: Code.json(code, term.label), detail: "SCT " + code)
    }
  }

  private func offerSides(_ record: Record, _ offers: inout Offers) {
    let type = Code(record.first(.segmentType)).flatMap { offers.call.term($0.text, in: Vocabulary.segments) }
    // What is there once has no side, and what names its side needs none.
    let isSingle = type.map { type in
      ["unpaired", "left-sided", "right-sided"].contains { type.broader.contains($0) }
    }
    guard isSingle != true else { return }
    for (code, meaning) in [("24028007", "Right"), ("7771000", "Left"), ("51440002", "Right and left")] {
      offers.add(meaning, value: Code.json(code, meaning), detail: "SCT " + code)
    }
  }

  // MARK: Categories

  private static let values = [
    "0", "1", "2", "3", "4", "4A", "4B", "4C", "4X", "5", "6", "LR-NC", "LR-1", "LR-2", "LR-3", "LR-4", "LR-5", "LR-M",
    "LR-TIV",
  ]

  private func offerCategories(_ record: Record, _ offers: inout Offers) {
    guard let system = record.text(.categorySystem).flatMap({ offers.call.term($0, in: Vocabulary.categories)?.id }),
      let version = record.text(.categoryVersion)
    else { return }
    let fitting = fitting(record, offers.call)
    for value in Self.values where offers.call.term("\(system)/\(version)/\(value)", in: Vocabulary.categories) != nil {
      let isRight = fitting?.values.contains(value) == true
      offers.add(value, value: JSON.quoted(value), detail: isRight ? fitting?.row ?? "" : "\(system) \(version)")
    }
  }

  private func fitting(_ record: Record, _ call: HostCall) -> LungRADS? {
    guard let version = record.text(.categoryVersion), let size = record.number(.longAxis) else { return nil }
    return LungRADS(
      version: version, type: record.text(.noduleType) ?? "", status: record.text(.noduleStatus) ?? "", long: size,
      short: record.number(.shortAxis), solid: record.number(.solidPart), { call.term($0, in: Vocabulary.lungRADS) })
  }

  func hover(_ record: Record, at value: Value, _ hover: inout Hover) {
    guard let field = record.first(.categoryValue), field.place == value.place,
      record.text(.categorySystem).flatMap({ hover.call.term($0, in: Vocabulary.categories)?.id }) == "Lung-RADS",
      let fitting = fitting(record, hover.call)
    else { return }
    let values = fitting.values.map { "**\($0)**" }.joined(separator: ", ")
    hover.show("Lung-RADS by size: \(values) (\(fitting.row))")
  }
}
