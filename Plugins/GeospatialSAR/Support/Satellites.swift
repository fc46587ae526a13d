/// What is known of radar satellites: facts, and nothing else.
enum Satellites {
  struct Satellite: Sendable {
    /// How their names begin, in small letters, with nothing between letters and digits.
    var names: [String]
    var band: String
    /// In kilometres above the ground.
    var altitude: Double
    /// What one image can hold: sets of polarisations; empty if anything can be.
    var polarizations: [Set<String>] = []
    /// To which sides it can look; empty if to both.
    var sides: Set<String> = []
    /// Ways of working, with the angles at the ground between which they look; empty if not known here.
    var modes: [String: ClosedRange<Double>] = [:]
  }

  private static let dual: [Set<String>] = [["HH"], ["VV"], ["HH", "HV"], ["VV", "VH"]]
  static let all = [
    // ESA's user guide; a degree is left at both ends.
    Satellite(
      names: ["sentinel1"], band: "C", altitude: 693, polarizations: dual + [["VH"], ["HV"]], sides: ["right"],
      modes: ["SM": 17.3...47.8, "IW": 28.1...47, "EW": 17.9...48, "WV": 20.6...39]),
    Satellite(names: ["radarsat2"], band: "C", altitude: 798),
    Satellite(names: ["rcm"], band: "C", altitude: 593),
    Satellite(names: ["envisat"], band: "C", altitude: 782),
    Satellite(names: ["ers1", "ers2"], band: "C", altitude: 785),
    Satellite(names: ["terrasarx", "tandemx", "paz"], band: "X", altitude: 514),
    Satellite(names: ["cosmoskymed"], band: "X", altitude: 620),
    Satellite(names: ["iceye"], band: "X", altitude: 570, polarizations: [["VV"]]),
    Satellite(names: ["capella"], band: "X", altitude: 525, polarizations: [["HH"], ["VV"]]),
    Satellite(names: ["umbra"], band: "X", altitude: 560, polarizations: [["HH"], ["VV"]]),
    Satellite(names: ["alos"], band: "L", altitude: 628), Satellite(names: ["saocom"], band: "L", altitude: 620),
  ]

  static func named(_ text: String) -> Satellite? {
    let name = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return all.first { $0.names.contains { name.hasPrefix($0) } }
  }

  /// Gigahertz, by the letters of STAC's radar extension.
  static let bands: [(name: String, gigahertz: ClosedRange<Double>)] = [
    ("P", 0.25...1), ("L", 1...2), ("S", 2...4), ("C", 4...8), ("X", 8...12.5), ("Ku", 12.5...18), ("K", 18...26.5),
    ("Ka", 26.5...40),
  ]
}
