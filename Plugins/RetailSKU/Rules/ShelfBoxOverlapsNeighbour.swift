import PluginKit

/// Two products on one shelf board whose boxes reach into each other.
struct ShelfBoxOverlapsNeighbour: NeighborRule {
  static let info = RuleInfo(
    id: "shelf-box-overlaps-neighbour", severity: .warning,
    summary: "The boxes of two products that stand side by side don't reach into each other.",
    why: "A box that holds part of the next product teaches the model the wrong look, and shelf shares come out wrong.",
    source: "A tenth of the narrower product's width; a proposal, not yet measured.",
    message:
      "This box reaches {pixels} px into the product beside it. On a shelf they stand side by side: one "
      + "of the two boxes is too wide.",
    messages: ["beside": "The product beside it"],
    good: [
      RetailExample.shelf(box(1, [10, 10, 50, 100]), box(2, [58, 12, 50, 98])),
      RetailExample.shelf(box(1, [10, 10, 50, 100]), box(2, [10, 90, 50, 100])),
      RetailExample.shelf(box(1, [10, 10, 50, 100], row: 2), box(2, [50, 40, 50, 100], row: 1)),
    ],
    bad: [
      RetailExample.shelf(box(1, [10, 10, 50, 100]), box(2, "⟪[48, 12, 50, 98]⟫")),
      RetailExample.shelf(box(1, "⟪[10, 10, 80, 100]⟫"), box(2, [68, 12, 50, 98])),
    ])
  static let reads = Reads(
    fields: [.box, .asset, .gtin, .unrecognised, .row], needs: [.gtin, .unrecognised],
    lookups: [.definition(of: .asset)])
  static let kind = FactKind("retail-sku/shelf-box")
  static let relation = Relation.overlapping
  static let states = [kind]

  /// Share of the narrower product's width that may be covered.
  static let coveredWidth = 0.1
  /// In pixels: rounding, and boxes that count their last pixel.
  static let tolerance = 1.0
  /// Share of the lower product's height that two products of one board have in common.
  static let sharedHeight = 0.5
  /// From here on two boxes are one object, labelled twice: another rule's.
  static let sameObject = 0.95

  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.box), let box = field.box, box.width > 0, box.height > 0 else { return }
    guard let product = record.first(.gtin) ?? record.first(.unrecognised) else { return }
    guard let picture = record.definition(of: .asset), record.source.view == "shelf" else { return }
    let item = ShelfItem(row: record.number(.row), label: product.text ?? "")
    report.state(
      Self.kind, key: .key(picture.key), at: field, payload: item.payload, extent: Extent(box))
  }

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let box = fact.extent?.box, let item = ShelfItem(fact) else { return }
    var worst = 0.0
    var neighbours: [Related] = []
    for other in related {
      guard let otherBox = other.extent?.box, let otherItem = ShelfItem(other),
        let pixels = overlap(box, item, otherBox, otherItem), isToBlame(fact, box, other, otherBox)
      else { continue }
      worst = max(worst, pixels)
      if neighbours.count < 8 { neighbours.append(Related(at: other, "beside")) }
    }
    guard worst > 0 else { return }
    report.finding(at: fact, "", ["pixels": worst], related: neighbours)
  }

  /// How far two boxes of one board reach into each other, in pixels; `nil` if not too far.
  private func overlap(_ a: Box, _ item: ShelfItem, _ b: Box, _ other: ShelfItem) -> Double? {
    if let row = item.row, let otherRow = other.row, row != otherRow { return nil }
    if item.label == other.label, a.overlap(b) >= Self.sameObject { return nil }
    let shared = a.intersection(b)
    guard shared.height >= Self.sharedHeight * min(a.height, b.height) else { return nil }
    let limit = max(Self.coveredWidth * min(a.width, b.width), Self.tolerance)
    return shared.width > limit ? shared.width : nil
  }

  /// A pair is reported once: at the wider box, of two equal ones at the later.
  private func isToBlame(_ fact: Fact, _ box: Box, _ other: Fact, _ otherBox: Box) -> Bool {
    box.width == otherBox.width ? other.stands(before: fact) : box.width > otherBox.width
  }

  private static func box(_ number: Int, _ numbers: [Int], row: Int? = nil) -> String {
    box(number, "\(numbers)", row: row)
  }

  private static func box(_ number: Int, _ numbers: String, row: Int? = nil) -> String {
    #"{"id": "a\#(number)", "source": "front", "kind": "bbox", "bbox": \#(numbers), "label": "8934563138165""#
      + (row.map { #", "row": \#($0)"# } ?? "") + "}"
  }
}

/// What a fact of a product on a shelf carries.
private struct ShelfItem {
  var row: Double?
  var label: String

  init(row: Double?, label: String) {
    self.row = row
    self.label = label
  }

  init?(_ fact: Fact) {
    let parts = fact.text.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    row = Double(parts[0])
    label = String(parts[1])
  }

  /// The label is cut so that the payload fits; two labels are compared only to tell one product from two.
  var payload: Payload {
    .text((row.map { "\($0)" } ?? "") + "\u{1F}" + String(decoding: label.utf8.prefix(128), as: UTF8.self))
  }
}

extension Extent {
  /// `nil` for an interval.
  var box: Box? {
    guard case .box(let minX, let minY, let maxX, let maxY) = self else { return nil }
    return Box(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }
}
