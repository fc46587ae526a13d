import Manifest
import Testing
import WorkerProtocol

/// Reads `bytes` the way the host or the worker does.
private func reading<Value: Sendable>(
  _ bytes: [UInt8], _ body: (inout ByteReader) throws(WireError) -> Value
) throws(WireError) -> Value {
  var result: Result<Value, WireError> = .failure(WireError("not read"))
  unsafe bytes.withUnsafeBytes { memory in
    var reader = unsafe ByteReader(memory)
    do throws(WireError) { result = .success(try body(&reader)) } catch { result = .failure(error) }
  }
  return try result.get()
}

/// A small generator with a fixed seed: the same garbage in every run.
private struct Noise: RandomNumberGenerator {
  var state: UInt64 = 42
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

private let place = WirePlace(record: 1, start: 2, end: 3)
private let message = WireMessage(key: "k", arguments: [.init(name: "n", value: "v é")])
private let edit = WireEdit(action: .insertMember, place: place, key: "a", value: [1, 2], after: "b", index: 7)
private let answers: [Answer] = [
  .finding(
    WireFinding(
      rule: 3, severity: 2, place: place, message: message, related: [.init(place: place, message: message)],
      fixes: [
        .init(title: message, isCertain: true, edits: [edit, edit]),
        .init(title: message, isCertain: false, scope: 2, recipe: 1, argument: "x"),
      ], fold: "same")),
  .finding(WireFinding(rule: 0, place: place)),
  .fact(
    WireFact(rule: 1, kind: 2, key: .text([9, 0]), places: [.init(name: "whole", place: place)], payload: [1, 2, 3])),
  .tally(WireTally(rule: 1, kind: 2, key: .key(WireKey(high: 5, low: 6)), bin: 3, amount: -9, place: place)),
  .claim(
    WireClaim(place: place, subject: ["a", "b"], texts: (0..<9).map { "\($0)" }, value: [34, 34], confidence: 0.5)),
  .edit(edit), .offer(label: "l", value: [1], detail: "d"), .show("**x**"), .complaint("oh"),
]

private func results() -> [UInt8] {
  var writer = ByteWriter()
  writer.put(UInt32(77))
  writer.put(UInt64(1_000))
  writer.put(count: 2)
  for answer in answers { writer.put(answer) }
  writer.put(.dropped)
  writer.put(UInt32(4))
  writer.put(.end)
  writer.put(.end)
  return writer.bytes
}

@Suite struct FrameTests {
  @Test func answersSurvive() throws {
    let read = try reading(results()) { reader throws(WireError) in try BatchResults(reading: &reader) }
    #expect(read.serial == 77)
    #expect(read.nanoseconds == 1_000)
    #expect(read.calls.map(\.answers) == [answers, []])
    #expect(read.calls.map(\.dropped) == [4, 0])
  }

  @Test func everyCutIsRefused() {
    let whole = results()
    for count in 0..<(whole.count - 1) {
      #expect(throws: WireError.self) {
        try reading(Array(whole[..<count])) { reader throws(WireError) in try BatchResults(reading: &reader) }
      }
    }
  }

