import Findings
import Foundation
import Manifest
import TestSupport
import Testing
import Workspace

/// What somebody found right, with a reason: it stays so while the judged values do.
@Suite struct DecisionTests {
  private static let decisions = "concord.decisions.jsonl"

  private func shop(_ changes: [String: String] = [:]) async throws -> Shop {
    try await Street.shop(
      changes.merging(["captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")]) { $1 })
  }

  /// Does to the shop's files what an action asks for, as an editor does; the reason is filled in.
  private func take(
    _ act: ActionRequest.Act, at text: String, in name: String, _ shop: Shop, because reason: String = "it is staged"
  ) async throws {
    await shop.workspace.settle(name)
    let snapshot = try #require(await shop.workspace.snapshot(name))
    let start = try #require(snapshot.document.allBytes().firstOffset(of: text))
    let actions = await shop.workspace.actions(in: start..<start + text.utf8.count, of: snapshot)
    let action = try #require(actions.first { $0.request.act == act }, "\(actions.map(\.title))")
    for file in try #require(await shop.workspace.edits(of: action.request)) {
      var document = file.document
      for edit in file.edits.reversed() { _ = document.apply(edit) }
      let now = String(decoding: document.allBytes(), as: UTF8.self)
        .replacing(#""reason": "","#, with: #""reason": "\#(reason)","#)
      let relative = String(file.path.dropFirst(shop.folder.path.utf8.count + 1))
      if let uri = file.uri {
        await shop.workspace.change(uri, version: 2, edits: [.whole(Array(now.utf8))])
      } else {
        try await shop.save(relative, now)
      }
    }
  }

  private func titles(at text: String, in name: String, _ shop: Shop) async throws -> [String] {
    await shop.workspace.settle(name)
    let snapshot = try #require(await shop.workspace.snapshot(name))
    let start = try #require(snapshot.document.allBytes().firstOffset(of: text))
    return await shop.workspace.actions(in: start..<start + text.utf8.count, of: snapshot).map(\.title)
  }

  /// Whether each finding of a file is accepted.
  private func accepted(_ name: String, _ shop: Shop) async throws -> [Bool] {
    try await shop.shown(name).map { $0.accepted != nil }
  }

  // MARK: Accepting

  @Test func anAcceptedFindingIsAHintWithItsReason() async throws {
    let shop = try await shop()
    await shop.workspace.use(actor: "ann-07", isReviewer: false)
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    let found = try #require(try await shop.shown("captions/a.jsonl").first)
    #expect(found.severity == .hint)
    #expect(found.message.hasSuffix("so one of them is wrong. Accepted by ann-07: it is staged"))
    #expect(found.accepted == CheckedAcceptance(by: "ann-07", reason: "it is staged"))
    try await shop.open("camera/a.json")
    #expect(try await accepted("camera/a.json", shop) == [true], "one disagreement has two ends")
    let line = try await String(decoding: shop.text(Self.decisions), as: UTF8.self)
    #expect(
      line.contains(#""values": ["bus (bus)", "person (person)"]"#) || line.contains(#""values": ["bus", "person"]"#))
    #expect(line.contains(#""actor": "ann-07", "time": "2"#) && line.contains(#""scope": "label""#))
  }

  @Test func withoutAReasonNothingIsAccepted() async throws {
    let shop = try await shop()
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop, because: " ")
    #expect(try await accepted("captions/a.jsonl", shop) == [false])
    try await shop.open(Self.decisions)
    #expect(try await shop.shown(Self.decisions).map(\.rule) == ["decision/reason-missing"])
    // The open buffer goes before the file, and counts as it is typed.
    try await shop.replace(#""reason": " ""#, with: #""reason": "yes""#, in: Self.decisions)
    #expect(try await shop.findings(Self.decisions) == [])
    #expect(try await accepted("captions/a.jsonl", shop) == [true])
    await shop.close(Self.decisions)
    #expect(try await accepted("captions/a.jsonl", shop) == [false], "it was not saved")
  }

  /// Where files that nobody has open are shown, those change as well, and others don't.
  @Test func aFileThatNobodyHasOpenIsShownAnew() async throws {
    let shop = try await shop()
    await shop.workspace.showFiles(true, below: [shop.folder.path])
    try await shop.open("captions/a.jsonl")
    await shop.workspace.settle("captions/a.jsonl")
    _ = await shop.workspace.takeFileNews()
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop, because: " ")
    try await shop.open(Self.decisions)
    await shop.workspace.settle(Self.decisions)
    _ = await shop.workspace.takeFileNews()
    try await shop.replace(#""reason": " ""#, with: #""reason": "yes""#, in: Self.decisions)
    await shop.workspace.settle(Self.decisions)
    var news: [String] = []
    for await _ in shop.workspace.wordsOfFiles {
      news = await shop.workspace.takeFileNews()
      if !news.isEmpty { break }
    }
    #expect(news == [shop.path("camera/a.json")])
    let camera = try #require(await shop.workspace.fileSnapshot(shop.path("camera/a.json"))?.snapshot)
    #expect(camera.checkedFindings(path: "a").map { $0.accepted?.reason } == ["yes"])
  }

  @Test func aDecisionIsTakenBack() async throws {
    let shop = try await shop()
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    #expect(try await titles(at: "\"bus\"", in: "captions/a.jsonl", shop) == ["Accepted: take it back"])
    try await take(.withdraw, at: "\"bus\"", in: "captions/a.jsonl", shop)
    #expect(try await accepted("captions/a.jsonl", shop) == [false])
    #expect(try await shop.text(Self.decisions) == [])
  }

  @Test func aChangedValueBringsItBack() async throws {
    let shop = try await shop()
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    try await shop.replace("\"bus\"", with: "\"car\"", in: "captions/a.jsonl")
    #expect(try await accepted("captions/a.jsonl", shop) == [false])
    try await shop.replace("\"car\"}\n", with: "\"bus\"}\n", in: "captions/a.jsonl")
    #expect(try await accepted("captions/a.jsonl", shop) == [true])
  }

  /// The same number of equal ids, but only one of them is right.
  @Test func equalFindingsAreToldApart() async throws {
    let camera = Street.camera.replacing(#""image_id": 1"#, with: #""image_id": 7"#)
      .replacing(#""image_id": 2"#, with: #""image_id": 8"#)
    let shop = try await Street.shop(["camera/a.json": camera, "camera/b.json": camera])
    try await shop.open("camera/a.json")
    try await shop.open("camera/b.json")
    try await take(.acceptLabel, at: "7", in: "camera/a.json", shop)
    #expect(try await accepted("camera/a.json", shop) == [true, false])
    #expect(try await accepted("camera/b.json", shop) == [false, false], "another file says the same of another thing")
    try await take(.acceptKind, at: "8", in: "camera/b.json", shop)
    #expect(try await accepted("camera/a.json", shop) == [true, true])
    #expect(try await accepted("camera/b.json", shop) == [false, true])
  }

  /// A file that has another name by now is still meant.
  @Test func aRenamedFileKeepsWhatWasDecided() async throws {
    let camera = Street.camera.replacing(#""image_id": 1"#, with: #""image_id": 7"#)
    let shop = try await Street.shop(["camera/a.json": camera])
    try await shop.open("camera/a.json")
    try await take(.acceptLabel, at: "7", in: "camera/a.json", shop)
    await shop.close("camera/a.json")
    try FileManager.default.removeItem(atPath: shop.path("camera/a.json"))
    try await shop.save("camera/b.json", camera)
    await shop.workspace.filesChanged([shop.path("camera/a.json")])
    try await shop.open("camera/b.json")
    #expect(try await accepted("camera/b.json", shop) == [true])
  }

  // MARK: What it is known by

  /// Whatever is done to a file that leaves the judged value alone leaves the decision alone, and nothing else does.
  @Test(arguments: 0..<24) func movingAndLayingOutChangesNothing(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var entries = (1...6).map { number -> [(String, String)] in
      let image = number < 4 ? 90 + number : 1
      return [("\"id\"", "\(number)"), ("\"image_id\"", "\(image)"), ("\"note\"", "\"n\(number % 2)\"")]
    }
    // Entries without an id of their own are known by what they say.
    let hasIDs = seed.isMultiple(of: 2)
    if !hasIDs { entries = entries.map { Array($0.dropFirst()) } }
    func text(_ random: inout SplitMix64, shuffled: Bool) -> String {
      let order = shuffled ? entries.shuffled(using: &random) : entries
      let space = shuffled ? ["", " ", "\n      "].randomElement(using: &random) ?? "" : " "
      let parts = order.map { entry -> String in
        let members = entry.map { "\($0.0):\(space)\($0.1)" }
        return "{\(members.joined(separator: ",\(space)"))}"
      }
      let list = parts.joined(separator: ",\(space)")
      return #"{"images": [{"id": 1}], "categories": [], "annotations": [\#(list)]}"#
    }
    let first = text(&random, shuffled: false)
    let shop = try await Street.shop(["camera/a.json": first])
    try await shop.open("camera/a.json")
    try await take(.acceptLabel, at: "92", in: "camera/a.json", shop)
    for _ in 0..<4 {
      await shop.workspace.change(
        "camera/a.json", version: 3, edits: [.whole(Array(text(&random, shuffled: true).utf8))])
      let shown = try await shop.shown("camera/a.json")
      let now = try await shop.text("camera/a.json")
      #expect(shown.count == 3)
      #expect(shown.filter { $0.accepted != nil }.map { String(decoding: now[$0.bytes], as: UTF8.self) } == ["92"])
    }
    try await shop.replace("92", with: "95", in: "camera/a.json")
    #expect(try await accepted("camera/a.json", shop).contains(true) == false)
  }

  // MARK: Counting

  @Test func acceptedIsCountedAndNeverClean() async throws {
    let shop = try await shop()
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    let report = await shop.check(["camera/a.json", "captions/a.jsonl", Self.decisions])
    let rule = try #require(report.rules.first { $0.id == "agreement/disagrees" })
    #expect(rule.found == 0 && rule.accepted == 2)
    #expect(report.disagreements == [], "its kind is settled")
    #expect(report.files.flatMap(\.findings).allSatisfy { $0.accepted != nil && $0.severity == .hint })
  }

  @Test func aDecisionOnWhatIsGoneIsSaid() async throws {
    let shop = try await shop()
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    try await shop.open(Self.decisions)
    #expect(try await shop.findings(Self.decisions) == [])
    try await shop.replace("\"bus\"", with: "\"pedestrian\"", in: "captions/a.jsonl")
    let found = try #require(try await shop.shown(Self.decisions).first)
    #expect(found.rule == "decision/without-finding" && found.severity == .hint)
    #expect(found.fixes.flatMap(\.edits).map(\.text) == [""])
    // Whoever may not see all that is found is not told that something is not.
    await shop.workspace.use(actor: "ann-2", isReviewer: false)
    #expect(try await shop.findings(Self.decisions) == [])
  }

  // MARK: Who sees what

  @Test func aBlindAuthorLearnsNothingThroughADecision() async throws {
    let shop = try await TwoReadings.shop()
    await shop.workspace.use(actor: "rev", isReviewer: true)
    try await shop.open("blind/a.jsonl")
    #expect(
      try await titles(at: "\"crying\"", in: "blind/a.jsonl", shop) == ["This is right, because …"],
      "nobody's reading is written over another's, here or anywhere")
    try await take(.acceptLabel, at: "\"crying\"", in: "blind/a.jsonl", shop, because: "laughter at first")
    #expect(try await accepted("blind/a.jsonl", shop) == [true])
    await shop.workspace.use(actor: "ann-2", isReviewer: false)
    #expect(try await shop.findings("blind/a.jsonl") == [])
    #expect(try await titles(at: "\"crying\"", in: "blind/a.jsonl", shop) == [])
  }

  @Test func outsideOfADatasetNothingIsDecided() async throws {
    let camera = Street.camera.replacing(#""image_id": 1"#, with: #""image_id": 7"#)
    let shop = try await Shop(["a.json": camera], Street.plugin, configuration: nil)
    try await shop.open("a.json")
    #expect(try await shop.findings("a.json").count == 1)
    #expect(try await titles(at: "7", in: "a.json", shop) == [])
  }

  @Test func theFileMayHaveAnotherName() async throws {
    let configuration = Street.configuration.replacing("{\"voc", with: "{\"decisions\": \"notes/why.jsonl\", \"voc")
    let shop = try await Street.shop(
      ["captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")], configuration: configuration)
    try await shop.open("captions/a.jsonl")
    try await take(.acceptLabel, at: "\"bus\"", in: "captions/a.jsonl", shop)
    #expect(try await accepted("captions/a.jsonl", shop) == [true])
    #expect(try await shop.text("notes/why.jsonl").count > 0)
  }

  // MARK: Reviewers

  @Test func twoEntriesMayMeanTheSame() async throws {
    let shop = try await shop(["captions/b.jsonl": Street.captions.replacing("pedestrian", with: "bus")])
    try await shop.open("captions/a.jsonl")
    await shop.workspace.use(actor: "ann-1", isReviewer: false)
    #expect(
      try await titles(at: "\"bus\"", in: "captions/a.jsonl", shop).contains("These two mean the same here") == false)
    await shop.workspace.use(actor: "rev", isReviewer: true)
    try await shop.open("lists/objects.csv")
    try await take(.mapTerms, at: "\"bus\"", in: "captions/a.jsonl", shop)
    let list = try await String(decoding: shop.text("lists/objects.csv"), as: UTF8.self)
    #expect(
      list == """
        id,prefLabel,altLabel,broader,exactMatch
        vehicle,vehicle,,,
        car,car,automobile,vehicle,
        bus,bus,,vehicle,person
        person,person,pedestrian,,

        """)
    #expect(try await shop.findings("captions/a.jsonl") == [])
    #expect(try await shop.findings("lists/objects.csv") == [])
    _ = try shop.folder.write("lists/objects.csv", list)
    let report = await shop.check(["camera/a.json", "captions/a.jsonl", "captions/b.jsonl"])
    #expect(report.disagreements == [])
  }

  /// A cell that holds others, a list in quotes, and lists in JSON.
  @Test(arguments: [
    (
      "id,prefLabel,exactMatch\nbus,bus,coach\nperson,person,\n",
      "id,prefLabel,exactMatch\nbus,bus,coach;person\nperson,person,\n"
    ),
    (
      "id,prefLabel,exactMatch\nbus,bus,\nperson,person,\n", "id,prefLabel,exactMatch\nbus,bus,person\nperson,person,\n"
    ),
    ("id,prefLabel,exactMatch\nbus,bus\nperson,person\n", "id,prefLabel,exactMatch\nbus,bus,person\nperson,person\n"),
    (
      "id;prefLabel;exactMatch\r\nbus;bus;\"a|b\"\r\nperson;person;\r\n",
      "id;prefLabel;exactMatch\r\nbus;bus;\"a|b|person\"\r\nperson;person;\r\n"
    ),
    ("id\tprefLabel\nbus\tbus\nperson\tperson\n", "id\tprefLabel\texactMatch\nbus\tbus\tperson\nperson\tperson\t\n"),
  ])
  func aMappingIsAddedToATable(before: String, after: String) async throws {
    let shop = try await shop(["lists/objects.csv": before, "camera/a.json": Street.camera])
    await shop.workspace.use(actor: nil, isReviewer: true)
    try await shop.open("captions/a.jsonl")
    try await take(.mapTerms, at: "\"bus\"", in: "captions/a.jsonl", shop)
    #expect(try await String(decoding: shop.text("lists/objects.csv"), as: UTF8.self) == after)
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  @Test(arguments: [
    (#"{"id": "bus", "prefLabel": "bus"}"#, #"{"id": "bus", "prefLabel": "bus", "exactMatch": ["person"]}"#),
    (#"{"id": "bus", "exactMatch": "coach"}"#, #"{"id": "bus", "exactMatch": ["coach", "person"]}"#),
    (#"{"id": "bus", "exactMatch": ["coach"]}"#, #"{"id": "bus", "exactMatch": ["coach", "person"]}"#),
  ])
  func aMappingIsAddedToAListInJSON(before: String, after: String) async throws {
    func list(_ bus: String) -> String { #"{"terms": [\#(bus), {"id": "person", "prefLabel": "person"}]}"# }
    let shop = try await Street.shop(
      ["lists/objects.json": list(before), "captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")],
      configuration: Street.configuration.replacing("objects.csv", with: "objects.json"))
    await shop.workspace.use(actor: nil, isReviewer: true)
    try await shop.open("captions/a.jsonl")
    try await take(.mapTerms, at: "\"bus\"", in: "captions/a.jsonl", shop)
    #expect(try await String(decoding: shop.text("lists/objects.json"), as: UTF8.self) == list(after))
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  @Test func aValueIsTakenOverEverywhere() async throws {
    let camera = #"""
      {"images": [{"id": 1, "file_name": "0001.jpg"}, {"id": 2, "file_name": "0002.jpg"}, {"id": 3, "file_name": "0003.jpg"}],
       "annotations": [
         {"id": 1, "image_id": 1, "category_id": 2, "attributes": {"track": "t1"}},
         {"id": 2, "image_id": 2, "category_id": 2, "attributes": {"track": "t1"}},
         {"id": 3, "image_id": 3, "category_id": 2, "attributes": {"track": "t1"}}],
       "categories": [{"id": 2, "name": "person"}]}
      """#
    func caption(_ number: Int, _ label: String) -> String {
      #"{"sample": "000\#(number)", "object": "t1", "label": "\#(label)"}"# + "\n"
    }
    let shop = try await Street.shop([
      "camera/a.json": camera, "captions/a.jsonl": caption(1, "bus"), "captions/b.jsonl": caption(2, "bus"),
      "captions/c.jsonl": caption(3, "bus"),
    ])
    try await shop.open("captions/a.jsonl")
    try await shop.open("captions/b.jsonl")
    #expect(
      try await titles(at: "\"bus\"", in: "captions/a.jsonl", shop)
        == ["This is right, because …", "All 3 of this kind are right, because …"])
    await shop.workspace.use(actor: "rev", isReviewer: true)
    #expect(
      try await titles(at: "\"bus\"", in: "captions/a.jsonl", shop) == [
        #"Use "person" everywhere: 3 places in 3 files"#, "These two mean the same here", "This is right, because …",
        "All 3 of this kind are right, because …",
      ])
    // Nothing is written into a file that is another one by now, of which nobody has told yet.
    let snapshot = try #require(await shop.workspace.snapshot("captions/a.jsonl"))
    let action = try #require(
      await shop.workspace.actions(in: 0..<snapshot.document.byteCount, of: snapshot).first {
        $0.request.act == .useEverywhere
      })
    _ = try shop.folder.write("captions/c.jsonl", "\n" + caption(3, "bus"))
    #expect(await shop.workspace.edits(of: action.request) == nil)
    try await shop.save("captions/c.jsonl", caption(3, "bus"))
    try await take(.useEverywhere, at: "\"bus\"", in: "captions/a.jsonl", shop)
    for (number, name) in [(1, "captions/a.jsonl"), (2, "captions/b.jsonl"), (3, "captions/c.jsonl")] {
      #expect(try await String(decoding: shop.text(name), as: UTF8.self) == caption(number, "person"))
    }
    #expect(try await shop.findings("captions/a.jsonl") == [])
  }

  @Test func severitiesChangeWhereAndAsTheyAreWritten() async throws {
    let rules = #"""
      {"rules": {"agreement/disagrees": [{"severity": "warning", "reason": "we look into it"},
        {"severity": "off", "files": "captions/*", "reason": "vendor's"}]}, "voc
      """#
    let shop = try await Street.shop(
      ["captions/a.jsonl": Street.captions.replacing("pedestrian", with: "bus")],
      configuration: Street.configuration.replacing("{\"voc", with: rules))
    for name in ["captions/a.jsonl", "camera/a.json", "concord.json"] { try await shop.open(name) }
    #expect(try await shop.shown("camera/a.json").map(\.severity) == [.warning])
    #expect(try await shop.findings("captions/a.jsonl") == [])
    #expect(try await shop.findings("concord.json") == [])
    try await shop.replace("\"off\"", with: "\"hint\"", in: "concord.json")
    #expect(try await shop.shown("captions/a.jsonl").map(\.severity) == [.hint])
    try await shop.replace("agreement/disagrees", with: "agreement/disagree", in: "concord.json")
    let unknown = try #require(try await shop.shown("concord.json").first)
    #expect(unknown.rule == "dataset/unknown-rule" && unknown.message.hasSuffix("Did you mean `agreement/disagrees`?"))
    #expect(unknown.fixes.flatMap(\.edits).map(\.text) == [#""agreement/disagrees""#])
    #expect(try await shop.shown("captions/a.jsonl").map(\.severity) == [.error])
  }
}
