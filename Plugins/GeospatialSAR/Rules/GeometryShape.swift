import PluginKit

/// Lists that are deeper, or less deep, than the kind of shape asks for.
struct GeometryShape: RecordRule {
  static let info = RuleInfo(
    id: "geometry-shape", severity: .error,
    summary: "Positions are in lists as deep as the kind of shape asks for.",
    why: "Programs stop at the file, or draw nothing.",
    source:
      "RFC 7946, section 3.1: a point is one position, a line a list of them, an area a list of closed lines, several areas a list of those.",
    message:
      "A {type} has its positions {expected} lists deep, and here they are {found}. Add the brackets that are missing.",
    messages: [
      "deep":
        "A {type} has its positions {expected} lists deep, and here they are {found}. Take away the brackets that are too many.",
      "text": "This is text, and a position is made of numbers. Take the quotation marks away.",
      "wrap": "Put brackets around the whole", "unwrap": "Take the outer brackets away",
      "number": "Write it as a number",
    ],
    good: [
      MapExample.map(MapExample.polygon(MapExample.square)),
      MapExample.map(#"{"type": "MultiPoint", "coordinates": [[10, 54], [11, 54]]}"#),
      MapExample.map(#"{"type": "Polygon", "coordinates": []}"#),
    ],
    bad: [
      MapExample.map(#"{"type": "Polygon", "coordinates": ⟪[[10, 54], [11, 54], [11, 55], [10, 54]]⟫}"#),
      MapExample.map(#"{"type": "Point", "coordinates": ⟪[[10, 54]]⟫}"#),
      MapExample.map(#"{"type": "Point", "coordinates": [⟪"10.5"⟫, 54]}"#),
    ])
  static let reads = Reads(fields: [.shape])
  private static let depths = [
    "Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4,
  ]

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      guard !MapShape.of(field, in: record).isWhole, let type = field.value["type"]?.text,
        let expected = Self.depths[type], let list = field.value["coordinates"], list.kind == .array
      else { continue }
      if let text = list.subtree.first(where: { $0.kind == .string }) {
        let number = text.text.flatMap { Double($0) }.flatMap { $0.isFinite ? text.text : nil }
        let fixes = number.map { [Fix("number", edits: [.replace(text, with: $0)])] } ?? []
        report.finding(at: text, "text", fixes: fixes)
        continue
      }
      guard let found = Self.depth(of: list), found != expected else { continue }
      let arguments: Arguments = ["type": type, "expected": expected, "found": found]
      let isDeep = found > expected
      var fixes: [Fix] = []
      if found == expected - 1, list.raw.utf8.count < 32_000 {
        fixes = [Fix("wrap", edits: [.replace(list, with: "[" + list.raw + "]")])]
      } else if found == expected + 1, list.count == 1, let inner = list[0], inner.raw.utf8.count < 32_000 {
        fixes = [Fix("unwrap", edits: [.replace(list, with: inner.raw)])]
      }
      report.finding(at: list, isDeep ? "deep" : "", arguments, fixes: fixes)
    }
  }

  /// How many lists stand around the first number; `nil` if there is none.
  private static func depth(of list: Value) -> Int? {
    var depth = 1
    var current = list
    while let first = current[0], depth < 8 {
      if first.kind == .number { return depth }
      guard first.kind == .array else { return nil }
      depth += 1
      current = first
    }
    return nil
  }
}
