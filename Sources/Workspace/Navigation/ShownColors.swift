import Manifest
import Schema

/// A value that is a color; red, green, blue and opacity from 0 to 1.
package struct ShownColor: Sendable, Hashable {
  package var range: Range<Int>
  package var red: Double
  package var green: Double
  package var blue: Double
  package var alpha: Double
  package init(range: Range<Int>, red: Double, green: Double, blue: Double, alpha: Double) {
    self.range = range
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}

extension DocumentSnapshot {
  /// The colors of classes and labels, where the format says that a value is one; at most `limit`, in order.
  package func colors(limit: Int) -> [ShownColor] {
    guard let displays = dialect?.program.displays, displays.contains(.hexColor) || displays.contains(.rgbColor) else {
      return []
    }
    var found: [ShownColor] = []
    sampleRecords(goesOn: { found.count < limit }) { reading in
      let colors = reading.colors
      found += colors
      return !colors.isEmpty
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    return Array(found.prefix(limit))
  }

  /// How another color is written in place of the value at a range; `nil` if no color stands there.
  package func text(of color: ShownColor) -> String? {
    guard let reader = RecordReader(self),
      let reading = reader.read(document.innermostRecord(at: color.range.lowerBound)),
      let use = reading.evaluation.displays.first(where: { reading.range(of: Int($0.node)) == color.range })
    else { return nil }
    let written = Array(reading.tree.text(of: Int(use.node)))
    let parts = [color.red, color.green, color.blue].map { Self.byte($0) }
    switch use.form {
    case .file: return nil
    case .hexColor:
      let isLower = written.contains { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
      // `#RRGGBBAA` keeps its opacity; without one, only a color that is not opaque gets it.
      let hasAlpha = written.count == 11 || Self.byte(color.alpha) < 255
      let digits = (parts + (hasAlpha ? [Self.byte(color.alpha)] : [])).map { Self.hex($0, isLower) }.joined()
      return "\"#\(digits)\""
    case .rgbColor: return Self.replacingNumbers(of: written, by: parts)
    }
  }

  private static func byte(_ part: Double) -> Int { part.isFinite ? Int((min(max(part, 0), 1) * 255).rounded()) : 0 }

  private static func hex(_ byte: Int, _ isLower: Bool) -> String {
    let digits = String(byte, radix: 16, uppercase: !isLower)
    return digits.utf8.count < 2 ? "0" + digits : digits
  }

  /// The list as it stands with other numbers in it.
  private static func replacingNumbers(of text: [UInt8], by numbers: [Int]) -> String? {
    var out: [UInt8] = []
    var next = 0
    var isNumber = false
    for byte in text {
      let isPart = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
      if isPart, !isNumber {
        guard next < numbers.count else { return nil }
        out += Array(String(numbers[next]).utf8)
        next += 1
      }
      if !isPart { out.append(byte) }
      isNumber = isPart
    }
    return next == numbers.count ? String(decoding: out, as: UTF8.self) : nil
  }
}

extension RecordReading {
  fileprivate var colors: [ShownColor] {
    evaluation.displays.compactMap { use in
      let node = Int(use.node)
      guard !isPrivate(node), let range = range(of: node) else { return nil }
      let parts: [Double]?
      switch use.form {
      case .file: return nil
      case .hexColor: parts = Self.parts(hex: tree.scalarText(of: node), isText: tree.nodes[node].kind == .string)
      case .rgbColor: parts = numbers(of: node)
      }
      return parts.map { ShownColor(range: range, red: $0[0], green: $0[1], blue: $0[2], alpha: $0[3]) }
    }
  }

  /// `#RGB`, `#RRGGBB` or `#RRGGBBAA`.
  private static func parts(hex text: [UInt8], isText: Bool) -> [Double]? {
    guard isText, [4, 7, 9].contains(text.count), text[0] == UInt8(ascii: "#") else { return nil }
    let digits = text.dropFirst().compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == text.count - 1 else { return nil }
    let bytes =
      digits.count == 3
      ? digits.map { $0 * 17 }
      : stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
    return (bytes + [255]).prefix(4).map { Double($0) / 255 }
  }

  /// `[255, 128, 0]`.
  private func numbers(of node: Int) -> [Double]? {
    guard tree.nodes[node].kind == .array, tree.nodes[node].childCount == 3 else { return nil }
    let numbers = tree.children(of: node).compactMap { tree.double(of: $0) }
    guard numbers.count == 3, numbers.allSatisfy({ (0...255).contains($0) }) else { return nil }
    return numbers.map { $0 / 255 } + [1]
  }
}
