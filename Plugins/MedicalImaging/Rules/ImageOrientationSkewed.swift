import PluginKit

/// Directions of rows and columns that no image can have.
struct ImageOrientationSkewed: RecordRule {
  static let info = RuleInfo(
    id: "image-orientation-skewed", severity: .error,
    summary: "An image's rows and columns lead at right angles to each other.",
    why: "Programs that lay images over each other place this one askew, and labels drawn on it elsewhere.",
    source:
      "DICOM PS3.3, section C.7.6.2.1.1: two directions of length 1, at right angles. A hundredth is left to rounding.",
    message:
      "The two directions are not at right angles, or not of length 1. Copy the six numbers from the image's own header.",
    messages: [
      "spacing": "Pixels must be some way apart, and here it says {found} mm. Copy it from the image's header."
    ],
    good: [
      object("00200037", "[1, 0, 0, 0, 0.7071, -0.7071]"), object("00280030", "[0.7, 0.7]"),
      object("00200037", #"["1", "0", "0", "0", "1", "0"]"#),
    ],
    bad: [
      object("00200037", "⟪[1, 0, 0, 1, 0, 0]⟫"), object("00200037", "⟪[1, 0, 0, 0, 0.5, 0]⟫"),
      object("00280030", "[0.7, ⟪0⟫]"),
    ])
  static let reads = Reads(fields: [.imageOrientation, .pixelSpacing])

  func check(_ record: Record, _ report: inout Report) {
    if let field = record.first(.imageOrientation), let numbers = Self.numbers(field.value, 6) {
      let (row, column) = (Array(numbers[0..<3]), Array(numbers[3..<6]))
      func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      let faults = [product(row, row) - 1, product(column, column) - 1, product(row, column)]
      // A length is off by half of what its square is.
      if faults.contains(where: { abs($0) > 0.02 }) { report.finding(at: field) }
    }
    guard let spacing = record.first(.pixelSpacing), let numbers = Self.numbers(spacing.value, 2) else { return }
    for (value, number) in zip(spacing.value.children, numbers) where number <= 0 {
      report.finding(at: value, "spacing", ["found": number])
    }
  }

  /// As numbers, or as texts that hold numbers; `nil` if there are others than so many.
  private static func numbers(_ value: Value, _ count: Int) -> [Double]? {
    guard value.kind == .array, value.count == count else { return nil }
    let numbers = value.children.compactMap { $0.number ?? $0.text.flatMap { Double($0) } }
    return numbers.count == count && numbers.allSatisfy(\.isFinite) ? numbers : nil
  }

  private static func object(_ tag: String, _ value: String) -> String {
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "\#(tag)": {"vr": "DS", "Value": \#(value)}}]"#
  }
}
