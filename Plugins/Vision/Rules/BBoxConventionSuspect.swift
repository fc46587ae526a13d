import PluginKit

/// A file whose boxes make sense only if they are read in another way than its format says.
struct BBoxConventionSuspect: TallyRule {
  static let info = RuleInfo(
    id: "bbox-convention-suspect", severity: .error,
    summary: "The boxes of a file are written the way its format says.",
    why: "Every single box is wrong, though each file looks right by itself.",
    source: "At least 20 boxes, of which a tenth make no sense as stated and 98 of 100 do in the other way.",
    message:
      "The boxes in this file look like left, top, right, bottom. This format wants left, top, width, height: {wrong} of {count} boxes make no sense that way.",
    messages: [
      "center":
        "The boxes in this file look as if they began at their middle. This format counts from the left and the top: {wrong} of {count} boxes make no sense that way.",
      "relative":
        "The boxes in this file look like parts of the picture, from 0 to 1. This format wants pixels.",
      "percent":
        "The boxes in this file look like hundredths of the picture, from 0 to 100. This format wants pixels.",
      "convert": "Change all boxes of this file to left, top, width, height",
    ],
    good: [Self.example(count: 24) { [20 + 10 * $0, 30, 60, 40] }],
    bad: [Self.example(count: 24, marked: true) { [20 + 10 * $0, 130 + 4 * $0, 80 + 10 * $0, 230 + 4 * $0] }],
    silences: [
      "area-disagrees", "bbox-malformed", "bbox-out-of-image", "box-mask-disagree", "duplicate-geometry",
      "image-size-swapped", "retail-sku/shelf-box-overlaps-neighbour",
    ])
  static let reads = Reads(fields: [.box, .asset], lookups: [.definition(of: .asset)])
  static let kind = FactKind("vision/box-convention")
  static let states = [kind]
  static let recipes = [convert]
  static let convert = Recipe("convert-boxes", summary: "Writes every box as left, top, width, height.")

  static let minimumBoxes: Int64 = 20
  /// Share of boxes that must make no sense as stated. Good converters leave up to 16 % outside their picture, which makes
  /// no other way fit better.
  static let statedMisfit = 0.1
  /// Share of boxes that may make no sense in the other way.
  static let otherMisfit = 0.02
  /// Share of boxes that must lie past the middle before small numbers are taken for hundredths.
  static let spread = 0.25

  func tally(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.box), let box = WrittenBox.box(field) else { return }
    let size = ImageSize.ofPicture(record)
    // The key is the file: the host keeps what is stated under no name apart for each.
    report.tally(Self.kind, key: .text(""), bin: FittingConventions(box, in: size).rawValue, at: field)
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let counts = Counts(totals)
    guard counts.all >= Self.minimumBoxes, let convention = suspect(counts), let head = totals.firstPlace
    else { return }
    let isConvertible = convention == .corners || convention == .center
    report.finding(
      at: head, Self.message(for: convention), ["wrong": counts.all - counts.fitting(.stated), "count": counts.all],
      fixes: isConvertible
        ? [Fix("convert", recipe: Self.convert, argument: convention.rawValue, scope: .document)] : [])
  }

  private static func message(for convention: BoxConvention) -> String {
    switch convention {
    case .stated, .corners: ""
    case .center: "center"
    case .relative: "relative"
    case .percent: "percent"
    }
  }

  /// The other way that the boxes fit, if they don't fit as stated.
  private func suspect(_ counts: Counts) -> BoxConvention? {
    let fits = 1 - Self.otherMisfit
    if counts.share(.relative) >= fits { return .relative }
    let isSpread = counts.share(.isFarRight) >= Self.spread && counts.share(.isFarDown) >= Self.spread
    if counts.fitting(.percent) == counts.all, isSpread { return .percent }
    guard 1 - counts.share(.stated) >= Self.statedMisfit else { return nil }
    let best = [BoxConvention.corners, .center].max { counts.fitting($0) < counts.fitting($1) }
    return best.flatMap { counts.share($0) >= fits ? $0 : nil }
  }

  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    guard recipe == Self.convert, let convention = BoxConvention(rawValue: argument) else { return }
    for field in record.all(.box) {
      guard let box = WrittenBox(field), let exact = box.exact else { continue }
      let (x, y, c, d) = exact
      let converted: [ExactNumber?] =
        switch convention {
        case .corners: [x, y, c.minus(x), d.minus(y)]
        case .center: [c.half.flatMap(x.minus), d.half.flatMap(y.minus), c, d]
        case .stated, .relative, .percent: []
        }
      let numbers = converted.compactMap { $0 }
      guard numbers.count == 4 else { continue }
      for edit in box.edits(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]) { edits.add(edit) }
    }
  }

  /// How many boxes fit which way.
  private struct Counts {
    private(set) var all: Int64 = 0
    private var combinations: [(fits: FittingConventions, amount: Int64)] = []

    init(_ totals: Totals) {
      for total in totals {
        all &+= total.amount
        combinations.append((.init(rawValue: total.bin), total.amount))
      }
    }

    func fitting(_ convention: BoxConvention) -> Int64 { amount(.member(convention)) }
    func share(_ convention: BoxConvention) -> Double { share(.member(convention)) }
    func share(_ fits: FittingConventions) -> Double { all > 0 ? Double(amount(fits)) / Double(all) : 0 }

    private func amount(_ fits: FittingConventions) -> Int64 {
      combinations.reduce(0) { $1.fits.isSuperset(of: fits) ? $0 &+ $1.amount : $0 }
    }
  }

  /// A file with that many boxes in a picture of 640 × 480; the first may be marked.
  private static func example(count: Int, marked: Bool = false, box: (Int) -> [Int]) -> String {
    let labels = (0..<count).map { number in
      let written = "\(box(number))"
      return #"{"id": \#(number + 1), "image_id": 1, "bbox": \#(marked && number == 0 ? "⟪\(written)⟫" : written)}"#
    }
    return #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}"
  }
}
