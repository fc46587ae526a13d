import CWorkerSystem
import Facts
import Findings
import Ontology
import PluginHost
import Testing
import WorkerProtocol

@Suite(.serialized) struct ExampleCTests {
  @Test func recordRulesInC() async throws {
    let session = try session("ExampleC", settings: ["max-length": Array("4".utf8)], asOf: 20_000)
    let calls: [PluginCall] = [
      .check(record(["label": #"" cars""#], context: [.init("language", Array(#""en""#.utf8))]), lookups: []),
      .check(
        record(["asset": "\"a\"", "interval": "[1,9]"]),
        lookups: [LookupResult([fact(nil, at: 5, 0..<9, payload: #"{"duration":8.5}"#)])]),
      .check(record(["date": #""2024-10-05""#]), lookups: []),
      .check(record(["date": #""2024-10-04""#]), lookups: []),
    ]
    let results = await session.run(calls, priority: .edited)
    #expect(
      results.map { $0.findings.map(\.line) } == [
        [
          "example-c/label-space@1:9-16", "example-c/label-too-long@1:9-16 length=5 most=4 language=\"en\"",
        ],
        ["example-c/segment-after-end@1:24-29 end=9 duration=8.5"], ["example-c/date-in-future@1:8-20"], [],
      ])
    let place = Place(record: reference(1), start: 9, end: 16)
    #expect(
      results[0].findings.first?.fixes == [
        Fix(title: Message("trim"), isCertain: true, action: .edits([.replace(place, Array("\"cars\"".utf8))])),
        Fix(
          title: Message("trim-all"), isCertain: false,
          action: .recipe(name: "trim-labels", argument: "all", scope: .document)),
      ])
    #expect(results[0].findings.first?.fold == "cars")
    #expect(results[0].facts.map(\.key) == [FactKey(text: Array(" cars".utf8), in: DocumentID(1))])
    #expect(results[0].tallies.map { [Int64($0.bin), $0.amount] } == [[5, 1]])
    #expect(results[0].claims.map(\.subject) == [["label", "0"]])
    #expect(results[0].claims.first?.confidence == 0.5)
    #expect(results[1].facts.first?.extent == Extent(form: .interval, minX: 1, minY: 0, maxX: 9, maxY: 0))
    #expect(results[1].facts.first?.places.map(\.name) == ["", "asset"])
    #expect(results.flatMap(\.faults) == [])
    await session.stop()
  }

  @Test func otherFormsInC() async throws {
    let session = try session("ExampleC")
    let segment = try #require(kindNumbers["example-c/segment"])
    let label = try #require(kindNumbers["example-c/label"])
    let later = fact("example-c/segment", at: 2, 3..<8, order: 2)
    let earlier = fact("example-c/segment", at: 1, 3..<8, order: 1)
    let spaced = record(["label": #""x ""#])
    let members: PluginCall.Members = { _, _ in
      LookupResult([fact("example-c/label", at: 1, 0..<1, payload: "xylophone")])
    }
    let results = await session.run(
      [
        .relate(later, among: segment, .overlapping, related: [earlier]),
        .relate(earlier, among: segment, .overlapping, related: [later]),
        .group(
          label, FactKey(text: "k"), [fact("example-c/label", at: 1, 0..<1), fact("example-c/label", at: 2, 0..<1)],
          records: [record([:], number: 1)]),
        .totals(
          try #require(kindNumbers["example-c/count"]), FactKey(text: "lengths"),
          [
            KeyTotal(bin: 3, amount: 9, places: [Place(record: reference(3), start: 0, end: 1)]),
            KeyTotal(bin: 4, amount: 1, places: []),
          ]),
        .fix(spaced, recipe: "trim-labels", argument: "all"), .complete(spaced, node: 1, members: members),
        .hover(spaced, node: 1, members: members), .hover(spaced, node: 0, members: members),
      ], priority: .edited)
    #expect(
      results.map { $0.findings.map(\.line) } == [
        ["example-c/segments-overlap@2:3-8 count=1"], [], ["example-c/label-twice@2:0-1 count=2 bytes=2"],
        ["example-c/labels-alike@3:0-1 share=90"], [], [], [], [],
      ])
    #expect(results[4].edits == [.replace(Place(record: reference(1), start: 9, end: 13), Array("\"x\"".utf8))])
    #expect(results[5].offers.map(\.label) == ["xylophone"])
    #expect(results[6].text == "**label**")
    #expect(results[7].faults.map(\.code) == [.complaint])
    await session.stop()
  }

  @Test func descriptionHoldsEverything() throws {
    let rules = try describe("ExampleC")
    #expect(rules.rules.map(\.info.id).first == "example-c/label-space")
    #expect(rules.rules.map(\.info.form) == [.record, .record, .record, .record, .record, .neighbor, .group, .tally])
    #expect(
      rules.lookups == [
        RuleLookup(by: .definition("asset"), kind: nil), RuleLookup(by: .field("label"), kind: "example-c/label"),
      ])
    let declared = rules.declarations
    #expect(declared[2].definitions == ["asset"])
    #expect(declared[4].lookups == ["example-c/label"])
    #expect(
      declared.suffix(3).map(\.form) == [
        .neighbor(kind: "example-c/segment", among: nil, relation: .overlapping, limit: 256),
        .group(kind: "example-c/label", needsRecords: true), .tally(kind: "example-c/count"),
      ])
    let alike = try #require(rules.rules.last)
    #expect(alike.info.isSensitive)
    #expect(alike.info.silences == ["example-c/label-too-long"])
    #expect(rules.rules[5].relation == .overlapping)
    #expect(rules.rules[6].needsRecords)
    #expect(rules.rules[0].info.bad == ["{\"label\": ⟪\" car\"⟫}"])
    #expect(rules.rules[0].info.messages["trim"] == "Take the space out")
  }

  @Test func vocabulariesAreLookedUpAndReplaced() async throws {
    let session = try session("ExampleC")
    func check(_ label: String) async -> PluginResult {
      await session.run([.check(record(["label": "\"\(label)\""]), lookups: [])], priority: .edited)[0]
    }
    #expect(await check("lorry").findings.isEmpty)
    let terms = Vocabulary(
      Array(
        #"""
        {"terms": [{"id": "truck", "prefLabel": "truck", "altLabels": ["lorry"], "broader": ["vehicle"]},
          {"id": "car", "prefLabel": "Car", "replacedBy": ["automobile"], "deprecated": true},
          {"id": "Car", "prefLabel": "something else"}]}
        """#.utf8), id: "labels")
    let index = TermIndex(terms)
    await session.use(index, as: "labels")
    await session.use(index, as: "not read by this plugin")
    let retired = await check("car")
    #expect(retired.findings.map(\.line) == ["example-c/label-retired@1:9-14 label=car instead=automobile"])
    #expect(retired.lookedUp == [PluginResult.LookedUp(vocabulary: "labels", text: "car")])
    // An id wins over another term's label.
    #expect(await check("Car").findings.isEmpty)
    #expect(await check("lorry").findings.isEmpty)
    let missed = await check("xyz")
    #expect(missed.findings.isEmpty)
    #expect(missed.lookedUp.map(\.text) == ["xyz"])
    // A new worker gets them as well.
    ws_kill(try #require(await session.processID))
    #expect(await check("car").findings.count == 1)
    // A change is laid over what the worker has.
    var lorry = Term(id: "lorry")
    (lorry.isDeprecated, lorry.replacedBy) = (true, ["truck"])
    let changed = index.applying(VocabularyChange(changed: [lorry], removed: ["car"]))
    await session.use(changed, as: "labels")
    #expect(await check("car").findings.isEmpty)
    #expect(await check("lorry").findings.map(\.line) == ["example-c/label-retired@1:9-16 label=lorry instead=truck"])
    ws_kill(try #require(await session.processID))
    #expect(await check("lorry").findings.count == 1)
    // The change goes as it came.
    await session.use(index, as: "labels")
    #expect(await check("lorry").findings.isEmpty)
    #expect(await check("car").findings.count == 1)
    await session.use(TermIndex(Vocabulary(id: "labels", version: "", terms: [])), as: "labels")
    #expect(await check("car").findings.isEmpty)
    await session.stop()
  }

  /// Who asks at the same time about two datasets with lists of their own gets answers by each one's list.
  @Test func eachCallIsJudgedByItsOwnList() async throws {
    let session = try session("ExampleC")
    func list(_ retired: String) -> TermIndex {
      TermIndex(
        Vocabulary(
          Array(
            #"{"terms": [{"id": "\#(retired)", "prefLabel": "\#(retired)", "deprecated": true, "replacedBy": ["new"]}]}"#
              .utf8),
          id: "labels"))
    }
    let lists = ["car": list("car"), "cup": list("cup")]
    let calls = (0..<20).map { number in
      PluginCall.check(record(["label": number.isMultiple(of: 2) ? "\"car\"" : "\"cup\""]), lookups: [])
    }
    await withTaskGroup(of: (String, [PluginResult]).self) { group in
      for round in 0..<40 {
        let retired = round.isMultiple(of: 2) ? "car" : "cup"
        let priority: CallPriority = round.isMultiple(of: 3) ? .background : .edited
        group.addTask {
          (retired, await session.run(calls, priority: priority, lists: lists[retired].map { ["labels": $0] } ?? [:]))
        }
      }
      for await (retired, results) in group {
        let found = results.map { $0.findings.filter { $0.rule == "example-c/label-retired" }.count }
        #expect(found == (0..<20).map { ($0.isMultiple(of: 2)) == (retired == "car") ? 1 : 0 })
      }
    }
    await session.stop()
  }
}
