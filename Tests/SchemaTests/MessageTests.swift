import Findings
import Manifest
import Testing

@testable import Schema

@Suite struct MessageTests {
  private func check(
    _ schema: String, _ json: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let subject = Subject(schema)
    #expect(subject.problems == [], sourceLocation: sourceLocation)
    #expect(subject.findings(json) == expected, sourceLocation: sourceLocation)
  }

  @Test func missingMember() {
    check(#"{"required": ["width"]}"#, #"{"a": 1}"#, ["schema/required at {: `width` is missing here."])
    check(
      #"{"properties": {"size": {"title": "Image size", "required": ["w"]}}}"#, #"{"size": {}}"#,
      [#"schema/required at "size": `w` is missing in this image size."#])
    check(
      #"{"title": "COCO file", "required": ["images"]}"#, "{}",
      ["schema/required at {: `images` is missing in this COCO file."])
  }

  @Test func wrongKind() {
    check(#"{"type": "number"}"#, "\"x\"", [#"schema/type at "x": This should be a number, but it is text."#])
    check(
      #"{"properties": {"a": {"type": ["string", "null"]}}}"#, #"{"a": 1.5}"#,
      ["schema/type at 1.5: `a` should be text or empty (`null`), but it is the number 1.5."])
    // A wrong kind is the one thing to say, whatever else fails with it.
    check(
      #"{"type": "integer", "enum": [1, 2], "minimum": 1}"#, "\"1\"",
      [#"schema/type at "1": This should be a whole number, but it is text."#])
    #expect(Subject(#"{"type": "integer"}"#).fixTitles("\"12\"") == ["Write it as the number 12"])
    #expect(Subject(#"{"type": "integer"}"#).fixTitles("\"1.5\"") == [])
    #expect(
      Subject(#"{"type": "string"}"#).evaluate("12").findings.first?.fixes.first?.edit
        == .replace(0, Array("\"12\"".utf8)))
  }

  @Test func allowedValues() {
    let schema = #"{"enum": ["small", "large"]}"#
    check(
      schema, "\"larg\"",
      [#"schema/enum at "larg": `larg` isn't one of the allowed values: `small`, `large`. Did you mean `large`?"#])
    check(schema, "\"huge\"", [#"schema/enum at "huge": `huge` isn't one of the allowed values: `small`, `large`."#])
    check(
      schema, "\"LARGE\"",
      [#"schema/enum at "LARGE": `LARGE` isn't one of the allowed values: `small`, `large`. Did you mean `large`?"#])
    #expect(Subject(schema).evaluate("\"larg\"").findings[0].fixes[0].edit == .replace(0, Array("\"large\"".utf8)))
    check(#"{"const": "x"}"#, "1", ["schema/const at 1: This must be `x`."])
    check(
      #"{"enum": [1, 2]}"#, "\"1\"",
      [#"schema/enum at "1": `1` isn't one of the allowed values: `1`, `2`. Did you mean `1`?"#])
  }

  @Test func unknownName() {
    let schema = #"{"properties": {"width": {}, "height": {}}, "additionalProperties": false}"#
    check(
      schema, #"{"widht": 1}"#,
      [#"schema/additional-properties at "widht": `widht` isn't known here. Did you mean `width`?"#])
    check(
      schema, #"{"width": 1, "colour": 2}"#, [#"schema/additional-properties at "colour": `colour` isn't known here."#])
    let edit = Subject(schema).evaluate(#"{"widht": 1}"#).findings[0].fixes[0].edit
    #expect(edit == .renameKey(1, Array("\"width\"".utf8)))
  }

  /// A misspelt name leaves another one missing: that is one mistake.
  @Test func aNameThatIsMissingMayBeMisspelt() {
    let open = #"{"required": ["width"], "properties": {"width": {}, "wide": {}}}"#
    check(
      open, #"{"widht": 1}"#,
      [#"schema/required at "widht": `widht` isn't known here. Did you mean `width`, which is missing?"#])
    let edit = Subject(open).evaluate(#"{"widht": 1}"#).findings[0].fixes[0].edit
    #expect(edit == .renameKey(1, Array("\"width\"".utf8)))
    // What the schema knows, or what is far from it, is something else.
    check(open, #"{"wide": 1}"#, ["schema/required at {: `width` is missing here."])
    check(open, #"{"colour": 1}"#, ["schema/required at {: `width` is missing here."])
    check(
      #"{"required": ["width"], "properties": {"width": {}}, "additionalProperties": false}"#, #"{"widht": 1}"#,
      [#"schema/additional-properties at "widht": `widht` isn't known here. Did you mean `width`?"#])
  }

  @Test func measures() {
    check(#"{"minimum": 0}"#, "-1", ["schema/minimum at -1: -1 is too small; the least allowed is 0."])
    check(
      #"{"maxLength": 3}"#, "\"😀😀😀😀\"",
      [#"schema/max-length at "😀😀😀😀": This text is too long: its length is 4, and at most 3 is allowed."#])
    check(#"{"minLength": 1}"#, "\"\"", [#"schema/min-length at "": This text is empty. Fill it in."#])
    check(
      #"{"minItems": 4}"#, "[1, 2]",
      ["schema/min-items at [1, 2]: This list is too short: it holds 2, and at least 4 are needed."])
    check(#"{"uniqueItems": true}"#, "[1, 2, 1.0]", ["schema/unique-items at 1.0: `1.0` stands in this list twice."])
    check(
      #"{"items": false, "prefixItems": [true]}"#, "[1, 2]",
      ["schema/extra-items at 2: This is one value too many for this list. Take it out."])
  }

  @Test func listsThatLackSomething() {
    check(
      #"{"contains": {"const": 1}, "minContains": 2}"#, "[1]",
      ["schema/contains at [1]: Something is missing in this list: of a certain kind, at least 2 are needed."])
  }

  /// Each finding's message and fix titles have a template, and all its names are filled in.
  @Test func everyTemplateIsFilled() {
    let tests = KeywordTests.values + KeywordTests.containers + KeywordTests.combinators + KeywordTests.unevaluated
    for test in tests {
      let subject = Subject(test.schema)
      for value in test.fails {
        let texts = subject.evaluate(value).findings.map(subject.rendered) + subject.fixTitles(value)
        for text in texts {
          #expect(!text.contains("no template") && !text.contains("{name}") && !text.contains("{limit}"), "\(text)")
          #expect(!text.contains("{value}") && !text.contains("{found}") && !text.contains("{expected}"), "\(text)")
        }
      }
    }
  }

  @Test func wordingOfTheSchema() {
    check(
      #"{"properties": {"a": {"minimum": 1, "errorMessage": "Count from {limit}, not from {value}."}}}"#, #"{"a": 0}"#,
      ["schema/minimum at 0: Count from 1, not from 0."])
    check(
      #"{"pattern": "^x$", "patternErrorMessage": "Write an x."}"#, "\"y\"", [#"schema/pattern at "y": Write an x."#])
    check(
      #"{"required": ["a"], "type": "object", "errorMessage": {"required": "Give an a."}}"#, "{}",
      ["schema/required at {: Give an a."])
    check(
      #"{"additionalProperties": false, "errorMessage": {"additionalProperties": "Not {name}!"}}"#, #"{"z": 1}"#,
      [#"schema/additional-properties at "z": Not z!"#])
    check(
      #"{"not": {"description": "No zero.", "const": 0}}"#, "0", ["schema/not at 0: This is ruled out here: No zero."])
    check(
      #"{"properties": {"old": {"deprecationMessage": "Use new."}}}"#, #"{"old": 1}"#,
      [#"schema/deprecated at "old": Use new."#])
  }

  /// A named rule reports once, under its own id, at the place that failed.
  @Test func namedRule() {
    let schema = #"""
      {"if": {"properties": {"origin": {"const": "model"}}, "required": ["origin"]}, "then": {"required": ["confidence"]},
       "x-rule": {"id": "model-without-confidence", "severity": "warning", "summary": "No confidence.", "why": "It is needed.",
                  "message": "A model made this. Say in `{name}` how sure it was.", "good": [{}], "bad": ["{\"origin\": \"model\"}"]}}
      """#
    let subject = Subject(schema)
    #expect(
      subject.findings(#"{"origin": "model"}"#) == [
        "test/model-without-confidence at {: A model made this. Say in `confidence` how sure it was."
      ])
    #expect(subject.evaluate(#"{"origin": "model"}"#).findings[0].severity == .warning)
    #expect(subject.program.ruleInfos.map(\.id) == ["test/model-without-confidence"])
    #expect(subject.program.ruleInfos[0].good == ["{}"])
    #expect(subject.program.ruleInfos[0].bad == [#"{"origin": "model"}"#])
    // Rules inside a rule keep their own names.
    check(
      #"{"x-rule": {"id": "o/uter", "message": "Outer."}, "required": ["b"], "properties": {"a": {"minimum": 1, "x-rule": {"id": "i/nner", "message": "Inner {limit}."}}}}"#,
      #"{"a": 0}"#, ["o/uter at {: Outer.", "i/nner at 0: Inner 1."])
  }

  @Test func privateValuesAreNeverPrinted() {
    let schema =
      #"{"properties": {"name": {"x-private": true, "enum": ["secret1"], "maxLength": 2, "pattern": "^q", "type": ["string", "number"]}, "id": {"x-private": true, "maximum": 3, "type": "integer"}}}"#
    for json in [#"{"name": "secret2", "id": 4711}"#, #"{"name": 4711, "id": "4711"}"#] {
      let findings = Subject(schema).findings(json).map { String($0[$0.range(of: ": ")!.upperBound...]) }
      #expect(!findings.isEmpty)
      #expect(!findings.contains { $0.contains("secret2") || $0.contains("4711") }, "\(findings)")
      #expect(Subject(schema).fixTitles(json).allSatisfy { !$0.contains("4711") && !$0.contains("secret2") })
    }
  }

  @Test func wordsAreThoseOfThePersonsWork() {
    let forbidden = [
      "schema", "instance", "pointer", "dialect", "record", "claim", "subject", "canonical", "iou", "enum", "regex",
    ]
    for rule in SchemaRules.all {
      for text in Array(rule.messages.values) + [rule.summary, rule.why] {
        let words = text.lowercased().split { !$0.isLetter }
        #expect(!words.contains { forbidden.contains(String($0)) }, "\(rule.id): \(text)")
      }
    }
    #expect(Set(SchemaRules.all.map(\.id)).count == SchemaRules.all.count)
  }
}

extension String {
  fileprivate func range(of part: String) -> Range<Index>? {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(part) { return at..<index(at, offsetBy: part.count) }
      at = index(after: at)
    }
    return nil
  }
}
