import JSONCodec
import Testing

/// Strings of this many bytes and more take a way of their own; whatever stands in them, they read as short ones do.
@Suite struct LongStringTests {
  private static let filler = String(repeating: "annotation ", count: 7000)

  /// The same inner text in a short string and in a long one.
  private func read(_ inner: [UInt8], long: Bool) -> (bytes: [UInt8]?, error: JSONCodecError.Code?) {
    let filler = long ? Self.filler : ""
    let text = Array("{\"method\": \"m\", \"text\": \"".utf8) + inner + Array((filler + "\", \"n\": 1}").utf8)
    do throws(JSONCodecError) {
      let read = try JSONCodec.decode(Message.self, from: text)
      return (long ? Array(read.text.bytes.dropLast(filler.utf8.count)) : read.text.bytes, nil)
    } catch { return (nil, error.code) }
  }

  private struct Message: Decodable, Sendable {
    var method: String
    var text: JSONText
    var n: Int
  }

  @Test(
    arguments: [
      "", "plain", #"a \"quoted\" word"#, #"\\\\\""#, #"\b\f\n\r\t\/"#, #"\u00e9\u4E2d\u0000"#, #"\ud83d\ude00"#,
      #"\ud83d alone"#, #"\ude00\ud83d"#, #"\ud83dx\ude00"#, "\u{E9}\u{1F600}", #"\x"#, #"\u12"#, #"\u12g4"#, "\t",
      "\u{1}",
    ])
  func readsLikeAShortOne(inner: String) {
    let (short, long) = (read(Array(inner.utf8), long: false), read(Array(inner.utf8), long: true))
    #expect(short.bytes == long.bytes)
    #expect(short.error == long.error)
    #expect(short.bytes != nil || short.error != nil)
  }

  @Test func keepsBytesThatAreNotUTF8() {
    let inner: [UInt8] = [0x61, 0xFF, 0xC3, 0x28, 0x62]
    #expect(read(inner, long: true).bytes == inner)
    #expect(read(inner, long: false).bytes == inner)
  }

  @Test func randomTextsReadLikeShortOnes() {
    var chance = SystemRandomNumberGenerator()
    let parts = [
      #"\""#, #"\\"#, #"\n"#, #"\u0041"#, #"\ud83d\ude00"#, "x", "ab", "é", "12345678", "        ", "{", "]",
    ]
    for _ in 0..<200 {
      let inner = (0..<Int.random(in: 0..<40, using: &chance)).map { _ in parts.randomElement(using: &chance) ?? "" }
        .joined()
      #expect(read(Array(inner.utf8), long: true).bytes == read(Array(inner.utf8), long: false).bytes, "\(inner)")
    }
  }

  @Test func readsSeveralAndLongNamesToo() throws {
    let long = Self.filler
    let value: JSONValue = try JSONCodec.decode(
      from: Array("{\"a\": \"\(long)1\", \"\(long)\": [\"\(long)2\", \"short\"]}".utf8))
    #expect(value["a"]?.string == long + "1")
    #expect(value[long] == [.string(long + "2"), "short"])
    let both: JSONValue = try JSONCodec.decode(from: Array("[\"\(long)1\", \"-0\", \"\(long)2\"]".utf8))
    #expect(both == [.string(long + "1"), "-0", .string(long + "2")])
  }

  @Test func faultsAreToldWhereTheyStand() {
    let text = "{\"a\": \"\(Self.filler)\", \"b\": nonsense}"
    do throws(JSONCodecError) {
      _ = try JSONCodec.decode(JSONValue.self, from: Array(text.utf8))
      Issue.record("It was read.")
    } catch {
      #expect(error.message.contains("at byte \(text.utf8.count - 8)"), "\(error.message)")
    }
  }

  @Test func oneThatDoesNotEndIsMalformed() {
    #expect(throws: JSONCodecError.self) {
      _ = try JSONCodec.decode(JSONValue.self, from: Array("{\"a\": \"\(Self.filler)".utf8))
    }
  }
}
