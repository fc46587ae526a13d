import Foundation
import Testing

/// The example files of all plugins, under all plugins' rules.
@Suite struct FileTests {
  private func rules(in path: String, media: [String: String] = [:]) throws -> [String] {
    let bytes = Array(try Data(contentsOf: Repository.root.appending(path: path)))
    var links: [String] = []
    let rules = try Bench.plugins.flatMap { plugin in
      let isLines = [".jsonl", ".ndjson", ".manifest", ".manifest.json"].contains { path.hasSuffix($0) }
      let bench = try #require(Bench(plugin, bytes, lines: isLines))
      bench.media = media
      let found = bench.run()
      if plugin.id == "vision" {
        #expect(bench.schemaFindings == [])
        links = bench.linkFindings.map { "\($0.rule) \(Self.label(on: $0.range.lowerBound, of: bytes))" }
      }
      #expect(bench.complaints == [])
      return found.map { finding in
        return "\(plugin.id)/\(finding.rule) \(Self.label(on: finding.range.lowerBound, of: bytes))"
      }
    }
    return links + rules
  }

  /// The id in the line of a place: these files have one label a line.
  private static func label(on offset: Int, of bytes: [UInt8]) -> String {
    let start = bytes[..<offset].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let line = String(decoding: bytes[start...].prefix { $0 != 10 }, as: UTF8.self)
    return line.firstMatch(of: /"id": "?([^",]+)/).map { String($0.1) } ?? line
  }

  /// But for lines of words, which the plugins' own processes are tried with.
  static let cleanFiles = Wording.folders.flatMap {
    // Tables are looked at in the workspace's tests.
    Repository.files(in: "Plugins/\($0)/Examples", prefix: "clean")
  }.filter { path in ![".csv", ".rttm", ".ctm", ".stm"].contains { path.hasSuffix($0) } }

  @Test func thereIsACleanFileOfEachFormat() {
    #expect(Self.cleanFiles.count >= 43)
  }

  @Test(arguments: cleanFiles) func cleanFilesAreClean(_ path: String) throws {
    let found = try rules(in: path)
    #expect(found == [])
  }

  @Test func theShelfHasItsPlantedMistakes() throws {
    let media = ["1", "2"].reduce(into: ["images/shelf-0003.png": "480 640 1"]) {
      $0["images/shelf-000\($1).png"] = "640 480 1"
    }
    #expect(
      try rules(in: "Examples/shelf/shelf.json", media: media) == [
        "vision/unresolved-record-ref a16",
        "vision/bbox-out-of-image a24", "vision/duplicate-geometry a25", "vision/media-size-disagrees front",
        "retail-sku/gtin-check-digit a6", "retail-sku/gtin-form-invalid a11",
        "retail-sku/shelf-box-overlaps-neighbour a18", "retail-sku/unrecognised-without-disposition a4",
      ])
  }

  @Test func theCheckoutHasItsPlantedMistake() throws {
    #expect(
      try rules(in: "Examples/shelf/checkout.json") == [
        "vision/unresolved-record-ref l3", "retail-sku/basket-visual-mismatch t6",
      ])
  }

  @Test func theBoxesOfTheCOCOFilesHaveTheirPlantedMistakes() throws {
    #expect(
      try rules(in: "Examples/shelf/products.coco.json") == [
        "vision/unresolved-record-ref 7", "vision/duplicate-record-id 11", "vision/duplicate-geometry 25",
      ])
    let corners = try rules(in: "Examples/shelf/corners.coco.json")
    #expect(corners.filter { $0.hasPrefix("vision/bbox-convention-suspect") } == ["vision/bbox-convention-suspect 1"])
    // The rest is what that one finding silences.
    #expect(corners.allSatisfy { $0.hasPrefix("vision/bbox-") })
  }
}
