import PluginKit

/// One object labelled twice.
struct DuplicateGeometry: NeighborRule {
  static let info = RuleInfo(
    id: "duplicate-geometry", severity: .warning,
    summary: "An object is labelled once.",
    why: "The object counts twice in training and in every figure.",
    source: "Boxes that share 95 % of their joint area; people drawing the same object twice stay below it.",
    message: "The same object is labelled twice: this box lies on another one with the same name.",
    messages: [
      "first": "The first label of it",
      "remove": "Remove this label, keep the first",
    ],
    good: [
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40]}, {"id": 2, "image_id": 1, "category_id": 2, "bbox": [10, 10, 40, 40]}, {"id": 3, "image_id": 2, "category_id": 1, "bbox": [10, 10, 40, 40]}]}"#,
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "iscrowd": 1, "bbox": [10, 10, 40, 40]}, {"id": 2, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40]}]}"#,
    ],
    bad: [
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40]}, {"id": 2, "image_id": 1, "category_id": 1, "bbox": ⟪[10, 10, 40, 40.5]⟫}]}"#
    ])
  // Crowds are no regions: their format gives them no role, so the host states no fact of them.
  static let kind = FactKind.region
  static let relation = Relation.overlapping

  /// Shared area over joint area from which two boxes are one.
  static let threshold = 0.95

  func relate(_ fact: Fact, to related: Facts, _ report: inout Report) {
    guard let box = fact.extent?.box else { return }
    let label = fact.payload
    let first = related.first { other in
      other.stands(before: fact) && other.payload == label
        && other.extent?.box.map { $0.overlap(box) >= Self.threshold } == true
    }
    guard let first else { return }
    let whole = fact.place(named: "record")
    report.finding(
      at: fact, related: [Related(at: first, "first")],
      fixes: whole.map { [Fix("remove", edits: [.remove($0)])] } ?? [])
  }
}

extension Extent {
  /// `nil` for an interval.
  var box: Box? {
    guard case .box(let minX, let minY, let maxX, let maxY) = self else { return nil }
    return Box(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }
}
