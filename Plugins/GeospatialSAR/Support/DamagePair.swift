/// Small files of buildings before and after a disaster, for the rules' examples.
enum DamagePair {
  static func building(_ name: String, _ level: String = "", mark: Bool = false) -> String {
    let name = mark ? "⟪\"\(name)\"⟫" : "\"\(name)\""
    return #"{"properties": {"feature_type": "building"\#(level.isEmpty ? "" : ", " + level), "uid": \#(name)}, "#
      + #""wkt": "POLYGON ((10.1 54.3, 10.2 54.3, 10.2 54.4, 10.1 54.4, 10.1 54.3))"}"#
  }

  static func file(_ buildings: String...) -> String {
    #"{"features": {"lng_lat": [\#(buildings.joined(separator: ", "))], "xy": []}}"#
  }
}
