import PluginKit

/// A box at the checkout that holds more than the thing it is drawn around.
struct CheckoutBoxLoose: GroupRule {
  static let info = RuleInfo(
    id: "checkout-box-loose", severity: .warning,
    summary: "At the checkout, a box is drawn closely around the outline of the same thing.",
    why: "Things lie on each other there: what a loose box holds besides is a hand, or what was sold next to it.",
    source:
      "A twelfth of the outline's width or height (8 %); a proposal, not yet measured. Boxes and outlines of one `entity` in one "
      + "picture; of a thing with two boxes nothing is said.",
    message:
      "The box reaches {pixels} px beyond the outline of the same thing. Draw it closer, or correct the outline.",
    messages: ["outline": "The outline", "draw": "Draw the box around the outline"],
    good: [
      visit(box: "[100, 50, 40, 80]"), visit(box: "[98, 45, 44, 88]"),
      visit(box: "[60, 50, 80, 80]", view: "shelf"),
    ],
    bad: [visit(box: "⟪[100, 50, 60, 80]⟫"), visit(box: "⟪[90, 30, 80, 120]⟫")])
  static let reads = Reads(
    fields: [.box, .polygon, .entity, .asset, .gtin, .unrecognised], needs: [.gtin, .unrecognised],
    lookups: [.definition(of: .asset), .definition(of: .entity)])
  static let kind = FactKind("retail-sku/checkout-outline")
  static let states = [kind]
  static let fewest = 2

  /// Share of the outline's width, or height, that a box may be larger on one side.
  static let share = 0.08
  /// In pixels: rounding, and boxes that count their last pixel.
  static let tolerance = 1.01

  func state(_ record: Record, _ report: inout Report) {
    // A box that brings its own outline is held against that.
    guard record.source.view == "checkout", (record.first(.box) == nil) != (record.first(.polygon) == nil),
      let picture = record.text(.asset), let thing = record.definition(of: .entity)
    else { return }
    guard let field = record.first(.box) ?? record.first(.polygon),
      let extent = field.box ?? Self.bounds(of: field.value),
      extent.width > 0, extent.height > 0
    else { return }
    report.state(
      Self.kind, key: .key(thing.key), at: field,
      payload: .text((field.box == nil ? "o " : "b ") + picture), extent: Extent(extent))
  }

  /// What an outline `[x, y, x, y, …]` spans.
  private static func bounds(of outline: Value) -> Box? {
    var numbers: [Double] = []
    outline.eachNumber { numbers.append($0) }
    guard numbers.count >= 6, numbers.count.isMultiple(of: 2), numbers.allSatisfy(\.isFinite) else { return nil }
    let x = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
    let y = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max() else { return nil }
    return Box(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// All boxes and outlines of one thing.
  func group(_ group: Group, _ report: inout Report) {
    var pictures: [String: (boxes: [Fact], outlines: [Fact])] = [:]
    for fact in group.facts {
      let (isBox, picture) = (fact.text.hasPrefix("b "), String(fact.text.dropFirst(2)))
      if isBox {
        pictures[picture, default: ([], [])].boxes.append(fact)
      } else {
        pictures[picture, default: ([], [])].outlines.append(fact)
      }
    }
    for (_, seen) in pictures.sorted(by: { $0.key < $1.key }) {
      guard seen.boxes.count == 1, let fact = seen.boxes.first, let box = fact.extent?.box,
        let outline = Self.union(seen.outlines.compactMap { $0.extent?.box }), let pixels = Self.excess(box, outline)
      else { continue }
      let numbers = [outline.x, outline.y, outline.width, outline.height].map { ($0 * 100).rounded() / 100 }
      report.finding(
        at: fact, "", ["pixels": pixels], related: seen.outlines.prefix(4).map { Related(at: $0, "outline") },
        fixes: [
          Fix(
            "draw",
            edits: [.replace(fact, with: "[" + numbers.map(\.argumentText).joined(separator: ", ") + "]")])
        ])
    }
  }

  /// What several parts of one thing span.
  private static func union(_ parts: [Box]) -> Box? {
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(first) { all, part in
      let (x, y) = (min(all.x, part.x), min(all.y, part.y))
      return Box(x: x, y: y, width: max(all.maxX, part.maxX) - x, height: max(all.maxY, part.maxY) - y)
    }
  }

  /// How far the box reaches beyond on the worst side, in pixels; `nil` if not too far, or if the two lie apart.
  private static func excess(_ box: Box, _ outline: Box) -> Double? {
    let shared = box.intersection(outline)
    guard shared.width > 0, shared.height > 0 else { return nil }
    let wide = max(outline.x - box.x, box.maxX - outline.maxX)
    let high = max(outline.y - box.y, box.maxY - outline.maxY)
    let isWide = wide > max(share * outline.width, tolerance)
    let isHigh = high > max(share * outline.height, tolerance)
    guard isWide || isHigh else { return nil }
    return max(isWide ? wide : 0, isHigh ? high : 0)
  }

  /// A thing of 40 × 80 in a picture, with its outline and this box.
  private static func visit(box: String, view: String = "checkout") -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "image", "view": "\#(view)", "uri": "cam.png", "width": 640, "height": 480}], "#
      + #""entities": [{"id": "e1", "class": "8936000010140"}], "annotations": ["#
      + #"{"id": "a1", "source": "cam", "entity": "e1", "kind": "bbox", "bbox": \#(box), "label": "8936000010140"}, "#
      + #"{"id": "a2", "source": "cam", "entity": "e1", "kind": "polygon", "polygon": [100, 50, 140, 60, 130, 130, 105, 120], "label": "8936000010140"}]}]}"#
  }
}
