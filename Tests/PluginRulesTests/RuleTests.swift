import Testing

/// What the rules' examples don't show: limits, and cases in which nothing may be said.
@Suite struct RuleTests {
  private func found(_ plugin: PluginTables, _ text: String, media: [String: String] = [:]) throws -> [Found] {
    let bench = try #require(Bench(plugin, Array(text.utf8)))
    bench.media = media
    bench.terms = [
      "08936000010140": ("8936000010140", "Sữa tươi 1 L"), "8936000010140": ("8936000010140", "Sữa tươi 1 L"),
    ]
    return bench.run()
  }

  // MARK: Pictures and their files

  @Test(arguments: [
    ("640 480 1", nil), ("480 640 6", nil), ("480 640 1", "exchanged"), ("640 480 6", "turned"),
    ("1280 960 1", ""), ("0 0 1", nil), ("x", nil), ("", nil), ("640", nil),
  ])
  func aPictureIsAsLargeAsItsFile(_ header: String, _ message: String?) throws {
    let text = #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": []}"#
    let found = try found(Bench.vision, text, media: ["a.png": header])
    #expect(found.map(\.message) == [message].compactMap { $0 })
    #expect(found.flatMap(\.fixes).allSatisfy { !$0.isCertain })
  }

  @Test func theFilesSizeIsWritten() throws {
    let text = #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": []}"#
    let found = try found(Bench.vision, text, media: ["a.png": "1280 960 1"])
    #expect(
      FixTests.apply(try #require(found.first?.fixes.first).edits, to: text)
        == text.replacing("640", with: "1280").replacing("480", with: "960"))
  }

  // MARK: Boxes

