import JSONCodec
import Testing

private func text(_ value: some Encodable) throws(JSONCodecError) -> String {
  String(decoding: try JSONCodec.encode(value), as: UTF8.self)
}

private func error(_ value: some Encodable) -> JSONCodecError? {
  do throws(JSONCodecError) {
    _ = try JSONCodec.encode(value)
    return nil
  } catch { return error }
}

@Suite struct EncodingTests {
  @Test func writesMembersInOrderAndLeavesOutWhatIsNil() throws {
    #expect(
      try text(Shape(name: "é\n\"/\u{1}", points: [Point(x: -1, y: 0.1), Point(x: 2)], tags: ["t": [true]]))
        == #"{"name":"é\n\"/\u0001","points":[{"x":-1,"y":0.1},{"x":2}],"tags":{"t":[true]}}"#)
  }

  @Test(
    arguments: [
      ("null", nil), ("18446744073709551615", .unsigned(.max)), ("-9223372036854775808", .integer(.min)),
      ("1e+20", 1e20), ("5e-324", .double(.leastNonzeroMagnitude)), ("0.1", 0.1), ("2.0", 2.0),
      (#""a\u0000b""#, "a\0b"), ("[]", []),
      ("{}", .object([])), (#"{"z":[null,{"a":"😀"}],"a":false}"#, ["z": [nil, ["a": "😀"]], "a": false]),
    ] as [(String, JSONValue)])
  func writesEveryKindOfValue(expected: String, value: JSONValue) throws {
    #expect(try text(value) == expected)
    #expect(try JSONCodec.decode(JSONValue.self, from: Array(expected.utf8)) == value)
  }

  @Test func floatsKeepTheirShortForm() throws {
    #expect(try text([Float(0.1), 3]) == "[0.1,3.0]")
  }

  @Test func refusesWhatJSONCanNotHold() {
    #expect(error(["a": [1.0, Double.nan]])?.code == .unrepresentable)
    #expect(error(["a": [1.0, Double.nan]])?.path == "/a/1")
    #expect(error(["a\0b": 1])?.code == .unrepresentable)
    var deep = JSONValue.null
    for _ in 0..<600 { deep = [deep] }
    #expect(error(deep)?.code == .tooDeep)
  }

  @Test func inheritedAndNestedContainersWriteToTheirPlace() throws {
    struct Odd: Encodable {
      func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        var list = object.nestedUnkeyedContainer(forKey: .list)
        let later = list.superEncoder()
        try list.encode(2)
        try 1.encode(to: later)
        var nested = object.nestedContainer(keyedBy: Key.self, forKey: .nested)
        try object.encode("new", forKey: .nested)
        try nested.encode(1, forKey: .list)
        var again = encoder.container(keyedBy: Key.self)
        try again.encode(true, forKey: .last)
      }
      enum Key: CodingKey { case list, nested, last }
    }
    #expect(try text(Odd()) == #"{"list":[1,2],"nested":"new","last":true}"#)
  }

  @Test func shapesSurviveARoundTrip() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<200 {
      let shape = Shape(
        name: String(
          String.UnicodeScalarView(
            (0..<random.next(below: 8)).compactMap { _ in Unicode.Scalar(UInt32(random.next(below: 0x1_10000))) })),
        points: (0..<random.next(below: 4)).map { _ in
          Point(x: Int8(truncatingIfNeeded: random.next()), y: Double(bitPattern: random.next()).finite)
        },
        tags: ["k": [random.next() & 1 == 0]], any: [.unsigned(random.next() | 1 << 63), .string("x")])
      #expect(try JSONCodec.decode(Shape.self, from: JSONCodec.encode(shape)) == shape)
    }
  }
}

extension Double {
  fileprivate var finite: Double? { isFinite ? self : nil }
}
