import Foundation
import Testing

/// What fixes make of a file. Only replacements and inserted members are applied here; commas are the host's work.
@Suite struct FixTests {
  private static func image(_ labels: String...) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}"
  }

  /// The file after a fix of the only finding of a rule.
  private func fixed(_ plugin: PluginTables, _ rule: String, _ text: String, fix: Int = 0) throws -> String {
    let bench = try #require(Bench(plugin, Array(text.utf8)))
    let found = bench.run().filter { $0.rule == rule }
    try #require(found.count == 1)
    try #require(found[0].fixes.indices.contains(fix))
    return Self.apply(found[0].fixes[fix].edits, to: text)
  }

  static func apply(_ edits: [Found.Edit], to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      if edit.action == 0 { bytes.replaceSubrange(edit.range, with: Array(edit.value.utf8)) }
      if edit.action == 2 {
        bytes.replaceSubrange(
          edit.range.upperBound - 1..<edit.range.upperBound - 1, with: Array(", \"\(edit.key)\": \(edit.value)".utf8))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("[90.25, 10, 20.5, 40]", "[90.25, 10, 9.75, 40]"), ("[-4, 10, 20, 40]", "[0, 10, 16, 40]"),
    ("[10, -1.5, 20, 100.0]", "[10, 0, 20, 80]"), ("[10, 50, 20, 40]", "[10, 50, 20, 30]"),
  ])
  func aBoxIsCutAtItsPicture(_ before: String, _ after: String) throws {
    let text = Self.image(#"{"id": 1, "image_id": 1, "bbox": \#(before)}"#)
    let expected = Self.image(#"{"id": 1, "image_id": 1, "bbox": \#(after)}"#)
    #expect(try fixed(Bench.vision, "bbox-out-of-image", text) == expected)
  }

  @Test func theAreaFollowsIfItIsTheBoxes() throws {
    let text = Self.image(#"{"id": 1, "image_id": 1, "bbox": [90, 10, 20, 40], "area": 800}"#)
    #expect(
      try fixed(Bench.vision, "bbox-out-of-image", text)
        == Self.image(#"{"id": 1, "image_id": 1, "bbox": [90, 10, 10, 40], "area": 400}"#))
    let outline = Self.image(#"{"id": 1, "image_id": 1, "bbox": [90, 10, 20, 40], "area": 300.5}"#)
    #expect(try fixed(Bench.vision, "bbox-out-of-image", outline).contains(#""area": 300.5"#))
  }

  @Test func aBoxDrawnFromTheWrongCornerIsTurned() throws {
    let text = Self.image(#"{"id": 1, "image_id": 1, "bbox": [50.5, 40, -20.25, -10]}"#)
    #expect(
      try fixed(Bench.vision, "bbox-malformed", text)
        == Self.image(#"{"id": 1, "image_id": 1, "bbox": [30.25, 30, 20.25, 10]}"#))
  }

  @Test(arguments: [
    ("xyxy", "[10.50, 20, 30.75, 50]", "[10.50, 20, 20.25, 30]"),
    ("cxcywh", "[10.5, 20, 5, 10]", "[8.0, 15, 5, 10]"),
    ("xywh", "[10, 20, 30, 40]", "[10, 20, 30, 40]"), ("relative", "[0.1, 0.2, 0.3, 0.4]", "[0.1, 0.2, 0.3, 0.4]"),
    ("nonsense", "[10, 20, 30, 40]", "[10, 20, 30, 40]"), ("xyxy", "[1e2, 20, 300, 40]", "[1e2, 20, 300, 40]"),
  ])
  func everyBoxIsConverted(_ convention: String, _ before: String, _ after: String) throws {
    func file(_ box: String) -> String {
      Self.image(#"{"id": 1, "image_id": 1, "bbox": \#(box)}"#, #"{"id": 2, "image_id": 1, "bbox": \#(box)}"#)
    }
    let bench = try #require(Bench(Bench.vision, Array(file(before).utf8)))
    let edits = bench.fix(recipe: "convert-boxes", argument: convention)
    #expect(Self.apply(edits, to: file(before)) == file(after))
  }

  @Test func aLostZeroComesBackWhereTheCheckDigitHolds() throws {
    func shelf(_ label: String) -> String {
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "bbox", "label": \#(label)}]}]}"#
    }
    let rule = "gtin-form-invalid"
    #expect(try fixed(Bench.retail, rule, shelf("36000291452")) == shelf(#""036000291452""#))
    #expect(try fixed(Bench.retail, rule, shelf(#""8934563-138165""#)) == shelf(#""8934563138165""#))
    #expect(try fixed(Bench.retail, rule, shelf(#""02345673""#)) == shelf(#""023456000073""#))

    func finding(_ label: String) throws -> Found {
      try #require(Bench(Bench.retail, Array(shelf(label).utf8))?.run().first { $0.rule == rule })
    }
    #expect(try finding("36000291452").fixes.map(\.isCertain) == [true])
    #expect(try finding("2345673").fixes.map(\.isCertain) == [false])
    #expect(try finding("36000291453").fixes == [])
    #expect(try finding("8.93E+12").message == "rounded")
    #expect(try finding(#""02345673""#).severity == 2)
    #expect(try finding(#""""#).message == "empty")
  }

  @Test func nothingEverRewritesAWrongCheckDigit() throws {
    let text =
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "bbox", "label": "8934563138166"}]}]}"#
    let found = try #require(Bench(Bench.retail, Array(text.utf8))).run()
    #expect(found.map(\.rule) == ["gtin-check-digit"])
    #expect(found[0].arguments == ["expected": "5", "found": "6"])
    #expect(found[0].fixes == [])
  }

  /// A word that is none of the choices is the format's to report; saying more about it would be a second finding.
  @Test func otherWordsAreLeftToTheFormat() throws {
    let text =
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "bbox", "label": "8934563138165", "disposition": "later"}]}]}"#
    #expect(try #require(Bench(Bench.retail, Array(text.utf8))).run() == [])
  }

  @Test func whatHappensWithAProductIsChosenByAPerson() throws {
    let text =
      #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "kind": "bbox", "label": "unknown"}]}]}"#
    let found = try #require(Bench(Bench.retail, Array(text.utf8))).run()
    #expect(found.map(\.rule) == ["unrecognised-without-disposition"])
    #expect(found[0].fixes.map(\.isCertain) == [false, false, false])
    #expect(
      Self.apply(found[0].fixes[1].edits, to: text)
        == text.replacing(#""unknown"}"#, with: #""unknown", "disposition": "manual_scan"}"#))
  }
}
