import PluginKit

/// A box whose four numbers stand in one array, in the order left, top, width, height: one that can be rewritten number by
/// number. Boxes of other conventions have other numbers in their text than in `box`, and give `nil`.
struct WrittenBox {
  let box: Box
  let elements: [Value]
  init?(_ field: FieldValue) {
    guard field.value.kind == .array, let box = field.box else { return nil }
    let elements = Array(field.value.children)
    guard elements.count == 4, elements[0].number == box.x, elements[1].number == box.y,
      elements[2].number == box.width, elements[3].number == box.height
    else { return nil }
    self.box = box
    self.elements = elements
  }

  /// The box alone, for those who look at very many. Costs no allocation.
  static func box(_ field: FieldValue) -> Box? {
    guard field.value.kind == .array, field.value.count == 4, let box = field.box else { return nil }
    var place = 0
    for element in field.value.children {
      let expected = place == 0 ? box.x : place == 1 ? box.y : place == 2 ? box.width : box.height
      guard element.number == expected else { return nil }
      place += 1
    }
    return box
  }

  /// As written; `nil` where a number has an exponent or too many digits.
  var exact: (x: ExactNumber, y: ExactNumber, width: ExactNumber, height: ExactNumber)? {
    let exact = elements.compactMap { ExactNumber($0.raw) }
    return exact.count == 4 ? (exact[0], exact[1], exact[2], exact[3]) : nil
  }

  /// Edits that make the four numbers these; only what differs is touched.
  func edits(x: ExactNumber, y: ExactNumber, width: ExactNumber, height: ExactNumber) -> [Edit] {
    zip(elements, [x, y, width, height]).compactMap { element, number in
      element.raw == number.text ? nil : .replace(element, with: number.text)
    }
  }
}
