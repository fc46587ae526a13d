import Facts
import Findings
import Manifest
import PluginHost
import Testing

@Suite(.serialized) struct FormsTests {
  @Test func recordRuleReadsItsLookupAndOffersFixes() async throws {
    let session = try session()
    let box = record(["asset": "\"a\"", "box": "[4,0,8,2]"])
    let image = fact(nil, at: 9, 3..<7, payload: #"{"width": 10, "name": "x.jpg"}"#)
    let result = await session.run([.check(box, lookups: [LookupResult([image])])], priority: .edited)[0]
    let finding = try #require(result.findings.first)
    #expect(result.findings.map(\.line) == ["test/box-outside@1:19-28 right=12 width=10"])
    #expect(finding.severity == .error)
    #expect(finding.fold == "same")
    #expect(
      finding.related == [
        Finding.Related(place: Place(record: reference(9), start: 3, end: 7), message: Message("image"))
      ])
    #expect(finding.fixes.count == 2)
    #expect(finding.fixes[0].isCertain)
    #expect(
      finding.fixes[0].action == .edits([.replace(Place(record: reference(1), start: 24, end: 25), Array("6".utf8))]))
    #expect(finding.fixes[1].action == .recipe(name: "cut-boxes", argument: "10", scope: .dataset))
    #expect(result.faults.isEmpty)
    #expect(result.tallies.map(\.bin) == [0])
    let region = try #require(result.facts.first)
    #expect(region.kind == kindNumbers["test/region"])
    #expect(region.key == FactKey(text: Array("a".utf8), in: DocumentID(1)))
    #expect(region.extent == Extent(form: .box, minX: 4, minY: 0, maxX: 12, maxY: 2))
    #expect(region.places.map(\.name) == ["", "whole"])
    #expect(region.payload.count == 16)
    await session.stop()
  }

  @Test func neighborGroupAndTallyRules() async throws {
    let session = try session()
    let mask = try #require(kindNumbers["test/mask"])
    let extent = Extent(form: .box, minX: 5, minY: 0, maxX: 6, maxY: 1)
    let subject = fact("test/region", at: 1, 2..<4, extent: extent, order: 1, named: [("whole", 0..<20)])
    let other = fact("test/mask", at: 2, 5..<6, extent: extent, order: 2)
    let scene = try #require(kindNumbers["test/scene"])
    let members = [record(["label": #""b""#], number: 4), record(["label": #""a\u00e9""#], number: 3)]
    let results = await session.run(
      [
        .relate(subject, among: mask, .overlapping, related: [other]),
        .relate(subject, among: mask, .within, related: [other]),
        .group(
          scene, FactKey(text: "k"),
          [fact("test/scene", at: 3, 1..<2), fact("test/scene", at: 4, 2..<3), fact("test/scene", at: 5, 2..<3)],
          records: members),
        .totals(
          try #require(kindNumbers["test/convention"]), FactKey(text: "all"),
          [
            KeyTotal(bin: 0, amount: 40, places: []),
            KeyTotal(bin: 1, amount: 2, places: [Place(record: reference(8), start: 1, end: 3)]),
          ]),
      ], priority: .visible)
    #expect(
      results.map { $0.findings.map(\.line) } == [
        ["test/regions-overlap@1:0-20 count=1 x=5"], [], ["test/scene-count@5:2-3 names=aé,b,?"],
        ["test/convention@8:1-3 odd=2 all=42"],
      ])
    #expect(results[3].findings[0].severity == .hint)
    #expect(results.flatMap(\.faults) == [])
    await session.stop()
  }

  @Test func contextSettingsDayAndLookups() async throws {
    let session = try session(settings: ["limit": Array("2.5".utf8)], asOf: 20_500)
    let asked = record(
      ["box": "[1,1,1,1]", "ask": #""q""#], role: .none,
      context: [
        .init("language", Array(#""vi-VN""#.utf8)), .init("language", Array(#""en""#.utf8)), .init("secret", [49]),
      ])
    let scene = fact("test/scene", at: 1, 0..<1)
    func ask() async -> PluginResult {
      await session.run(
        [.check(asked, lookups: [LookupResult(), LookupResult([scene], total: 7)])], priority: .edited)[0]
    }
    let first = await ask()
    #expect(
      first.findings.map(\.line) == [
        "test/surroundings@1:23-26 day=20500 language=vi-VN limit=2.5 found=1/7 text=q box=hidden"
      ])
    #expect(first.claims.map(\.subject) == [["a", "b"]])
    #expect(first.claims.first?.value == Array(#""q""#.utf8))
    await session.configure(asOf: 20_501, settings: [:])
    #expect(
      await ask().findings.map(\.line) == [
        "test/surroundings@1:23-26 day=20501 language=vi-VN limit=-1 found=1/7 text=q box=hidden"
      ])
    await session.stop()
  }

  @Test func fixCompleteAndHover() async throws {
    let session = try session()
    let box = record(["box": "[4,0,8,2]", "label": #""ca""#])
    let scene = try #require(kindNumbers["test/scene"])
    let members: PluginCall.Members = { kind, key in
      kind == scene && key == FactKey(text: Array("ca".utf8), in: DocumentID(1))
        ? LookupResult([fact("test/scene", at: 2, 0..<1, payload: "cat \"x\"")]) : LookupResult()
    }
    let results = await session.run(
      [
        .fix(box, recipe: "cut-boxes", argument: "10"), .fix(box, recipe: "no such", argument: "10"),
        .complete(box, node: 6, members: members), .hover(box, node: 6, members: members),
        .hover(box, node: 99, members: members),
      ], priority: .edited)
    func place(_ start: UInt32, _ end: UInt32) -> Place { Place(record: reference(1), start: start, end: end) }
    #expect(
      results[0].edits == [
        .replace(place(12, 13), Array("6".utf8)),
        .insertMember(place(0, 30), key: "cut", value: Array("true".utf8), after: "box"),
        .insertElement(place(7, 16), value: [48], at: .max), .remove(place(7, 16)),
      ])
    #expect(results[1].edits.isEmpty)
    #expect(results[2].offers.map(\.label) == ["cat \"x\""])
    #expect(results[2].offers.map(\.value) == [Array(#""cat \"x\"""#.utf8)])
    #expect(results[3].text == "**label**: \"ca\"")
    #expect(results[4].text == nil)
    await session.stop()
  }

  @Test func aSlowAnswerIsNotWaitedFor() async throws {
    let session = try session()
    let label = record(["label": #""ca""#])
    #expect(await session.run([.check(label, lookups: [])], priority: .edited).count == 1)
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let members: PluginCall.Members = { _, _ in
      for await _ in gate { break }
      return LookupResult([fact("test/scene", at: 2, 0..<1, payload: "cat")])
    }
    #expect(await session.ask(.complete(label, node: 1, members: members), within: .milliseconds(1)) == nil)
    opener.finish()
    let answer = await session.ask(.complete(label, node: 1, members: members), within: .seconds(60))
    #expect(answer?.offers.map(\.label) == ["cat"])
    await session.stop()
  }
}
