import PluginKit

/// A finding without the one it is a kind of, or beside `No Finding`.
struct LabelHierarchy: RecordRule {
  static let info = RuleInfo(
    id: "label-hierarchy", severity: .warning,
    summary: "Where a finding is seen, what it is a kind of is not denied, and there is no *No Finding*.",
    why: "The same picture teaches that something is there and that it is not.",
    source: "The tree of the CheXpert labels. An empty label says nothing, so only 0 is a denial.",
    message: "*{child}* is seen here, and it is a kind of *{parent}*, which is denied. Correct one of them.",
    messages: ["none": "*No Finding* is marked, but *{child}* is seen. Correct one of them."],
    good: [
      line(#""No Finding": null, "Lung Opacity": null, "Edema": 1.0"#),
      line(#""No Finding": 1.0, "Edema": null, "Support Devices": 1.0"#),
      line(#""No Finding": "", "Lung Opacity": 1, "Pneumonia": -1, "Consolidation": 0"#),
    ],
    bad: [
      line(#""No Finding": 0, "Lung Opacity": ⟪0⟫, "Edema": 1"#), line(#""No Finding": ⟪1.0⟫, "Pneumothorax": 1.0"#),
      line(#""No Finding": 0, "Consolidation": ⟪0⟫, "Pneumonia": 1"#),
    ])
  static let reads = Reads(fields: [.chestLabel])

  private static let parents = [
    "Cardiomegaly": "Enlarged Cardiomediastinum", "Lung Lesion": "Lung Opacity", "Edema": "Lung Opacity",
    "Consolidation": "Lung Opacity", "Pneumonia": "Consolidation", "Atelectasis": "Lung Opacity",
  ]

  func check(_ record: Record, _ report: inout Report) {
    let labels = record.all(.chestLabel).compactMap { field in field.value.key.map { (name: $0, value: field.value) } }
    func number(_ value: Value) -> Double? { value.number ?? value.text.flatMap { Double($0) } }
    for (name, value) in labels where number(value) == 1 {
      if name == "No Finding" {
        let other = labels.first {
          $0.name != "No Finding" && $0.name != "Support Devices" && number($0.value) == 1
        }
        if let other { report.finding(at: value, "none", ["child": other.name], fold: "none") }
      } else if let parent = Self.parents[name], let above = labels.first(where: { $0.name == parent })?.value,
        number(above) == 0
      {
        report.finding(at: above, "", ["child": name, "parent": parent], fold: name)
      }
    }
  }

  /// A line of JSONL; alone it is one, too.
  private static func line(_ labels: String) -> String { "//- labels.jsonl\n{\"Path\": \"p1/s1/v1.jpg\", \(labels)}" }
}
