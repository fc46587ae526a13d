import JSONRPC
import Testing

/// Gives its bytes in pieces of `size`.
private struct Pieces: ByteSource {
  var bytes: ArraySlice<UInt8>
  var size: Int

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = bytes.prefix(min(size, buffer.count))
    unsafe buffer.copyBytes(from: piece)
    bytes = bytes.dropFirst(piece.count)
    return piece.count
  }
}

private enum Expected: Sendable, Equatable {
  case body(String)
  case damaged
}

private func frames(_ bytes: [UInt8], pieces size: Int, maximum: Int = 100) -> [Expected] {
  var reader = FrameReader(Pieces(bytes: bytes[...], size: size), maximumBody: maximum)
  var found: [Expected] = []
  while true {
    switch reader.next() {
    case .body(let body): found.append(.body(String(decoding: body, as: UTF8.self)))
    case .damaged(let reason):
      #expect(!reason.isEmpty)
      found.append(.damaged)
    case .tooLarge(let bytes, let limit):
      #expect(bytes > limit && limit == maximum)
      found.append(.damaged)
    case .end: return found
    }
  }
}

@Suite struct FramingTests {
  @Test(
    arguments: [
      ("Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnull", [.body("{}"), .body("null")]),
      ("content-type: x; charset=utf-8\r\nCONTENT-LENGTH:2 \r\nOther: 1\r\n\r\n{}", [.body("{}")]),
      ("Content-Length: 2\n\n{}\r\n\r\nContent-Length: 1\r\n\r\n1", [.body("{}"), .body("1")]),
      ("Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n1", [.body(""), .body("1")]),
      ("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", [.body("{}")]),
      ("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Other: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length: x\r\n\r\n{}Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length: -5\r\n\r\n{}Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length: 99999999999999999999\r\n\r\n{}content-length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length: 999999999999\r\n\r\n{}content-length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length:\r\n\r\nContent-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("{\"jsonrpc\":\"2.0\"}\nContent-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("garbage Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("{\"a\": 1}Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      (
        "Content-Length: 101\r\n\r\n" + String(repeating: "x", count: 101) + "Content-Length: 1\r\n\r\n1",
        [.damaged, .body("1")]
      ),
      (String(repeating: "y", count: 20_000) + "Content-Length: 1\r\n\r\n1", [.damaged, .body("1")]),
      ("Content-Length: 5\r\n\r\n{}", []), ("Content-Length: 5\r\n", []), ("", []), ("junk\n", [.damaged]),
    ] as [(String, [Expected])])
  fileprivate func everyStreamGivesItsMessages(stream: String, expected: [Expected]) {
    for size in [1, 7, 4096] { #expect(frames(Array(stream.utf8), pieces: size) == expected) }
  }

  @Test func aMessageSwallowedByATooLongLengthIsFound() {
    let stream = "Content-Length: 40\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1"
    var reader = FrameReader(Pieces(bytes: Array(stream.utf8)[...], size: 5))
    guard case .body(let body) = reader.next() else { return #expect(Bool(false)) }
    reader.reclaim(body)
    #expect(reader.next() == .body(Array("{}".utf8)))
    #expect(reader.next() == .body(Array("1".utf8)))
    #expect(reader.next() == .end)
  }

  @Test func anyBytesEnd() {
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let parts = ["Content-Length", ":", " ", "1", "9", "\r\n", "\n", "{}", "\0", "é", "content-length: 3\r\n\r\n"]
    for _ in 0..<2000 {
      let stream = (0..<random(30)).map { _ in parts[random(parts.count)] }.joined()
      let found = frames(Array(stream.utf8), pieces: 1 + random(9))
      #expect(found.count <= stream.utf8.count)
    }
  }
}
