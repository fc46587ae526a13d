import PluginKit

/// Polarisations that the satellite can't take together, or that a file has and its image has not.
struct SARPolarization: RecordRule {
  static let info = RuleInfo(
    id: "sar-polarization", severity: .error,
    summary: "An image has polarisations that its satellite can take, and its files no others.",
    why: "A model fed with HH where VV is written learns echoes that are not there.",
    source: "Sentinel-1 sends one polarisation at a time: HH, VV, HH and HV, or VV and VH. ICEYE takes VV only.",
    message: "{platform} can't take {found} in one image. Look them up in the image's own description.",
    messages: [
      "asset": "This file has {found}, and the image has only {known}. Correct the one that is wrong.",
      "twice": "{found} stands here twice. Delete one of them.", "delete": "Delete it",
    ],
    good: [
      item("VV", "VH"), item("HH"),
      MapExample.item(
        properties: #""sar:polarizations": ["HH"]"#,
        assets: #""data": {"href": "a", "sar:polarizations": ["HH", "HH"]}"#),
    ],
    bad: [
      MapExample.item(properties: #""platform": "sentinel-1a", "sar:polarizations": ⟪["HH", "VV"]⟫"#),
      MapExample.item(properties: #""platform": "ICEYE-X2", "sar:polarizations": ⟪["HH"]⟫"#),
      MapExample.item(properties: #""sar:polarizations": ["VV", ⟪"VV"⟫]"#),
      MapExample.item(
        properties: #""sar:polarizations": ["VV"]"#, assets: #""data": {"href": "a", "sar:polarizations": [⟪"VH"⟫]}"#),
    ])
  static let reads = Reads(fields: [.polarizations, .assetPolarizations, .platform], needs: [.polarizations])

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.polarizations), field.value.kind == .array else { return }
    var seen: Set<String> = []
    for value in field.value.children {
      guard let text = value.text else { return }
      guard seen.insert(text).inserted else {
        return report.finding(
          at: value, "twice", ["found": text], fixes: [Fix("delete", isCertain: true, edits: [.remove(value)])])
      }
    }
    if let name = record.text(.platform), let known = Satellites.named(name)?.polarizations, !known.isEmpty,
      !seen.isEmpty, !known.contains(where: { seen.isSubset(of: $0) })
    {
      report.finding(at: field, "", ["platform": name, "found": seen.sorted().joined(separator: ", ")])
    }
    for asset in record.all(.assetPolarizations) {
      for value in asset.value.children {
        guard let text = value.text, !seen.contains(text) else { continue }
        report.finding(at: value, "asset", ["found": text, "known": seen.sorted().joined(separator: ", ")])
      }
    }
  }

  private static func item(_ names: String...) -> String {
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return MapExample.item(properties: #""platform": "sentinel-1a", "sar:polarizations": [\#(list)]"#)
  }
}
