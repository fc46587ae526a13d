import Foundation
import Testing

/// `concord plugin test`, from the outside.
@Suite struct PluginTrialTests {
  /// A folder with the plugin that does what it is told to, whose page shows these examples.
  private func tryHostile(
    good: [String] = [#"{"flat": [{"other": "x"}]}"#], bad: [String], _ arguments: [String] = []
  ) throws -> ProgramRun {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try write(
      "plugin.json",
      """
      {"id": "hostile", "version": "1.0.0", "name": "Tests", "library": "ConcordHostilePlugin", "dialects": [
        {"id": "flat", "name": "tests", "schema": "flat.json", "files": ["*.json"],
         "probe": {"required": ["flat"]}, "records": ["/flat/*"]}]}
      """)
    try write(
      "flat.json",
      """
      {"type": "object", "required": ["flat"], "properties": {"flat": {"type": "array", "items": {"type": "object",
        "properties": {"command": {"type": "string", "x-field": "command"}, "other": {"type": "string"}}}}}}
      """)
    let library = Repository.products.appendingPathComponent("libConcordHostilePlugin.so").path
    let described = try ProgramRun("concord-worker", ["--describe", library])
    var rules = try #require(JSONSerialization.jsonObject(with: described.output) as? [String: Any])
    var rule = try #require((rules["rules"] as? [[String: Any]])?.first)
    rule["good"] = good
    rule["bad"] = bad
    rules["rules"] = [rule]
    try JSONSerialization.data(withJSONObject: rules).write(to: folder.appendingPathComponent("rules.json"))
    return try ProgramRun("concord", ["plugin", "test", folder.path] + arguments)
  }

  @Test(arguments: ["instruction-data", "medical-imaging", "retail-sku", "speech", "vision"])
  func ourOwnPluginsStandTheirTrial(_ plugin: String) throws {
    let run = try ProgramRun("concord", ["plugin", "test", plugin, "--changes", "6", "--samples", "40"])
    #expect(run.status == 0, "\(run.text)\(run.complaint)")
    #expect(run.text.contains("all show what they are there for"))
    #expect(run.text.contains("the same answers whatever came before"))
    #expect(run.text.contains("no stop, no answer out of place"))
    // Every rule in code has its line in the table of costs.
    #expect(run.text.contains(/rule +records +each +joins +each/))
    #expect(run.text.matches(of: /\d µs/).count > 10)
  }

  /// What formats say may be absurd, and the drawing of samples ends all the same.
  @Test(arguments: [
    #"{"type": "integer", "exclusiveMinimum": 9223372036854775807}"#,
    #"{"type": "integer", "exclusiveMaximum": -9223372036854775808}"#,
    #"{"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807}"#,
    #"{"type": "integer", "minimum": 9223372036854775800}"#,
    #"{"type": "array", "maxItems": -5, "items": {"type": "string"}}"#,
    #"{"type": "array", "minItems": 9223372036854775807, "items": {"type": "array", "minItems": 1000, "items": {"type": "array", "minItems": 1000, "items": {"type": "string"}}}}"#,
    ##"{"anyOf": [{"$ref": "#/properties/value"}, {"$ref": "#/properties/value"}]}"##,
    ##"{"allOf": [{"$ref": "#/properties/value"}, {"$ref": "#/properties/value"}], "if": {"$ref": "#/properties/value"}, "then": {"type": "string"}}"##,
    ##"{"defaultSnippets": [{"body": "$1"}], "allOf": [{"$ref": "#/properties/value"}]}"##,
    ##"{"if": {"allOf": [{"$ref": "#/properties/value/if"}, {"$ref": "#/properties/value/if"}]}, "then": {"type": "string"}, "properties": {"a": {"type": "string"}}, "required": ["a"]}"##,
    #"{"type": "array", "x-geometry": {"convention": "xyxy"}, "minItems": 4, "maxItems": 4, "items": {"type": "integer", "minimum": 9223372036854775806}}"#,
  ]) func absurdFormatsAreDrawnFrom(value: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let descriptor = #"""
      {"id": "own", "version": "1.0.0", "name": "Own", "dialects": [
        {"id": "flat", "name": "tests", "schema": "flat.json", "files": ["*.json"], "probe": {"required": ["value"]}}]}
      """#
    try Data(descriptor.utf8).write(to: folder.appendingPathComponent("plugin.json"))
    try Data(#"{"type": "object", "required": ["value"], "properties": {"value": \#(value)}}"#.utf8)
      .write(to: folder.appendingPathComponent("flat.json"))
    let run = try ProgramRun("concord", ["plugin", "test", folder.path, "--samples", "5"])
    #expect([0, 1, 2].contains(run.status), "\(run.status) \(run.text)\(run.complaint)")
    #expect(run.text.contains("own"))
  }

  /// Over 5,000 samples that somebody draws who knows the formats and no rule.
  @Test func nothingIsSaidOfDrawnInstructionData() throws {
    let run = try ProgramRun("concord", ["plugin", "test", "instruction-data", "--changes", "0", "--samples", "320"])
    let lines = run.text.split(separator: "\n").filter { $0.contains("  samples  ") }
    #expect(lines.count >= 16 && lines.allSatisfy { $0.hasSuffix("nothing found") }, "\(run.text)")
    let drawn = lines.compactMap { $0.firstMatch(of: /samples +(\d+) of/).flatMap { Int($0.1) } }
    #expect(drawn.reduce(0, +) >= 5000)
  }

  /// The same for imaging: 12 formats, 420 samples of each and more.
  @Test func nothingIsSaidOfDrawnImagingData() throws {
    let run = try ProgramRun("concord", ["plugin", "test", "medical-imaging", "--changes", "0", "--samples", "420"])
    let lines = run.text.split(separator: "\n").filter { $0.contains("  samples  ") }
    #expect(lines.count >= 12 && lines.allSatisfy { $0.hasSuffix("nothing found") }, "\(run.text)")
    let drawn = lines.compactMap { $0.firstMatch(of: /samples +(\d+) of/).flatMap { Int($0.1) } }
    #expect(drawn.reduce(0, +) >= 5000)
  }

  @Test func aPluginThatDoesWhatItSaysIsWell() throws {
    let run = try tryHostile(
      bad: [#"{"flat": [{"command": ⟪"y"⟫}]}"#, #"{"flat": [{"command": ⟪"x"⟫}]}"#], ["--changes", "0"])
    #expect(run.status == 0, "\(run.text)\(run.complaint)")
    #expect(run.text.contains("does not tell its rules apart"))
    #expect(run.text.contains("200 of hostile/flat"))
  }

  @Test func anExampleThatShowsNothingIsTold() throws {
    let run = try tryHostile(
      good: [#"{"flat": [{"command": "x"}]}"#],
      bad: [#"{"flat": [{"other": ⟪"x"⟫}]}"#, #"{"flat": [{"command": "x"}]}"#, #"{"unknown": ⟪1⟫}"#])
    #expect(run.status == 1)
    #expect(run.text.contains("bad example 1 of hostile/attempt: nothing is found at 1:21 `\"x\"`"))
    #expect(
      run.text.contains("bad example 2 of hostile/attempt: something is found at 1:23 `\"x\"`, which is not marked"))
    #expect(run.text.contains("bad example 3 of hostile/attempt: its format is not known"))
    #expect(run.text.contains("good example 1 of hostile/attempt: something is found at 1:23"))
  }

  @Test func answersThatDependOnWhatCameBeforeAreTold() throws {
    let run = try tryHostile(bad: [#"{"flat": [⟪{"command": ⟪"count calls"⟫}⟫]}"#])
    #expect(run.status == 1)
    #expect(run.text.contains("hostile/attempt gives another answer when it is asked again"))
    #expect(!run.text.contains("the same answers"))
  }

  @Test func whatStopsThePluginIsShownWithItsText() throws {
    let run = try tryHostile(bad: [#"{"flat": [{"command": ⟪"fragile"⟫}]}"#], ["--changes", "200"])
    #expect(run.status == 1)
    #expect(run.text.contains("bad example 1 of hostile/attempt: The plugin `hostile` stopped while checking this."))
    #expect(run.text.contains(/with: .*frag/))
    // The same number makes the same changes.
    let again = try tryHostile(bad: [#"{"flat": [{"command": ⟪"fragile"⟫}]}"#], ["--changes", "200"])
    func texts(_ run: ProgramRun) -> [Substring] { run.text.split(separator: "\n").filter { $0.contains("with: ") } }
    #expect(texts(run) == texts(again))
  }

  @Test func answersOutOfPlaceAndHangsAreTold() throws {
    let outside = try tryHostile(bad: [#"{"flat": [{"command": ⟪"outside"⟫}]}"#])
    #expect(outside.status == 1)
    #expect(outside.text.contains("bad example 1 of hostile/attempt: "))
    let hanging = try tryHostile(bad: [#"{"flat": [{"command": ⟪"loop"⟫}]}"#], ["--changes", "1"])
    #expect(hanging.status == 1)
    #expect(hanging.text.contains("stopped while checking this"))
  }

  @Test func aPluginWithoutCodeIsTriedToo() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try ProgramRun("concord", ["plugin", "new", "kites", "--data-only"], in: folder)
    let run = try ProgramRun("concord", ["plugin", "test", "kites"], in: folder)
    #expect(run.status == 0, "\(run.text)\(run.complaint)")
    #expect(run.text.contains("2 of 1 rules, 2 files"))
    #expect(run.text.contains("no code"))
    let schema = folder.appendingPathComponent("kites/schemas/labels.json")
    let text = try String(contentsOf: schema, encoding: .utf8)
    try Data(text.replacing("⟪{⟫", with: "{").utf8).write(to: schema)
    let unmarked = try ProgramRun("concord", ["plugin", "test", "kites"], in: folder)
    #expect(unmarked.status == 1)
    #expect(unmarked.text.contains("which is not marked"))
  }

  @Test func whatIsNoPluginIsTwo() throws {
    #expect(try ProgramRun("concord", ["plugin", "test", "nowhere"]).status == 2)
    #expect(try ProgramRun("concord", ["plugin", "test", "Tests"]).status == 2)
    #expect(try ProgramRun("concord", ["plugin", "test", "vision", "--changes", "-1"]).status == 2)
  }
}
