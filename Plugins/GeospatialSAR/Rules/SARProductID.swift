import PluginKit

/// An image whose name says something else than its description.
struct SARProductID: RecordRule {
  static let info = RuleInfo(
    id: "sar-product-id", severity: .error,
    summary: "What a Sentinel-1 image's name says is what its description says.",
    why: "Programs sort images by the one and compute with the other.",
    source:
      "ESA's names of products: satellite, mode, polarisations (DV is VV and VH), times, orbit. The relative orbit is the absolute one less 73 (1A) or 27 (1B), modulo 175, plus 1.",
    message:
      "The image's name says {named}, and here stands {found}. Look it up in the image itself, and correct the one that is wrong.",
    messages: [
      "relative":
        "Absolute orbit {absolute} of this satellite is relative orbit {named}, and here stands {found}. Correct the one that is wrong.",
      "take": "Write {named}",
    ],
    good: [item(), item(mode: #""IW""#, orbit: "54381", relative: "59")],
    bad: [
      item(mode: #"⟪"EW"⟫"#), item(orbit: "⟪54382⟫"), item(relative: "⟪60⟫"), item(polarizations: #"⟪["HH", "HV"]⟫"#),
      item(platform: #"⟪"sentinel-1b"⟫"#),
    ])
  static let reads = Reads(
    fields: [.itemName, .platform, .mode, .polarizations, .absoluteOrbit, .relativeOrbit], needs: [.itemName])
  private static let codes: [String: Set<String>] = [
    "SH": ["HH"], "SV": ["VV"], "DH": ["HH", "HV"], "DV": ["VV", "VH"],
  ]

  func check(_ record: Record, _ report: inout Report) {
    let parts = (record.text(.itemName) ?? "").split(separator: "_").map(String.init)
    guard parts.count >= 8, ["S1A", "S1B", "S1C", "S1D"].contains(parts[0]), parts[3].utf8.count == 4,
      let orbit = Int(parts[6]), parts[6].utf8.count == 6
    else { return }
    let letter = String(parts[0].suffix(1)).lowercased()
    func differs(_ field: Field, _ named: String, _ found: (String) -> Bool) {
      guard let value = record.first(field), let text = value.text, found(text) else { return }
      report.finding(at: value, "", ["named": named, "found": text], fixes: fixes(value, named))
    }
    differs(.platform, "sentinel-1" + letter) { text in
      let name = text.lowercased().filter { $0.isLetter || $0.isNumber }
      return name.hasPrefix("sentinel1") && name.utf8.count == 10 && !name.hasSuffix(letter)
    }
    // Stripmap's beams are called S1 to S6 in names.
    let mode = parts[1].hasPrefix("S") ? "SM" : parts[1]
    differs(.mode, mode) { $0 != mode && $0 != parts[1] }
    if let known = Self.codes[String(parts[3].suffix(2))], let list = record.first(.polarizations),
      list.value.kind == .array, list.value.count > 0
    {
      let own = Set(list.value.children.compactMap(\.text))
      // One file of two may be described alone.
      if own.isDisjoint(with: known) || !own.isSubset(of: known) {
        let named = known.sorted().joined(separator: ", ")
        report.finding(at: list, "", ["named": named, "found": own.sorted().joined(separator: ", ")])
      }
    }
    if let value = record.first(.absoluteOrbit), let number = value.value.integer, number != orbit {
      report.finding(at: value, "", ["named": orbit, "found": number], fixes: fixes(value, "\(orbit)"))
    }
    let shifts = ["a": 73, "b": 27]
    if let shift = shifts[letter], let value = record.first(.relativeOrbit), let number = value.value.integer,
      orbit > 175
    {
      let named = (orbit - shift) % 175 + 1
      guard named != number else { return }
      let fix = Fix("take", ["named": named], edits: [.replace(value, with: "\(named)")])
      report.finding(at: value, "relative", ["absolute": orbit, "named": named, "found": number], fixes: [fix])
    }
  }

  private func fixes(_ value: FieldValue, _ named: String) -> [Fix] {
    let text = value.value.kind == .number ? named : JSON.quoted(named)
    return [Fix("take", ["named": named], edits: [.replace(value, with: text)])]
  }

  private static func item(
    platform: String = #""sentinel-1a""#, mode: String = #""IW""#, orbit: String = "54381", relative: String = "59",
    polarizations: String = #"["VV", "VH"]"#
  ) -> String {
    let properties =
      #""platform": \#(platform), "sar:instrument_mode": \#(mode), "sat:absolute_orbit": \#(orbit), "sat:relative_orbit": \#(relative), "sar:polarizations": \#(polarizations)"#
    return MapExample.item(properties: properties).replacing(
      #""id": "one""#, with: #""id": "S1A_IW_SLC__1SDV_20240618T173936_20240618T174003_054381_069DC0_C1A4""#)
  }
}
