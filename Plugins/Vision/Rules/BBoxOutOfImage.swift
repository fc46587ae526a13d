import PluginKit

/// A box that leaves its picture.
struct BBoxOutOfImage: RecordRule {
  static let info = RuleInfo(
    id: "bbox-out-of-image", severity: .warning,
    summary: "A box lies inside its picture.",
    why: "Trainers cut such a box, drop it, or learn from pixels that are not there.",
    source: "Half a pixel of tolerance, as in common checkers; converters round.",
    message: "This box reaches {pixels} px past the picture's right edge. The picture is {width} × {height}.",
    messages: [
      "left": "This box begins {pixels} px before the picture's left edge.",
      "top": "This box begins {pixels} px above the picture's top edge.",
      "bottom": "This box reaches {pixels} px past the picture's bottom edge. The picture is {width} × {height}.",
      "outside": "This box lies wholly outside its picture, which is {width} × {height}. Is it another picture's?",
      "picture": "The picture: {width} × {height}",
      "cut": "Cut the box at the picture's edge",
    ],
    good: [
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}], "annotations": [{"id": 1, "image_id": 1, "bbox": [90, 10, 10.5, 40]}]}"#
    ],
    bad: [
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}], "annotations": [{"id": 1, "image_id": 1, "bbox": ⟪[90, 10, 11, 40]⟫}]}"#,
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}], "annotations": [{"id": 1, "image_id": 1, "bbox": ⟪[200, 10, 11, 40]⟫}]}"#,
    ])
  // A label that says itself how large its picture is (as tools with boxes in hundredths do) needs no other place for it.
  static let reads = Reads(fields: [.box, .asset, .area, .width, .height], lookups: [.definition(of: .asset)])

  /// In pixels. Converters round to whole and half pixels; more than that is a mistake.
  static let tolerance = 0.5

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.box), let box = field.box, box.width > 0, box.height > 0 else { return }
    let stated = ImageSize.ofPicture(record)
    guard let size = stated ?? ImageSize(width: record.number(.width), height: record.number(.height)) else { return }
    // Nearly all boxes lie inside.
    guard max(-box.x, -box.y, box.maxX - size.width, box.maxY - size.height) > Self.tolerance else { return }
    let overhangs: [(side: String, pixels: Double)] = [
      ("left", -box.x), ("top", -box.y), ("", box.maxX - size.width), ("bottom", box.maxY - size.height),
    ]
    guard let worst = overhangs.max(by: { $0.pixels < $1.pixels }) else { return }
    let picture = record.definition(of: .asset)
    let isOutside = box.x >= size.width || box.y >= size.height || box.maxX <= 0 || box.maxY <= 0
    report.finding(
      at: field, isOutside ? "outside" : worst.side,
      ["pixels": worst.pixels, "width": size.width, "height": size.height],
      severity: isOutside ? .error : nil,
      related: picture.map { [Related(at: $0, "picture", ["width": size.width, "height": size.height])] } ?? [],
      fixes: isOutside ? [] : cut(field, to: size, area: record.first(.area)))
  }

  /// Not certain: the picture's size may be what is wrong.
  private func cut(_ field: FieldValue, to size: ImageSize, area: FieldValue?) -> [Fix] {
    guard let box = WrittenBox(field), let exact = box.exact,
      let width = Int(exactly: size.width), let height = Int(exactly: size.height),
      let (x, newWidth) = cut(exact.x, exact.width, box.box.x, box.box.maxX, at: width),
      let (y, newHeight) = cut(exact.y, exact.height, box.box.y, box.box.maxY, at: height)
    else { return [] }
    var edits = box.edits(x: x, y: y, width: newWidth, height: newHeight)
    if let area, let number = area.value.number, isArea(number, of: box.box), let product = newWidth.times(newHeight) {
      edits.append(.replace(area, with: product.text))
    }
    return [Fix("cut", edits: edits)]
  }

  private func cut(
    _ start: ExactNumber, _ side: ExactNumber, _ from: Double, _ to: Double, at edge: Int
  ) -> (ExactNumber, ExactNumber)? {
    let first = from < 0 ? ExactNumber.zero : start
    let last = to > Double(edge) ? ExactNumber(edge) : start.plus(side)
    guard let kept = last?.minus(first) else { return nil }
    return (first, from < 0 || to > Double(edge) ? kept : side)
  }

  /// Whether a stated area is the box's own, and not its outline's: within a pixel or a hundredth.
  private func isArea(_ number: Double, of box: Box) -> Bool {
    (number - box.area).magnitude <= max(1, box.area / 100)
  }
}
