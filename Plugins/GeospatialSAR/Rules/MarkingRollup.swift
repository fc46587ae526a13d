import PluginKit

/// A sample that more people may see than one of its images.
struct MarkingRollup: GroupRule {
  static let info = RuleInfo(
    id: "marking-rollup", severity: .error,
    summary: "Nobody may see a sample who may not see all of its images.",
    why: "What was made from a protected image gives away what it shows.",
    source:
      "UNCLASSIFIED, CUI, CONFIDENTIAL, SECRET, TOP SECRET; TLP 2.0: CLEAR, GREEN, AMBER, AMBER+STRICT, RED. Markings of two systems are not compared.",
    message:
      "This image is marked {image}, and its sample only {sample}. Raise the sample's marking, or leave the image out.",
    messages: ["sample": "The sample's marking"],
    good: [
      MapExample.scene(about: #""marking": "TLP:AMBER""#, radar: #""marking": "TLP:GREEN""#),
      MapExample.scene(about: #""marking": "SECRET""#, radar: #""marking": "TLP:RED""#),
    ],
    bad: [MapExample.scene(about: #""marking": "TLP:GREEN""#, radar: #""marking": ⟪"TLP:AMBER+STRICT"⟫"#)])
  static let reads = Reads(
    fields: ["scene-marking", "source-marking", .id], needs: ["scene-marking", "source-marking"], context: ["id"])
  static let kind = FactKind("geospatial-sar/marking")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 256

  private static let systems = [
    ["UNCLASSIFIED": 0, "U": 0, "CUI": 1, "CONFIDENTIAL": 2, "C": 2, "SECRET": 3, "S": 3, "TOP SECRET": 4, "TS": 4],
    ["TLP:WHITE": 0, "TLP:CLEAR": 0, "TLP:GREEN": 1, "TLP:AMBER": 2, "TLP:AMBER+STRICT": 3, "TLP:RED": 4],
  ]

  func state(_ record: Record, _ report: inout Report) {
    if let mark = record.first("scene-marking"), let text = mark.text, text.utf8.count < 64, let id = record.text(.id) {
      report.state(Self.kind, key: .text(id), at: mark, payload: .text("S" + text))
    } else if let mark = record.first("source-marking"), let text = mark.text, text.utf8.count < 64,
      let id = record.context("id")?.text
    {
      report.state(Self.kind, key: .text(id), at: mark, payload: .text("I" + text))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let sample = group.facts.first(where: { $0.text.hasPrefix("S") }) else { return }
    let own = String(sample.text.dropFirst())
    for fact in group.facts where fact.text.hasPrefix("I") {
      let image = String(fact.text.dropFirst())
      guard Self.isHigher(image, own) else { continue }
      report.finding(at: fact, "", ["image": image, "sample": own], related: [Related(at: sample, "sample")])
    }
  }

  private static func isHigher(_ left: String, _ right: String) -> Bool {
    systems.contains { system in
      guard let left = system[level(left)], let right = system[level(right)] else { return false }
      return left > right
    }
  }

  /// Without brackets and what stands behind the level: `(S//REL TO USA)`.
  private static func level(_ text: String) -> String {
    let text = text.uppercased().filter { $0 != "(" && $0 != ")" }
    return text.split(separator: "/").first.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
  }
}
