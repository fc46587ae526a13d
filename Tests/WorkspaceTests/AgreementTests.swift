import Findings
import Manifest
import Testing
import Workspace

/// Labels of one thing in several files: whoever edits one of them sees what it means for the others.
@Suite struct AgreementTests {
  @Test func labelsThatFitAreQuiet() async throws {
    let shop = try await Street.shop()
    try await shop.open("camera/a.json")
    try await shop.open("captions/a.jsonl")
    #expect(try await shop.findings("camera/a.json") == [])
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  @Test func anEditInOneFileIsSeenInBoth() async throws {
    let shop = try await Street.shop()
    try await shop.open("camera/a.json")
    try await shop.open("captions/a.jsonl")
    try await shop.replace("pedestrian", with: "bus", in: "captions/a.jsonl")
    let text = try #require(try await shop.shown("captions/a.jsonl").first)
    #expect(text.rule == "agreement/disagrees")
    #expect(text.message.contains(#"In the text this is "bus", in the picture it is "person"."#))
    #expect(text.related.map(\.path) == [shop.path("camera/a.json")])
    #expect(text.fixes.flatMap(\.edits).map(\.text) == [#""person""#])
    let picture = try #require(try await shop.shown("camera/a.json").first)
    #expect(picture.message.contains(#"In the picture this is "person", in the text it is "bus"."#))
    #expect(picture.fixes == [], "the number there says it only through the list of categories")
    try await shop.replace("bus", with: "person", in: "captions/a.jsonl")
    #expect(try await shop.findings("camera/a.json") == [])
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  /// Who asks at once waits until it is known which files there are.
  @Test func filesThatAreStillLookedForAreWaitedFor() async throws {
    let shop = try await Street.shop(["captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")])
    await shop.workspace.showFiles(true, below: [shop.folder.path])
    #expect(
      await shop.workspace.settledFiles().map(\.path) == ["camera/a.json", "captions/a.jsonl"].map(shop.path))
  }

  @Test func aFileThatNobodyHasOpenTakesPart() async throws {
    let shop = try await Street.shop()
    try await shop.open("captions/a.jsonl")
    #expect(try await shop.findings("captions/a.jsonl") == [])
    try await shop.save("camera/a.json", Street.camera.replacing("\"person\"", with: "\"car\""))
    #expect(try await shop.findings("captions/a.jsonl").count == 1)
  }

  /// The name of a category stands once and is meant by every annotation that has its number.
  @Test func whatIsNamedElsewhereIsFollowed() async throws {
    let shop = try await Street.shop()
    try await shop.open("captions/a.jsonl")
    try await shop.open("camera/a.json")
    try await shop.replace("\"person\"", with: "\"bus\"", in: "camera/a.json")
    #expect(try await shop.findings("captions/a.jsonl").count == 1)
    try await shop.replace("frames/0002.jpg", with: "frames/0003.jpg", in: "camera/a.json")
    #expect(try await shop.findings("captions/a.jsonl") == [], "they speak of different pictures")
  }

  @Test func aNewListIsJudgedBy() async throws {
    let shop = try await Street.shop()
    try await shop.open("captions/a.jsonl")
    try await shop.replace("pedestrian", with: "bus", in: "captions/a.jsonl")
    #expect(try await shop.findings("captions/a.jsonl").count == 1)
    try await shop.save("lists/objects.csv", Street.objects.replacing("bus,bus,,vehicle", with: "bus,bus,,person"))
    #expect(try await shop.findings("captions/a.jsonl") == [], "a bus is a kind of person now")
  }

