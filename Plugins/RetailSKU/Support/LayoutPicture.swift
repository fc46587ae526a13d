/// One picture of one sample. Names compare by their bytes.
struct LayoutPicture: Hashable {
  private let sample: [UInt8]
  private let picture: [UInt8]

  init(_ item: LayoutItem) {
    sample = Array(item.sample.utf8)
    picture = Array(item.picture.utf8)
  }
}

extension LayoutItem {
  /// Whether this is a box of a product that is said to be there, or of which nothing is said.
  package func isFacing(of product: String) -> Bool {
    side == .seen && self.product == product && !isGap && left != nil && status != Compliance.outOfStock
  }

  /// How many stand side by side: boxes that share half of the narrower one's width stand on or behind each other.
  package static func columns(_ items: [LayoutItem]) -> Int {
    var last: (left: Double, right: Double)?
    var count = 0
    for item in items.sorted(by: { ($0.left ?? 0) < ($1.left ?? 0) }) {
      guard let left = item.left, let right = item.right else { continue }
      if let last, min(last.right, right) - left > min(right - left, last.right - last.left) / 2 { continue }
      count += 1
      last = (left, right)
    }
    return count
  }
}
