import CConcordPlugin
import PluginKit
import TestPlugin
import Testing

@Suite struct KitTests {
  @Test(
    arguments: [
      (
        #"{"width": 10, "name": "x\n\u00e9\ud83d\ude00"}"#,
        JSON.object(["width": .number(10), "name": .string("x\né😀")])
      ),
      ("[1, -2.5e1, true, false, null]", .array([.number(1), .number(-25), .bool(true), .bool(false), .null])),
      (#""\ud83d""#, .string("\u{FFFD}")), (" {} ", .object([:])),
    ] as [(String, JSON)])
  func jsonIsRead(_ text: String, _ value: JSON) { #expect(JSON(parsing: text) == value) }

  @Test(arguments: ["", "{", "[1,]", "{\"a\"}", "tru", "1 2", "\"", "\"\\", "\"\\u12", "1e999", "{\"a\":1,}", "nan"])
  func whatIsNoJSONIsNil(_ text: String) { #expect(JSON(parsing: text) == nil) }

  @Test func deepJSONIsRefusedWithoutDeepRecursion() {
    #expect(JSON(parsing: String(repeating: "[", count: 100_000)) == nil)
    let depth = 31
    #expect(JSON(parsing: String(repeating: "[", count: depth) + String(repeating: "]", count: depth)) != nil)
  }

  @Test func quotingIsUndoneByReading() {
    let text = "a\"b\\c\n\t\u{1}é😀"
    #expect(JSON(parsing: JSON.quoted(text)) == .string(text))
  }

  @Test(
    arguments: [
      (12.0, "12"), (0.5, "0.5"), (-0.25, "-0.25"), (1.0004, "1"), (88.5, "88.5"), (-3, "-3"), (0.001, "0.001"),
      (1e20, "1e+20"),
      (.infinity, "inf"),
    ])
  func numbersInMessagesArePlain(_ number: Double, _ text: String) { #expect(number.argumentText == text) }

  @Test func payloadNumbersSurvive() {
    let payload = Payload.numbers(1.5, -0.0, .infinity)
    #expect(payload.bytes.count == 24)
    #expect(Payload.numbers([]).bytes.isEmpty)
  }

  @Test func boxesOverlapByShareOfTheirUnion() {
    let box = Box(x: 0, y: 0, width: 2, height: 2)
    #expect(box.overlap(Box(x: 1, y: 0, width: 2, height: 2)) == 2.0 / 6.0)
    #expect(box.overlap(Box(x: 5, y: 5, width: 1, height: 1)) == 0)
    #expect(Box(x: 0, y: 0, width: -1, height: 1).overlap(box) == 0)
  }

  @Test func theEntryDescribesThePlugin() {
    let plugin = unsafe testPlugin.entry!
    #expect(unsafe plugin.pointee.size == MemoryLayout<concord_plugin_v1>.size)
    #expect(unsafe plugin.pointee.rule_count == testPlugin.ruleInfos.count)
    #expect(unsafe plugin.pointee.complete != nil && plugin.pointee.totals != nil)
  }

  @Test func namesAreNumberedOnce() {
    #expect(Field("box") == .box)
    #expect(Field("some new name").rawValue == "some new name")
    #expect(FactKind("a/b") == FactKind(rawValue: "a/b"))
    #expect(FactKind("a/b") != FactKind("a/c"))
  }
}
