import Testing

/// Cases in which a rule of pictures could be wrong, and must be silent; and what it says where it must not be.
@Suite struct VisionGuardTests {
  /// Rule and message of each finding, in order of place.
  private func said(_ text: String, lines: Bool = false) throws -> [String] {
    let bench = try #require(Bench(Bench.vision, Array(text.utf8), lines: lines))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  /// One label of a picture of 640 × 480.
  private func label(_ members: String, category: String = "") -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "#
      + members + #"}], "categories": [{"id": 1, "name": "hand"\#(category)}]}"#
  }

  private func fixed(_ text: String) throws -> String {
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    let found = bench.run()
    try #require(found.count == 1 && found[0].fixes.count == 1)
    let fix = found[0].fixes[0]
    let edits = fix.recipe.map { bench.fix(recipe: $0, argument: fix.argument ?? "") } ?? fix.edits
    return FixTests.apply(edits, to: text)
  }

  // MARK: Areas

  /// Programs that count the pixels of a mask count those on the edge: half a pixel along the outline.
  @Test func anAreaOfPixelsIsNoWrongArea() throws {
    let outline = #""bbox": [10, 10, 20, 20], "segmentation": [[10, 10, 30, 10, 30, 30, 10, 30]]"#
    #expect(try said(label(outline + #", "area": 441"#)) == [])
    #expect(try said(label(outline + #", "area": 361"#)) == [])
    #expect(try said(label(outline + #", "area": 520"#)) == ["area-disagrees"])
  }

  @Test func anAreaMayBeRounded() throws {
    let outline = #""bbox": [10, 10, 400, 200], "segmentation": [[10, 10, 410, 10, 10, 210]]"#
    #expect(try said(label(outline + #", "area": 40000.49"#)) == [])
  }

  /// Then the points add up to less than what is inside.
  @Test func anOutlineThatCrossesItselfHasNoKnownArea() throws {
    let bow = #""bbox": [0, 0, 100, 100], "segmentation": [[0, 0, 100, 100, 100, 0, 0, 90]]"#
    #expect(try said(label(bow + #", "area": 4900"#)) == [])
  }

  /// Of several outlines, one may be a hole in the other, or lie over it.
  @Test(arguments: [9_000, 10_000, 11_000]) func holesCountEitherWay(_ area: Int) throws {
    let hole =
      #""bbox": [0, 0, 100, 100], "segmentation": [[0, 0, 100, 0, 100, 100, 0, 100], [20, 20, 52, 20, 52, 52, 20, 52]]"#
    #expect(try said(label(hole + #", "area": \#(area)"#)) == [])
  }

  /// COCO states the areas of crowds as they were before the objects among them were cut out.
  @Test func aCrowdsAreaIsItsOwn() throws {
    let crowd =
      #""bbox": [0, 1, 2, 2], "iscrowd": 1, "segmentation": {"size": [480, 640], "counts": [1, 2, 478, 2, 306717]}"#
    #expect(try said(label(crowd + #", "area": 900"#)) == [])
  }

  @Test(arguments: ["200", "800.5", "1", "860"]) func withoutAnOutlineTheAreaMayBeOneThatWasLeftOut(_ area: String)
    throws
  {
    #expect(try said(label(#""bbox": [10, 10, 40, 20], "area": \#(area)"#)) == [])
  }

