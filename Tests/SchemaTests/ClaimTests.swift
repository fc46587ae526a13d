import Manifest
import Testing

@testable import Schema

/// `x-claim`: read, checked for slips, and stated for each record.
@Suite struct ClaimTests {
  static let annotation =
    #"{"type": "object", "properties": {"entity": {}, "label": {}, "by": {}, "file": {}, "score": {}}, "x-claim": {"subject": ["../id", "entity"], "property": "class", "modality": "source -> modality", "value": "label ?? file | stem | lower", "by": "by", "confidence": "score"}}"#

  @Test func aDeclarationIsRead() throws {
    let subject = Subject(Self.annotation)
    #expect(subject.problems == [])
    let claim = try #require(subject.program.declarations.claims.first)
    #expect(claim.property == "class" && claim.modality == nil)
    #expect(claim.subject.map(\.text) == ["../id", "entity"])
    #expect(claim.subject[0].alternatives == [ClaimPath.Alternative(up: 1, steps: ["id"])])
    #expect(
      claim.qualities[.modality]?.alternatives == [ClaimPath.Alternative(steps: ["source"], follows: ["modality"])])
    #expect(
      claim.value?.alternatives == [
        ClaimPath.Alternative(steps: ["label"]), ClaimPath.Alternative(steps: ["file"], changes: [.stem, .lower]),
      ])
  }

  @Test func recordsMakeClaims() throws {
    let subject = Subject(Self.annotation)
    func claims(_ json: String) -> [Claim] { subject.evaluate(json).claims }
    let claim = try #require(claims(#"{"entity": "p1", "label": "Đường", "by": "ann", "score": 0.5}"#).first)
    #expect(claim.subject == [.elsewhere, .found(node: 1, text: Array("p1".utf8))])
    #expect(claim.value == .found(node: 2, text: Array("Đường".utf8)))
    #expect(claim.qualities[.confidence] == .found(node: 4, text: Array("0.5".utf8)))
    #expect(claim.qualities[.modality] == .elsewhere)
    #expect(claims(#"{"entity": "p1", "file": "a/B.JPG"}"#).map(\.value) == [.found(node: 2, text: Array("b".utf8))])
    #expect(claims(#"{"label": "x"}"#) == [], "nothing says what it is about")
    #expect(claims(#"{"entity": "p1"}"#) == [], "nothing is said")
    #expect(claims(#"{"entity": null, "label": "x"}"#) == [])
  }

  @Test func onAPlainValue() {
    let subject = Subject(
      #"{"properties": {"n": {"x-claim": {"subject": "id", "property": "count", "modality": "image"}}}}"#)
    #expect(subject.program.declarations.claims.map(\.modality) == ["image"])
    #expect(
      subject.evaluate(#"{"id": 7, "n": 3}"#).claims.map(\.value) == [.found(node: 2, text: Array("3".utf8))])
  }

  @Test(arguments: [
    ("a/b", 1), ("../../a", 1), ("a ?? b -> c -> d", 2), (#"a | split("/", -1) | regex("(\\d+|x)")"#, 1), ("a|stem", 1),
  ])
  func pathsThatCanBeRead(_ text: String, _ count: Int) throws {
    #expect(try ClaimPath(text).alternatives.count == count)
  }

  @Test(arguments: [
    "", "a//b", "a/../b", "../", "a -> b/c", "a | stam", "a | split", #"a | split("/")"#, #"a | regex("(")"#, "a |",
    "a ?? ", #"a | split("", 1)"#, "a | lower(", "->", "|",
  ])
  func pathsThatCantAreSaid(_ text: String) {
    #expect(throws: ClaimPath.Failure.self) { try ClaimPath(text) }
    let escaped = String(decoding: JSONText.quoted(text.utf8), as: UTF8.self)
    let subject = Subject(#"{"x-claim": {"subject": [\#(escaped)], "property": "class"}}"#)
    #expect(subject.problems.count == 1 && subject.program.declarations.claims.isEmpty)
  }

  @Test(arguments: [
    (#"{"properties": {"label": {}}, "x-claim": {"subject": "lable", "property": "class"}}"#, "`label`"),
    (#"{"x-claim": {"subject": "a", "property": "class", "confidense": "b"}}"#, "`confidence`"),
    (#"{"x-clam": {}}"#, "`x-claim`"), (#"{"x-defines": {"kind": "a", "scop": "document"}}"#, "`scope`"),
    (#"{"x-rule": {"id": "a", "sumary": "b"}}"#, "`summary`"),
    (#"{"x-claim": {"subject": "a | lowr", "property": "p"}}"#, "`lower`"),
    (#"{"x-term": {"ontology": "a", "from": "label"}}"#, "`form`"),
    (#"{"x-embedded": {"sintax": "json"}}"#, "`syntax`"),
  ])
  func slipsOfThePen(_ schema: String, _ meant: String) {
    #expect(Subject(schema).problems.contains { $0.message.contains("Did you mean \(meant)") })
  }

  @Test(arguments: [
    #""defaultSnippets": {}"#, #""errorMessage": 1"#, #""doNotSuggest": 1"#, #""enumDescriptions": "a""#,
    #""deprecationMessage": 1"#, #""markdownDescription": []"#,
  ])
  func editorKeywordsOfTheWrongKind(_ keyword: String) {
    #expect(Subject("{\(keyword)}").problems.count == 1)
  }

  /// `errorMessage` by keyword, by member, or one for all.
  @Test func ownWords() {
    let schema =
      #"{"required": ["id", "name"], "properties": {"n": {"type": "integer", "errorMessage": {"_": "A count, please."}}}, "errorMessage": {"required": {"id": "Give it an id."}}}"#
    #expect(
      Subject(schema).findings(#"{"n": "x"}"#) == [
        "schema/required at {: Give it an id.", "schema/required at {: `name` is missing here.",
        #"schema/type at "x": A count, please."#,
      ])
  }
}
