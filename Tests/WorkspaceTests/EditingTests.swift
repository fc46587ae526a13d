import Findings
import Manifest
import Testing
import Workspace

/// What one edit does to findings far from it.
@Suite struct EditingTests {
  static let coco = #"""
    {"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480},
                {"id": 2, "file_name": "b.png", "width": 200, "height": 480}],
     "annotations": [{"id": 1, "image_id": 1, "category_id": 7, "bbox": [300, 10, 40, 40]},
                     {"id": 2, "image_id": 1, "category_id": 7, "bbox": [400, 10, 40, 40]},
                     {"id": 3, "image_id": 2, "category_id": 7, "bbox": [100, 10, 40, 40]}],
     "categories": [{"id": 7, "name": "cup"}]}
    """#

  private func rules(_ desk: Desk) async throws -> [String] { try await desk.findings.map(\.rule) }

  @Test func aPicturesWidthRechecksItsBoxesAndNoOthers() async throws {
    let desk = try await Desk(Self.coco)
    #expect(try await rules(desk) == [])
    let before = await desk.workspace.workDone(for: desk.uri)
    try await desk.replace("640", with: "320")
    #expect(try await rules(desk) == ["vision/bbox-out-of-image", "vision/bbox-out-of-image"])
    let after = await desk.workspace.workDone(for: desk.uri)
    #expect(after.records - before.records == 1)
    #expect(after.calls - before.calls <= 8)
    try await desk.replace("320", with: "640")
    #expect(try await rules(desk) == [])
  }

  @Test func aBoxMovesToAnotherPicture() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace(#""id": 2, "image_id": 1"#, with: #""id": 2, "image_id": 2"#)
    #expect(try await rules(desk) == ["vision/bbox-out-of-image"])
  }

  @Test func aCategorysIDUnderManyReferencesIsOneFinding() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace(#""id": 7, "name""#, with: #""id": 8, "name""#)
    let found = try await desk.findings
    #expect(found.map(\.rule) == ["vision/unresolved-record-ref"])
    #expect(found.first?.count == 3)
    try await desk.replace(#""id": 8, "name""#, with: #""id": 7, "name""#)
    #expect(try await rules(desk) == [])
  }

  @Test func anIDGivenTwiceNamesTheFirst() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace(#"{"id": 3,"#, with: #"{"id": 1,"#)
    let found = try await desk.findings
    #expect(found.map(\.rule) == ["vision/duplicate-record-id"])
    #expect(found.first?.start.line == 4)
    #expect(found.first?.related.first?.start.line == 2)
  }

  @Test func aRecordThatIsNoneAnyMoreSaysNothing() async throws {
    let desk = try await Desk(Self.coco)
    let record = #"{"id": 3, "image_id": 2, "category_id": 7, "bbox": [100, 10, 40, 40]}"#
    try await desk.replace(record, with: record.replacing("[100,", with: "[190,"))
    #expect(try await rules(desk) == ["vision/bbox-out-of-image"])
    try await desk.replace(record.replacing("[100,", with: "[190,"), with: "7")
    #expect(try await !rules(desk).contains { $0.hasPrefix("vision/") })
  }

  @Test func undoTakesEverythingBack() async throws {
    let desk = try await Desk(Self.coco)
    let text = try await desk.text
    let start = try #require(text.firstOffset(of: #""annotations""#))
    await desk.replace(start..<text.count, [])
    #expect(try await !rules(desk).isEmpty)
    await desk.replace(start..<start, Array(text[start...]))
    #expect(try await rules(desk) == [])
    #expect(try await desk.text == text)
  }

  @Test func editsThatComeTogetherAreAppliedInOrder() async throws {
    let desk = try await Desk(Self.coco)
    await desk.workspace.change(
      desk.uri, version: 2,
      edits: [
        .positions(LinePosition(line: 0, character: 0), LinePosition(line: 0, character: 1), .utf16, Array("[".utf8)),
        .positions(LinePosition(line: 0, character: 0), LinePosition(line: 0, character: 1), .utf16, Array("{".utf8)),
      ])
    #expect(try await desk.text == Array(Self.coco.utf8))
    #expect(try await rules(desk) == [])
  }

  /// Both numbers are the same id, and the message shows what is written.
  @Test func aDanglingIDIsShownAsItIsWrittenNow() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace(#""image_id": 2,"#, with: #""image_id": 9.0,"#)
    #expect(try await desk.findings.first?.message.contains("9.0") == true)
    try await desk.replace("9.0", with: "9e0")
    #expect(try await desk.findings.first?.message.contains("9e0") == true)
  }

  @Test func aDanglingNameThatLosesItsQuote() async throws {
    let desk = try await Desk(
      #"{"concord": "1.0", "samples": [{"id": "s", "sources": [], "annotations": [{"id": "a", "source": "p0", "kind": "bbox"}]}]}"#
    )
    #expect(try await desk.findings.contains { $0.message.contains("called p0,") })
    try await desk.replace(#""p0""#, with: #"1p0""#)
    #expect(try await desk.findings.contains { $0.message.contains("called 1p0,") })
  }

  // MARK: Half-typed records

  @Test func aHalfTypedRecordKeepsItsIDUntilItParses() async throws {
    // The rest never comes, so that nothing but the parse can end the hold.
    let desk = try await Desk(Self.coco, rest: .seconds(3600))
    await desk.workspace.settle(desk.uri)
    try await desk.replace(#"{"id": 7, "name": "cup"}"#, with: #"{"id": , "name": "cup"}"#)
    #expect(try await desk.known.filter { $0.rule == "vision/unresolved-record-ref" } == [])
    #expect(try await desk.known.contains { $0.rule.hasPrefix("syntax/") })
    try await desk.replace(#"{"id": ,"#, with: #"{"id": 7,"#)
    #expect(try await rules(desk) == [])
  }

  @Test func whatIsLostCountsAfterARest() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace(#"{"id": 7, "name": "cup"}"#, with: #"{"id": , "name": "cup"}"#)
    #expect(try await rules(desk).contains("vision/unresolved-record-ref"))
  }

  @Test func anotherIDThatParsesCountsAtOnce() async throws {
    let desk = try await Desk(Self.coco, rest: .seconds(3600))
    await desk.workspace.settle(desk.uri)
    try await desk.replace(#""id": 7, "name""#, with: #""id": 17, "name""#)
    #expect(try await rules(desk) == ["vision/unresolved-record-ref"])
  }

  // MARK: Fixes

  @Test func aBoxIsCutAtTheEdge() async throws {
    let desk = try await Desk(Self.coco)
    try await desk.replace("[100, 10, 40, 40]", with: "[180, 10, 40, 40]")
    let fix = try #require(try await desk.findings.first?.fixes.first)
    #expect(!fix.isCertain)
    for edit in fix.edits.reversed() { await desk.replace(edit.bytes, Array(edit.text.utf8)) }
    #expect(try await desk.text == Array(Self.coco.replacing("[100, 10, 40, 40]", with: "[180, 10, 20, 40]").utf8))
    #expect(try await rules(desk) == [])
  }

  @Test func aRecipeTurnsEveryBoxRound() async throws {
    let boxes = (0..<24).map {
      #"{"id": \#($0 + 1), "image_id": 1, "category_id": 1, "bbox": [\#(20 + 10 * $0), \#(130 + 4 * $0), \#(300 + 10 * $0), \#(330 + 4 * $0)]}"#
    }
    let desk = try await Desk(
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": ["#
        + boxes.joined(separator: ", ") + #"], "categories": [{"id": 1, "name": "cup"}]}"#)
    #expect(try await rules(desk) == ["vision/bbox-convention-suspect"])
    let snapshot = try await desk.snapshot
    let finding = try #require(snapshot.shown().findings.first?.finding)
    let action = try #require(finding.fixes.first?.action)
    guard case .recipe(let name, let argument, let scope) = action else {
      Issue.record("no recipe")
      return
    }
    let request = RecipeRequest(
      uri: desk.uri, plugin: "vision", recipe: name, argument: argument, scope: scope,
      record: finding.place.record.record)
    let edits = await desk.workspace.edits(of: request)
    let answer = try #require(edits)
    // Boxes go from 280 × 200 at equal distances: only width and height are written anew.
    #expect(answer.edits.count == 48)
    for edit in answer.edits.reversed() { await desk.replace(edit.range, edit.replacement) }
    #expect(try await rules(desk) == [])
  }
}