  private func image(_ boxes: [String], size: (Int, Int) = (1000, 800)) -> String {
    let labels = boxes.enumerated().map { #"{"id": \#($0 + 1), "image_id": 1, "category_id": 1, "bbox": \#($1)}"# }
    return
      #"{"images": [{"id": 1, "file_name": "a.png", "width": \#(size.0), "height": \#(size.1)}], "annotations": ["#
      + labels.joined(separator: ", ") + "]}"
  }

  /// `count` true boxes spread over the picture, written by `write` from left, top, width, height.
  private func boxes(_ count: Int, _ write: (Double, Double, Double, Double) -> [Double]) -> [String] {
    (0..<count).map { number in
      let (w, h) = (Double(140 + number % 60), Double(90 + number % 50))
      // From edge to edge, in steps that no two boxes share.
      let (x, y) = (Double(number * 37 % 61) / 60, Double(number * 23 % 61) / 60)
      return "\(write(((1000 - w) * x).rounded(), ((800 - h) * y).rounded(), w, h))"
    }
  }

  @Test(arguments: [
    ("corners", ""), ("center", "center"), ("relative", "relative"), ("relative corners", "relative"),
    ("percent", "percent"),
  ])
  func aWrongConventionIsSaidOnce(_ convention: String, _ message: String) throws {
    let written = boxes(60) { x, y, w, h in
      switch convention {
      case "corners": [x, y, x + w, y + h]
      case "center": [x + w / 2, y + h / 2, w, h]
      case "relative": [x / 1000, y / 800, w / 1000, h / 800]
      case "relative corners": [x / 1000, y / 800, (x + w) / 1000, (y + h) / 800]
      default: [x / 10, y / 8, w / 10, h / 8]
      }
    }
    let text = image(written)
    let found = try found(Bench.vision, text).filter { $0.rule == "bbox-convention-suspect" }
    #expect(found.map(\.message) == [message])
    let head = try #require(text.utf8.firstRange(of: Array(written[0].utf8)))
    #expect(found.first.map { $0.range.lowerBound } == text.utf8.distance(from: text.startIndex, to: head.lowerBound))
    #expect(found.first?.arguments["count"] == "60")
    #expect(found.first?.fixes.count == (message == "" || message == "center" ? 1 : 0))
  }

  @Test func aConvertedFileIsClean() throws {
    for (argument, write) in [
      ("xyxy", { (x: Double, y: Double, w: Double, h: Double) in [x, y, x + w, y + h] }),
      ("cxcywh", { x, y, w, h in [x + w / 2, y + h / 2, w, h] }),
    ] {
      let text = image(boxes(60, write))
      let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
      let converted = FixTests.apply(bench.fix(recipe: "convert-boxes", argument: argument), to: text)
      #expect(try found(Bench.vision, converted) == [])
    }
  }

  @Test(arguments: [0, 1, 5, 9])
  func trueBoxesAreNeverTakenForOthers(_ outside: Int) throws {
    // Up to 16 of 100 boxes leave their picture in what good converters write.
    let written = boxes(60) { [$0, $1, $2, $3] } + (0..<outside).map { "[970, \($0 * 80), 80, 70]" }
    #expect(try found(Bench.vision, image(written)).allSatisfy { $0.rule == "bbox-out-of-image" })
  }

  /// Here the picture's size is what is wrong, not the way the boxes are written.
  @Test func exchangedSizesAreNoConvention() throws {
    let found = try found(Bench.vision, image(boxes(60) { [$0, $1, $2, $3] }, size: (800, 1000)))
    #expect(Set(found.map(\.rule)) == ["bbox-out-of-image", "image-size-swapped"])
    #expect(found.filter { $0.rule == "image-size-swapped" }.count == 1)
  }

  @Test func fewBoxesSayNothing() throws {
    let written = boxes(19) { [$0, $1, $0 + $2, $1 + $3] }
    #expect(try found(Bench.vision, image(written)).allSatisfy { $0.rule != "bbox-convention-suspect" })
  }

  @Test func smallPicturesMayHaveSmallNumbers() throws {
    let written = (0..<30).map { "[\($0 * 3 % 60), \($0 * 7 % 60), 30, 30]" }
    #expect(try found(Bench.vision, image(written, size: (120, 120))) == [])
  }

  @Test func onlyTheLaterOfTwoEqualBoxesIsMarked() throws {
    let found = try found(Bench.vision, image(["[10, 10, 100, 100]", "[10, 10, 100, 101]", "[10, 10, 100, 90]"]))
    #expect(found.map(\.rule) == ["duplicate-geometry"])
    #expect(found[0].related.count == 1)
  }

  @Test(arguments: [
    "null", "{}", "[]", "[1, 2, 3, 4, 5]", "[1, 2, 3, null]", "[[1], 2, 3, 4]", "true", "[1, 2, -1, 0]",
  ])
  func whatIsNoBoxIsSaidOnce(_ box: String) throws {
    #expect(try found(Bench.vision, image([box])).map(\.rule) == ["bbox-malformed"])
  }

  // MARK: Shops

  private func checkout(_ labels: String, view: String = "checkout") -> String {
    #"{"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "image", "view": "\#(view)", "uri": "a.png"}, {"id": "till", "modality": "text", "view": "receipt", "uri": "a.txt"}], "annotations": [\#(labels)]}]}"#
  }

  private let three = (1...3).map {
    #"{"id": "a\#($0)", "source": "cam", "kind": "bbox", "bbox": [\#($0 * 50), 10, 40, 80], "label": "8936000010140"}"#
  }.joined(separator: ", ")
  private let two =
    #"{"id": "t1", "source": "till", "kind": "span", "span": [0, 9], "label": "8936000010140", "quantity": 2}"#

  @Test func bothSidesAreNamed() throws {
    let found = try found(Bench.retail, checkout(three + ", " + two))
    #expect(found.map(\.rule) == ["basket-visual-mismatch"])
    #expect(found.first?.arguments == ["till": "2", "picture": "3", "product": "Sữa tươi 1 L"])
    #expect(found.first?.related.count == 3)
  }

  @Test func aShelfIsNeverHeldAgainstAReceipt() throws {
    #expect(try found(Bench.retail, checkout(three + ", " + two, view: "shelf")) == [])
  }

  @Test func eachVisitHasItsOwnReceipt() throws {
    let first = checkout(three)
    let second = checkout(two).replacing("s1", with: "s2")
    let samples = [first, second].map {
      $0.dropFirst($0.utf8.distance(from: $0.startIndex, to: $0.firstRange(of: "[{")!.lowerBound) + 1).dropLast(2)
    }
    let text = #"{"concord": "1.0", "domain": "retail-sku", "samples": ["# + samples.joined(separator: ", ") + "]}"
    #expect(try found(Bench.retail, text) == [])
  }

  @Test func productsOfOtherPicturesAreNoNeighbours() throws {
    func sample(_ name: String) -> String {
      #"{"id": "\#(name)", "sources": [{"id": "front", "modality": "image", "view": "shelf", "uri": "\#(name).png"}], "annotations": [{"id": "a1", "source": "front", "kind": "bbox", "bbox": [10, 10, 50, 90], "label": "8936000010140"}]}"#
    }
    let text = #"{"concord": "1.0", "domain": "retail-sku", "samples": ["# + sample("s1") + ", " + sample("s2") + "]}"
    #expect(try found(Bench.retail, text) == [])
    #expect(try found(Bench.vision, text) == [])
  }
}
