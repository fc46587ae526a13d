import PluginKit

/// A box whose four numbers stand in one array, in the order left, top, width, height: one that can be rewritten number by
/// number. Boxes of other conventions have other numbers in their text than in `box`, and give `nil`.
struct WrittenBox {
  let box: Box
  let elements: [Value]
  /// As written; `nil` where a number has an exponent or too many digits.
  let exact: (x: ExactNumber, y: ExactNumber, width: ExactNumber, height: ExactNumber)?

  init?(_ field: FieldValue) {
    guard field.value.kind == .array, let box = field.box else { return nil }
    let elements = Array(field.value.children)
    let written = elements.compactMap(\.number)
    guard written == [box.x, box.y, box.width, box.height] else { return nil }
    self.box = box
    self.elements = elements
    let exact = elements.compactMap { ExactNumber($0.raw) }
    self.exact = exact.count == 4 ? (exact[0], exact[1], exact[2], exact[3]) : nil
  }

  /// Edits that make the four numbers these; only what differs is touched.
  func edits(x: ExactNumber, y: ExactNumber, width: ExactNumber, height: ExactNumber) -> [Edit] {
    zip(elements, [x, y, width, height]).compactMap { element, number in
      element.raw == number.text ? nil : .replace(element, with: number.text)
    }
  }
}