  @Test(arguments: ["null", "\"400\"", "-1"]) func whatIsNoAreaIsLeftToTheForm(_ area: String) throws {
    #expect(
      try said(label(#""bbox": [10, 10, 40, 20], "area": \#(area), "segmentation": [[10, 10, 50, 10, 10, 30]]"#)) == [])
  }

  @Test func allAreasOfAFileAreWritten() throws {
    let text = label(#""bbox": [10, 10, 400, 200], "area": 80000, "segmentation": [[10, 10, 410, 10, 10, 210]]"#)
    #expect(try fixed(text) == text.replacing("80000", with: "40000"))
  }

  // MARK: Boxes and outlines

  @Test(arguments: ["[10, 10, 41, 21]", "[9, 9, 42, 22]", "[10.49, 9.51, 40.3, 20.1]"])
  func aBoxMayBeAPixelOff(_ box: String) throws {
    #expect(try said(label(#""bbox": \#(box), "segmentation": [[10, 10, 50, 10, 10, 30]]"#)) == [])
  }

  @Test func anOutlineMayGoOnWhereThePictureEnds() throws {
    let outline = #""segmentation": [[600, 440, 700, 440, 700, 560, 600, 560]]"#
    #expect(try said(label(#""bbox": [600, 440, 40, 40], "# + outline)) == [])
    #expect(try said(label(#""bbox": [600, 400, 40, 80], "# + outline)) == ["box-mask-disagree top"])
  }

  /// A model's box and mask are two guesses.
  @Test func aModelsBoxIsLeftAlone() throws {
    #expect(try said(label(#""bbox": [0, 0, 90, 90], "score": 0.9, "segmentation": [[10, 10, 50, 10, 10, 30]]"#)) == [])
  }

  @Test func aBoxIsDrawnAroundTheOutline() throws {
    let text = label(#""bbox": [0, 10, 90.5, 20], "segmentation": [[10, 10, 50.25, 10, 10, 30]]"#)
    #expect(try fixed(text) == text.replacing("[0, 10, 90.5, 20]", with: "[10, 10, 40.25, 20]"))
  }

  // MARK: Outlines and masks

  /// Letters that stand for the same runs; in JSON, one of them is written with two backslashes.
  @Test(
    arguments: [
      (#"{"size": [480, 640], "counts": [307200]}"#, []),
      (#"{"size": [480, 640], "counts": [0, 307200]}"#, []),
      (#"{"size": [480, 640], "counts": [307199]}"#, ["segmentation-malformed total"]),
      (#"{"size": [480, 640], "counts": [1.5, 307198.5]}"#, ["segmentation-malformed counts"]),
      (
        #"{"size": [480, 640], "counts": [9223372036854775807, 9223372036854775807]}"#,
        ["segmentation-malformed counts"]
      ),
      (#"{"size": [480, 640], "counts": ["a"]}"#, ["segmentation-malformed counts"]),
      (#"{"size": [480, 640], "counts": "é"}"#, ["segmentation-malformed counts"]),
      (#"{"size": [480, 640], "counts": "oooooooooooooooooooooooo"}"#, ["segmentation-malformed counts"]),
      (#"{"size": [480, 640], "counts": ""}"#, ["segmentation-malformed total"]),
      (#"{"size": [0, 0], "counts": []}"#, []),
      (#"{"size": [9223372036854775807, 2], "counts": []}"#, []),
      (#"{"size": [480, 640], "counts": null}"#, []),
      (#"{"counts": [1]}"#, []), ("{}", []), ("null", []), ("[[]]", []), ("[[1, 2, 3, 4]]", []), ("[7]", []),
    ] as [(String, [String])])
  func whatIsNoMaskIsSaidOnce(_ mask: String, _ expected: [String]) throws {
    let said = try said(label(#""iscrowd": 1, "segmentation": \#(mask)"#))
    #expect(said.filter { $0.hasPrefix("segmentation") } == expected)
  }

  @Test func aBackslashInAMaskIsReadAsJSONWritesIt() throws {
    let plain = Self.packed([307_144, 44, 12])
    #expect(plain.contains("\\"))
    for escaped in [plain.replacing("\\", with: "\\\\"), plain.replacing("\\", with: "\\u005c")] {
      #expect(try said(label(#""iscrowd": 1, "segmentation": {"size": [480, 640], "counts": "\#(escaped)"}"#)) == [])
    }
  }

  /// Runs as COCO's letters.
  private static func packed(_ runs: [Int]) -> String {
    var out = ""
    for (index, run) in runs.enumerated() {
      var number = index > 2 ? run - runs[index - 2] : run
      var isOpen = true
      while isOpen {
        let bits = number & 31
        number >>= 5
        isOpen = bits & 16 != 0 ? number != -1 : number != 0
        out.unicodeScalars.append(Unicode.Scalar(UInt8(48 + bits + (isOpen ? 32 : 0))))
      }
    }
    return out
  }

  @Test func lettersAndNumbersAreTheSameMask() throws {
    let runs = [480 * 10 + 5, 20, 460, 20, 460, 20, 307_200 - 4_805 - 980]
    for counts in ["\(runs)", "\"\(Self.packed(runs).replacing("\\", with: "\\\\"))\""] {
      let mask = #""segmentation": {"size": [480, 640], "counts": \#(counts)}"#
      #expect(try said(label(#""iscrowd": 1, "bbox": [10, 5, 3, 20], "# + mask)) == [])
      #expect(try said(label(#""iscrowd": 1, "bbox": [10, 5, 9, 20], "# + mask)) == ["box-mask-disagree"])
      #expect(
        try said(label(#""iscrowd": 0, "bbox": [10, 5, 3, 20], "area": 90, "# + mask)) == [
          "area-disagrees", "iscrowd-encoding-mismatch packed",
        ])
    }
  }

  /// Masks that are drawn by their edges leave lines behind.
  @Test func aLineBesideAnOutlineIsNoError() throws {
    let text = label(#""segmentation": [[10, 10, 50, 10, 10, 30], [5, 5, 5, 9, 5, 7]]"#)
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    #expect(bench.run().map(\.severity) == [2])
  }

  @Test func aThinOutlineIsNoLine() throws {
    #expect(try said(label(#""segmentation": [[10, 10, 110, 10.1, 110, 10, 10, 9.9]]"#)) == [])
  }

  // MARK: Points

  private let three = #", "keypoints": ["a", "b", "c"]"#

  @Test func aCategoryWithoutNamesSaysNothingOfItsPoints() throws {
    let points = #""keypoints": [1, 1, 2, 3, 3, 2], "num_keypoints": 2"#
    #expect(try said(label(points, category: #", "keypoints": []"#)) == [])
    #expect(try said(label(points)) == [])
    #expect(try said(label(points, category: three)) == ["keypoints-inconsistent category"])
  }

  @Test func aPointMayLieAtTheEdge() throws {
    #expect(try said(label(#""keypoints": [0, 0, 2, 0, 5, 1, 0, 0, 0], "num_keypoints": 2"#, category: three)) == [])
  }

  @Test func pointsMayBeCountedAnew() throws {
    let text = label(#""keypoints": [1, 1, 2], "num_keypoints": 0"#)
    #expect(try fixed(text) == text.replacing(#""num_keypoints": 0"#, with: #""num_keypoints": 1"#))
    let skeleton = label(#""bbox": [1, 1, 2, 2]"#, category: three + #", "skeleton": [[0, 1], [1, 2]]"#)
    #expect(try fixed(skeleton) == skeleton.replacing("[[0, 1], [1, 2]]", with: "[[1, 2], [2, 3]]"))
  }

  /// How sure a model was stands where others say how well a point is seen.
  @Test func aModelsPointsAreLeftAlone() throws {
    let text = #"[{"image_id": 1, "category_id": 1, "keypoints": [1, 1, 0.4, 2, 2, 0.9], "score": 0.7}]"#
    #expect(try said(text) == [])
  }

  // MARK: Crowds and ids

  @Test func anEmptyOutlineIsNoEncoding() throws {
    #expect(try said(label(#""iscrowd": 1, "bbox": [1, 1, 9, 9], "segmentation": []"#)) == [])
  }

  @Test func otherListsMayCountFromZero() throws {
    let text =
      #"{"images": [{"id": 0, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": 1, "image_id": 0, "category_id": 0, "bbox": [1, 1, 9, 9]}], "categories": [{"id": 0, "name": "cup"}]}"#
    #expect(try said(text) == [])
  }

  @Test func everyLabelIsNumberedOneFurther() throws {
    let text =
      #"{"images": [{"id": 0, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": 0, "image_id": 0}, {"id": 1, "image_id": 0}]}"#
    #expect(
      try fixed(text)
        == text.replacing(#"{"id": 1, "image"#, with: #"{"id": 2, "image"#).replacing(
          #"{"id": 0, "image"#, with: #"{"id": 1, "image"#))
  }

  @Test(arguments: ["1.5", "1e2", "-0", "01", "true", "\"0\"", "null"]) func otherIDsAreLeftToTheForm(_ id: String)
    throws
  {
    let text = #"{"images": [{"id": \#(id), "file_name": "a.png", "width": 64, "height": 48}], "annotations": []}"#
    if let bench = Bench(Bench.vision, Array(text.utf8)) { #expect(bench.run() == []) }
  }

  // MARK: Sizes

  private func boxes(_ boxes: String..., size: (Int, Int) = (640, 480)) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": \#(size.0), "height": \#(size.1)}], "annotations": ["#
      + boxes.enumerated().map { #"{"id": \#($0 + 1), "image_id": 1, "bbox": \#($1)}"# }.joined(separator: ", ") + "]}"
  }

  /// A width that was typed wrong looks the same where there are few boxes.
  @Test func twoBoxesOutsideAreNoExchangedSize() throws {
    #expect(
      try said(boxes("[30, 560, 60, 70]", "[130, 560, 60, 70]")) == [
        "bbox-out-of-image outside", "bbox-out-of-image outside",
      ])
  }

  @Test func slightOverhangIsNoExchangedSize() throws {
    #expect(
      try Set(said(boxes("[30, 460, 60, 30]", "[130, 460, 60, 30]", "[230, 460, 60, 30]"))) == [
        "bbox-out-of-image bottom"
      ])
  }

  @Test func aBoxThatFitsOnlyAsStatedSpeaksAgainstIt() throws {
    let text = boxes("[30, 500, 60, 70]", "[130, 500, 60, 70]", "[230, 500, 60, 70]", "[500, 10, 100, 40]")
    #expect(try said(text).allSatisfy { $0.hasPrefix("bbox-out-of-image") })
  }

  @Test func aSquarePictureHasNothingToExchange() throws {
    let text = boxes("[30, 500, 60, 70]", "[130, 500, 60, 70]", "[230, 500, 60, 70]", size: (480, 480))
    #expect(try said(text).allSatisfy { $0.hasPrefix("bbox-out-of-image") })
  }

  @Test func theRightPicturesSizeIsExchanged() throws {
    let text = boxes("[30, 560, 60, 70]", "[130, 560, 60, 70]", "[230, 560, 60, 70]").replacing(
      #"{"images": ["#, with: #"{"images": [{"id": 2, "file_name": "b.png", "width": 640, "height": 480}, "#)
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    let found = try #require(bench.run().first { $0.rule == "image-size-swapped" })
    #expect(found.fixes.count == 1 && found.related.count == 3)
    let edits = bench.fix(recipe: found.fixes[0].recipe ?? "", argument: found.fixes[0].argument ?? "")
    #expect(
      FixTests.apply(edits, to: text)
        == text.replacing(
          #""a.png", "width": 640, "height": 480"#, with: #""a.png", "width": 480, "height": 640"#))
  }

  // MARK: Hundredths

  private func regions(_ values: [String], type: String = "rectangle", size: (Int, Int) = (640, 480)) -> String {
    let labels = values.enumerated().map {
      #"{"id": "r\#($0)", "type": "\#(type)", "from_name": "box", "to_name": "image", "original_width": \#(size.0), "original_height": \#(size.1), "value": \#($1)}"#
    }
    return #"[{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "result": ["#
      + labels.joined(separator: ", ") + "]}]}]"
  }

  private func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    #"{"x": \#(x), "y": \#(y), "width": \#(width), "height": \#(height)}"#
  }

  @Test func aFewLabelsMaySlipOverTheEdge() throws {
    let boxes = (0..<20).map { box(Double($0), 10, 20, 30) } + [box(150, 10, 20, 30), box(99, 90, 4, 12)]
    #expect(try said(regions(boxes)).allSatisfy { $0.hasPrefix("bbox-out-of-image") })
  }

  @Test func aFewTinyLabelsAreNoParts() throws {
    #expect(try said(regions((0..<4).map { box(0.2 * Double($0), 0, 0.1, 0.1) })) == [])
    #expect(try said(regions((0..<8).map { box(0.2 * Double($0), 0, 0.1, 0.1) })) == [])
  }

  @Test func outlinesAreCountedToo() throws {
    let outline = #"{"points": [[120, 130], [240, 130], [180, 220]]}"#
    #expect(
      try said(regions(Array(repeating: outline, count: 5), type: "polygon")) == ["relative-coordinate-scale"])
  }

  @Test func pixelsBecomeHundredths() throws {
    let pixels = (0..<5).map { box(64 * Double($0 + 1), 240, 64, 120) }
    let hundredths = (0..<5).map { box(10 * Double($0 + 1), 50, 10, 25) }
    let bench = try #require(Bench(Bench.vision, Array(regions(pixels).utf8)))
    let found = try #require(bench.run().first { $0.rule == "relative-coordinate-scale" })
    let edits = bench.fix(recipe: found.fixes[0].recipe ?? "", argument: found.fixes[0].argument ?? "")
    #expect(FixTests.apply(edits, to: regions(pixels)) == regions(hundredths).replacing(".0", with: ""))
  }

  // MARK: Tracks

  private func tracks(_ tracks: [[String]]) -> String {
    let written = tracks.map { shapes in
      #"{"frame": 0, "label": "hand", "shapes": ["#
        + shapes.enumerated().map {
          #"{"type": "points", "frame": \#($0), "points": [1, 1]\#($1.isEmpty ? "" : ", \"keyframe\": " + $1)}"#
        }.joined(separator: ", ") + "]}"
    }
    return #"[{"version": 2, "tags": [], "shapes": [], "tracks": ["# + written.joined(separator: ", ") + "]}]"
  }

  @Test func eachTrackHasItsOwnKeyframe() throws {
    #expect(try said(tracks([["true", "false"], ["false", "true"]])) == [])
    #expect(try said(tracks([["true", "false"], ["false", "false"]])) == ["track-without-keyframe"])
  }

  /// What says nothing of key frames has only such.
  @Test func shapesWithoutAMarkAreDrawnByHand() throws {
    #expect(try said(tracks([["", ""], [""]])) == [])
  }

  // MARK: Lists side by side

  private func line(_ members: String) -> String { #"{"source-ref": "s3://a/b.png", \#(members)}"# }
  private func job(_ name: String, boxes: Int, notes: Int, classes: String = #"{"0": "cup"}"#) -> String {
    let box = #"{"class_id": 0, "left": 1, "top": 1, "width": 9, "height": 9}"#
    return
      #""\#(name)": {"image_size": [{"width": 64, "height": 48, "depth": 3}], "annotations": [\#(Array(repeating: box, count: boxes).joined(separator: ", "))]}, "\#(name)-metadata": {"objects": [\#(Array(repeating: "{}", count: notes).joined(separator: ", "))], "class-map": \#(classes), "type": "t", "human-annotated": "yes", "creation-date": "2026"}"#
  }
  private func aboutLists(_ text: String) throws -> [String] {
    try said(text, lines: true).filter { $0.hasPrefix("parallel") }
  }

  @Test func listsOfOneLineAreCompared() throws {
    #expect(try aboutLists(line(job("a", boxes: 1, notes: 1)) + "\n" + line(job("a", boxes: 0, notes: 0))) == [])
    #expect(
      try aboutLists(line(job("a", boxes: 1, notes: 0)) + "\n" + line(job("a", boxes: 0, notes: 1)))
        == ["parallel-array-mismatch", "parallel-array-mismatch"])
  }

  /// Then nothing says which lists are of one job.
  @Test func severalJobsOfOnePictureAreLeftAlone() throws {
    #expect(try aboutLists(line(job("a", boxes: 2, notes: 1) + ", " + job("b", boxes: 1, notes: 2))) == [])
  }

  @Test func numbersNeedNamesWhereThereAreNames() throws {
    #expect(try aboutLists(line(job("a", boxes: 1, notes: 1, classes: "{}"))) == [])
    #expect(
      try aboutLists(line(job("a", boxes: 1, notes: 1, classes: #"{"1": "cup"}"#))) == ["parallel-array-mismatch class"]
    )
  }

  // MARK: People

  private func source(_ members: String) -> String {
    #"{"concord": "1.0", "samples": [{"id": "s1", "sources": [{"id": "cam", "modality": "video", "uri": "cam.mp4"\#(members)}]}]}"#
  }

  /// Nobody has said that there are people, or nobody can recognise them.
  @Test(arguments: [
    "", #", "showsPeople": false"#, #", "showsPeople": null"#, #", "showsPeople": "yes""#,
    #", "anonymisation": "none""#,
    #", "showsPeople": true, "anonymisation": "blurred""#, #", "showsPeople": true, "anonymisation": "pose_only""#,
    #", "showsPeople": true, "anonymisation": "blured""#,
    #", "showsPeople": true, "anonymisation": "masked", "retentionUntil": "1969-01-01""#,
    #", "showsPeople": true, "anonymisation": "none", "retentionUntil": "1970-01-01", "accessClass": "shop""#,
    #", "showsPeople": true, "anonymisation": "none", "retentionUntil": "next year", "accessClass": "shop""#,
  ])
  func nobodyIsShown(_ members: String) throws {
    #expect(try said(source(members)) == [])
  }

  @Test(arguments: [
    (#""accessClass": " ""#, ""), (#""anonymisation": null"#, ""),
    (#""anonymisation": "none", "accessClass": " ""#, " both"),
    (#""anonymisation": "none", "accessClass": "shop""#, " retention"),
    (#""anonymisation": "none", "retentionUntil": "2999-01-01""#, " access"),
  ])
  func whatIsMissingIsSaidOnce(_ members: String, _ message: String) throws {
    #expect(try said(source(#", "showsPeople": true, "# + members)) == ["privacy-state-incomplete" + message])
  }
}
