import RetailSKURules
import Testing

/// What people who work with these formats warn of: each case must be silent, or say what it says and no more.
@Suite struct CatalogueTrapTests {
  private func said(_ plugin: PluginTables, _ text: String, lines: Bool = false) throws -> [String] {
    let bench = try #require(Bench(plugin, Array(text.utf8), lines: lines))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { "\($0.rule) \($0.severity)" }
  }

  private func coco(_ labels: String..., size: String = #""width": 640, "height": 480"#) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", \#(size)}], "annotations": [\#(labels.joined(separator: ", "))], "categories": [{"id": 1, "name": "cup"}]}"#
  }

  private func box(_ id: Int, _ box: String, _ more: String = "") -> String {
    #"{"id": \#(id), "image_id": 1, "category_id": 1, "bbox": \#(box)\#(more)}"#
  }

  // MARK: Pictures

  /// A number may be a picture's, a label's and a category's at once.
  @Test func idsAreUniqueInTheirOwnListOnly() throws {
    let bench = try #require(Bench(Bench.vision, Array(coco(box(1, "[1, 2, 30, 40]")).utf8)))
    #expect(bench.linkFindings.map(\.rule) == [])
  }

  @Test func halfAPixelBeyondTheEdgeIsRounding() throws {
    #expect(try said(Bench.vision, coco(box(1, "[-0.5, -0.5, 641, 481]"))) == [])
    #expect(try said(Bench.vision, coco(box(1, "[-0.51, 2, 30, 40]"))) == ["bbox-out-of-image 2"])
    #expect(try said(Bench.vision, coco(box(1, "[700, 2, 30, 40]"))) == ["bbox-out-of-image 1"])
  }

