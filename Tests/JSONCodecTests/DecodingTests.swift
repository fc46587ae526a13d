import JSONCodec
import Testing

private func value(_ text: String) throws(JSONCodecError) -> JSONValue { try JSONCodec.decode(from: Array(text.utf8)) }

private func error(_ text: [UInt8], limits: JSONCodec.Limits = .init()) -> JSONCodecError.Code? {
  do throws(JSONCodecError) {
    _ = try JSONCodec.decode(JSONValue.self, from: text, limits: limits)
    return nil
  } catch { return error.code }
}

struct Point: Codable, Hashable, Sendable {
  var x: Int8
  var y: Double?
}

struct Shape: Codable, Hashable, Sendable {
  var name: String
  var points: [Point]
  var tags: [String: [Bool]]
  var any: JSONValue?
}

@Suite struct DecodingTests {
  @Test(
    arguments: [
      ("null", nil), (" true ", true), ("-0", 0), ("1e2", 100.0), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .unsigned(1 << 63)),
      ("18446744073709551615", .unsigned(.max)), ("0.1", 0.1), ("5e-324", .double(.leastNonzeroMagnitude)),
      (#""a\u0000b""#, "a\0b"), (#""\ud800""#, "\u{FFFD}"), (#""\udc00\ud800x""#, "\u{FFFD}\u{FFFD}x"),
      (#""\ud83d\ude00""#, "😀"), ("[]", []), ("{}", .object([])),
      (#"{"b":1,"a":[2,"x"]}"#, ["b": 1, "a": [2, "x"]]),
      (#"{"a":1,"b":2,"a":3}"#, ["a": 3, "b": 2]),
    ] as [(String, JSONValue)])
  func readsEveryKindOfValue(text: String, expected: JSONValue) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("", JSONCodecError.Code.malformed), (" ", .malformed), ("tru", .malformed), ("[1,]", .malformed),
    ("[1 2]", .malformed),
    ("{\"a\"", .malformed), ("1 2", .malformed), ("[1]]", .malformed), ("\"abc", .malformed), ("01", .malformed),
    ("/**/1", .malformed), ("{\"a\":1,}", .malformed), ("\u{FEFF}[]", .malformed), ("-", .malformed),
    ("[1\0]", .malformed), ("[]\0", .malformed), ("18446744073709551616", .numberOutOfRange),
    ("{\"a\":[-9223372036854775809]}", .numberOutOfRange), ("1e999", .numberOutOfRange), ("NaN", .numberOutOfRange),
  ])
  func refusesWhatIsNotJSON(text: String, code: JSONCodecError.Code) {
    #expect(error(Array(text.utf8)) == code)
  }

  @Test func longDigitsInsideStringsAreText() throws {
    let text = #"{"a":"99999999999999999999999\"99999999999999999999999","b":1.00000000000000000000001}"#
    #expect(try value(text)["b"] == .double(1))
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    #expect(error(nested(500)) == nil)
    #expect(error(nested(600)) == .tooDeep)
    #expect(error(nested(100_000)) == .tooDeep)
    #expect(error(nested(8), limits: .init(depth: 4)) == .tooDeep)
    #expect(error(nested(8), limits: .init(bytes: 15)) == .tooLarge)
  }

  @Test func textKeepsItsBytesEvenWhenTheyAreNotUTF8() throws {
    let body: [UInt8] = Array(#"{"text":"a"#.utf8) + [0xFF, 0xC3] + Array(#"\u0000\n"}"#.utf8)
    let decoded = try JSONCodec.decode([String: JSONText].self, from: body)
    #expect(decoded["text"]?.bytes == [0x61, 0xFF, 0xC3, 0x00, 0x0A])
    #expect(try JSONCodec.decode([String: String].self, from: body)["text"] == "a\u{FFFD}\u{FFFD}\0\n")
  }

  @Test(arguments: [
    (#"{"points":[],"tags":{}}"#, JSONCodecError.Code.missing, ""),
    (#"{"name":3,"points":[],"tags":{}}"#, .typeMismatch, "/name"),
    (#"{"name":null,"points":[],"tags":{}}"#, .missing, "/name"),
    (#"{"name":"a","points":[{"x":1},{"x":300}],"tags":{}}"#, .numberOutOfRange, "/points/1/x"),
    (#"{"name":"a","points":[{"x":1.5}],"tags":{}}"#, .numberOutOfRange, "/points/0/x"),
    (#"{"name":"a","points":{},"tags":{}}"#, .typeMismatch, "/points"),
    (#"{"name":"a","points":[],"tags":{"a/b~c":[1]}}"#, .typeMismatch, "/tags/a~1b~0c/0"),
  ])
  func errorsSayWhere(text: String, code: JSONCodecError.Code, path: String) {
    do throws(JSONCodecError) {
      _ = try JSONCodec.decode(Shape.self, from: Array(text.utf8))
      Issue.record("decoded")
    } catch {
      #expect(error.code == code)
      #expect(error.path == path)
      #expect(!error.message.isEmpty)
    }
  }

  @Test func wholeDoublesAreIntegersAndIntegersAreDoubles() throws {
    let point = try JSONCodec.decode(Point.self, from: Array(#"{"x":2.0,"y":3}"#.utf8))
    #expect(point == Point(x: 2, y: 3))
  }

  @Test func anElementKeepsItsTextAlive() throws {
    func inner() throws -> JSONElement {
      try #require(try ParsedJSON(Array(#"{"a":[{"b":"deep"}]}"#.utf8)).root["a"]?[0])
    }
    #expect(try inner()["b"]?.string == "deep")
    #expect(try inner()["b\0"] == nil)
    #expect(try inner()[0] == nil)
  }

  @Test func anyBytesGiveAValueOrAnError() {
    var random = SplitMix(seed: 0x5EED)
    let alphabet = Array(#"{}[]",:\u0d8F19.eE+-tfn ruals"#.utf8) + [0, 0x0A, 0xFF, 0xC3, 0xE2]
    let sample = Array(#"{"a":[1,-2.5e3,"x\u0041\ud83d\ude00",null],"b":{"c":true,"d":18446744073709551615}}"#.utf8)
    var values = 0
    for round in 0..<4000 {
      var bytes =
        round % 2 == 0 ? sample : (0..<random.next(below: 24)).map { _ in alphabet[random.next(below: alphabet.count)] }
      if round % 2 == 0 { bytes[random.next(below: bytes.count)] = alphabet[random.next(below: alphabet.count)] }
      guard let first = try? JSONCodec.decode(JSONValue.self, from: bytes) else { continue }
      values += 1
      let again = try? JSONCodec.decode(JSONValue.self, from: JSONCodec.encode(first))
      #expect(again == first, "\(bytes)")
    }
    #expect(values > 300)
  }
}

/// Deterministic random numbers.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
