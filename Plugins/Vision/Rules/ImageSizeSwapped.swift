import PluginKit

/// A picture whose boxes fit only if its width and height are exchanged.
struct ImageSizeSwapped: GroupRule {
  static let info = RuleInfo(
    id: "image-size-swapped", severity: .error,
    summary: "A picture's width and height are not exchanged.",
    why: "Every box of the picture is moved or cut when its labels are read.",
    source:
      "Three boxes at least that reach out of the picture by a twentieth of its side and would lie inside the exchanged one, "
      + "and none that would not.",
    message:
      "The picture seems to be {height} × {width}, not {width} × {height}: {count} boxes reach far out of it, and all fit if width and height are exchanged.",
    messages: [
      "box": "Reaches out of the picture",
      "exchange": "Exchange the picture's width and height",
    ],
    good: [
      example((480, 640), ["[20, 400, 60, 70]", "[30, 560, 60, 70]", "[130, 560, 60, 70]"]),
      example((640, 480), ["[20, 400, 60, 120]", "[30, 560, 60, 70]", "[130, 560, 60, 70]", "[560, 30, 70, 60]"]),
      example((640, 480), ["[30, 560, 60, 70]", "[130, 560, 60, 70]"]),
    ],
    bad: [
      example(
        (640, 480), ["[20, 400, 60, 120]", "[30, 560, 60, 70]", "[130, 560, 60, 70]", "[100, 100, 60, 70]"],
        isMarked: true)
    ],
    silences: ["bbox-out-of-image"])
  static let reads = Reads(fields: [.box, .asset, .width, .height, .id], lookups: [.definition(of: .asset)])
  static let kind = FactKind("vision/side")
  static let states = [kind]
  static let recipes = [exchange]
  static let exchange = Recipe("exchange-sizes", summary: "Exchanges the width and height of a picture.")
  /// The first boxes of a picture tell enough; an aerial one has tens of thousands.
  static let most: Int? = 256
  static let fewest = leastBoxes

  private static let leastBoxes = 3
  /// Share of the side by which a box must reach out: less than that is rounding, or a hand that slipped.
  private static let leastOverhang = 0.05

  /// States which boxes tell the picture's sides apart, and what they say.
  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.box), let box = field.box, box.width > 0, box.height > 0,
      let picture = record.definition(of: .asset), let size = ImageSize.ofPicture(record), size.width != size.height
    else { return }
    let exchanged = size.exchanged
    let fitsExchanged = Self.overhang(box, exchanged) <= 0
    guard !fitsExchanged || Self.overhang(box, size) >= Self.leastOverhang else { return }
    // Most boxes speak for the size as it is stated, and need say no more.
    guard fitsExchanged else { return report.state(Self.kind, key: .key(picture.key), at: field) }
    // An id that is a number stands once in a file, which the fix relies on.
    let id = record.first(.asset).flatMap { $0.value.kind == .number ? $0.value.raw : nil } ?? ""
    report.state(
      Self.kind, key: .key(picture.key), at: field, also: ["picture": picture],
      payload: .text("\(size.width.argumentText) \(size.height.argumentText) \(id)"))
  }

  /// By which share of a side a box reaches out of a picture; 0 or less if it lies inside.
  private static func overhang(_ box: Box, _ size: ImageSize) -> Double {
    max(
      max(-box.x, box.maxX - size.width) / size.width,
      max(-box.y, box.maxY - size.height) / size.height)
  }

  func group(_ group: Group, _ report: inout Report) {
    var boxes: [Fact] = []
    for fact in group.facts {
      guard fact.withPayload({ !$0.isEmpty }) else { return }
      boxes.append(fact)
    }
    guard boxes.count >= Self.leastBoxes, let first = boxes.first, let picture = first.place(named: "picture") else {
      return
    }
    let parts = first.text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return }
    let arguments: Arguments = ["width": parts[0], "height": parts[1], "count": boxes.count]
    let fix = Fix("exchange", recipe: Self.exchange, argument: first.text, scope: .document)
    report.finding(
      at: picture, "", arguments, related: boxes.prefix(8).map { Related(at: $0, "box") },
      fixes: parts[2].isEmpty ? [] : [fix])
  }

  /// Of the one picture with that size and id.
  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    let parts = argument.split(separator: " ")
    guard recipe == Self.exchange, parts.count == 3, record.role == .asset, let id = record.first(.id),
      id.value.raw == parts[2], let width = record.first(.width), let height = record.first(.height),
      width.value.number?.argumentText == String(parts[0]), height.value.number?.argumentText == String(parts[1])
    else { return }
    edits.add(.replace(width, with: height.value.raw))
    edits.add(.replace(height, with: width.value.raw))
  }

  private static func example(_ size: (width: Int, height: Int), _ boxes: [String], isMarked: Bool = false) -> String {
    let labels = boxes.enumerated().map { #"{"id": \#($0 + 1), "image_id": 1, "bbox": \#($1)}"# }
    return
      #"{"images": [{"id": \#(isMarked ? "⟪1⟫" : "1"), "file_name": "a.png", "width": \#(size.width), "height": \#(size.height)}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}"
  }
}
