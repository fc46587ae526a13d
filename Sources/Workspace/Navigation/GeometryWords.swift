import Manifest

/// Numbers as people say them.
enum GeometryWords {
  /// A field's canonical numbers in words; `nil` if there are none, or not as many as its form has.
  static func text(of entry: RoleTable.Entry, in roles: RoleTable, language: String) -> String? {
    let start = Int(entry.numberStart)
    let (end, overflow) = start.addingReportingOverflow(Int(entry.numberCount))
    guard !overflow, end <= roles.numbers.count else { return nil }
    let numbers = Array(roles.numbers[start..<end])
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    switch entry.geometry {
    case .box where numbers.count == 4: return phrase("box", box(numbers), language)
    case .point where numbers.count == 2: return phrase("point", [("x", numbers[0]), ("y", numbers[1])], language)
    case .polygon where numbers.count >= 6: return polygon(numbers, language)
    case .interval where numbers.count == 2:
      let length = numbers[1] - numbers[0]
      return Phrases.text(
        "interval", [("start", time(numbers[0])), ("end", time(numbers[1])), ("length", time(length))], in: language)
    case .cuboid where numbers.count == 7:
      let names = ["x", "y", "z", "length", "width", "height"]
      let angle = number(numbers[6] * 180 / Double.pi)
      return Phrases.text(
        "cuboid", zip(names, numbers).map { ($0, number($1)) } + [("angle", angle)], in: language)
    default: return nil
    }
  }

  /// A number with its unit: times as `1:02.5`, others with the unit behind.
  static func text(of value: Double, unit: String, written: String) -> String? {
    guard value.isFinite else { return nil }
    if let seconds = seconds[unit] { return time(value * seconds) }
    let word =
      switch unit {
      case "px": "pixels"
      case "m": "meters"
      case "deg": "°"
      case "percent": "%"
      default: unit
      }
    return written + (word == "°" ? "" : " ") + word
  }

  private static let seconds: [String: Double] = ["s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]

  private static func phrase(_ key: String, _ values: [(String, Double)], _ language: String) -> String {
    Phrases.text(key, values.map { ($0.0, number($0.1)) }, in: language)
  }

  private static func box(_ n: [Double]) -> [(String, Double)] {
    [("left", n[0]), ("top", n[1]), ("width", n[2]), ("height", n[3])]
  }

  private static func polygon(_ numbers: [Double], _ language: String) -> String? {
    let (xs, ys) = (stride(from: 0, to: numbers.count - 1, by: 2), stride(from: 1, to: numbers.count, by: 2))
    let (x, y) = (xs.map { numbers[$0] }, ys.map { numbers[$0] })
    guard let left = x.min(), let right = x.max(), let top = y.min(), let bottom = y.max() else { return nil }
    let around = box([left, top, right - left, bottom - top]).map { ($0.0, number($0.1)) }
    return Phrases.text("polygon", [("count", String(x.count))] + around, in: language)
  }

  /// Up to two decimals, without idle zeros.
  static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    guard rounded.isFinite, abs(rounded) < 1e15 else { return "\(value)" }
    if rounded == rounded.rounded() { return String(Int64(rounded)) }
    return "\(rounded)"
  }

  /// Seconds as `m:ss`, with milliseconds where there are any and hours where they are needed.
  static func time(_ seconds: Double) -> String {
    let thousandths = (abs(seconds) * 1000).rounded()
    guard thousandths < 1e15 else { return "\(seconds) s" }
    let all = Int64(thousandths)
    let (hours, minutes, whole, rest) = (all / 3_600_000, all / 60_000 % 60, all / 1000 % 60, all % 1000)
    var text = hours > 0 ? "\(hours):\(padded(minutes, 2)):" : "\(minutes):"
    text += padded(whole, 2)
    if rest > 0 {
      var decimals = padded(rest, 3)
      while decimals.last == "0" { decimals.removeLast() }
      text += "." + decimals
    }
    return (seconds < 0 && all > 0 ? "-" : "") + text
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