  /// Tools write single objects so, and programs read it.
  @Test func aSingleObjectMayBeAPackedMask() throws {
    let mask = #", "iscrowd": 0, "area": 4, "segmentation": {"counts": [3, 2, 1, 2, 4], "size": [3, 4]}"#
    let text = coco(box(1, "[1, 0, 2, 2]", mask), size: #""width": 4, "height": 3"#)
    #expect(try said(Bench.vision, text) == ["iscrowd-encoding-mismatch 4"])
  }

  @Test func aCrowdMayLieOnItsMembers() throws {
    let crowd = #", "iscrowd": 1, "area": 9, "segmentation": {"counts": [307200], "size": [480, 640]}"#
    let text = coco(box(1, "[10, 10, 40, 40]", crowd), box(2, "[10, 10, 40, 40]"))
    #expect(try said(Bench.vision, text).filter { $0.hasPrefix("duplicate") } == [])
  }

  private func task(_ answers: String...) -> String {
    let answers = answers.enumerated().map { #"{"id": \#($0 + 1), "result": [\#($1)]}"# }
    return #"[{"id": 1, "data": {"image": "a.png"}, "annotations": [\#(answers.joined(separator: ", "))]}]"#
  }

  private func region(_ x: Int, rotation: Int) -> String {
    #"{"id": "r1", "type": "rectanglelabels", "from_name": "label", "to_name": "image", "original_width": 640, "original_height": 480, "image_rotation": 0, "value": {"x": \#(x), "y": 30, "width": 20, "height": 9, "rotation": \#(rotation), "rectanglelabels": ["cup"]}}"#
  }

  /// A turned box's numbers don't say where its corners are.
  @Test func aTurnedBoxMayBeginAnywhere() throws {
    #expect(try said(Bench.vision, task(region(90, rotation: 30))) == [])
    #expect(try said(Bench.vision, task(region(90, rotation: 0))) == ["bbox-out-of-image 2"])
  }

  @Test func twoPeoplesAnswersAreNoDuplicates() throws {
    #expect(try said(Bench.vision, task(region(10, rotation: 0), region(10, rotation: 0))) == [])
  }

  /// A classification, or a polygon, is no box.
  @Test func aLabelWithoutABoxIsNone() throws {
    #expect(try said(Bench.vision, coco(#"{"id": 1, "image_id": 1, "category_id": 1}"#)) == [])
  }

  /// Programs that count the last row and column as inside are a pixel off.
  @Test func anOutlinesBoxMayCountItsLastPixelOrNot() throws {
    let outline = #", "area": 20, "segmentation": [[0, 0, 2, 0, 2, 10, 0, 10]]"#
    #expect(try said(Bench.vision, coco(box(1, "[0, 0, 1, 9]", outline))) == [])
    #expect(try said(Bench.vision, coco(box(1, "[0, 0, 5, 10]", outline))) == ["box-mask-disagree 2"])
  }

  /// A box of another unit is small, and no mistake by itself; one without width is.
  @Test func aBoxMayBeSmallerThanAPixel() throws {
    #expect(try said(Bench.vision, coco(box(1, "[10, 10, 0.5, 0.5]"))) == [])
    #expect(try said(Bench.vision, coco(box(1, "[10, 10, 0, 5]"))) == ["bbox-malformed 1"])
  }

  private func labelme(_ points: String) -> String {
    #"{"version": "5.4.1", "flags": {}, "shapes": [{"label": "cup", "points": \#(points), "group_id": null, "shape_type": "rectangle", "flags": {}}], "imagePath": "a.png", "imageData": null, "imageHeight": 480, "imageWidth": 640}"#
  }

  /// People draw from any corner to the one across.
  @Test func theCornersOfARectangleMayStandInAnyOrder() throws {
    for points in ["[[30, 40], [1, 2]]", "[[1, 40], [30, 2]]", "[[1, 2], [30, 40]]"] {
      #expect(try said(Bench.vision, labelme(points)) == [])
    }
    #expect(try said(Bench.vision, labelme("[[700, 40], [1, 2]]")) == ["bbox-out-of-image 2"])
  }

  // MARK: Shops

  private func shelf(_ gtin: String) -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "profile": "shelf", "samples": [{"id": "s1", "sources": [{"id": "front", "modality": "image", "view": "shelf", "uri": "a.png", "width": 640, "height": 480}], "annotations": [{"id": "a1", "source": "front", "kind": "bbox", "bbox": [1, 2, 3, 4], "label": "\#(gtin)"}]}]}"#
  }

  /// Codes of 8 digits have a list of their own; what issued a number says nothing of where a product comes from; newspapers and
  /// books are sold in shops; a number may be filled up with zeros.
  @Test(arguments: [
    "96385074", "9771234567003", "9781234567897", "4006381333931", "036000291452", "0036000291452", "00036000291452",
    "10614141000415",
  ])
  func numbersThatMayNameAProductAreLeftAlone(_ gtin: String) throws {
    #expect(try said(Bench.retail, shelf(gtin)).filter { !$0.hasPrefix("gtin-form") } == [])
  }

  /// Of a barcode, a product's number and a track's name, nothing is ever changed unasked but the form: quotes, and zeros in front.
  @Test func noFixChangesWhatAThingIsKnownBy() throws {
    for example in RuleExample.all(of: RetailSKURules.plugin) where example.isBad {
      let text = example.text.replacing("⟪", with: "").replacing("⟫", with: "")
      let bench = try #require(Bench(Bench.retail, Array(text.utf8)))
      for finding in bench.run() {
        for fix in finding.fixes where fix.isCertain {
          for edit in fix.edits {
            let before = String(decoding: Array(text.utf8)[edit.range], as: UTF8.self)
            #expect(digits(before) == digits(edit.value), "\(finding.rule): \(before) becomes \(edit.value)")
          }
        }
      }
    }
  }

  /// Without quotes and the zeros in front.
  private func digits(_ text: String) -> String {
    String(text.filter { $0.isASCII && $0.isNumber }.drop { $0 == "0" })
  }
}
