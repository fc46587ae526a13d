import PluginKit

/// A radar image that its satellite can't have taken so.
struct SARMissionCapability: RecordRule {
  static let info = RuleInfo(
    id: "sar-mission-capability", severity: .warning,
    summary: "An image was taken in a way in which its satellite works.",
    why: "Where one of the two is wrong, angles and shifts computed from it are wrong, too.",
    source:
      "Sentinel-1 looks to the right, in band C, in the modes SM, IW, EW and WV; bands of other satellites by their operators' pages.",
    message: "{platform} works in band {known}, not in {found}. Correct the one that is wrong.",
    messages: [
      "side": "{platform} looks to the right only. Correct the side, or the satellite.",
      "mode": "{platform} has no mode {found}: it has {known}. Look it up in the image's name.",
      "angle":
        "In mode {mode} {platform} looks at angles between {from} and {to} degrees, and here are {found}. This may be the angle at the satellite, or from the ground: take the incidence angle.",
    ],
    good: [
      MapExample.item(
        properties:
          #""platform": "sentinel-1a", "sar:frequency_band": "C", "sar:instrument_mode": "IW", "sar:observation_direction": "right""#
      ),
      MapExample.scene(radar: #""platform": "sentinel-1a", "mode": "IW", "incidence": 38"#),
      MapExample.item(properties: #""platform": "somebody-1", "sar:frequency_band": "X", "sar:instrument_mode": "ZZ""#),
    ],
    bad: [
      MapExample.item(properties: #""platform": "sentinel-1a", "sar:frequency_band": ⟪"X"⟫"#),
      MapExample.item(properties: #""platform": "sentinel-1a", "sar:observation_direction": ⟪"left"⟫"#),
      MapExample.item(properties: #""platform": "sentinel-1a", "sar:instrument_mode": ⟪"SCAN"⟫"#),
      MapExample.scene(radar: #""platform": "sentinel-1a", "mode": "IW", "incidence": ⟪61⟫"#),
    ])
  static let reads = Reads(
    fields: [.platform, .band, .mode, .lookSide, .incidence], needs: [.platform])

  func check(_ record: Record, _ report: inout Report) {
    guard let name = record.text(.platform), let satellite = Satellites.named(name) else { return }
    if let band = record.first(.band), let text = band.text, text != satellite.band,
      Satellites.bands.contains(where: { $0.name == text })
    {
      report.finding(at: band, "", ["platform": name, "known": satellite.band, "found": text])
    }
    if let side = record.first(.lookSide), let text = side.text, !satellite.sides.isEmpty,
      ["left", "right"].contains(text), !satellite.sides.contains(text)
    {
      report.finding(at: side, "side", ["platform": name])
    }
    guard !satellite.modes.isEmpty, let mode = record.first(.mode), let text = mode.text?.uppercased() else { return }
    // Stripmap's beams are modes of their own in some catalogues.
    let isBeam = text.utf8.count == 2 && text.hasPrefix("S") && ("1"..."6").contains(text.last ?? "0")
    guard let angles = satellite.modes[isBeam ? "SM" : text] else {
      let known = satellite.modes.keys.sorted().joined(separator: ", ")
      return report.finding(at: mode, "mode", ["platform": name, "found": text, "known": known])
    }
    guard let incidence = record.first(.incidence), let degrees = incidence.number, !angles.contains(degrees) else {
      return
    }
    report.finding(
      at: incidence, "angle",
      [
        "mode": text, "platform": name, "from": angles.lowerBound, "to": angles.upperBound, "found": degrees,
      ])
  }
}
