import Testing

/// Cases in which a rule of what may be said of whom, and of what is for what, could be wrong, and must be silent.
@Suite struct VisionDatasetGuardTests {
  private func said(_ text: String) throws -> [String] {
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    let found = bench.run()
    #expect(bench.complaints == [])
    return found.map { $0.message.isEmpty ? $0.rule : "\($0.rule) \($0.message)" }
  }

  // MARK: Attributes

  /// Two names, of which the second has `parked`, and one label of the first.
  private func labels(
    first: String = #""attributes": ["color"]"#, second: String = #""attributes": ["parked"]"#, common: String = "[]",
    parent: String = "", said attributes: String, label: String = "0"
  ) -> String {
    #"{"categories": {"label": {"labels": [{"name": "cup", "parent": "\#(parent)", \#(first)}, {"name": "car", \#(second)}], "attributes": \#(common)}}, "#
      + #""items": [{"id": "a", "annotations": [{"type": "bbox", "label_id": \#(label), "bbox": [1, 1, 9, 9], "attributes": \#(attributes)}]}]}"#
  }

  @Test func whatAnotherClassHasIsSaidOfIt() throws {
    #expect(try said(labels(said: #"{"parked": true}"#)) == ["attribute-scope-violation"])
  }

  /// Many exporters declare nothing, or leave out what their tools add.
  @Test func whatNoClassDeclaresIsLeftAlone() throws {
    #expect(try said(labels(said: #"{"checked": true}"#)) == [])
    let none = labels(first: #""attributes": []"#, second: #""attributes": []"#, said: #"{"parked": true}"#)
    #expect(try said(none) == [])
    #expect(try said(labels(first: #""x": 1"#, second: #""x": 1"#, said: #"{"parked": true}"#)) == [])
  }

  @Test func whatMayBeSaidOfAnyObjectIsAllowed() throws {
    #expect(try said(labels(common: #"["parked"]"#, said: #"{"parked": true}"#)) == [])
  }

  @Test(arguments: ["occluded", "track_id", "keyframe", "outside", "rotation", "score", "is_crowd"])
  func whatToolsWriteThemselvesIsAllowed(_ name: String) throws {
    let text = labels(second: "\"attributes\": [\"\(name)\"]", said: "{\"\(name)\": 0}")
    #expect(try said(text).filter { $0.hasPrefix("attribute") } == [])
  }

  @Test func aClassHasWhatItsWiderClassHas() throws {
    #expect(try said(labels(parent: "car", said: #"{"parked": true}"#)) == [])
  }

  @Test(arguments: ["null", "9"]) func withoutAClassNothingFollows(_ label: String) throws {
    #expect(try said(labels(said: #"{"parked": true}"#, label: label)) == [])
  }

  @Test func anotherSpellingIsSaidAndMended() throws {
    let text = labels(first: #""attributes": ["is parked"]"#, said: #"{"Is_Parked": true}"#)
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    let found = bench.run()
    #expect(found.map(\.message) == ["spelled"])
    let fix = try #require(found.first?.fixes.first)
    #expect(!fix.isCertain)
    #expect(fix.edits.map(\.key).contains("is parked"))
    let both = labels(first: #""attributes": ["is parked"]"#, said: #"{"Is_Parked": true, "is parked": true}"#)
    let other = try #require(Bench(Bench.vision, Array(both.utf8)))
    #expect(other.run().flatMap(\.fixes) == [])
  }

  // MARK: Pictures

  /// A mask, or the parts of a picture, has the picture's name and lies elsewhere.
  @Test(arguments: [
    ("a.jpg", "a.png", false), ("a.JPEG", "a.png", false), ("a.png", "a.jpg", true), ("a.png", "a.PNG", true),
    ("a.jpg", "a.JPG", true),
  ])
  func aMaskIsNoPhotograph(_ written: String, _ found: String, _ isSaid: Bool) throws {
    let text =
      #"{"info": {}, "images": [{"id": 1, "file_name": "\#(written)", "width": 64, "height": 48}], "annotations": []}"#
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    bench.media = [written: "missing \(found)"]
    #expect(bench.run().map(\.rule) == (isSaid ? ["media-reference-missing"] : []))
  }

  /// Some programs write the number of a category for words about a whole picture.
  @Test func wordsHaveNoCategory() throws {
    func file(_ members: String) -> String {
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}], "annotations": [{"id": 1, "image_id": 1, "category_id": 0, \#(members)}], "categories": []}"#
    }
    let words = try #require(Bench(Bench.vision, Array(file(#""caption": "A cup.""#).utf8)))
    #expect(words.linkFindings.map(\.rule) == [])
    let box = try #require(Bench(Bench.vision, Array(file(#""bbox": [1, 2, 3, 4]"#).utf8)))
    #expect(box.linkFindings.map(\.rule) == ["vision/unresolved-record-ref"])
  }

  // MARK: What is learned from

  private func sample(_ number: Int, _ more: String, _ path: String) -> String {
    #"{"id": "s\#(number)", \#(more)"sources": [{"id": "cam", "modality": "image", "uri": "\#(path)", "width": 64, "height": 48}]}"#
  }
  private func samples(_ first: String, _ second: String) -> String {
    #"{"concord": "1.0", "samples": [\#(first), \#(second)]}"#
  }

  /// Choosing and examining may share what they like, and what has no purpose is no leak.
  @Test(arguments: [
    (#""split": "test", "#, #""split": "validation", "#), (#""split": "train", "#, #""split": "train", "#),
    (#""split": "train", "#, ""), (#""split": "train", "#, #""split": "", "#),
  ])
  func withoutTwoSidesThereIsNoLeak(_ first: String, _ second: String) throws {
    #expect(try said(samples(sample(1, first, "a.png"), sample(2, second, "a.png"))) == [])
  }

  @Test func theSideThatIsLearnedIsTold() throws {
    let text = samples(sample(1, #""split": "test", "#, "a.png"), sample(2, #""split": "train", "#, "a.png"))
    let bench = try #require(Bench(Bench.vision, Array(text.utf8)))
    let found = bench.run()
    #expect(found.map(\.rule) == ["split-leak"])
    #expect(found.first?.related.first.map { $0.upperBound < text.utf8.count / 2 } == true)
    #expect(found.first.map { $0.range.lowerBound > text.utf8.count / 2 } == true)
  }

  @Test func anEmptySessionIsNone() throws {
    let train = #""split": "train", "groups": {"session": " "}, "#
    let test = #""split": "test", "groups": {"session": " "}, "#
    #expect(try said(samples(sample(1, train, "a.png"), sample(2, test, "b.png"))) == [])
  }

  // MARK: Results

  private func results(_ scores: String...) -> String {
    let entries = scores.enumerated().map {
      #"{"image_id": \#($0 + 1), "category_id": 1, "bbox": [\#($0), 2, 3, 4], "score": \#($1)}"#
    }
    return "[\(entries.joined(separator: ", "))]"
  }

  @Test func scoresAtTheEdgesAreRight() throws {
    #expect(try said(results("0", "1", "1.0", "0.0", "1e-9")) == [])
  }

  @Test func wrongScoresAreSaidOnce() throws {
    #expect(try said(results("0.5", "1.01", "-0.1", "87")) == ["prediction-file-unbound score"])
  }

  @Test(arguments: ["null", "\"0.9\""]) func whatIsNoScoreIsTheFormsToSay(_ score: String) throws {
    #expect(try said(results(score)) == [])
  }

  /// The labels may lie in another folder.
  @Test func withoutLabelsNoResultIsUnknown() throws {
    #expect(try said(results("0.5", "0.6")) == [])
  }
}
