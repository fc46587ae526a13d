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
  let resolver = TermResolver(shop)
  let old = try #require(resolver.term("891"))
  #expect(old.isDeprecated)
  #expect(resolver.canonical(of: old) == "890")
  #expect(resolver.broader(of: old) == ["dairy", "food"])
}

@Test func cutsCircles() throws {
  let resolver = TermResolver(shop)
  #expect(resolver.canonical(of: try #require(resolver.term("a"))) == "b")
  #expect(resolver.broader(of: try #require(resolver.term("b"))).isEmpty)
}

@Test func keepsComposedAndDecomposedIdsApart() {
  let vocabulary = Vocabulary(
    Array("{\"terms\": [{\"id\": \"\u{e9}\"}, {\"id\": \"e\u{301}\", \"prefLabel\": \"x\"}]}".utf8), id: "v")
  #expect(TermResolver(vocabulary).term("e\u{301}")?.label == "x")
}

@Test(arguments: ["", "[]", "{\"terms\": {}}", "{\"terms\": [{\"id\": {}}]}", "\u{0}{{{"])
func anyBytesAreAVocabulary(text: String) {
  #expect(Vocabulary(Array(text.utf8), id: "v").terms.isEmpty)
}
