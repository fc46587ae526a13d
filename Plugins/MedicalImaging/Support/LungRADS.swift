/// The size rows of Lung-RADS, as they stand in both versions that are in use (1.1 and 2022).
enum LungRADS {
  static let versions: Set = ["1.1", "2022"]

  /// The categories that fit a nodule, and the row of the table they come from; `nil` where the size does not decide.
  ///
  /// `size` and `solid` are mean diameters in millimetres. What is suspicious for another reason (4X) is above any row.
  static func fitting(_ type: String, _ status: String, size: Double, solid: Double?) -> (
    values: [String], row: String
  )? {
    let size = tenths(size)
    switch (type, status) {
    case ("solid", "baseline"):
      return row(
        size, [6, 8, 15], ["2", "3", "4A", "4B"],
        "solid, first examination: under 6 mm 2, under 8 mm 3, under 15 mm 4A, else 4B")
    case ("solid", "new"):
      return row(
        size, [4, 6, 8], ["2", "3", "4A", "4B"], "solid, new: under 4 mm 2, under 6 mm 3, under 8 mm 4A, else 4B")
    case ("solid", "growing"): return row(size, [8], ["4A", "4B"], "solid, growing: under 8 mm 4A, else 4B")
    case ("part-solid", "baseline"):
      let text =
        "solid in part, first examination: under 6 mm 2; else by the solid part, under 6 mm 3, under 8 mm 4A, else 4B"
      if size < 6 { return (["2"], text) }
      return solid.flatMap { row(tenths($0), [6, 8], ["3", "4A", "4B"], text) }
    case ("non-solid", "baseline"), ("non-solid", "new"):
      return row(size, [30], ["2", "3"], "not solid: under 30 mm 2, else 3")
    default: return nil
    }
  }

  private static func tenths(_ value: Double) -> Double {
    value < 1000 ? Double(Int(max(value, 0) * 10 + 0.5)) / 10 : value
  }

  private static func row(
    _ size: Double, _ limits: [Double], _ values: [String], _ text: String
  ) -> (values: [String], row: String)? {
    let index = limits.firstIndex { size < $0 } ?? limits.count
    return ([values[index]], text)
  }
}
