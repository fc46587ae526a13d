import Manifest
import Testing

@testable import Workspace

/// What a long text is, is seen from the first entries of its lists: the same as from all of it.
@Suite struct SketchTests {
  private static let places = [
    "annotations", "/annotations/0/id", "/annotations/*/points/1", "/annotations/63/id", "/images/0", "/info/name",
    "/deep/lists/0/3/x", "/scalars/5", "/last", "/missing", "/annotations/*/none",
  ]

  private func text(entries: Int, indent: String = "") -> [UInt8] {
    let list = (0..<entries).map { number in
      "{\"id\": \(number), \"points\": [\((0..<80).map(String.init).joined(separator: ","))], \"s\": \"a ] b, {\"}"
    }
    let deep = (0..<100).map { number in "[\((0..<70).map { "{\"x\": \($0 + number)}" }.joined(separator: ", "))]" }
    let parts = [
      "\"info\": {\"name\": \"n\"}", "\"images\": []", "\"annotations\": [\(list.joined(separator: ",\n\(indent)"))]",
      "\"deep\": {\"lists\": [\(deep.joined(separator: ","))]}",
      "\"scalars\": [\((0..<1000).map(String.init).joined(separator: ", "))]", "\"last\": true",
    ]
    return Array("{\(parts.joined(separator: ",\n\(indent)"))}".utf8)
  }

  @Test(arguments: ["", "  "])
  func probesSeeTheSame(indent: String) throws {
    let bytes = text(entries: 2000, indent: indent)
    let (shape, sketch) = RecordShape.sketched(from: bytes, syntax: .json)
    let short = try #require(sketch)
    #expect(shape == .inferred(from: bytes, syntax: .json))
    #expect(short.count < bytes.count / 10)
    let (whole, part) = (
      Document(bytes, syntax: .json, shape: shape), Document(short, syntax: .json, shape: shape)
    )
    #expect(part.problemCount == 0)
    for place in Self.places {
      #expect(ProbeView(document: part).value(at: place) == ProbeView(document: whole).value(at: place), "\(place)")
    }
  }

  @Test func linesAreAList() throws {
    let lines = (0..<5000).map {
      "{\"messages\": [{\"role\": \"user\", \"content\": \"\($0) \(String(repeating: "x", count: 80))\"}]}"
    }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let (shape, sketch) = RecordShape.sketched(from: bytes, syntax: .jsonl)
    let short = try #require(sketch)
    #expect(short.count { $0 == UInt8(ascii: "\n") } == 63)
    let (whole, part) = (
      Document(bytes, syntax: .jsonl, shape: shape), Document(short, syntax: .jsonl, shape: shape)
    )
    for place in ["/0/messages/0/role", "/63/messages/0/content", "/*/messages/*/content"] {
      #expect(ProbeView(document: part).value(at: place) == ProbeView(document: whole).value(at: place), "\(place)")
    }
  }

  @Test func whatIsShortOrBrokenHasNone() {
    #expect(RecordShape.sketched(from: Array("[1, 2]".utf8), syntax: .json).sketch == nil)
    var broken = text(entries: 2000)
    broken.removeLast()
    let (shape, sketch) = RecordShape.sketched(from: broken, syntax: .json)
    #expect(sketch == nil)
    #expect(shape == .inferred(from: broken, syntax: .json))
  }
}
