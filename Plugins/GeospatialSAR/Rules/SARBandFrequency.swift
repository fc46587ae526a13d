import PluginKit

/// A frequency that is not in the band beside it.
struct SARBandFrequency: RecordRule {
  static let info = RuleInfo(
    id: "sar-band-frequency", severity: .error,
    summary: "A radar's frequency lies in its band, in gigahertz.",
    why: "Programs choose by the band what an echo means: water, leaves or walls.",
    source: "The table of bands of STAC's radar extension.",
    message:
      "{frequency} GHz is not in band {band}, which reaches from {from} to {to} GHz. Correct the one that is wrong.",
    messages: [
      "unit": "This is in {unit}, and gigahertz belong here: {gigahertz}.", "write": "Write {gigahertz}",
      "negative": "A frequency is a number above 0. Look it up in the image's own description.",
      "band": "Write band {other}",
    ],
    good: [MapExample.item(properties: #""sar:frequency_band": "C", "sar:center_frequency": 5.405"#)],
    bad: [
      MapExample.item(properties: #""sar:frequency_band": "X", "sar:center_frequency": ⟪5.405⟫"#),
      MapExample.item(properties: #""sar:frequency_band": "C", "sar:center_frequency": ⟪5405⟫"#),
      MapExample.item(properties: #""sar:frequency_band": "C", "sar:center_frequency": ⟪-5⟫"#),
    ])
  static let reads = Reads(fields: [.band, .frequency], needs: [.frequency])

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.frequency), let number = field.number else { return }
    guard number > 0 else { return report.finding(at: field, "negative") }
    let named = record.first(.band)
    let band = Satellites.bands.first { $0.name == named?.text }
    for (unit, factor) in [("MHz", 1e3), ("Hz", 1e9)] {
      let gigahertz = number / factor
      let fits = band.map { $0.gigahertz.contains(gigahertz) } ?? (number > 200 && (0.2...50).contains(gigahertz))
      guard number > 200, fits else { continue }
      let fix = Fix("write", ["gigahertz": gigahertz], edits: [.replace(field, with: "\(gigahertz)")])
      return report.finding(at: field, "unit", ["unit": unit, "gigahertz": gigahertz], fixes: [fix])
    }
    guard let band, let named, !band.gigahertz.contains(number) else { return }
    let other = Satellites.bands.first { $0.gigahertz.contains(number) }
    let fixes = other.map { [Fix("band", ["other": $0.name], edits: [.replace(named, with: JSON.quoted($0.name))])] }
    report.finding(
      at: field, "",
      [
        "frequency": number, "band": band.name, "from": band.gigahertz.lowerBound, "to": band.gigahertz.upperBound,
      ], fixes: fixes ?? [])
  }
}