  @Test func whatIsNotInTheListTakesNoPart() async throws {
    let shop = try await Street.shop()
    try await shop.open("captions/a.jsonl")
    try await shop.replace("pedestrian", with: "pedestrain", in: "captions/a.jsonl")
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  @Test func aCounterpartIsMissedOnceAllIsRead() async throws {
    let configuration = Street.configuration.replacing(
      #""property": "class","#, with: #""property": "class", "requires": ["image", "text"],"#)
    let shop = try await Street.shop(configuration: configuration)
    try await shop.open("captions/a.jsonl")
    #expect(try await shop.findings("captions/a.jsonl") == [])
    try await shop.replace("0002", with: "0003", in: "captions/a.jsonl")
    #expect(try await shop.shown("captions/a.jsonl").map(\.rule) == ["agreement/missing"])
  }

  @Test func pathsThatLeadNowhereAreNamed() async throws {
    let wrong = Street.configuration.replacing("\"value\": \"label\"", with: "\"value\": \"lable\"")
    let shop = try await Street.shop(configuration: wrong)
    try await shop.open("concord.json")
    let finding = try #require(try await shop.shown("concord.json").first)
    #expect(finding.rule == "dataset/path-leads-nowhere")
    #expect(finding.message.hasSuffix("Did you mean `label`?"))
  }

  @Test func thingsThatNearlyMeetAreShown() async throws {
    let shop = try await Street.shop(["captions/a.jsonl": Street.captions.replacing("000", with: "00_0")])
    try await shop.open("concord.json")
    let finding = try #require(try await shop.shown("concord.json").first)
    #expect(finding.rule == "dataset/hardly-meets")
    #expect(finding.message.contains("`0001 t1` looks like `00_01 t1` there"))
  }

  @Test func aPathThatCantBeReadIsAnError() async throws {
    let wrong = Street.configuration.replacing("| stem", with: "| stemm")
    let shop = try await Street.shop(configuration: wrong)
    try await shop.open("concord.json")
    #expect(try await shop.shown("concord.json").first?.message.contains("Did you mean `stem`?") == true)
  }

  /// As it is typed, not as it is saved.
  @Test func anEditedConfigurationIsTakenUp() async throws {
    let shop = try await Street.shop(["captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")])
    try await shop.open("captions/a.jsonl")
    try await shop.open("concord.json")
    #expect(try await shop.findings("captions/a.jsonl").count == 1)
    try await shop.replace("\"label\"", with: "\"lable\"", in: "concord.json")
    #expect(try await shop.shown("concord.json").map(\.rule) == ["dataset/path-leads-nowhere"])
    #expect(try await shop.findings("captions/a.jsonl") == [])
    try await shop.replace("\"lable\"", with: "\"label\"", in: "concord.json")
    #expect(try await shop.findings("concord.json") == [])
    #expect(try await shop.findings("captions/a.jsonl").count == 1)
  }

  /// Whoever reads independently is told nothing of what others have said of the same thing.
  @Test func aBlindAuthorIsToldNothing() async throws {
    let shop = try await TwoReadings.shop()
    await shop.workspace.use(actor: "ann-2", isReviewer: false)
    try await shop.open("blind/a.jsonl")
    #expect(try await shop.findings("blind/a.jsonl") == [])
    await shop.workspace.use(actor: "rev", isReviewer: true)
    let found = try await shop.shown("blind/a.jsonl")
    #expect(found.count == 1 && found[0].message.contains("laughter"))
    #expect(found.flatMap(\.fixes) == [], "nobody's reading is written over another's")
  }

  /// Nor of what is wrong with what they said, where files that nobody has open are shown.
  @Test func aBlindAuthorIsToldNothingOfOtherFiles() async throws {
    let shop = try await TwoReadings.shop(first: "Kakadu")
    let first = shop.path(TwoReadings.names[0])
    func shown() async -> [CheckedFinding] {
      _ = await shop.workspace.settledFiles()
      return await shop.workspace.fileSnapshot(first)?.snapshot.checkedFindings(path: first) ?? []
    }
    await shop.workspace.use(actor: "ann-2", isReviewer: false)
    await shop.workspace.showFiles(true, below: [shop.folder.path])
    try await shop.open(TwoReadings.names[1])
    #expect(await shown() == [])
    await shop.workspace.use(actor: "rev", isReviewer: true)
    #expect(await shown().map(\.rule).sorted() == ["agreement/disagrees", "schema/enum"])
  }

  @Test func kindsAreTallied() async throws {
    let shop = try await Street.shop(["captions/b.jsonl": Street.captions.replacing("pedestrian", with: "bus")])
    let report = await shop.check(["camera/a.json", "captions/a.jsonl", "captions/b.jsonl"])
    let kind = try #require(report.disagreements.first)
    #expect([kind.modality, kind.value, kind.otherModality, kind.otherValue] == ["image", "person", "text", "bus"])
    #expect(report.joins.map(\.made) == [2, 2] && report.joins.map(\.met) == [2, 2])
  }

  /// Values that are too long to be kept with what is known of a record.
  @Test func longTextsAreCompared() async throws {
    let words = (1...60).map { "word\($0)" }.joined(separator: " ")
    let files = [
      "heard/a.jsonl": #"{"clip": "c1", "text": "\#(words)"}"#,
      "written/a.jsonl": #"{"clip": "c1", "text": "\#(words)"}"#,
    ]
    let configuration = #"""
      {"alignments": [{"subject": ["clip"], "property": "text", "compare": {"by": "text", "maximumWER": 0.05}, "sources": [
        {"files": "heard/*", "modality": "audio", "clip": "clip", "value": "text"},
        {"files": "written/*", "modality": "text", "clip": "clip", "value": "text"}]}]}
      """#
    let shop = try await Shop(files, Street.plugin, configuration: configuration)
    try await shop.open("heard/a.jsonl")
    #expect(try await shop.findings("heard/a.jsonl") == [])
    for number in 50...59 { try await shop.replace("word\(number)", with: "ward\(number)", in: "heard/a.jsonl") }
    #expect(try await shop.findings("heard/a.jsonl").count == 1)
  }

  /// What a path reads of the entry around is read again when it changes there.
  @Test func whatStandsAroundIsRead() async throws {
    let files = [
      "nested/a.json": #"{"samples": [{"id": "s1", "labels": [{"object": "o", "is": "a"}]}]}"#,
      "flat/a.jsonl": #"{"sample": "s2", "object": "o", "is": "b"}"#,
    ]
    let configuration = #"""
      {"alignments": [{"subject": ["sample", "object"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "nested/*", "records": "/samples/*/labels/*", "sample": "../id", "object": "object", "value": "is"},
        {"files": "flat/*", "sample": "sample", "object": "object", "value": "is"}]}]}
      """#
    let shop = try await Shop(files, Street.plugin, configuration: configuration)
    try await shop.open("nested/a.json")
    #expect(try await shop.findings("nested/a.json") == [])
    try await shop.replace("s1", with: "s2", in: "nested/a.json")
    #expect(try await shop.findings("nested/a.json").count == 1)
  }

  @Test func liveEqualsChecked() async throws {
    let shop = try await Street.shop(["captions/b.jsonl": Street.captions.replacing("pedestrian", with: "bus")])
    for name in ["captions/b.jsonl", "camera/a.json", "concord.json"] { try await shop.open(name) }
    let report = await shop.check(["camera/a.json", "captions/a.jsonl", "captions/b.jsonl", "concord.json"])
    for file in report.files where !file.path.hasSuffix("captions/a.jsonl") {
      let name =
        file.path.hasSuffix("concord.json")
        ? "concord.json" : String(file.path.dropFirst(shop.folder.path.utf8.count + 1))
      #expect(try await shop.shown(name) == file.findings, "\(file.path)")
    }
    #expect(report.files.reduce(0) { $0 + $1.findings.count } > 1)
  }
}

extension String {
  func replacing(_ old: String, with new: String) -> String {
    var out = ""
    var rest = self[...]
    while let found = rest.firstRange(of: old) {
      out += rest[..<found.lowerBound] + new
      rest = rest[found.upperBound...]
    }
    return out + rest
  }
}
