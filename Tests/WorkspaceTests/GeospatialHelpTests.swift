import Findings
import Testing
import Workspace

/// What the plugin for maps offers while files are written, and shows of them.
@Suite struct GeospatialHelpTests {
  private func item(_ properties: String) -> String {
    #"{"stac_version": "1.0.0", "type": "Feature", "id": "one", "geometry": {"type": "Polygon", "coordinates": [[[10, 54], [10.01, 54], [10.01, 54.01], [10, 54.01], [10, 54]]]}, "#
      + #""properties": {"datetime": "2026-11-20T05:41:00Z", \#(properties)}, "links": [], "assets": {"data": {"href": "data.tif"}}}"#
  }

  @Test func aSatellitesModesAreOffered() async throws {
    let desk = try await CompletionDesk(
      item(#""platform": "sentinel-1a", "sar:instrument_mode": "▮""#), dialect: "geospatial-sar/stac-item")
    #expect(desk.labels.contains("IW") && desk.labels.contains("EW"))
  }

  @Test func levelsOfDamageAreOffered() async throws {
    let text =
      #"{"features": {"lng_lat": [{"properties": {"uid": "b1", "subtype": "▮"}, "wkt": "POLYGON ((1 1, 2 1, 2 2, 1 1))"}], "xy": []}}"#
    let desk = try await CompletionDesk(text, dialect: "geospatial-sar/damage")
    #expect(desk.labels.contains("major-damage") && desk.labels.contains("un-classified"))
  }

  /// A hundredth of a degree at 54° north: 656 m by 1,113 m.
  @Test func aShapeShowsWhatItCovers() async throws {
    let text = item(#""gsd": 10"#)
    let desk = try await Desk(Array(text.utf8), dialect: "geospatial-sar/stac-item")
    let snapshot = try await desk.snapshot
    let offset = try #require(Array(text.utf8).firstOffset(of: #"{"type": "Polygon""#))
    let hover = try #require(await snapshot.hover(at: offset, in: desk.workspace))
    #expect(hover.markdown.contains("**Polygon** · 729804 m² · 54.005° N, 10.005° E"))
  }
}
