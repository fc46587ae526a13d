import PluginKit

/// What the points of an outline add up to, in one pass over its text and without keeping them.
///
/// Reads `[x, y, x, y, …]`, `[[x, y], …]` and `[{"x": …, "y": …}, …]`.
struct Outline {
  /// How many numbers there are; two make a point.
  private(set) var count = 0
  /// As positive square pixels. Where an outline crosses itself, the parts count against each other.
  var area: Double { doubleArea.magnitude / 2 }
  /// In pixels, the way back to the first point included.
  var length: Double { walked + distance(last, first) }
  private(set) var minX = Double.infinity
  private(set) var minY = Double.infinity
  private(set) var maxX = -Double.infinity
  private(set) var maxY = -Double.infinity

  private typealias Point = (x: Double, y: Double)
  private var first: Point = (0, 0)
  private var last: Point = (0, 0)
  private var pendingX = 0.0
  private var doubleArea = 0.0
  /// The same with no part counted against another: 0 only if all points lie on one line.
  private var spread = 0.0
  private var walked = 0.0

  /// Read once, whichever rules ask.
  static func of(_ field: FieldValue, in record: Record) -> Outline {
    record.once("outline", of: field.value, reading: reading) { Outline(field.value) }
  }
  private static let reading: [Field] = [.polygon]

  init(_ value: Value) {
    var outline = Outline()
    value.eachNumber { outline.add($0) }
    self = outline
  }

  private init() {}

  /// Whether it is made of whole points, enough of them to enclose something.
  var isWhole: Bool { count >= 6 && count.isMultiple(of: 2) }

  /// All points lie on one line, so nothing is inside. Rounding of thousandths of a pixel does not count as width.
  var isFlat: Bool { spread / 2 <= 0.001 * max(maxX - minX, maxY - minY) }

  private mutating func add(_ number: Double) {
    count += 1
    guard count.isMultiple(of: 2) else {
      pendingX = number
      return
    }
    let point = (x: pendingX, y: number)
    if count == 2 {
      first = point
    } else {
      // Seen from the first point, so that far away from the origin no digits are lost.
      let cross = (last.x - first.x) * (point.y - first.y) - (point.x - first.x) * (last.y - first.y)
      doubleArea += cross
      spread += cross.magnitude
      walked += distance(last, point)
    }
    last = point
    (minX, minY) = (min(minX, point.x), min(minY, point.y))
    (maxX, maxY) = (max(maxX, point.x), max(maxY, point.y))
  }

  private func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }

  /// More points than these are not compared with each other.
  private static let mostCompared = 512

  /// Whether an outline crosses itself: then its area is not what is inside. `nil` if it has too many points to tell.
  ///
  /// Cost: each side with each other, so ask only where something is wrong.
  static func crossesItself(_ value: Value) -> Bool? {
    var numbers: [Double] = []
    value.eachNumber { numbers.append($0) }
    let points = numbers.count / 2
    guard points <= mostCompared else { return nil }
    guard points > 3 else { return false }
    func point(_ index: Int) -> Point { (numbers[index % points * 2], numbers[index % points * 2 + 1]) }
    func side(_ a: Point, _ b: Point, _ c: Point) -> Double { (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y) }
    for one in 0..<points {
      for other in (one + 1)..<points {
        let (a, b, c, d) = (point(one), point(one + 1), point(other), point(other + 1))
        if side(a, b, c) * side(a, b, d) < 0, side(c, d, a) * side(c, d, b) < 0 { return true }
      }
    }
    return false
  }
}

/// Everything that is drawn around one object.
struct Shape {
  /// Where it reaches.
  private(set) var extent: Box
  /// What is inside at least, and at most: several outlines may overlap, or be holes in each other.
  private(set) var area: ClosedRange<Double>
  /// In pixels, around all parts.
  private(set) var length: Double
  /// A packed mask says which pixels, and so exactly what is inside.
  let isMask: Bool

  /// Worked out once, whichever rules ask; `nil` if nothing is drawn, or something in it is no outline: that is another rule's to
  /// say.
  static func of(_ record: Record) -> Shape? {
    record.once("shape", of: record.root, reading: reading) { Shape(record) }
  }
  private static let reading: [Field] = [.polygon, .mask]

  private init?(_ record: Record) {
    if let mask = record.first(.mask) {
      guard case .pixels(let pixels) = PackedMask(mask.value)?.content, let extent = pixels.extent else { return nil }
      (self.extent, area, length) = (extent, Double(pixels.area)...Double(pixels.area), 0)
      isMask = true
      return
    }
    isMask = false
    var count = 0
    var (minX, minY, maxX, maxY) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
    var (sum, largest) = (0.0, 0.0)
    length = 0
    for field in record.each(.polygon) {
      count += 1
      let outline = Outline.of(field, in: record)
      guard outline.isWhole else { return nil }
      sum += outline.area
      largest = max(largest, outline.area)
      length += outline.length
      (minX, minY) = (min(minX, outline.minX), min(minY, outline.minY))
      (maxX, maxY) = (max(maxX, outline.maxX), max(maxY, outline.maxY))
    }
    guard count > 0, sum.isFinite, length.isFinite else { return nil }
    extent = Box(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
    area = max(0, count > 1 ? 2 * largest - sum : sum)...sum
  }
}
