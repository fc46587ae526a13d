import Manifest
import Ontology
import Testing

private let shop = Vocabulary(
  Array(
    #"""
    {"id": "skus", "version": "2", "terms": [
      {"id": "food", "prefLabel": "Food"},
      {"id": "dairy", "prefLabel": {"vi": "Sữa và phô mai", "en": "Dairy"}, "broader": ["food"]},
      {"id": "890", "prefLabel": {"vi": "Sữa tươi 1 L"}, "altLabels": {"en": ["fresh milk"]}, "broader": ["dairy"]},
      {"id": "891", "prefLabel": {"vi": "Sữa tươi 900 mL"}, "broader": ["dairy"], "deprecated": true, "replacedBy": ["890"]},
      {"id": "a", "replacedBy": ["b"]}, {"id": "b", "replacedBy": ["a"], "broader": ["b"]},
      {"prefLabel": "no id"}, 7, {"id": ""}
    ]}
    """#.utf8), id: "x")

@Test func readsTermsAndPassesOverWhatIsNone() {
  #expect(shop.id == "skus" && shop.version == "2")
  #expect(shop.terms.map(\.id) == ["food", "dairy", "890", "891", "a", "b"])
  #expect(shop.terms[1].label == "Sữa và phô mai")
  #expect(shop.terms[2].altLabels.map(\.text) == ["fresh milk"])
  #expect(shop.terms[4].label == "a")
}

@Test func followsReplacementsAndParents() throws {
  let resolver = TermIndex(shop)
  let old = try #require(resolver.term("891"))
  #expect(old.isDeprecated)
  #expect(resolver.canonical(of: old) == "890")
  #expect(resolver.broader(of: old) == ["dairy", "food"])
}

@Test func cutsCircles() throws {
  let resolver = TermIndex(shop)
  #expect(resolver.canonical(of: try #require(resolver.term("a"))) == "b")
  #expect(resolver.broader(of: try #require(resolver.term("b"))).isEmpty)
}

@Test func keepsComposedAndDecomposedIdsApart() {
  let vocabulary = Vocabulary(
    Array("{\"terms\": [{\"id\": \"\u{e9}\"}, {\"id\": \"e\u{301}\", \"prefLabel\": \"x\"}]}".utf8), id: "v")
  #expect(TermIndex(vocabulary).term("e\u{301}")?.label == "x")
}

@Test(arguments: ["", "[]", "{\"terms\": {}}", "{\"terms\": [{\"id\": {}}]}", "\u{0}{{{"])
func anyBytesAreAVocabulary(text: String) {
  #expect(Vocabulary(Array(text.utf8), id: "v").terms.isEmpty)
}

@Test func readsEveryMemberOfATerm() throws {
  var problems: [VocabularyProblem] = []
  let text = #"""
    {"terms": [{"id": "a", "prefLabel": {"en": "A"}, "hiddenLabels": ["ah"], "definition": "first letter",
      "scopeNote": {"vi": "khi cần"}, "example": ["an a"], "changeNote": {"en": ["was b", "was c"]}, "exactMatch": "x:1",
      "closeMatch": ["x:2"], "broadMatch": ["x:3"], "narrowMatch": ["x:4"], "since": "2.0", "canonical": "b",
      "attributes": {"mass": 1.50, "brand": "Ä", "sizes": [1, 2]}}]}
    """#
  let term = try #require(
    Vocabulary(json: RecordTree(parsing: Array(text.utf8)), id: "v", problems: &problems).terms.first)
  #expect(problems.isEmpty)
  #expect(term.hiddenLabels.map(\.text) == ["ah"] && term.definitions.map(\.text) == ["first letter"])
  #expect(term.scopeNotes == [Term.Label(language: "vi", text: "khi cần")])
  #expect(term.changeNotes.map(\.text) == ["was b", "was c"] && term.examples.map(\.text) == ["an a"])
  #expect(term.exactMatch == ["x:1"] && term.closeMatch == ["x:2"] && term.broadMatch == ["x:3"])
  #expect(term.narrowMatch == ["x:4"] && term.since == "2.0" && term.canonical == "b")
  #expect(term.attributes.map(\.value) == ["1.50", "Ä", "[1, 2]"])
}

@Test func namesWhatIsWrongInAList() {
  var problems: [VocabularyProblem] = []
  let text = #"{"terms": [{"id": 12}, {"id": "a"}, {"id": "a"}, {}, {"id": "8.93E+12", "deprecated": "yes"}, 5]}"#
  let list = Vocabulary(json: RecordTree(parsing: Array(text.utf8)), id: "v", problems: &problems)
  #expect(list.terms.map(\.id) == ["12", "a", "a", "8.93E+12"])
  #expect(
    problems.map(\.kind) == [
      .unexpectedValue, .repeatedID, .missingID, .unexpectedValue, .roundedID, .missingID,
    ])
}

@Test(arguments: [
  ("vi", "vi-VN", true), ("pt_BR", "pt", true), ("EN", "en", true), ("e", "en", false), ("", "en", false),
])
func languageTagsServe(language: String, wanted: String, serves: Bool) {
  #expect(LanguageTag.serves(language, wanted) == serves)
}

@Test func showsTheLabelThatTheReaderUnderstands() {
  var term = Term(id: "a")
  #expect(term.label(in: ["en"]) == "a")
  term.prefLabels = [Term.Label(language: "vi", text: "Sữa"), Term.Label(language: "en-GB", text: "Milk")]
  #expect(term.label(in: ["fr", "en"]) == "Milk" && term.label(in: []) == "Sữa")
}