  @Test func changedBytesNeverTrap() {
    let whole = results()
    var noise = Noise()
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &noise) {
        bytes[Int.random(in: 0..<bytes.count, using: &noise)] = UInt8.random(in: 0...255, using: &noise)
      }
      // What it says matters less than that it says something.
      let read = try? reading(bytes) { reader throws(WireError) in try BatchResults(reading: &reader) }
      if let read { #expect(read.calls.count <= bytes.count) }
    }
  }

  @Test func noiseIsRefused() {
    var noise = Noise()
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...200, using: &noise)).map { _ in UInt8.random(in: 0...255, using: &noise) }
      _ = try? reading(bytes) { reader throws(WireError) in try Hello(reading: &reader) }
      _ = try? reading(bytes) { reader throws(WireError) in try Configuration(reading: &reader) }
      _ = try? reading(bytes) { (reader) throws(WireError) in try RecordView(reading: &reader).role }
      _ = try? reading(bytes) { (reader) throws(WireError) in try FactView(reading: &reader).kind }
      #expect((try? FrameHeader(reading: bytes)) == nil)
    }
  }

  @Test func aForgedCountAllocatesNothing() {
    var writer = ByteWriter()
    writer.put(UInt32.max)
    #expect(throws: WireError.self) {
      try reading(writer.bytes) { reader throws(WireError) in try reader.strings(limit: .max) }
    }
    #expect(throws: WireError.self) { try reading(writer.bytes) { reader throws(WireError) in try reader.bytes() } }
  }

  @Test func headersSurvive() throws {
    let header = FrameHeader(kind: .results, isShared: true, count: 1_234)
    #expect(header.bytes.count == FrameHeader.size)
    #expect(try FrameHeader(reading: header.bytes) == header)
    for lane in 0..<UInt8(FrameHeader.lanes) {
      let lent = FrameHeader(kind: .batch, lane: lane, count: 70_000)
      #expect(try FrameHeader(reading: lent.bytes) == lent)
    }
    let nobodys = FrameHeader(kind: .batch, lane: UInt8(FrameHeader.lanes), count: 70_000)
    #expect(throws: WireError.self) { try FrameHeader(reading: nobodys.bytes) }
    #expect(throws: WireError.self) {
      try FrameHeader(reading: FrameHeader(kind: .results, count: FrameHeader.maxBody + 1).bytes)
    }
  }

  @Test func helloAndConfigurationSurvive() throws {
    let hello = Hello(
      id: "a", version: "1", rules: ["r"], fields: ["f"], kinds: ["k"], contexts: ["c"], settings: ["s"],
      vocabularies: ["v"],
      recipes: ["p"], lookups: [.init(by: .context, kind: 0, source: 0)], answers: [.fix, .hover])
    var writer = ByteWriter()
    hello.write(to: &writer)
    #expect(try reading(writer.bytes) { reader throws(WireError) in try Hello(reading: &reader) } == hello)
    let configuration = Configuration(asOf: -5, settings: [nil, [1, 2], []])
    writer = ByteWriter()
    configuration.write(to: &writer)
    #expect(
      try reading(writer.bytes) { reader throws(WireError) in try Configuration(reading: &reader) } == configuration)
  }

  @Test func aRecordLiesAlignedInItsBatch() throws {
    var call = ByteWriter()
    call.put(CallForm.check.rawValue)
    let node = Node(kind: .object, start: 0, end: 2, parent: Node.none, subtreeEnd: 1)
    call.put(
      recordOfRole: 2, dialect: "d", pattern: "/*", bytes: Array("{}".utf8), nodes: [node],
      fields: [RoleTable.Entry(field: 3, node: 0, geometry: .box)], numbers: [1.5], contexts: [(index: 1, text: [7])])
    var batch = BatchWriter(serial: 9)
    for _ in 0..<2 {
      batch.begin()
      batch.body.append(call)
      batch.end()
    }
    let checked = try reading(batch.body.bytes) { (reader) throws(WireError) in
      #expect(try reader.uint32() == 9)
      let count = try reader.uint32()
      for _ in 0..<count {
        try reader.align(to: 8)
        #expect(try reader.byte() == 0)
        let view = try RecordView(reading: &reader)
        #expect(unsafe view.bytes.elementsEqual("{}".utf8))
        #expect(unsafe view.nodes.count == 1 && view.fields.count == 1 && view.numbers.count == 1)
        #expect(unsafe view.nodes.memory.count == 32 && view.fields.memory.count == 20)
        #expect(unsafe view.numbers.memory.load(as: Double.self) == 1.5)
        #expect(unsafe view.contexts.map(\.index) == [1])
      }
      return reader.remaining
    }
    #expect(checked == 0)
  }
}
