import Facts
import Findings
import Manifest
import TestSupport
import Testing

@testable import Workspace

/// What is picked out of very many findings is what putting all of them in order would give.
@Suite struct FindingTableTests {
  private static let text = """
    {"samples": [
    {"id": 1, "boxes": [{"a": 10}, {"a": 20}, {"a": 30}], "end": "x"},
    {"boxes": [{"a": 1}], "id": 2, "more": [1, 2, 3], "boxes2": []},
    {"id": 3, "boxes": [{"a": 4}, {"a": 5}], "end": "a longer text, so that something stands behind the boxes"},
    {"id": 4}], "behind": [1, 2, 3, 4, 5, 6, 7, 8]}
    """

  /// One rule explains another away.
  private static func rule(_ id: String) -> RuleInfo? {
    RuleInfo(
      id: id, form: id == "declared" ? .declared : .record, severity: .error, summary: "", why: "",
      messages: ["": ""], silences: id == "cause" ? ["effect"] : [])
  }

  private struct Model {
    let document: Document
    let id = DocumentID(7)
    var table: FindingTable
    var sources: [FindingSource: [Finding]] = [:]
    var random: SplitMix64
    let records: [Record]

    init(seed: UInt64, library: Library) {
      let shape = RecordShape(["/samples/*", "/samples/*/boxes/*"].compactMap { RecordShape.Pattern($0) })
      document = Document(Array(FindingTableTests.text.utf8), syntax: .json, shape: shape)
      records = Array(document.records())
      table = FindingTable(id, DocumentLevels(library, nil, path: nil))
      random = SplitMix64(seed: seed)
    }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func finding(in record: Record? = nil) -> Finding {
      let record = record ?? records[number(0..<records.count)]
      let length = document.ownText(of: record.id)?.count ?? 0
      let start = number(0..<max(1, min(length, 6)) * 3) % max(1, length)
      let end = min(length, start + number(0..<4))
      let place = Place(
        record: RecordReference(document: id, record: record.id), start: UInt32(start), end: UInt32(max(start, end)))
      let fold = number(0..<3) == 0 ? ["é", "e\u{301}", "bus"][number(0..<3)] : nil
      return Finding(
        rule: ["a", "effect", "b", number(0..<20) == 0 ? "cause" : "c"][number(0..<4)],
        severity: number(0..<2) == 0 ? .error : .warning, place: place,
        message: Message("", [.init("v", String(number(0..<3)))]),
        related: number(0..<6) == 0 ? [.init(place: place, message: Message())] : [], fold: fold,
        count: number(0..<5) == 0 ? number(1..<5) : 1)
    }

    mutating func step() {
      let record = records[number(0..<records.count)]
      let reference = RecordReference(document: id, record: record.id)
      let source: FindingSource
      var found: [Finding] = []
      switch number(0..<6) {
      case 0, 1:
        source = .record(.host(reference))
        for _ in 0..<number(0..<4) { found.append(finding(in: record)) }
      case 2, 3:
        source = .record(.check(reference, CallNumber(1)))
        // Mostly where it looked, at times elsewhere.
        for _ in 0..<number(0..<3) { found.append(finding(in: number(0..<5) == 0 ? nil : record)) }
      case 4:
        source = .space(.configuration)
        for _ in 0..<number(0..<8) { found.append(finding()) }
      default:
        source = .space(.decisions)
        for _ in 0..<number(0..<8) { found.append(finding()) }
      }
      sources[source] = found
      table.put(found, from: source)
    }

    func range(of place: Place) -> Range<Int>? {
      document.absolute(Int(place.start)..<Int(place.end), in: place.record.record)
    }
  }

  @Test(arguments: 0..<UInt64(24)) func whatIsPickedIsWhatOrderingAllWouldShow(seed: UInt64) throws {
    var model = Model(seed: seed, library: try Installation.library.get())
    for _ in 0..<40 {
      model.step()
      let expected = model.sources.values.flatMap(\.self)
      #expect(
        Dictionary(grouping: model.table.all, by: \.self).mapValues(\.count)
          == Dictionary(grouping: expected, by: \.self).mapValues(\.count))
      let offset = model.number(0..<Self.text.utf8.count + 1)
      let limit = model.number(0..<7)
      let whole = Publication(
        of: expected, rule: Self.rule, range: { model.range(of: $0) }, edits: [offset], limit: limit)
      let rules = Set(model.table.standingRules)
      let hidden = Publication.hidden(among: rules, standing: rules, rule: Self.rule)
      let numbers = model.table.numbers(of: hidden)
      let part = Publication(
        candidates: model.table.nearest(to: offset, limit: limit, without: numbers, in: model.document),
        total: model.table.shownCount(without: numbers), edits: [offset], limit: limit)
      #expect(part.shown == whole.shown)
      #expect(part.omitted == whole.omitted)
      for shown in part.shown { #expect(model.table.all[shown.index].place == shown.finding.place) }
    }
  }

  /// Ten thousand records: the few that are shown are found without looking at the others, and stand near the edit.
  @Test func nearestOfMany() throws {
    let lines = (0..<10_000).map { "{\"id\": \($0)}\n" }.joined()
    let document = Document(Array(lines.utf8), syntax: .jsonl, shape: .rows)
    let id = DocumentID(1)
    var table = FindingTable(id, DocumentLevels(try Installation.library.get(), nil, path: nil))
    for record in document.records() where record.id != .document {
      let reference = RecordReference(document: id, record: record.id)
      let place = Place(record: reference, start: 0, end: 1)
      table.put([Finding(rule: "schema/type", severity: .error, place: place)], from: .record(.host(reference)))
    }
    let middle = try #require(document.records().first { $0.ordinal == 5_000 && $0.id != .document })
    let publication = Publication(
      candidates: table.nearest(to: middle.range.lowerBound, limit: 5, without: [], in: document),
      total: table.shownCount(without: []), edits: [middle.range.lowerBound], limit: 5)
    let lines5 = publication.shown.map { document.position(at: $0.range.lowerBound, in: .utf8).line }
    #expect(lines5 == [4_998, 4_999, 5_000, 5_001, 5_002])
    #expect(publication.omitted == 9_995)
  }
}
