/// Boxes of one picture, by what they share.
struct Boxes: Comparator {
  struct Reading: Hashable, Sendable {
    var minX: Double
    var minY: Double
    var maxX: Double
    var maxY: Double
    var area: Double { (maxX - minX) * (maxY - minY) }
  }

  private let minimumIoU: Double

  init(minimumIoU: Double) { self.minimumIoU = minimumIoU }

  var isTolerant: Bool { true }
  var hasRecurringValues: Bool { false }

  /// A box without an area, or with sides that are no numbers, takes no part.
  func reading(of value: ClaimValue) -> Reading? {
    guard let extent = value.extent, extent.form == .box else { return nil }
    let box = Reading(minX: extent.minX, minY: extent.minY, maxX: extent.maxX, maxY: extent.maxY)
    return box.area.isFinite && box.maxX > box.minX && box.maxY > box.minY ? box : nil
  }

  func verdict(_ a: Reading, _ b: Reading, steps: inout Int) -> Verdict {
    // What is lost in rounding is no difference.
    Self.iou(a, b) >= minimumIoU - 1e-12 ? .agree : .differ
  }

  /// Intersection over union, 0…1.
  static func iou(_ a: Reading, _ b: Reading) -> Double {
    let width = min(a.maxX, b.maxX) - max(a.minX, b.minX)
    let height = min(a.maxY, b.maxY) - max(a.minY, b.minY)
    guard width > 0, height > 0 else { return 0 }
    let shared = width * height
    let covered = a.area + b.area - shared
    return covered > 0 ? min(1, shared / covered) : 0
  }

  /// Where a box stands in another format need not be how it is written in this one.
  func replacement(of value: ClaimValue, by other: ClaimValue) -> ClaimValue? { nil }
}
