/// Small whole files for the rules' examples.
enum MapExample {
  static func polygon(_ rings: String...) -> String {
    #"{"type": "Polygon", "coordinates": [\#(rings.joined(separator: ", "))]}"#
  }

  /// One thing on a map.
  static func map(_ shape: String, _ properties: String = "{}", more: String = "") -> String {
    #"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": \#(shape), "properties": \#(properties)\#(more)}]}"#
  }

  static let square = "[[10, 54], [11, 54], [11, 55], [10, 55], [10, 54]]"

  /// A STAC item with this outline, and more of its properties.
  static func item(
    _ shape: String = polygon(square), properties: String = "", more: String = "", links: String = "",
    assets: String = #""data": {"href": "data.tif"}"#
  ) -> String {
    #"{"stac_version": "1.0.0", "type": "Feature", "id": "one", "geometry": \#(shape), "#
      + #""properties": {"datetime": "2026-11-20T05:41:00Z"\#(properties.isEmpty ? "" : ", " + properties)}, "#
      + #""links": [\#(links)], "assets": {\#(assets)}\#(more.isEmpty ? "" : ", " + more)}"#
  }

  /// Files of one dataset: name and text in turn.
  static func dataset(_ files: (String, String)...) -> String {
    (["//- concord.json\n{}"] + files.map { "//- \($0)\n\($1)" }).joined(separator: "\n")
  }

  /// Messages of ships, a line each.
  static func messages(_ lines: String...) -> String {
    "//- ships.jsonl\n" + lines.map { #"{"class": "AIS", \#($0)}"# }.joined(separator: "\n")
  }

  /// A place seen by an optical and a radar satellite, with these labels.
  static func scene(
    _ labels: String..., about: String = "", optical: String = "", radar: String = "", things: String = ""
  ) -> String {
    func more(_ text: String) -> String { text.isEmpty ? "" : ", " + text }
    let things = things.isEmpty ? "" : #""entities": [{"id": "\#(things)"}], "#
    return
      #"{"concord": "1.0", "domain": "geospatial-sar", "samples": [{"id": "s1"\#(more(about)), "sources": ["#
      + #"{"id": "opt", "modality": "optical"\#(more(optical))}, {"id": "sar", "modality": "sar"\#(more(radar))}], "#
      + things + #""annotations": [\#(labels.joined(separator: ", "))]}]}"#
  }

  /// A label of that place: in which image, and what it says.
  static func seen(_ id: String, _ source: String, _ members: String) -> String {
    #"{"id": "\#(id)", "source": "\#(source)", "kind": "classification", \#(members)}"#
  }

  static func point(_ longitude: Double, _ latitude: Double) -> String {
    #"{"type": "Point", "coordinates": [\#(longitude), \#(latitude)]}"#
  }
}
